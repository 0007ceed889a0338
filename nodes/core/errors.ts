/**
 * An error that a person can do something about. n8n shows it as it is: `message` says what
 * happened, `todo` what to do next. Both are sentences, without personal data and without a key.
 */
export abstract class ExplainedError extends Error {
	constructor(
		message: string,
		readonly todo: string,
	) {
		super(message);
	}
}

/** Looks at the property, not at the class: n8n may load two copies of this package. */
export const isExplained = (error: unknown): error is ExplainedError =>
	error instanceof Error && typeof (error as { todo?: unknown }).todo === 'string';
