/** What an answer means, or that none came: good, or which failure. */
import { ServiceFailure, type ServiceName } from './failure';
import { failureKindOf } from './failureTable';

/** What the body of a good answer is. */
export type ExpectedBody = 'object' | 'array' | 'anything';

/** Words of a complaint → the attribute it is about. The first that fits counts. */
const ATTRIBUTE_OF_WORDS: ReadonlyArray<[RegExp, string]> = [
	[/alternate\s*_?e?-?mail/i, 'alternateEmail'],
	[/user\s*_?name/i, 'username'],
	[/employee\s*_?identifier|employee\s*_?id/i, 'employeeIdentifier'],
	[/e-?mail/i, 'email'],
];

/**
 * The words of an error's body, to find out what kind it is. They are never shown, because a
 * service may quote the values that were sent.
 */
function wordsOf(body: unknown): string {
	if (typeof body === 'string') return body.slice(0, 500);
	const { message, error, details, issues } = (body ?? {}) as Record<string, unknown>;
	const inError =
		typeof error === 'string' ? error : (error as { message?: unknown } | undefined)?.message;
	return [message, inError, JSON.stringify(details ?? issues ?? '')]
		.filter((part) => typeof part === 'string')
		.join(' ')
		.slice(0, 1000);
}

/** Humaans writes its errors as `{id, code, name, message, issues[]}`. */
const isErrorOfHumaans = (body: unknown): boolean => {
	const { name, code, id } = (body ?? {}) as Record<string, unknown>;
	return typeof name === 'string' && (code ?? id) !== undefined;
};

/**
 * JumpCloud writes its errors as an object with `message`, or with `error`, and a 404 in these
 * words. A gateway with JSON of its own has others ("no Route matched with those values").
 */
const isErrorOfJumpCloud = (body: unknown): boolean => {
	const { message, error } = (body ?? {}) as Record<string, unknown>;
	return [message, error].some((text) => typeof text === 'string' && /not\s?found/i.test(text));
};

const IS_OWN_ERROR: Readonly<Record<ServiceName, (body: unknown) => boolean>> = {
	Humaans: isErrorOfHumaans,
	JumpCloud: isErrorOfJumpCloud,
};

/** JumpCloud redirects a request without a key to its sign-in page (`/login`). */
const isSignInPage = (location: unknown): boolean =>
	typeof location === 'string' && /\/(login|signin)\b/i.test(location);

/**
 * The failure that a status means; null for a good status. "There is nobody" can be a reason to take
 * an account away, so only the service itself can say it: a gateway before it has 404s of its own.
 * @param headers with names in lower case
 */
export function failureOf(
	service: ServiceName,
	status: number,
	body: unknown,
	headers: Readonly<Record<string, unknown>> = {},
): ServiceFailure | null {
	const words = wordsOf(body);
	const kind = failureKindOf(status, words);
	if (kind === null) return null;
	if (kind === 'notFound' && !IS_OWN_ERROR[service](body)) {
		return new ServiceFailure(service, 'foreign', status);
	}
	if (kind === 'redirected' && isSignInPage(headers.location)) {
		return new ServiceFailure(service, 'signInPage', status);
	}
	const attribute = ATTRIBUTE_OF_WORDS.find(([pattern]) => pattern.test(words))?.[1] ?? null;
	return new ServiceFailure(service, kind, status, attribute);
}

const startsLikeHtml = (body: unknown): boolean => typeof body === 'string' && /^\s*</.test(body);

const IS_EXPECTED: Readonly<Record<ExpectedBody, (body: unknown) => boolean>> = {
	object: (body) => typeof body === 'object' && body !== null && !Array.isArray(body),
	array: (body) => Array.isArray(body),
	anything: (body) => !startsLikeHtml(body),
};

/**
 * The failure of an answer with a good status and a body that cannot be the service's own: the page
 * of a proxy, or half a JSON text. Null when the body is what is expected.
 */
export const failureOfBody = (
	service: ServiceName,
	status: number,
	body: unknown,
	expected: ExpectedBody,
): ServiceFailure | null =>
	IS_EXPECTED[expected](body) ? null : new ServiceFailure(service, 'notJson', status);

/** The code of an error: n8n puts it on `cause`, Node.js on the error itself. */
function errorCodeOf(error: unknown): string {
	const { cause, code, httpCode } = (error ?? {}) as {
		cause?: { code?: unknown } | null;
		code?: unknown;
		httpCode?: unknown;
	};
	return String(cause?.code ?? code ?? httpCode ?? '');
}

/** The failure of a request that got no answer at all. */
export const failureOfNoAnswer = (service: ServiceName, error: unknown): ServiceFailure => {
	const timedOut = /ABORTED|TIMEDOUT|TIMEOUT/.test(errorCodeOf(error));
	return new ServiceFailure(service, timedOut ? 'timeout' : 'network', null);
};
