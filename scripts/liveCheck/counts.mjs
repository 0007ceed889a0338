/** How many of everything there are: numbers only. */
import { STATUSES } from './humaans.mjs';

/** @typedef {import('./humaans.mjs').Row} Row */

/** @param {Row[]} rows @param {(row: Row) => boolean} is */
const count = (rows, is) => rows.filter(is).length;

/** @param {import('./humaans.mjs').Humaans} humaans @returns {Promise<Array<[string, string]>>} */
async function ofHumaans(humaans) {
	const people = await humaans.everybody();
	const byStatus = STATUSES.map(
		(status) => `${count(people, (one) => one.status === status)} ${status}`,
	);
	const scopes = humaans.token.scopes.filter((scope) => /^[a-z-]+:[a-z-]+$/.test(scope));
	/** @type {Array<[string, string]>} */
	const counts = [
		['scopes of the token', scopes.join(', ')],
		['people', `${people.length} (${byStatus.join(', ')})`],
	];
	for (const path of ['job-roles', 'locations', 'custom-fields', 'webhooks']) {
		const { list } = await humaans.first(`/${path}`);
		if (list) counts.push([path.replace('-', ' '), String(list.total)]);
	}
	return counts;
}

/**
 * State of an account that is made without one.
 * @param {import('./jumpCloud.mjs').JumpCloud} jumpCloud
 * @returns {Promise<string | null>}
 */
async function defaultState(jumpCloud) {
	const list = await jumpCloud.get('/organizations', { query: { limit: 1 } });
	const id = list.json?.results?.[0]?._id;
	if (list.status >= 300 || typeof id !== 'string') return null;
	const { json } = await jumpCloud.get(`/organizations/${encodeURIComponent(id)}`);
	const state = json?.settings?.newSystemUserStateDefaults?.manualEntry;
	return state === 'STAGED' || state === 'ACTIVATED' ? state : null;
}

/**
 * @param {import('./jumpCloud.mjs').JumpCloud} jumpCloud @param {string} except id of the test account
 * @returns {Promise<Array<[string, string]>>}
 */
async function ofJumpCloud(jumpCloud, except) {
	const accounts = (await jumpCloud.everyAccount()).filter(({ _id }) => _id !== except);
	const byState = ['STAGED', 'ACTIVATED', 'SUSPENDED'].map(
		(state) => `${count(accounts, (one) => one.state === state)} ${state}`,
	);
	const isLinked = (/** @type {Row} */ { attributes }) =>
		Array.isArray(attributes) &&
		attributes.some((/** @type {Row} */ { name }) => name === 'humaansId');
	const state = await defaultState(jumpCloud);
	return [
		['accounts', `${accounts.length} (${byState.join(', ')})`],
		['accounts with a link to Humaans', String(count(accounts, isLinked))],
		...(state
			? [/** @type {[string, string]} */ (['state of a new account that names none', state])]
			: []),
	];
}

/**
 * @param {object} from
 * @param {import('./humaans.mjs').Humaans | null} from.humaans
 * @param {import('./jumpCloud.mjs').JumpCloud | null} from.jumpCloud
 * @param {string} from.except id of the test account
 */
export const countsOf = async ({ humaans, jumpCloud, except }) => [
	...(humaans ? await ofHumaans(humaans) : []),
	...(jumpCloud ? await ofJumpCloud(jumpCloud, except) : []),
];
