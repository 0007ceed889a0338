import { ExplainedError } from '../../core/errors';
import { FAILURES, type FailureKind } from './failureTable';

export type ServiceName = 'Humaans' | 'JumpCloud';

const KEY_NAME: Record<ServiceName, string> = { Humaans: 'access token', JumpCloud: 'API key' };

/** A call that failed. Its texts are those of FAILURES, and never quote what a service wrote. */
export class ServiceFailure extends ExplainedError {
	override readonly name = 'ServiceFailure';
	/**
	 * Number of the last attempt; 0 when nothing was sent. A refusal for the rate uses up no attempt.
	 */
	attempts = 0;

	constructor(
		readonly service: ServiceName,
		readonly kind: FailureKind,
		/** HTTP status; null when no answer came. */
		readonly status: number | null,
		/** The attribute that the service complained about, when it named one. */
		readonly attribute: string | null = null,
		/** One more sentence for the message. */
		detail = '',
	) {
		const { sentence, todo } = FAILURES[kind];
		const fill = (text: string) =>
			text
				.replaceAll('{service}', service)
				.replaceAll('{key}', KEY_NAME[service])
				.replaceAll('{status}', status === null ? 'no status' : String(status))
				.replaceAll('{region}', service === 'JumpCloud' ? ', and check its region' : '');
		super([fill(sentence), detail].filter(Boolean).join(' '), fill(todo));
	}

	/** The service may have done what was asked, although no good answer came. */
	get uncertain(): boolean {
		return FAILURES[this.kind].uncertain;
	}

	/** The same request may go well a moment later. */
	get repeatable(): boolean {
		return FAILURES[this.kind].repeatable;
	}
}

/** Looks at the name, not at the class: n8n may load two copies of this package. */
export const isServiceFailure = (error: unknown): error is ServiceFailure =>
	(error as { name?: unknown } | null)?.name === 'ServiceFailure';

export type Attempt<T> = { ok: true; value: T } | { ok: false; failure: ServiceFailure };

/** Hands a failure to the caller to look at. Any other error is thrown on. */
export const attempt = async <T>(call: Promise<T>): Promise<Attempt<T>> =>
	await call.then(
		(value) => ({ ok: true as const, value }),
		(error: unknown) => {
			if (isServiceFailure(error)) return { ok: false as const, failure: error };
			throw error;
		},
	);
