/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * Everything between a fresh clone and a real n8n with this package, its credentials and its
 * templates; demo and e2e share it.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PlainError, say, step } from '../host/console.mjs';
import { ensureHost } from '../host/install.mjs';
import { installPackage, startN8n } from '../host/n8n.mjs';
import { Session } from '../host/session.mjs';
import { build, ensureProject, pack } from '../project.mjs';
import { startSandbox } from './sandbox.mjs';
import { prepared, readTemplates, setMode, triggerOf } from './templates.mjs';

/** @typedef {import('../host/session.mjs').Workflow} Workflow */
/** @typedef {import('./templates.mjs').DemoMode} DemoMode */
/**
 * @typedef {object} Stage
 * @property {import('../host/n8n.mjs').N8n} n8n
 * @property {Session} session
 * @property {import('./sandbox.mjs').Sandbox | undefined} sandbox none with the real services
 * @property {Record<string, { id: string, name: string, trigger: string }>} workflows by file
 *   name without .json
 * @property {DemoMode} mode
 */

/** For an n8n on 127.0.0.1 that holds invented people only. */
export const OWNER = { email: 'owner@demo.example', password: 'Demo-sign-in-1' };
/** Who may use the form of provision-on-demand there. */
export const FORM_USER = { user: 'demo', password: 'Demo-sign-in-1' };

/**
 * @param {object} options
 * @param {string} options.folder where all state goes
 * @param {boolean} [options.keep] go on with the n8n of the last start
 * @param {DemoMode} [options.mode] of the templates; with the real services it is always `review`
 * @param {typeof startN8n} [options.start] starts something else than one n8n
 * @param {number} [options.port] for startN8n, as the two below
 * @param {Record<string, string>} [options.env]
 * @param {string[]} [options.nodeArgs]
 * @returns {Promise<Stage>}
 */
export async function setUp({ folder, keep = false, mode: wanted = 'apply', start, ...forN8n }) {
	const real = realServices();
	await ensureProject();
	await ensureHost();
	await build();
	if (!keep) rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	const tarball = await pack(join(folder, 'package'));
	await step('Installing the package into n8n', () => installPackage(folder, tarball));
	const { sandbox, credentials } = real
		? { sandbox: undefined, credentials: real }
		: await sandboxIn(folder);
	const n8n = start
		? await start({ folder, ...forN8n })
		: await step('Starting n8n', () => startN8n({ folder, ...forN8n }));
	const mode = real ? 'review' : wanted;
	const session = new Session(n8n.url);
	const workflows = await step(
		'Creating the owner, the credentials and the workflows',
		async () => {
			await session.signIn(OWNER);
			return importAll(session, credentials, mode);
		},
	);
	return { n8n, session, sandbox, workflows, mode };
}

/** @typedef {{ humaansApi: object, jumpCloudApi: object }} CredentialData */

/**
 * @param {Session} session
 * @param {CredentialData} given
 * @param {DemoMode} mode
 * @returns {Promise<Stage['workflows']>}
 */
async function importAll(session, given, mode) {
	/** @type {Record<string, { id: string, name: string }>} */
	const credentials = {};
	for (const { type, name, data } of [
		{ type: 'humaansApi', name: 'Humaans account', data: given.humaansApi },
		{ type: 'jumpCloudApi', name: 'JumpCloud account', data: given.jumpCloudApi },
	]) {
		const credential = { id: await session.importCredential({ name, type, data }), name };
		credentials[type] = credential;
		const { status, message } = await session.testCredential({ ...credential, type, data });
		if (status !== 'OK') throw new PlainError(`The credential "${name}" does not work: ${message}`);
	}
	// n8n has no test for this one.
	credentials.httpBasicAuth = {
		id: await session.importCredential({
			name: 'Form password',
			type: 'httpBasicAuth',
			data: FORM_USER,
		}),
		name: 'Form password',
	};
	/** @type {Stage['workflows']} */
	const workflows = {};
	for (const { file, workflow } of readTemplates()) {
		const saved = await session.importWorkflow(prepared(file, workflow, { credentials, mode }));
		workflows[file] = { id: saved.id, name: saved.name, trigger: triggerOf(saved) };
	}
	return workflows;
}

/**
 * One of the templates that were imported.
 * @param {Stage['workflows']} workflows
 * @param {string} file its name without .json
 */
export function imported(workflows, file) {
	const found = workflows[file];
	if (!found)
		throw new PlainError(`workflows/${file}.json is missing.`, 'Restore it from the repository.');
	return found;
}

/**
 * Sets Mode in one of the workflows, as a person does in Decide.
 * @param {Session} session
 * @param {string} id
 * @param {DemoMode} mode
 */
export async function changeMode(session, id, mode) {
	const { nodes, ...workflow } = await session.workflow(id);
	setMode(nodes, mode);
	await session.importWorkflow({ ...workflow, nodes });
}

/**
 * Starts the sandbox, and says with which credentials n8n reaches it.
 * @param {string} folder for its log
 */
async function sandboxIn(folder) {
	const sandbox = await step('Starting the sandbox of Humaans and JumpCloud', () =>
		startSandbox({ folder }),
	);
	const { humaans, jumpCloud } = sandbox;
	/** @type {CredentialData} */
	const credentials = {
		humaansApi: { accessToken: humaans.token, baseUrl: humaans.baseUrl },
		jumpCloudApi: {
			apiKey: jumpCloud.apiKey,
			region: 'custom',
			baseUrl: jumpCloud.baseUrl,
			orgId: '',
		},
	};
	return { sandbox, credentials };
}

/** @returns {CredentialData | undefined} undefined: use the sandbox */
function realServices() {
	const {
		HUMAANS_ACCESS_TOKEN,
		JUMPCLOUD_API_KEY,
		JUMPCLOUD_REGION = 'us',
		JUMPCLOUD_ORG_ID = '',
	} = process.env;
	if (!HUMAANS_ACCESS_TOKEN && !JUMPCLOUD_API_KEY) return undefined;
	if (!HUMAANS_ACCESS_TOKEN || !JUMPCLOUD_API_KEY) {
		const missing = HUMAANS_ACCESS_TOKEN ? 'JUMPCLOUD_API_KEY' : 'HUMAANS_ACCESS_TOKEN';
		throw new PlainError(
			`${missing} is not set, and the real services need both.`,
			'Set both, or neither to use the sandbox.',
		);
	}
	if (!['us', 'eu', 'in'].includes(JUMPCLOUD_REGION))
		throw new PlainError(`JUMPCLOUD_REGION is "${JUMPCLOUD_REGION}".`, 'Use us, eu or in.');
	say('Using the real Humaans and JumpCloud. Mode stays on Review Everything: nothing is written.');
	return {
		humaansApi: { accessToken: HUMAANS_ACCESS_TOKEN, baseUrl: 'https://app.humaans.io/api' },
		jumpCloudApi: {
			apiKey: JUMPCLOUD_API_KEY,
			region: JUMPCLOUD_REGION,
			baseUrl: '',
			orgId: JUMPCLOUD_ORG_ID,
		},
	};
}
