/** Every way a call to Humaans or JumpCloud can end badly. */
export type FailureKind =
	| 'wrongKey'
	| 'wrongServiceAccount'
	| 'notAllowed'
	| 'blocked'
	| 'notFound'
	| 'duplicate'
	| 'refused'
	| 'changedMeanwhile'
	| 'paymentRequired'
	| 'rateLimited'
	| 'unavailable'
	| 'notJson'
	| 'foreign'
	| 'network'
	| 'timeout'
	| 'down'
	| 'cancelled'
	| 'incomplete';

export interface FailureText {
	/**
	 * One sentence: what happened. `{service}`, `{key}`, `{status}` and `{region}` (JumpCloud's keys
	 * have one) are filled in.
	 */
	sentence: string;
	/** What to do next. */
	todo: string;
	/** The same request may be sent again when it is safe to repeat. */
	repeatable: boolean;
	/** The write may have been applied although no good answer came. */
	uncertain: boolean;
}

export const FAILURES: Readonly<Record<FailureKind, FailureText>> = {
	wrongKey: {
		sentence: '{service} did not accept the {key} (401).',
		todo: 'Put a valid {key} into the {service} credential{region}.',
		repeatable: false,
		uncertain: false,
	},
	wrongServiceAccount: {
		sentence: '{service} did not accept the service account (401).',
		todo: 'Put a valid client ID and secret into the credential, and check the region.',
		repeatable: false,
		uncertain: false,
	},
	notAllowed: {
		sentence: '{service} does not let this {key} do that (403).',
		todo: 'Give the {key} the scope or role it needs, or use another one.',
		repeatable: false,
		uncertain: false,
	},
	blocked: {
		sentence: '{service} blocks the network address that n8n calls from (403).',
		todo: 'Stop the workflow, lower the concurrency, and ask {service} support to lift the block.',
		repeatable: false,
		uncertain: false,
	},
	notFound: {
		sentence: '{service} has nothing at that address ({status}).',
		todo: 'Check the ID and, in the credential, the region or base URL.',
		repeatable: false,
		uncertain: false,
	},
	duplicate: {
		sentence: '{service} says a value that must be unique is already in use ({status}).',
		todo: 'Look for another account with the same e-mail, username or employee ID.',
		repeatable: false,
		uncertain: false,
	},
	refused: {
		sentence: '{service} refused the request ({status}).',
		todo: 'Check the values that were sent.',
		repeatable: false,
		uncertain: false,
	},
	changedMeanwhile: {
		sentence:
			'{service} refused the request, because the entry changed in the meantime ({status}).',
		todo: 'Run again: the entry is read anew.',
		repeatable: false,
		uncertain: false,
	},
	paymentRequired: {
		sentence: '{service} asks for a larger plan (402).',
		todo: 'Check the plan and the number of users in {service}.',
		repeatable: false,
		uncertain: false,
	},
	rateLimited: {
		sentence: '{service} is limiting the number of requests (429).',
		todo: 'Run again later, or lower the concurrency in the node.',
		repeatable: true,
		uncertain: false,
	},
	unavailable: {
		sentence: '{service} is not available ({status}).',
		todo: 'Run again later; nothing is lost.',
		repeatable: true,
		uncertain: true,
	},
	notJson: {
		sentence: '{service} answered with something that is not JSON ({status}).',
		todo: 'Check the base URL; a proxy or sign-in page may stand in between.',
		repeatable: true,
		uncertain: true,
	},
	foreign: {
		sentence: '{service} did not give this answer itself ({status}).',
		todo: 'Check the base URL; a proxy or gateway may stand in between. Run again later; nothing is lost.',
		repeatable: true,
		uncertain: true,
	},
	network: {
		sentence: 'The connection to {service} was cut.',
		todo: 'Check the network and the base URL, then run again.',
		repeatable: true,
		uncertain: true,
	},
	timeout: {
		sentence: '{service} did not answer in time.',
		todo: 'Run again later.',
		repeatable: true,
		uncertain: true,
	},
	down: {
		sentence: '{service} has not given a good answer for some time, so it was not asked any more.',
		todo: 'Run again later; nothing is lost.',
		repeatable: false,
		uncertain: false,
	},
	cancelled: {
		sentence: 'The execution was cancelled, so {service} was not asked any more.',
		todo: 'Run again when you like; every step can be repeated.',
		repeatable: false,
		uncertain: false,
	},
	incomplete: {
		sentence: '{service} did not give a complete list.',
		todo: 'Run again; nothing was changed.',
		repeatable: false,
		uncertain: false,
	},
};

const DUPLICATE = /already|exist|unique|duplicate|taken|in use/i;
const ABUSE = /blocked|abuse|suspicious|banned/i;

interface Row {
	/** A status, or the first and last of a range. */
	status: number | readonly [number, number];
	/** Only when the body holds such words. */
	words?: RegExp;
	kind: FailureKind;
}

/** From status and body to a kind: the first row that fits. */
export const STATUSES: readonly Row[] = [
	{ status: [300, 399], kind: 'notJson' },
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

/** Null for a good status; what no row knows is refused. */
export function kindOf(status: number, words: string): FailureKind | null {
	if (status >= 200 && status < 300) return null;
	const fits = (row: Row) =>
		typeof row.status === 'number'
			? row.status === status
			: status >= row.status[0] && status <= row.status[1];
	return STATUSES.find((row) => fits(row) && (row.words?.test(words) ?? true))?.kind ?? 'refused';
}
