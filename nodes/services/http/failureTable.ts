/** One way a call to Humaans or JumpCloud can fail. */
export interface FailureRow {
	/**
	 * What happened, in one sentence. `{service}`, `{key}`, `{status}` and `{region}` are filled in;
	 * only the keys of JumpCloud have a region.
	 */
	sentence: string;
	/** What to do next. */
	todo: string;
	/** The same request may go well a moment later. */
	repeatable: boolean;
	/** The service may have done what was asked, although no good answer came. */
	uncertain: boolean;
}

/** The same request would fail again, and the service did nothing. */
const final = (sentence: string, todo: string): FailureRow => ({
	sentence,
	todo,
	repeatable: false,
	uncertain: false,
});
/** It may go well a moment later, and nobody knows what the service did. */
const passing = (sentence: string, todo: string): FailureRow => ({
	sentence,
	todo,
	repeatable: true,
	uncertain: true,
});

export const FAILURES = {
	wrongKey: final(
		'{service} did not accept the {key} (401).',
		'Put a valid {key} into the {service} credential{region}.',
	),
	wrongServiceAccount: final(
		'{service} did not accept the service account (401).',
		'Put a valid client ID and secret into the credential, and check the region.',
	),
	notAllowed: final(
		'{service} does not let this {key} do that (403).',
		'Give the {key} the scope or role it needs, or use another one.',
	),
	blocked: final(
		'{service} blocks the network address that n8n calls from (403).',
		'Stop the workflow, lower the concurrency, and ask {service} support to lift the block.',
	),
	notFound: final(
		'{service} has nothing at that address ({status}).',
		'Check the ID and, in the credential, the region or base URL.',
	),
	duplicate: final(
		'{service} says a value is in use already ({status}).',
		'Look for another account with the same email, username or employee ID.',
	),
	refused: final('{service} refused the request ({status}).', 'Check the values that were sent.'),
	changedMeanwhile: final(
		'{service} refused the request, because the entry changed in the meantime ({status}).',
		'Run again: the entry is read anew.',
	),
	paymentRequired: final(
		'{service} asks for a larger plan (402).',
		'Check the plan and the number of users in {service}.',
	),
	rateLimited: {
		sentence: '{service} is limiting the number of requests (429).',
		todo: 'Run again later, or lower the concurrency in the node.',
		repeatable: true,
		uncertain: false,
	},
	signInPage: final(
		'{service} answered with its sign-in page ({status}): the {key} did not arrive.',
		'Enter the {key} in the credential again. A proxy in between may take headers away.',
	),
	redirected: final(
		'{service} answered with a redirect ({status}), which is not followed: a key is sent to no other address.',
		'Check the base URL in the credential.',
	),
	unavailable: passing(
		'{service} is not available ({status}).',
		'Run again later; nothing is lost.',
	),
	notJson: passing(
		'{service} answered with something that is not JSON ({status}).',
		'Check the base URL; a proxy or sign-in page may stand in between.',
	),
	foreign: passing(
		'{service} did not give this answer itself ({status}).',
		'Check the base URL; a proxy or gateway may stand in between. Run again later; nothing is lost.',
	),
	network: passing(
		'The connection to {service} was cut.',
		'Check the network and the base URL, then run again.',
	),
	timeout: passing('{service} did not answer in time.', 'Run again later.'),
	down: final(
		'{service} has not given a good answer for some time, so it was not asked any more.',
		'Run again later; nothing is lost.',
	),
	cancelled: final(
		'The execution was cancelled, so {service} was not asked any more.',
		'Run again when you like; every step can be repeated.',
	),
	incomplete: final('{service} did not give a complete list.', 'Run again; nothing was changed.'),
};

export type FailureKind = keyof typeof FAILURES;

interface StatusRow {
	/** A status, or the first and last of a range. */
	status: number | readonly [number, number];
	/** The row holds only when the body has such words. */
	words?: RegExp;
	kind: FailureKind;
}

/** That a value is taken; a name or a type that does not exist, or is not unique in itself, is not. */
const DUPLICATE = /\balready\b|duplicate (key|value|e-?mail|user)|\b(is|are) (taken|in use)\b/i;
const ABUSE = /blocked|abuse|suspicious|banned/i;

/** From an HTTP status and the words of the body to a kind of failure: the first row that fits. */
export const FAILURE_BY_STATUS: readonly StatusRow[] = [
	{ status: [300, 399], kind: 'redirected' },
	{ status: 400, words: DUPLICATE, kind: 'duplicate' },
	{ status: 401, kind: 'wrongKey' },
	{ status: 402, kind: 'paymentRequired' },
	{ status: 403, words: ABUSE, kind: 'blocked' },
	{ status: 403, kind: 'notAllowed' },
	{ status: 404, kind: 'notFound' },
	{ status: 408, kind: 'timeout' },
	{ status: 409, kind: 'duplicate' },
	{ status: 410, kind: 'notFound' },
	{ status: 412, kind: 'changedMeanwhile' },
	{ status: 422, words: DUPLICATE, kind: 'duplicate' },
	{ status: 428, kind: 'changedMeanwhile' },
	{ status: 429, kind: 'rateLimited' },
	{ status: [400, 499], kind: 'refused' },
	{ status: [500, 599], kind: 'unavailable' },
];

const hasStatus = ({ status: wanted }: StatusRow, status: number): boolean =>
	typeof wanted === 'number' ? status === wanted : status >= wanted[0] && status <= wanted[1];

/** Null for a good status (2xx). A status that no row names counts as refused. */
export function failureKindOf(status: number, words: string): FailureKind | null {
	if (status >= 200 && status < 300) return null;
	const row = FAILURE_BY_STATUS.find(
		(one) => hasStatus(one, status) && (one.words?.test(words) ?? true),
	);
	return row?.kind ?? 'refused';
}
