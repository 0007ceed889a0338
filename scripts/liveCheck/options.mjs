/** What the command line and the environment say. Keys stand in the environment only. */
import { parseArgs } from 'node:util';
import { CannotLook } from './cannotLook.mjs';

/**
 * @typedef {object} HumaansOptions
 * @property {string} base address of the API without a slash at the end
 * @property {string} token
 */
/**
 * @typedef {object} JumpCloudOptions
 * @property {string} base address of the API (v1; v2 stands below it) without a slash at the end
 * @property {string} where region, or that it is another address; for people to read
 * @property {string} organization for administrators of several; '' for none
 * @property {string} apiKey '' with a service account
 * @property {{ clientId: string, clientSecret: string, tokenUrl: string } | null} serviceAccount
 */
/**
 * @typedef {object} Options
 * @property {HumaansOptions | null} humaans null: no token is given
 * @property {JumpCloudOptions | null} jumpCloud null: no key is given
 * @property {string | null} testAccount work email of the test account; null: only reads
 * @property {string | null} mailTo where the one mail goes; null: no mail is sent
 */
/** @typedef {Readonly<Record<string, string | undefined>>} Environment */

const HUMAANS = 'https://app.humaans.io/api';
/** As in `nodes/services/jumpcloud/regions.ts`; a test holds them together. */
export const REGIONS = {
	us: {
		console: 'https://console.jumpcloud.com',
		token: 'https://admin-oauth.id.jumpcloud.com/oauth2/token',
	},
	eu: {
		console: 'https://console.eu.jumpcloud.com',
		token: 'https://admin-oauth.id.eu.jumpcloud.com/oauth2/token',
	},
	in: {
		console: 'https://console.in.jumpcloud.com',
		token: 'https://admin-oauth.id.in.jumpcloud.com/oauth2/token',
	},
};

const USAGE =
	'Known: npm run live-check -- [--with-test-account you+check@yourdomain [--mail-to ADDRESS]]';
const EMAIL = /^[^\s@<>,;"]+@[^\s@<>,;".]+(\.[^\s@<>,;".]+)+$/;

/** @param {string[]} args */
function commandLine(args) {
	try {
		const text = /** @type {const} */ ({ type: 'string' });
		return parseArgs({ args, options: { 'with-test-account': text, 'mail-to': text } }).values;
	} catch (error) {
		// Names the option; what else was typed is not shown, as it may be a key.
		const [name] = /'--?[\w-]+/.exec(String(error)) ?? [];
		const what = name
			? `The option ${name.slice(1)} is unknown or lacks its value`
			: 'Something there is no option';
		throw new CannotLook(`${what}.`, USAGE);
	}
}

/** @param {string | undefined} value @param {string} name @returns {string | null} */
function address(value, name) {
	if (value === undefined) return null;
	if (!EMAIL.test(value)) throw new CannotLook(`${name} needs an email address.`, USAGE);
	return value;
}

/**
 * A key goes over http only within this machine.
 * @param {string} text @param {string} name
 */
function baseUrl(text, name) {
	const url = URL.canParse(text) ? new URL(text) : null;
	const isSafe =
		url?.protocol === 'https:' || (url?.protocol === 'http:' && url.hostname === '127.0.0.1');
	if (!url || !isSafe || url.username || url.password || url.search || url.hash)
		throw new CannotLook(
			`${name} is no address that a key may be sent to.`,
			'Use https://…, or http://127.0.0.1:… for the sandbox.',
		);
	return url.origin + url.pathname.replace(/\/+$/, '');
}

/** @param {Environment} env @returns {HumaansOptions | null} */
function humaansOptions(env) {
	const token = env.HUMAANS_ACCESS_TOKEN?.trim();
	if (!token) return null;
	const base = baseUrl(env.HUMAANS_BASE_URL?.trim() || HUMAANS, 'HUMAANS_BASE_URL');
	return { token, base: base === new URL(base).origin ? `${base}/api` : base };
}

/** @param {Environment} env @returns {JumpCloudOptions | null} */
function jumpCloudOptions(env) {
	const apiKey = env.JUMPCLOUD_API_KEY?.trim() ?? '';
	const clientId = env.JUMPCLOUD_CLIENT_ID?.trim() ?? '';
	const clientSecret = env.JUMPCLOUD_CLIENT_SECRET?.trim() ?? '';
	if (!apiKey && !clientId && !clientSecret) return null;
	if (!apiKey && !(clientId && clientSecret))
		throw new CannotLook(
			'A service account needs both JUMPCLOUD_CLIENT_ID and JUMPCLOUD_CLIENT_SECRET.',
			'Set both, or JUMPCLOUD_API_KEY.',
		);
	const region = env.JUMPCLOUD_REGION?.trim().toLowerCase() || 'us';
	const known = Object.entries(REGIONS).find(([name]) => name === region)?.[1];
	if (!known) throw new CannotLook('JUMPCLOUD_REGION is none that is known.', 'Use us, eu or in.');
	const given = env.JUMPCLOUD_BASE_URL?.trim();
	const origin = given
		? baseUrl(given, 'JUMPCLOUD_BASE_URL').replace(/\/api(\/v2)?$/, '')
		: known.console;
	const asked = env.JUMPCLOUD_TOKEN_URL?.trim();
	const tokenUrl = asked
		? baseUrl(asked, 'JUMPCLOUD_TOKEN_URL')
		: given
			? `${origin}/oauth2/token`
			: known.token;
	return {
		base: `${origin}/api`,
		where: given ? 'another address' : `region ${region}`,
		organization: env.JUMPCLOUD_ORG_ID?.trim() ?? '',
		apiKey,
		serviceAccount: apiKey ? null : { clientId, clientSecret, tokenUrl },
	};
}

/**
 * @param {string[]} args
 * @param {Environment} env
 * @returns {Options}
 * @throws {CannotLook} when something is missing or is not usable
 */
export function readOptions(args, env) {
	const given = commandLine(args);
	const testAccount = address(given['with-test-account'], '--with-test-account');
	const mailTo = address(given['mail-to'], '--mail-to');
	const [humaans, jumpCloud] = [humaansOptions(env), jumpCloudOptions(env)];
	if (!humaans && !jumpCloud)
		throw new CannotLook(
			'There is no key: neither HUMAANS_ACCESS_TOKEN nor JUMPCLOUD_API_KEY is set.',
			'Set both, or the one whose service is to be checked.',
		);
	if (testAccount && !jumpCloud)
		throw new CannotLook(
			'A test account is made in JumpCloud, and JUMPCLOUD_API_KEY is not set.',
			'Set it, or leave --with-test-account away.',
		);
	if (mailTo && !testAccount)
		throw new CannotLook(
			'--mail-to sends the invite of a test account, and none is asked for.',
			'Add --with-test-account you+check@yourdomain.',
		);
	return { humaans, jumpCloud, testAccount, mailTo };
}
