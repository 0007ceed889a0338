import { FAILURES, kindOf, type FailureKind } from './failureTable';

export { FAILURES, type FailureKind } from './failureTable';

export type ServiceName = 'Humaans' | 'JumpCloud';

const KEY_NAME: Record<ServiceName, string> = { Humaans: 'access token', JumpCloud: 'API key' };

/**
 * A failed call. The message says what happened and never holds a value, a key or what the service
 * wrote.
 */
export class ServiceFailure extends Error {
	override readonly name = 'ServiceFailure';
	readonly todo: string;
	/** How often the request was sent, without the times the service refused it for its rate. */
	attempts = 0;

	constructor(
		readonly service: ServiceName,
		readonly kind: FailureKind,
		readonly status: number | null,
		/** Which attribute the service complained about, when it said so. */
		readonly attribute: string | null = null,
		detail = '',
	) {
		const text = FAILURES[kind];
		const fill = (words: string) =>
			words
				.replaceAll('{service}', service)
				.replaceAll('{key}', KEY_NAME[service])
				.replaceAll('{status}', status === null ? 'no status' : String(status))
				.replaceAll('{region}', service === 'JumpCloud' ? ', and check its region' : '');
		super(`${fill(text.sentence)}${detail ? ` ${detail}` : ''}`);
		this.todo = fill(text.todo);
	}

	/** The write may have been applied although no good answer came. */
	get uncertain(): boolean {
		return FAILURES[this.kind].uncertain;
	}

	get repeatable(): boolean {
		return FAILURES[this.kind].repeatable;
	}
}

export const isServiceFailure = (error: unknown): error is ServiceFailure =>
	(error as { name?: unknown } | null)?.name === 'ServiceFailure';

const ATTRIBUTES: ReadonlyArray<[RegExp, string]> = [
	[/alternate\s*_?e?-?mail/i, 'alternateEmail'],
	[/user\s*_?name/i, 'username'],
	[/employee\s*_?identifier|employee\s*_?id/i, 'employeeIdentifier'],
	[/e-?mail/i, 'email'],
];

/**
 * The words of an error body, for classification only: they are never shown, because they may
 * repeat what was sent.
 */
function wordsOf(body: unknown): string {
	if (typeof body === 'string') return body.slice(0, 500);
	const { message, error, details, issues } = (body ?? {}) as Record<string, unknown>;
	return [
		message,
		typeof error === 'string' ? error : (error as { message?: unknown } | undefined)?.message,
		JSON.stringify(details ?? issues ?? ''),
	]
		.filter((part) => typeof part === 'string')
		.join(' ')
		.slice(0, 1000);
}

/** An error in Humaans' own words: `{id, code, name, message, issues[]}`. */
const isOfHumaans = (body: unknown): boolean => {
	const { name, code, id } = (body ?? {}) as Record<string, unknown>;
	return typeof name === 'string' && (code ?? id) !== undefined;
};

/**
 * From an HTTP answer to a failure; null means the status is good. That there is nobody is a reason
 * to take an account away, so only Humaans itself can say it: a gateway before it has 404s of its
 * own.
 */
export function failureOf(
	service: ServiceName,
	status: number,
	body: unknown,
): ServiceFailure | null {
	const words = wordsOf(body);
	const kind = kindOf(status, words);
	if (kind === null) return null;
	if (kind === 'notFound' && service === 'Humaans' && !isOfHumaans(body))
		return new ServiceFailure(service, 'foreign', status);
	return new ServiceFailure(
		service,
		kind,
		status,
		ATTRIBUTES.find(([pattern]) => pattern.test(words))?.[1] ?? null,
	);
}

export type Attempt<T> = { ok: true; value: T } | { ok: false; failure: ServiceFailure };

/**
 * A call whose failure is something to look at, not yet an error. Anything but a `ServiceFailure`
 * is thrown on.
 */
export const attempt = async <T>(call: Promise<T>): Promise<Attempt<T>> =>
	await call.then(
		(value) => ({ ok: true as const, value }),
		(error: unknown) => {
			if (isServiceFailure(error)) return { ok: false as const, failure: error };
			throw error;
		},
	);
