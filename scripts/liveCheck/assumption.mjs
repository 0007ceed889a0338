/**
 * One assumption about the services: one row of the table.
 *
 * @typedef {'read' | 'testAccount' | 'mail'} Needs what the look needs: only reads, the test account,
 *   or the one mail as well
 */
/**
 * @typedef {object} Context what a look may ask
 * @property {import('./humaans.mjs').Humaans} humaans
 * @property {import('./jumpCloud.mjs').JumpCloud} jumpCloud
 * @property {import('./made.mjs').Made} made
 * @property {import('./testAccount.mjs').TestAccount} account
 * @property {string} mailTo '' when no mail is allowed
 * @property {string} today YYYY-MM-DD
 */
/** @typedef {string | { notSeen: string }} Seen a short word; or why it could not be seen */
/**
 * @typedef {object} Look
 * @property {string} id
 * @property {string} says the assumption, in plain words
 * @property {readonly string[]} switches of `test/sandbox/quirks.ts`: what decides it there
 * @property {string} expected what is seen when it holds
 * @property {(context: Context) => Promise<Seen>} look holds no name, address or id in its answer
 * @property {string} means what it means here when it does not hold
 */
/**
 * @typedef {object} Group
 * @property {'Humaans' | 'JumpCloud'} service
 * @property {string} group heading
 * @property {Needs} needs
 */
/** @typedef {Look & Group} Assumption */

/** @param {string} why */
export const notSeen = (why) => ({ notSeen: why });

/** @param {Group} group @param {Look[]} looks @returns {Assumption[]} */
export const inGroup = (group, looks) => looks.map((look) => ({ ...group, ...look }));

/** What happened to a request whose answer says no more than that it was taken. */
export const taken = (/** @type {{ status: number }} */ { status }) =>
	status < 300 ? 'taken' : status < 500 ? 'refused' : `answered ${status}`;
