/** What the check reads of Humaans. Nothing is written there. */
import { CannotLook } from './cannotLook.mjs';
import { Once } from './once.mjs';
import { Service } from './service.mjs';

/** @typedef {import('./service.mjs').Answer} Answer */
/** @typedef {Record<string, any>} Row */
/**
 * @typedef {object} List an answer that may be a list
 * @property {number} status
 * @property {{ total: number, limit: number, rows: Row[] } | null} list null: it is none
 */
/** @typedef {{ scopes: string[], personId: string | null }} Token */

const MOST_ROWS = 250;
export const STATUSES = /** @type {const} */ (['active', 'newHire', 'offboarded']);

export class Humaans {
	#once = new Once();
	/** @type {Token} */
	token = { scopes: [], personId: null };

	/**
	 * @param {import('./options.mjs').HumaansOptions} options
	 * @param {import('./cannotLook.mjs').Stop} stop
	 */
	constructor({ base, token }, stop) {
		this.service = new Service('Humaans', base, stop);
		this.service.key = { authorization: `Bearer ${token}` };
	}

	/** @param {string} path @param {import('./service.mjs').Request} [request] */
	async get(path, request) {
		return await this.service.ask('GET', path, request);
	}

	/** Whether there is a token that works. @throws {CannotLook} */
	async signIn() {
		const { status, json } = await this.get('/token-info');
		if (status === 401)
			throw new CannotLook(
				'Humaans did not accept the access token (401).',
				'Copy it again into HUMAANS_ACCESS_TOKEN, or make a new one.',
			);
		if (status >= 300 || !Array.isArray(json?.scopes))
			throw new CannotLook(
				`That address does not answer like Humaans (${status}).`,
				'Check HUMAANS_BASE_URL, or run again later.',
			);
		const { scopes, personId } = json;
		this.token = {
			scopes: scopes.filter((/** @type {unknown} */ one) => typeof one === 'string'),
			personId: typeof personId === 'string' ? personId : null,
		};
	}

	/**
	 * @param {string} path
	 * @param {Record<string, string | number>} [query]
	 * @returns {Promise<List>}
	 */
	async list(path, query = {}) {
		const { status, json } = await this.get(path, { query });
		const { total, limit, data } = json ?? {};
		const isList = status < 300 && typeof total === 'number' && Array.isArray(data);
		return { status, list: isList ? { total, limit, rows: data } : null };
	}

	/** The first page of a list, read once. @param {string} path */
	async first(path) {
		return await this.#once.get(path, async () => await this.list(path, { $limit: MOST_ROWS }));
	}

	/**
	 * The first page of people, read once.
	 * @param {string} [status] as asked for; none: a bare list
	 */
	async people(status) {
		const query = { $limit: MOST_ROWS, ...(status ? { status } : {}) };
		return await this.#once.get(`people ${status}`, async () => await this.list('/people', query));
	}

	/**
	 * How many people stand in the list of a status and really have it; null: the list was refused.
	 * @param {(typeof STATUSES)[number]} status
	 */
	async count(status) {
		const { list } = await this.people(status);
		if (!list) return null;
		return list.rows.every((row) => row.status === status) ? list.total : 0;
	}

	/** People who are not active, as far as the token and the filter show any. */
	async notActive() {
		return ((await this.count('newHire')) ?? 0) + ((await this.count('offboarded')) ?? 0);
	}

	/** Everybody whom the token shows, once. @returns {Promise<Row[]>} */
	async everybody() {
		return await this.#once.get('everybody', async () => {
			const all = await this.#sweep('/people', { status: 'all' });
			const isAll = all.some((row) => row.status !== 'active');
			const lists = isAll
				? [all]
				: await Promise.all(
						STATUSES.map(async (status) => await this.#sweep('/people', { status })),
					);
			return [...new Map(lists.flat().map((row) => [row.id, row])).values()];
		});
	}

	/**
	 * All pages of a list, as far as they come.
	 * @param {string} path
	 * @param {Record<string, string>} query
	 */
	async #sweep(path, query) {
		const page = async (/** @type {number} */ skip) =>
			(await this.list(path, { ...query, $limit: MOST_ROWS, $skip: skip })).list?.rows ?? [];
		const { list } = await this.list(path, { ...query, $limit: MOST_ROWS });
		if (!list) return [];
		const { rows, total } = list;
		const skips = [];
		for (let skip = rows.length; rows.length > 0 && skip < total; skip += rows.length)
			skips.push(skip);
		return [...rows, ...(await Promise.all(skips.map(page))).flat()];
	}
}
