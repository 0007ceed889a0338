/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * What a signed-in owner does in n8n, by the same REST calls as the editor (n8n 2.41).
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PlainError } from './console.mjs';
import { hostFolder } from './install.mjs';

/** Executions are stored by `flatted`; n8n's own copy reads them. */
const flatted = createRequire(join(hostFolder(), 'node_modules', 'n8n', 'package.json'));

/** @typedef {{ email: string, password: string }} Owner */
/**
 * @typedef {{ id: string, name: string, active?: boolean, versionId?: string, nodes: any[],
 *   connections: object, settings?: object }} Workflow
 */
/**
 * @typedef {object} Execution
 * @property {string} id
 * @property {string} status
 * @property {string} mode
 * @property {Workflow} workflowData the workflow as it was when it ran
 * @property {string} [waitTill] when it goes on, an ISO moment; only while it waits
 * @property {{ resultData: { runData: Record<string, any[]>, error?: any } }} data
 */

/** States an execution does not leave by itself within minutes. */
const SETTLED = new Set(['success', 'error', 'crashed', 'canceled', 'waiting']);

export class Session {
	/** @param {string} url origin of n8n */
	constructor(url) {
		this.url = url;
		this.cookie = '';
	}

	/**
	 * Creates the owner on a fresh n8n, then signs in.
	 * @param {Owner} owner
	 */
	async signIn({ email, password }) {
		const { userManagement } = await this.call('GET', '/settings');
		if (userManagement?.showSetupOnFirstLoad) {
			await this.call('POST', '/owner/setup', {
				email,
				password,
				firstName: 'Demo',
				lastName: 'Owner',
			});
		}
		await this.call('POST', '/login', { emailOrLdapLoginId: email, password });
	}

	/**
	 * Creates a credential, or changes the one of that name.
	 * @param {{ name: string, type: string, data: object }} credential
	 * @returns {Promise<string>} its id
	 */
	async importCredential({ name, type, data }) {
		const existing = (await this.call('GET', '/credentials')).find(
			(/** @type {any} */ one) => one.name === name && one.type === type,
		);
		if (!existing) return (await this.call('POST', '/credentials', { name, type, data })).id;
		await this.call('PATCH', `/credentials/${existing.id}`, { name, type, data });
		return existing.id;
	}

	/**
	 * Runs the credential's own test, as the editor does after saving.
	 * @param {{ id: string, name: string, type: string, data: object }} credential
	 * @returns {Promise<{ status: string, message?: string }>}
	 */
	testCredential(credential) {
		return this.call('POST', '/credentials/test', { credentials: credential });
	}

	/**
	 * Creates the workflow under its own id, or replaces the one with that id.
	 * @param {Workflow} workflow
	 * @returns {Promise<Workflow>} as n8n saved it
	 */
	async importWorkflow(workflow) {
		const exists = (await this.call('GET', '/workflows')).some(
			(/** @type {Workflow} */ { id }) => id === workflow.id,
		);
		return exists
			? this.call('PATCH', `/workflows/${workflow.id}?forceSave=true`, workflow)
			: this.call('POST', '/workflows', { active: false, ...workflow });
	}

	/** @param {string} id @returns {Promise<Workflow>} */
	workflow(id) {
		return this.call('GET', `/workflows/${id}`);
	}

	/**
	 * Turns a workflow on, in the version last saved.
	 * @param {string} id
	 * @returns {Promise<Workflow>}
	 */
	async publish(id) {
		const { versionId } = await this.workflow(id);
		return this.call('POST', `/workflows/${id}/activate`, { versionId });
	}

	/** @param {string} id */
	unpublish(id) {
		return this.call('POST', `/workflows/${id}/deactivate`, {});
	}

	/**
	 * Runs a workflow from one of its triggers, as "Execute workflow" in the editor does, and waits
	 * until it has ended or waits.
	 * @param {string} id
	 * @param {string} trigger name of the node to start from
	 * @param {number} [withinMs]
	 * @param {object} [data] what the trigger gives, as n8n keeps it of a run of a node; without it
	 *   the trigger runs
	 * @returns {Promise<Execution>}
	 */
	async run(id, trigger, withinMs = 300_000, data = undefined) {
		const { executionId } = await this.call('POST', `/workflows/${id}/run`, {
			workflowData: await this.workflow(id),
			triggerToStartFrom: { name: trigger, ...(data ? { data } : {}) },
		});
		if (!executionId) throw new PlainError(`n8n did not start ${id} from "${trigger}".`);
		for (const until = Date.now() + withinMs; Date.now() < until; await sleep(300)) {
			const execution = await this.call('GET', `/executions/${executionId}`);
			if (SETTLED.has(execution.status)) return { ...execution, data: readData(execution.data) };
		}
		throw new PlainError(
			`Execution ${executionId} of ${id} had not ended after ${withinMs / 1000} s.`,
		);
	}

	/** @param {string} id @returns {Promise<Execution>} */
	async execution(id) {
		const execution = await this.call('GET', `/executions/${id}`);
		return { ...execution, data: readData(execution.data) };
	}

	/**
	 * The newest executions, without their data.
	 * @param {object} [filter] such as { workflowId }
	 * @returns {Promise<any[]>}
	 */
	async executions(filter = {}) {
		return (
			await this.call(
				'GET',
				`/executions?limit=50&filter=${encodeURIComponent(JSON.stringify(filter))}`,
			)
		).results;
	}

	/** @param {string} method @param {string} path @param {object} [body] @returns {Promise<any>} */
	async call(method, path, body) {
		const send = () =>
			fetch(`${this.url}/rest${path}`, {
				method,
				headers: {
					'content-type': 'application/json',
					'browser-id': 'demo',
					...(this.cookie ? { cookie: this.cookie } : {}),
				},
				...(body ? { body: JSON.stringify(body) } : {}),
				signal: AbortSignal.timeout(60_000),
			});
		// n8n may close an idle connection in the moment it is used again.
		const answer = await send().catch((error) =>
			method === 'GET' ? send() : Promise.reject(error),
		);
		const cookies = answer.headers.getSetCookie().map((line) => line.split(';', 1)[0]);
		if (cookies.length > 0) this.cookie = cookies.join('; ');
		const text = await answer.text();
		if (!answer.ok)
			throw new PlainError(
				`n8n answered ${answer.status} to ${method} ${path}: ${messageOf(text)}`,
			);
		return text ? JSON.parse(text).data : undefined;
	}
}

/** @param {any} data @returns {Execution['data']} */
const readData = (data) => (typeof data === 'string' ? flatted('flatted').parse(data) : data);

/** @param {string} text */
function messageOf(text) {
	try {
		return JSON.parse(text).message;
	} catch {
		return text.slice(0, 200);
	}
}
