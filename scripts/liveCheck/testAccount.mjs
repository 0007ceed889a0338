/**
 * The one account that the check may change: STAGED, with a random username, and no password. It
 * gets no mail: `activate` is called by the rows that need `--mail-to` only, and ACTIVATED is
 * written only on an account that JumpCloud shows as SUSPENDED.
 */
import { randomBytes } from 'node:crypto';
import { CannotLook } from './cannotLook.mjs';
import { Once } from './once.mjs';

/** @typedef {import('./service.mjs').Answer} Answer */
/** @typedef {Record<string, any>} Row */
/** @typedef {'username' | 'email' | 'employeeIdentifier' | 'alternateEmail'} Unique */
/** @typedef {{ status: number, words: string, isInDetails: boolean, isMade: boolean }} Refusal */

export const UNIQUE = /** @type {const} */ ([
	'email',
	'username',
	'employeeIdentifier',
	'alternateEmail',
]);

const random = () => randomBytes(4).toString('hex');
/** Also tells an account that an earlier check left behind. */
const PREFIX = 'live-check-';

/** Another address of the same mailbox. @param {string} address */
function variant(address) {
	const at = address.lastIndexOf('@');
	const local = address.slice(0, at);
	return `${local}${local.includes('+') ? '-' : '+'}${random()}${address.slice(at)}`;
}

/** The words of a refusal, to see whether they speak of a duplicate. They are never shown. */
const wordsOf = (/** @type {any} */ json) =>
	[json?.message, typeof json?.error === 'string' ? json.error : json?.error?.message]
		.filter((part) => typeof part === 'string')
		.join(' ');

export class TestAccount {
	#once = new Once();
	name = PREFIX + random();
	/**
	 * What POST …/state/suspend did, when it was tried on an account that was not suspended.
	 * @type {string | null}
	 */
	suspendVerb = null;
	/** Whether a search found the account right after it was made. */
	isFoundAtOnce = false;
	/** @type {import('./made.mjs').Thing | null} */
	thing = null;

	/**
	 * @param {import('./jumpCloud.mjs').JumpCloud} jumpCloud
	 * @param {import('./made.mjs').Made} made
	 * @param {string} email
	 */
	constructor(jumpCloud, made, email) {
		this.jumpCloud = jumpCloud;
		this.made = made;
		this.values = {
			username: this.name,
			email,
			alternateEmail: variant(email),
			employeeIdentifier: this.name,
			firstname: 'Live',
			lastname: 'Check',
			jobTitle: 'Test account',
			department: 'Live check',
			attributes: [{ name: 'liveCheck', value: random() }],
			state: 'STAGED',
			suspended: false,
		};
	}

	/** @param {Row} body @returns {Promise<{ answer: Answer, thing: import('./made.mjs').Thing }>} */
	async #post(body) {
		const { service } = this.jumpCloud;
		return await this.made.make(
			'account',
			body.username,
			async () => await service.ask('POST', '/systemusers', { body, once: true }),
		);
	}

	/** @throws {CannotLook} when JumpCloud does not make it */
	async create() {
		const { answer, thing } = await this.#post(this.values);
		const { status, json } = answer;
		if (status === 403)
			throw new CannotLook(
				'The key may read users and not make any (403), so there is no test account.',
				'Use a key whose role may manage users, or leave --with-test-account away.',
			);
		if (status >= 300 || thing.id === null)
			throw new CannotLook(
				`JumpCloud did not make the test account (${status}).`,
				'The address may be in use in another organization, or no seat is free: try another address.',
			);
		this.thing = thing;
		this.created = json;
		const { list } = await this.jumpCloud.search({
			filter: { and: [{ username: this.name }] },
			...{ limit: 10, skip: 0, sort: '_id', fields: 'username' },
		});
		this.isFoundAtOnce = list?.rows.some((row) => row.username === this.name) ?? false;
	}

	get id() {
		return this.thing?.id ?? '';
	}

	/** @param {string} method @param {string} [path] @param {Row} [body] @param {boolean} [once] */
	async #ask(method, path = '', body, once = false) {
		const request = body === undefined ? { once } : { body, once };
		return await this.jumpCloud.service.ask(method, `/systemusers/${this.id}${path}`, request);
	}

	/** @returns {Promise<Row>} as JumpCloud shows it now */
	async read() {
		return (await this.#ask('GET')).json ?? {};
	}

	async state() {
		return String((await this.read()).state);
	}

	/** @param {Row} body */
	async put(body) {
		return await this.#ask('PUT', '', body);
	}

	/**
	 * Sends a mail, or with `false` none: for rows that need --mail-to.
	 * @param {string | false} email
	 */
	async activate(email) {
		return await this.#ask('POST', '/state/activate', { email }, true);
	}

	/**
	 * A second creation with the same value of a field, once.
	 * @param {Unique} field
	 * @returns {Promise<Refusal>}
	 */
	async provoke(field) {
		return await this.#once.get(field, async () => {
			const email = variant(this.values.email);
			const other = { username: PREFIX + random(), email, state: 'STAGED', suspended: false };
			const { answer, thing } = await this.#post({ ...other, [field]: this.values[field] });
			const { status, json } = answer;
			if (status < 300) await this.made.delete(thing);
			return {
				status,
				words: wordsOf(json),
				isInDetails: Array.isArray(json?.details) && json.details.length > 0,
				isMade: status < 300,
			};
		});
	}

	/** POST …/state/suspend on an account that is not suspended; keeps what it did. */
	async #suspendByVerb() {
		const answer = await this.#ask('POST', '/state/suspend');
		const { status, json, isEmpty } = answer;
		if (status >= 300) this.suspendVerb = status === 404 ? 'not there' : 'refused';
		else if ((await this.state()) !== 'SUSPENDED') this.suspendVerb = 'accepted, not done';
		else if (json?.state === 'SUSPENDED') this.suspendVerb = 'answers the account';
		else this.suspendVerb = isEmpty ? 'done, empty answer' : 'done, another answer';
	}

	/** Suspends by a PUT, or else by the verb. @returns {Promise<boolean>} whether it is suspended */
	async suspended() {
		if ((await this.state()) === 'SUSPENDED') return true;
		await this.put({ state: 'SUSPENDED', suspended: true });
		if ((await this.state()) === 'SUSPENDED') return true;
		await this.#suspendByVerb();
		return (await this.state()) === 'SUSPENDED';
	}

	/**
	 * Tries the verb, from a state that it can change.
	 * @returns {Promise<string | null>} null: there is none
	 */
	async trySuspendVerb() {
		if (this.suspendVerb === null) {
			if ((await this.state()) === 'SUSPENDED')
				await this.put({ state: 'ACTIVATED', suspended: false });
			if ((await this.state()) === 'SUSPENDED') return null;
			await this.#suspendByVerb();
		}
		return this.suspendVerb;
	}

	/** @returns {Promise<Answer | null>} */
	async delete() {
		return this.thing ? await this.made.delete(this.thing) : null;
	}
}

/**
 * Whether nobody has the address yet.
 * @param {import('./jumpCloud.mjs').JumpCloud} jumpCloud @param {string} address
 * @throws {CannotLook} when somebody has
 */
export async function requireFree(jumpCloud, address) {
	const pattern = address.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
	const anyCase = { $regex: `(?i)(^${pattern}$)` };
	const { status, list } = await jumpCloud.search({
		filter: { or: [{ email: anyCase }, { alternateEmail: anyCase }] },
		...{ limit: 10, skip: 0, sort: '_id', fields: 'username email alternateEmail' },
	});
	if (!list)
		throw new CannotLook(
			`Whether the address of the test account is free could not be looked up (${status}).`,
			'Run again later, or without --with-test-account.',
		);
	const has = (/** @type {unknown} */ value) =>
		String(value ?? '').toLowerCase() === address.toLowerCase();
	const holder = list.rows.find((row) => has(row.email) || has(row.alternateEmail));
	if (!holder) return;
	const isOurs = String(holder.username).startsWith(PREFIX);
	throw new CannotLook(
		`An account with the address of the test account exists already (${holder._id}), so nothing was done.`,
		isOurs
			? 'An earlier check left it behind: delete it in JumpCloud, then run again.'
			: 'Use an address that no account has.',
	);
}
