/** What the check made in JumpCloud. All of it is deleted again, whatever happens. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Stopped } from './cannotLook.mjs';
import { isOwnNotFound } from './jumpCloud.mjs';

/** @typedef {import('./service.mjs').Answer} Answer */
/**
 * @typedef {object} Thing
 * @property {'account' | 'group'} kind
 * @property {string} name its random username or name
 * @property {string | null} id null: no answer came, so it may be there
 */

/**
 * Where a thing is deleted, and how it is found by its name.
 * @type {Record<Thing['kind'], {
 *   path: (id: string) => string,
 *   query: Record<string, string>,
 *   find: (name: string) => [path: string, query: Record<string, string>],
 * }>}
 */
const PLACES = {
	account: {
		path: (id) => `/systemusers/${encodeURIComponent(id)}`,
		query: { cascade_manager: 'null' },
		find: (name) => [
			'/systemusers',
			{ filter: `username:$eq:${name}`, sort: '_id', fields: 'username' },
		],
	},
	group: {
		path: (id) => `/v2/usergroups/${encodeURIComponent(id)}`,
		query: {},
		find: (name) => ['/v2/usergroups', { filter: `name:eq:${name}` }],
	},
};

/** A lost answer is looked after so often: a list may show a new entry late. */
const LOOKS = 3;
const BETWEEN_LOOKS_MS = 1000;

const idOf = (/** @type {any} */ row) => {
	const id = row?._id ?? row?.id;
	return typeof id === 'string' && id !== '' ? id : null;
};

export class Made {
	/** What may still be there. @type {Thing[]} */
	things = [];
	/** How many were surely made, in all. */
	count = 0;

	/** @param {import('./jumpCloud.mjs').JumpCloud} jumpCloud */
	constructor(jumpCloud) {
		this.jumpCloud = jumpCloud;
	}

	/**
	 * Sends a creation. What it made is remembered before it is sent, so that a lost answer leaves
	 * nothing behind.
	 * @param {Thing['kind']} kind
	 * @param {string} name
	 * @param {() => Promise<Answer>} send
	 * @returns {Promise<{ answer: Answer, thing: Thing }>}
	 */
	async make(kind, name, send) {
		/** @type {Thing} */
		const thing = { kind, name, id: null };
		this.things.push(thing);
		try {
			const answer = await send();
			if (answer.status < 300) thing.id = idOf(answer.json);
			else if (answer.status < 500) this.#forget(thing);
			if (thing.id !== null) this.count++;
			return { answer, thing };
		} catch (error) {
			// A creation on its way is not broken off, so this one was never sent.
			if (error instanceof Stopped) this.#forget(thing);
			throw error;
		}
	}

	/** @param {Thing} thing */
	#forget(thing) {
		this.things = this.things.filter((one) => one !== thing);
	}

	/** @param {Thing} thing @param {string} id @returns {Promise<Answer>} */
	async #delete(thing, id) {
		const { path, query } = PLACES[thing.kind];
		return await this.jumpCloud.service.ask('DELETE', path(id), { query });
	}

	/**
	 * Deletes one by its id.
	 * @param {Thing} thing
	 * @returns {Promise<Answer | null>} null: it has none
	 */
	async delete(thing) {
		if (thing.id === null) return null;
		const answer = await this.#delete(thing, thing.id);
		if (answer.status < 300 || isOwnNotFound(answer)) this.#forget(thing);
		return answer;
	}

	/** Ids of everything that has its name. @param {Thing} thing @returns {Promise<string[]>} */
	async #find({ kind, name }) {
		const [path, query] = PLACES[kind].find(name);
		for (let look = 1; ; look++) {
			const { json } = await this.jumpCloud.get(path, { query });
			const rows = Array.isArray(json) ? json : (json?.results ?? []);
			// A filter that has no effect must not make anybody else's account ours.
			const ours = rows.filter((/** @type {any} */ row) => (row?.username ?? row?.name) === name);
			const ids = ours.map(idOf).filter(Boolean);
			if (ids.length > 0 || look >= LOOKS) return ids;
			await sleep(BETWEEN_LOOKS_MS);
		}
	}

	/** @param {Thing} thing */
	async #remove(thing) {
		if (thing.id !== null) return void (await this.delete(thing));
		const answers = [];
		for (const id of await this.#find(thing)) {
			thing.id = id;
			this.count++;
			answers.push(await this.#delete(thing, id));
		}
		const isGone = (/** @type {Answer} */ one) => one.status < 300 || isOwnNotFound(one);
		if (answers.length > 0 && answers.every(isGone)) this.#forget(thing);
	}

	/**
	 * Deletes everything, the last made first.
	 * @returns {Promise<Thing[]>} what may still be there
	 */
	async cleanUp() {
		for (const thing of [...this.things].reverse()) {
			try {
				await this.#remove(thing);
			} catch {
				// It stays in the list, and is named.
			}
		}
		return this.things;
	}
}
