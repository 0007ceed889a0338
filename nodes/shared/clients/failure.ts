/** Every way a call to Humaans or JumpCloud can end badly. One table turns status and body into one of these. */
export type FailureKind =
	| 'wrongKey'
	| 'notAllowed'
	| 'notFound'
	| 'duplicate'
	| 'refused'
	| 'paymentRequired'
	| 'rateLimited'
	| 'unavailable'
	| 'notJson'
	| 'network'
	| 'timeout'
	| 'incomplete';

export type ServiceName = 'Humaans' | 'JumpCloud';

interface FailureText {
	/** One sentence: what happened. `{service}` and `{status}` are filled in. */
	sentence: string;
	/** What to do next. */
	todo: string;
	/** The same request may be sent again when it is safe to repeat. */
	repeatable: boolean;
	/** The write may have been applied although no good answer came. */
	uncertain: boolean;
}

const KEY_NAME: Record<ServiceName, string> = { Humaans: 'access token', JumpCloud: 'API key' };

export const FAILURES: Readonly<Record<FailureKind, FailureText>> = {
	wrongKey: { sentence: '{service} did not accept the {key} (401).', todo: 'Put a valid {key} into the {service} credential; for JumpCloud check the region too.', repeatable: false, uncertain: false },
	notAllowed: { sentence: '{service} does not let this {key} do that (403).', todo: 'Give the {key} the scope or role it needs, or use another one.', repeatable: false, uncertain: false },
	notFound: { sentence: '{service} has nothing at that address (404).', todo: 'Check the ID and, in the credential, the region or base URL.', repeatable: false, uncertain: false },
	duplicate: { sentence: '{service} says a value that must be unique is already in use ({status}).', todo: 'Look for another account with the same e-mail, username or employee ID.', repeatable: false, uncertain: false },
	refused: { sentence: '{service} refused the request ({status}).', todo: 'Check the values that were sent.', repeatable: false, uncertain: false },
	paymentRequired: { sentence: '{service} asks for a larger plan (402).', todo: 'Check the plan and the number of users in {service}.', repeatable: false, uncertain: false },
	rateLimited: { sentence: '{service} is limiting the number of requests (429).', todo: 'Run again later, or lower the concurrency in the node.', repeatable: true, uncertain: false },
	unavailable: { sentence: '{service} is not available ({status}).', todo: 'Run again later; nothing is lost.', repeatable: true, uncertain: true },
	notJson: { sentence: '{service} answered with something that is not JSON ({status}).', todo: 'Check the base URL; a proxy or sign-in page may stand in between.', repeatable: true, uncertain: true },
	network: { sentence: 'The connection to {service} was cut.', todo: 'Check the network and the base URL, then run again.', repeatable: true, uncertain: true },
	timeout: { sentence: '{service} did not answer in time.', todo: 'Run again later.', repeatable: true, uncertain: true },
	incomplete: { sentence: '{service} did not give a complete list.', todo: 'Run again; nothing was changed.', repeatable: false, uncertain: false },
};

/** A failed call. The message says what happened and never holds a value, a key or what the service wrote. */
export class ServiceFailure extends Error {
	override readonly name = 'ServiceFailure';
	readonly todo: string;

	constructor(
		readonly service: ServiceName,
		readonly kind: FailureKind,
		readonly status: number | null,
		/** Which attribute the service complained about, when it said so. */
		readonly attribute: string | null = null,
		detail = '',
	) {
		const text = FAILURES[kind];
		const fill = (words: string) => words.replaceAll('{service}', service).replaceAll('{key}', KEY_NAME[service]).replaceAll('{status}', status === null ? 'no status' : String(status));
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

export const isServiceFailure = (error: unknown): error is ServiceFailure => (error as { name?: unknown } | null)?.name === 'ServiceFailure';

const DUPLICATE = /already|exist|unique|duplicate|taken|in use/i;
const ATTRIBUTES: ReadonlyArray<[RegExp, string]> = [
	[/alternate\s*_?e?-?mail/i, 'alternateEmail'],
	[/user\s*_?name/i, 'username'],
	[/employee\s*_?identifier|employee\s*_?id/i, 'employeeIdentifier'],
	[/e-?mail/i, 'email'],
];

/** The words of an error body, for classification only: they are never shown, because they may repeat what was sent. */
function wordsOf(body: unknown): string {
	if (typeof body === 'string') return body.slice(0, 500);
	const { message, error, details, issues } = (body ?? {}) as Record<string, unknown>;
	return [message, typeof error === 'string' ? error : (error as { message?: unknown } | undefined)?.message, JSON.stringify(details ?? issues ?? '')]
		.filter((part) => typeof part === 'string')
		.join(' ')
		.slice(0, 1000);
}

/** The one table from an HTTP answer to a kind of failure; null means the answer is good. */
export function failureOf(service: ServiceName, status: number, body: unknown): ServiceFailure | null {
	if (status >= 200 && status < 300) return null;
	const words = wordsOf(body);
	const attribute = ATTRIBUTES.find(([pattern]) => pattern.test(words))?.[1] ?? null;
	const make = (kind: FailureKind) => new ServiceFailure(service, kind, status, attribute);
	if (status === 401) return make('wrongKey');
	if (status === 402) return make('paymentRequired');
	if (status === 403) return make('notAllowed');
	if (status === 404 || status === 410) return make('notFound');
	if (status === 408) return make('timeout');
	if (status === 429) return make('rateLimited');
	if (status >= 500) return make('unavailable');
	if (status === 409 || ((status === 400 || status === 422) && DUPLICATE.test(words))) return make('duplicate');
	if (status >= 300 && status < 400) return make('notJson');
	return make('refused');
}

export type Attempt<T> = { ok: true; value: T } | { ok: false; failure: ServiceFailure };

/** A call whose failure is something to look at, not yet an error. Anything but a `ServiceFailure` is thrown on. */
export const attempt = async <T>(call: Promise<T>): Promise<Attempt<T>> =>
	await call.then(
		(value) => ({ ok: true as const, value }),
		(error: unknown) => {
			if (isServiceFailure(error)) return { ok: false as const, failure: error };
			throw error;
		},
	);
