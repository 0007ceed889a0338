/**
 * One service over HTTP. Nothing is followed, so a key goes to one origin only; a 429 is respected;
 * at most four requests are on their way at once.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { CannotLook, Stopped } from './cannotLook.mjs';

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {Headers} headers
 * @property {any} json what it says; undefined when it is empty or not JSON
 * @property {boolean} isEmpty
 * @property {boolean} isHtml
 */
/**
 * @typedef {object} Request
 * @property {Record<string, string | number>} [query]
 * @property {unknown} [body] sent as JSON
 * @property {Record<string, string>} [form] sent as a form, instead of a body
 * @property {Record<string, string>} [headers] instead of the key
 * @property {boolean} [once] never sent again, unless the service surely did nothing (429)
 * @property {boolean} [anyAnswer] a redirect and a page are answers too, and no reason to end
 */

const AT_ONCE = 4;
const TIMEOUT_MS = 30_000;
const ATTEMPTS = 3;
const MOST_WAITS = 10;
const LONGEST_WAIT_MS = 120_000;
const LONGEST_STEP_MS = 30_000;
/** Names of headers that speak of limits on requests. */
const ABOUT_LIMITS = /^[a-z-]*(ratelimit|rate-limit|retry-after)[a-z-]*$/;

const isHtml = (/** @type {string} */ text) => /^\s*</.test(text);

/**
 * The JSON of an answer; null: it was cut in the middle.
 * @param {string} text
 * @param {Headers} headers
 */
function parsed(text, headers) {
	if (text.trim() === '') return { json: undefined };
	try {
		return { json: JSON.parse(text) };
	} catch {
		return headers.get('content-type')?.includes('json') ? null : { json: undefined };
	}
}

/**
 * What Retry-After asks for, in milliseconds; null: it asks for nothing.
 * @param {Headers} headers
 */
function retryAfter(headers) {
	const value = headers.get('retry-after');
	if (value === null) return null;
	const ms = /^\d+(\.\d+)?$/.test(value.trim())
		? Number(value) * 1000
		: Date.parse(value) - Date.now();
	return Number.isNaN(ms) ? null : Math.max(0, ms);
}

export class Service {
	requests = 0;
	/** Answers with 429. */
	tooMany = 0;
	/** Names of headers of good answers that speak of limits. @type {Set<string>} */
	limitHeaders = new Set();
	/** @type {Record<string, string>} */
	key = {};
	#onTheirWay = 0;
	/** @type {Array<() => void>} */
	#waiting = [];

	/**
	 * @param {string} name
	 * @param {string} base address without a slash at the end
	 * @param {import('./cannotLook.mjs').Stop} stop
	 */
	constructor(name, base, stop) {
		this.name = name;
		this.base = base;
		this.stop = stop;
	}

	/**
	 * @param {string} method
	 * @param {string} path below the base address
	 * @param {Request} [request]
	 * @returns {Promise<Answer>} of any status
	 * @throws {CannotLook} when no answer came, or one that is not the service's own
	 */
	async ask(method, path, request = {}) {
		for (let attempt = 1, waits = 0; ; ) {
			const answer = await this.#inTurn(async () => await this.#send(method, path, request));
			if (answer?.status === 429) {
				await this.#wait(++waits, answer.headers);
				continue;
			}
			if (answer && answer.status < 500) return this.#own(answer, request);
			if (request.once || attempt >= ATTEMPTS) {
				if (answer) return this.#own(answer, request);
				throw new CannotLook(
					`The connection to ${this.name} was cut, or no answer came in time.`,
					'Check the network and the address, then run again.',
				);
			}
			await this.#pause(500 * 2 ** (attempt++ - 1));
		}
	}

	/** @template T @param {() => Promise<T>} send @returns {Promise<T>} */
	async #inTurn(send) {
		while (this.#onTheirWay >= AT_ONCE)
			await new Promise((resolve) => this.#waiting.push(() => resolve(undefined)));
		this.#onTheirWay++;
		try {
			return await send();
		} finally {
			this.#onTheirWay--;
			this.#waiting.shift()?.();
		}
	}

	/**
	 * One attempt; null: no answer, or half of one.
	 * @param {string} method @param {string} path @param {Request} request
	 * @returns {Promise<Answer | null>}
	 */
	async #send(method, path, { query = {}, body, form, headers = this.key }) {
		this.stop.check();
		const url = new URL(this.base + path);
		for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
		// What changes something is not broken off: whether it was done would be unknown.
		const mayBreakOff = method === 'GET' && !this.stop.cleaning;
		const timeout = AbortSignal.timeout(TIMEOUT_MS);
		this.requests++;
		try {
			const response = await fetch(url, {
				method,
				redirect: 'manual',
				headers: {
					accept: 'application/json',
					...(body === undefined ? {} : { 'content-type': 'application/json' }),
					...headers,
				},
				signal: mayBreakOff ? AbortSignal.any([timeout, this.stop.signal]) : timeout,
				// A form brings its own content type.
				...(form ? { body: new URLSearchParams(form) } : {}),
				...(body === undefined ? {} : { body: JSON.stringify(body) }),
			});
			const text = await response.text();
			const whole = parsed(text, response.headers);
			if (whole === null) return null;
			return {
				status: response.status,
				headers: response.headers,
				json: whole.json,
				isEmpty: text === '',
				isHtml: isHtml(text),
			};
		} catch {
			this.stop.check();
			return null;
		}
	}

	/** @param {number} waits @param {Headers} headers */
	async #wait(waits, headers) {
		this.tooMany++;
		const asked = retryAfter(headers);
		if (waits > MOST_WAITS || (asked ?? 0) > LONGEST_WAIT_MS)
			throw new CannotLook(
				`${this.name} is limiting the number of requests (429).`,
				'Run again later.',
			);
		await this.#pause(asked ?? Math.min(1000 * 2 ** (waits - 1), LONGEST_STEP_MS));
	}

	/** @param {number} ms */
	async #pause(ms) {
		const { stop } = this;
		try {
			await sleep(ms, undefined, stop.cleaning ? {} : { signal: stop.signal });
		} catch {
			throw new Stopped();
		}
	}

	/** The answer, when it is the service's own. @param {Answer} answer @param {Request} request */
	#own(answer, { anyAnswer }) {
		const { status, headers } = answer;
		if (status < 300)
			for (const [name] of headers) if (ABOUT_LIMITS.test(name)) this.limitHeaders.add(name);
		if (anyAnswer) return answer;
		if (status >= 300 && status < 400)
			throw /\/(login|signin)\b/i.test(headers.get('location') ?? '')
				? new CannotLook(
						`${this.name} answered with its sign-in page (${status}): the key did not arrive.`,
						'Check the key; a proxy in between may take headers away.',
					)
				: new CannotLook(
						`${this.name} answered with a redirect (${status}), which is not followed.`,
						'Check the address: a key is sent to no other one.',
					);
		if (answer.isHtml && status < 300)
			throw new CannotLook(
				`${this.name} answered with a web page instead of JSON (${status}).`,
				'Check the address; a proxy or sign-in page may stand in between.',
			);
		return answer;
	}
}
