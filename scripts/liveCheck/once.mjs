/** What is read once and used by several assumptions. */
export class Once {
	/** @type {Map<string, Promise<any>>} */
	#results = new Map();

	/** @template T @param {string} name @param {() => Promise<T>} read @returns {Promise<T>} */
	async get(name, read) {
		const begun = this.#results.get(name) ?? read();
		this.#results.set(name, begun);
		return await begun;
	}
}
