/** What the check asks of JumpCloud, but for the test account. */
import { randomBytes } from 'node:crypto';
import { CannotLook } from './cannotLook.mjs';
import { Once } from './once.mjs';
import { Service } from './service.mjs';

/** @typedef {Record<string, any>} Row */
/**
 * @typedef {object} List an answer that may be a list
 * @property {number} status
 * @property {{ total: number, rows: Row[] } | null} list null: it is none
 */

const LARGE = 1000;
const SMALL = 100;
/** Read of every account, to be counted: nothing that names anybody. */
const COUNTED = 'state suspended attributes';

/** JumpCloud's own "there is none", and not that of a gateway before it. */
export const isOwnNotFound = (/** @type {import('./service.mjs').Answer} */ { status, json }) =>
	status === 404 &&
	/not[ _]?found/i.test([json?.message, json?.error, json?.status].filter(Boolean).join(' '));

export class JumpCloud {
	#once = new Once();
	/** An id that no account has. */
	unknownId = randomBytes(12).toString('hex');

	/**
	 * @param {import('./options.mjs').JumpCloudOptions} options
	 * @param {import('./cannotLook.mjs').Stop} stop
	 */
	constructor(options, stop) {
		this.options = options;
		this.stop = stop;
		this.service = new Service('JumpCloud', options.base, stop);
		this.service.key = { 'x-api-key': options.apiKey, ...this.organization };
	}

	get organization() {
		const { organization } = this.options;
		return /** @type {Record<string, string>} */ (organization ? { 'x-org-id': organization } : {});
	}

	/** Headers with a key that is none. */
	get wrongKey() {
		const wrong = `wrong-${randomBytes(8).toString('hex')}`;
		return /** @type {Record<string, string>} */ (
			this.options.serviceAccount ? { authorization: `Bearer ${wrong}` } : { 'x-api-key': wrong }
		);
	}

	/** @param {string} path @param {import('./service.mjs').Request} [request] */
	async get(path, request) {
		return await this.service.ask('GET', path, request);
	}

	/** Whether there is a key that works and may read accounts. @throws {CannotLook} */
	async signIn() {
		const { serviceAccount, where } = this.options;
		if (serviceAccount) await this.#getToken(serviceAccount);
		const what = serviceAccount ? 'service account' : 'API key';
		const { status, list } = await this.list({ limit: 1 });
		if (status === 401)
			throw new CannotLook(
				`JumpCloud did not accept the ${what} (401, ${where}).`,
				`Check it, and JUMPCLOUD_REGION (us, eu or in): it works only in its own region.`,
			);
		if (status === 403)
			throw new CannotLook(
				`The ${what} works, but its role may not read users (403).`,
				'Give it a role that may read users; one that may manage them for a test account.',
			);
		if (status === 400 || status === 404)
			throw new CannotLook(
				`JumpCloud did not accept the request (${status}).`,
				'Check JUMPCLOUD_ORG_ID: only administrators of several organizations need it.',
			);
		if (!list)
			throw new CannotLook(
				`That address does not answer like JumpCloud (${status}).`,
				'Check JUMPCLOUD_BASE_URL, or run again later.',
			);
	}

	/** @param {{ clientId: string, clientSecret: string, tokenUrl: string }} account */
	async #getToken({ clientId, clientSecret, tokenUrl }) {
		const pair = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
		const server = new Service('JumpCloud', tokenUrl, this.stop);
		const { status, json } = await server.ask('POST', '', {
			form: { grant_type: 'client_credentials', scope: 'api' },
			headers: { authorization: `Basic ${pair}` },
		});
		const token = json?.access_token;
		if (status === 400 || status === 401)
			throw new CannotLook(
				`JumpCloud did not accept the service account (${status}).`,
				'Check JUMPCLOUD_CLIENT_ID, JUMPCLOUD_CLIENT_SECRET and JUMPCLOUD_REGION.',
			);
		if (status >= 300 || typeof token !== 'string' || token === '')
			throw new CannotLook(
				`That address does not give tokens like JumpCloud (${status}).`,
				'Check JUMPCLOUD_TOKEN_URL, or run again later.',
			);
		this.service.key = { authorization: `Bearer ${token}`, ...this.organization };
	}

	/** GET /systemusers. @param {Record<string, string | number>} query @returns {Promise<List>} */
	async list(query) {
		return listIn(await this.get('/systemusers', { query }));
	}

	/**
	 * POST /search/systemusers.
	 * @param {Row} body
	 * @param {Record<string, string | number>} [query]
	 */
	async search(body, query = {}) {
		return listIn(await this.service.ask('POST', '/search/systemusers', { body, query }));
	}

	/**
	 * A search for so many rows, as the package and official clients send it.
	 * @param {number} limit
	 */
	async searchPage(limit, skip = 0, fields = COUNTED) {
		const page = { limit, skip, sort: '_id' };
		return await this.#once.get(
			`search ${limit} ${skip} ${fields}`,
			async () => await this.search({ ...page, ...(fields ? { fields } : {}) }, page),
		);
	}

	/** GET of so many rows. @param {number} limit */
	async listPage(limit, skip = 0) {
		return await this.#once.get(
			`list ${limit} ${skip}`,
			async () => await this.list({ limit, skip, sort: '_id', fields: 'state' }),
		);
	}

	/** Up to a hundred accounts with everything a search shows. @returns {Promise<Row[]>} */
	async sample() {
		return (await this.searchPage(SMALL, 0, '')).list?.rows ?? [];
	}

	async total() {
		return (await this.searchPage(SMALL)).list?.total ?? 0;
	}

	/** Every account, with what is counted. @returns {Promise<Row[]>} */
	async everyAccount() {
		return await this.#once.get('every account', async () => {
			const isLarge = (await this.searchPage(LARGE)).list !== null;
			const size = isLarge ? LARGE : SMALL;
			const { list } = await this.searchPage(size);
			if (!list) return [];
			const { rows, total } = list;
			const skips = [];
			for (let skip = rows.length; rows.length > 0 && skip < total; skip += rows.length)
				skips.push(skip);
			const others = await Promise.all(
				skips.map(async (skip) => (await this.searchPage(size, skip)).list?.rows ?? []),
			);
			return [...rows, ...others.flat()];
		});
	}

	/** The answer to a request for an account that nobody has. */
	async unknown() {
		return await this.#once.get(
			'unknown',
			async () => await this.get(`/systemusers/${this.unknownId}`),
		);
	}

	/** The answer to a wrong key. */
	async wrong() {
		return await this.#once.get(
			'wrong key',
			async () =>
				await this.get('/systemusers', {
					query: { limit: 1 },
					headers: this.wrongKey,
					anyAnswer: true,
				}),
		);
	}
}

/** @param {import('./service.mjs').Answer} answer @returns {List} */
function listIn({ status, json }) {
	const isList =
		status < 300 && Array.isArray(json?.results) && typeof json.totalCount === 'number';
	return { status, list: isList ? { total: json.totalCount, rows: json.results } : null };
}
