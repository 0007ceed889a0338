/** Walks the table. */
import { step } from '../host/console.mjs';
import { ASSUMPTIONS } from './assumptions.mjs';
import { CannotLook, Stopped } from './cannotLook.mjs';
import { countsOf } from './counts.mjs';
import { Humaans } from './humaans.mjs';
import { isOwnNotFound, JumpCloud } from './jumpCloud.mjs';
import { Made } from './made.mjs';
import { requireFree, TestAccount } from './testAccount.mjs';

/** @typedef {import('./assumption.mjs').Assumption} Assumption */
/** @typedef {import('./assumption.mjs').Context} Context */
/**
 * @typedef {object} Result
 * @property {Assumption} assumption
 * @property {'asExpected' | 'differs' | 'notSeen' | 'notAsked'} kind notAsked: for want of a key or an option
 * @property {string} seen what was seen, or why nothing was
 */
/**
 * @typedef {object} Check
 * @property {Result[]} results
 * @property {Array<[what: string, count: string]>} counts
 * @property {number} requests
 */

/**
 * Runs one look. An answer of a shape that nobody thought of is a difference, and no crash.
 * @param {Assumption} assumption
 * @param {Context} context
 * @returns {Promise<Result>}
 */
async function lookAt(assumption, context) {
	const seen = await assumption.look(context).catch((error) => {
		if (error instanceof CannotLook || error instanceof Stopped) throw error;
		return 'an answer of another shape';
	});
	if (typeof seen !== 'string') return { assumption, kind: 'notSeen', seen: seen.notSeen };
	return { assumption, kind: seen === assumption.expected ? 'asExpected' : 'differs', seen };
}

export class LiveCheck {
	/** @type {Humaans | null} */
	#humaans;
	/** @type {JumpCloud | null} */
	#jumpCloud;
	/** @type {TestAccount | null} */
	#account = null;
	/** Null: it could not be made. @type {TestAccount | null | undefined} */
	#mailAccount;
	/** Why there is no account to look at, when there should be. */
	#why = '';
	/** What it made in JumpCloud, and did not delete yet. @type {Made | null} */
	made;

	/**
	 * @param {import('./options.mjs').Options} options
	 * @param {import('./cannotLook.mjs').Stop} stop
	 */
	constructor(options, stop) {
		this.options = options;
		this.#humaans = options.humaans && new Humaans(options.humaans, stop);
		this.#jumpCloud = options.jumpCloud && new JumpCloud(options.jumpCloud, stop);
		this.made = this.#jumpCloud && new Made(this.#jumpCloud);
	}

	/** @returns {Promise<Check>} @throws {CannotLook | Stopped} */
	async run() {
		await step('Trying the keys', async () => {
			await this.#humaans?.signIn();
			await this.#jumpCloud?.signIn();
		});
		if (this.options.testAccount)
			await step('Making the test account', async () => await this.#makeAccount());
		/** @type {Result[]} */
		const results = [];
		for (const group of new Set(ASSUMPTIONS.map(({ group }) => group))) {
			const rows = ASSUMPTIONS.filter((one) => one.group === group);
			const asked = rows.filter((one) => this.#whyNotAsked(one) === null);
			const begin = asked.length > 0 ? step : withoutWords;
			await begin(`${group} (${asked.length})`, async (report) => {
				for (const assumption of rows) {
					report(assumption.says);
					results.push(await this.#look(assumption));
				}
			});
		}
		const counts = await countsOf({
			humaans: this.#humaans,
			jumpCloud: this.#jumpCloud,
			except: this.#account?.id ?? '',
		}).catch((error) => {
			// What was seen is worth more than the counts.
			if (error instanceof Stopped) throw error;
			return [];
		});
		const services = [this.#humaans?.service, this.#jumpCloud?.service];
		const requests = services.reduce((sum, service) => sum + (service?.requests ?? 0), 0);
		return { results, counts, requests };
	}

	/**
	 * Why a row is left out, for want of what is needed; null: it is looked at.
	 * @param {Assumption} assumption
	 */
	#whyNotAsked({ service, needs }) {
		const { humaans, jumpCloud, testAccount, mailTo } = this.options;
		if (!(service === 'Humaans' ? humaans : jumpCloud)) return `no key for ${service} is set`;
		if (needs === 'testAccount' && !testAccount) return 'it needs --with-test-account';
		if (needs === 'mail' && !mailTo) return 'it needs --mail-to';
		return null;
	}

	/** @param {Assumption} assumption @returns {Promise<Result>} */
	async #look(assumption) {
		const why = this.#whyNotAsked(assumption);
		if (why !== null) return { assumption, kind: 'notAsked', seen: why };
		const { needs } = assumption;
		const account = needs === 'mail' ? await this.#accountForMail() : this.#account;
		if (needs !== 'read' && !account) return { assumption, kind: 'notSeen', seen: this.#why };
		return await lookAt(
			assumption,
			/** @type {Context} */ ({
				humaans: this.#humaans,
				jumpCloud: this.#jumpCloud,
				made: this.made,
				account,
				mailTo: this.options.mailTo ?? '',
				today: new Date().toISOString().slice(0, 10),
			}),
		);
	}

	/** Looks first whether the address is free, and whether the account could be deleted again. */
	async #makeAccount() {
		const [jumpCloud, made] = [this.#jumpCloud, this.made];
		const { testAccount } = this.options;
		if (!jumpCloud || !made || !testAccount) return;
		await requireFree(jumpCloud, testAccount);
		const unknown = await jumpCloud.unknown();
		if (unknown.status === 404 && !isOwnNotFound(unknown)) {
			this.#why = 'no test account was made: it could not be reached by its id, nor deleted';
			return;
		}
		const account = new TestAccount(jumpCloud, made, testAccount);
		await account.create();
		this.#account = account;
	}

	/** A second account with the same address, STAGED as the first one was, once that is deleted. */
	async #accountForMail() {
		const first = this.#account;
		if (!first || this.#mailAccount !== undefined) return this.#mailAccount ?? null;
		this.#mailAccount = null;
		this.#why = 'a second test account could not be made';
		if (first.made.things.length > 0) return null;
		const second = new TestAccount(first.jumpCloud, first.made, first.values.email);
		try {
			await second.create();
		} catch (error) {
			if (error instanceof CannotLook) return null;
			throw error;
		}
		return (this.#mailAccount = second);
	}
}

/** @param {string} _title @param {(report: (doing: string) => void) => Promise<void>} work */
const withoutWords = async (_title, work) => await work(() => {});
