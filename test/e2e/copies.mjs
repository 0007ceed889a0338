/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * Templates as they ship, imported once more for a sandbox of their own.
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, stateOf, stopSandbox } from '../../scripts/demo/sandbox.mjs';
import { prepared, readTemplates, workflowId } from '../../scripts/demo/templates.mjs';

/** @typedef {import('../../scripts/demo/sandbox.mjs').Sandbox} Sandbox */
/** @typedef {import('../../scripts/host/session.mjs').Session} Session */

export class Copies {
	/** @type {Record<string, { id: string, name: string }>} by type */
	credentials = {};

	/** @param {Session} session @param {string} name of these copies @param {Sandbox} sandbox */
	constructor(session, name, sandbox) {
		this.session = session;
		this.name = name;
		this.sandbox = sandbox;
	}

	/**
	 * A fresh acme and credentials for it.
	 * @param {Session} session
	 * @param {string} name
	 * @param {{ latencyMs?: number }} [options]
	 * @returns {Promise<Copies>}
	 */
	static async begin(session, name, options = {}) {
		const copies = new Copies(
			session,
			name,
			await startSandbox({ folder: await mkdtemp(join(tmpdir(), 'copies-')), ...options }),
		);
		const { humaans, jumpCloud } = copies.sandbox;
		/** @type {Array<[string, object]>} */
		const data = [
			['humaansApi', { accessToken: humaans.token, baseUrl: humaans.baseUrl }],
			[
				'jumpCloudApi',
				{ apiKey: jumpCloud.apiKey, region: 'custom', baseUrl: jumpCloud.baseUrl, orgId: '' },
			],
		];
		for (const [type, values] of data)
			copies.credentials[type] = {
				id: await session.importCredential({ name: `${type} of ${name}`, type, data: values }),
				name: `${type} of ${name}`,
			};
		return copies;
	}

	/**
	 * Imports a template with these credentials; `change` is what somebody sets in its nodes
	 * afterwards.
	 * @param {string} file
	 * @param {{ mode?: 'apply' | 'review', change?: (nodes: any[]) => void, settings?: object, as?:
	 *   string }} [options] settings of the workflow instead of its own; as: a name of its own, for a
	 *   second copy
	 * @returns {Promise<string>} id of the workflow
	 */
	async import(file, { mode = 'apply', change = () => {}, settings, as = file } = {}) {
		const template = readTemplates().find((one) => one.file === file);
		if (!template) throw new Error(`workflows/${file}.json is missing`);
		const workflow = prepared(file, template.workflow, {
			credentials: this.credentials,
			mode,
		});
		change(workflow.nodes);
		const names = workflow.nodes.map(({ name }) => name);
		workflow.connections = Object.fromEntries(
			Object.entries(workflow.connections).filter(([from]) => names.includes(from)),
		);
		const { id } = await this.session.importWorkflow({
			...workflow,
			...(settings ? { settings } : {}),
			id: workflowId(`${this.name} ${as}`),
			name: `${workflow.name} (${this.name}${as === file ? '' : `, ${as}`})`,
		});
		return id;
	}

	/** @returns {ReturnType<typeof stateOf>} */
	state() {
		return stateOf(this.sandbox);
	}

	/**
	 * What somebody in HR does on the page.
	 * @param {string} method
	 * @param {string} path
	 * @param {object} [body]
	 * @returns {Promise<any>} the person, or undefined when they are gone
	 */
	async edit(method, path, body = {}) {
		const answer = await fetch(new URL(`/people${path}`, this.sandbox.page), {
			method,
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		if (!answer.ok) throw new Error(`the sandbox answered ${answer.status} to ${method} ${path}`);
		return answer.status === 204 ? undefined : answer.json();
	}

	/**
	 * JumpCloud as its own API answers.
	 * @param {string} method
	 * @param {string} path
	 * @param {object} [body]
	 * @returns {Promise<any>}
	 */
	async jumpCloud(method, path, body) {
		const { baseUrl, apiKey } = this.sandbox.jumpCloud;
		const answer = await fetch(`${baseUrl}/api${path}`, {
			method,
			headers: { 'x-api-key': apiKey, 'content-type': 'application/json' },
			...(body ? { body: JSON.stringify(body) } : {}),
		});
		return answer.json();
	}

	/**
	 * Writes to JumpCloud while `work` runs, of the newest 300 requests.
	 * @template T
	 * @param {() => Promise<T>} work
	 * @returns {Promise<{ result: T, writes: Array<{ method: string, path: string, body: any }> }>}
	 */
	async writesOf(work) {
		const last = (await this.state()).log[0]?.n ?? 0;
		const result = await work();
		const { log } = await this.state();
		return { result, writes: log.filter((entry) => entry.write && entry.n > last).reverse() };
	}

	async end() {
		await stopSandbox(this.sandbox);
	}
}
