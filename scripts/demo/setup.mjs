/**
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
import { prepared, readTemplates, triggerOf } from './templates.mjs';

/** @typedef {import('../host/session.mjs').Workflow} Workflow */
/**
 * @typedef {object} Stage
 * @property {import('../host/n8n.mjs').N8n} n8n
 * @property {Session} session
 * @property {import('./sandbox.mjs').Sandbox | undefined} sandbox none with the real services
 * @property {Record<string, { id: string, name: string, trigger: string }>} workflows by file
 *   name without .json
 * @property {'apply' | 'review'} mode
 */

/** For an n8n on 127.0.0.1 that holds invented people only. */
export const OWNER = { email: 'owner@demo.example', password: 'Demo-sign-in-1' };
/** Who may use the form of provision-on-demand there. */
export const FORM_USER = { user: 'demo', password: 'Demo-sign-in-1' };

/**
 * @param {{ folder: string, keep?: boolean, port?: number, env?: Record<string, string>,
 *   nodeArgs?: string[], start?: typeof startN8n }} options
 * folder: where all state goes; keep: go on with the n8n of the last start; start: instead of one
 * n8n; the rest is for startN8n
 * @returns {Promise<Stage>}
 */
export async function setUp({ folder, keep = false, start, ...forN8n }) {
	const real = realServices();
	await ensureProject();
	await ensureHost();
	await build();
	if (!keep) rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	const tarball = await pack(join(folder, 'package'));
	await step('Installing the package into n8n', () => installPackage(folder, tarball));
	const sandbox = real
		? undefined
		: await step('Starting the sandbox of Humaans and JumpCloud', () => startSandbox({ folder }));
	const n8n = start
		? await start({ folder, ...forN8n })
		: await step('Starting n8n', () => startN8n({ folder, ...forN8n }));
	const mode = real ? 'review' : 'apply';
	const session = new Session(n8n.url);
	const workflows = await step(
		'Creating the owner, the credentials and the workflows',
		async () => {
			await session.signIn(OWNER);
			return importAll(session, real ?? sandboxCredentials(sandbox), mode);
		},
	);
	return { n8n, session, sandbox, workflows, mode };
}

/**
 * @param {Session} session
 * @param {Record<string, object>} data credential data by type
 * @param {'apply' | 'review'} mode
 * @returns {Promise<Stage['workflows']>}
 */
async function importAll(session, data, mode) {
	/** @type {Record<string, { id: string, name: string }>} */
	const credentials = {};
	for (const [type, name] of Object.entries({
		humaansApi: 'Humaans account',
		jumpCloudApi: 'JumpCloud account',
	})) {
		credentials[type] = {
			id: await session.importCredential({ name, type, data: data[type] }),
			name,
		};
		const { status, message } = await session.testCredential({
			...credentials[type],
			type,
			data: data[type],
		});
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
	if (!workflows.reconcile)
		throw new PlainError('workflows/reconcile.json is missing.', 'Restore it from the repository.');
	return workflows;
}

/** @param {any} sandbox @returns {Record<string, object>} */
function sandboxCredentials(sandbox) {
	return {
		humaansApi: { accessToken: sandbox.humaans.token, baseUrl: sandbox.humaans.baseUrl },
		jumpCloudApi: {
			apiKey: sandbox.jumpCloud.apiKey,
			region: 'custom',
			baseUrl: sandbox.jumpCloud.baseUrl,
			orgId: '',
		},
	};
}

/**
 * @returns {Record<string, object> | undefined} credential data by type; undefined: use the sandbox
 */
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
	say(
		'Using the real Humaans and JumpCloud. Mode stays on "review everything": nothing is written.',
	);
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
