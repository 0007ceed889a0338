/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * The templates of workflows/, made ready for one n8n: credentials on every node, Mode, fixed ids.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../host/install.mjs';

export const PACKAGE = 'n8n-nodes-humaans-jumpcloud';
export const POLICY = `${PACKAGE}.provisioningPolicy`;
export const JUMPCLOUD_USER = `${PACKAGE}.jumpCloudUser`;
export const FORM_TRIGGER = 'n8n-nodes-base.formTrigger';

/** Which credential a node takes, by its type. @type {Record<string, string>} */
const CREDENTIAL_OF = {
	[`${PACKAGE}.humaansTrigger`]: 'humaansApi',
	[`${PACKAGE}.humaans`]: 'humaansApi',
	[JUMPCLOUD_USER]: 'jumpCloudApi',
	[FORM_TRIGGER]: 'httpBasicAuth',
};

/** @param {{ type: string }} node @returns {string | undefined} */
export const credentialTypeOf = ({ type }) => CREDENTIAL_OF[type];

/** @typedef {import('../host/session.mjs').Workflow} Workflow */
/** @typedef {{ id: string, name: string }} Credential */

/** @returns {Array<{ file: string, workflow: any }>} every template, by file name without .json */
export function readTemplates() {
	const folder = join(PROJECT, 'workflows');
	return readdirSync(folder)
		.filter((name) => name.endsWith('.json'))
		.sort()
		.map((name) => ({
			file: name.slice(0, -5),
			workflow: JSON.parse(readFileSync(join(folder, name), 'utf8')),
		}));
}

/** The same id at every start: a second import replaces the workflow. @param {string} file */
export const workflowId = (file) =>
	createHash('sha256').update(file).digest('base64url').replace(/[-_]/g, '0').slice(0, 16);

/**
 * `shipped`: as the templates say, which is to review. `apply`: whatever they say. `review`: nothing at
 * all is written, also not by a form that asks.
 * @typedef {'shipped' | 'apply' | 'review'} DemoMode
 */

/** A review changes nothing, so with another Mode it has no list. @param {any} node */
const isReview = (node) => 'accessReview' in (node.parameters.options ?? {});

/** @param {any} node */
const hasMode = (node) =>
	!isReview(node) &&
	(node.type === POLICY || (credentialTypeOf(node) && 'mode' in node.parameters));

/**
 * The setting Mode stands in one node of each template: the policy, or the one that sends reminders.
 * @param {any[]} nodes
 * @param {DemoMode} mode
 */
export function setMode(nodes, mode) {
	if (mode === 'shipped') return;
	for (const node of nodes.filter(hasMode)) {
		// An expression asks somebody.
		const asks = String(node.parameters.mode).startsWith('=');
		if (mode === 'review' || !asks) node.parameters = { ...node.parameters, mode };
	}
}

/**
 * @param {string} file
 * @param {any} template
 * @param {{ credentials: Record<string, Credential>, mode: DemoMode }} settings
 *   credentials by type
 * @returns {Workflow}
 */
export function prepared(file, template, { credentials, mode }) {
	const { name, nodes, connections, settings } = structuredClone(template);
	for (const node of nodes) {
		const type = credentialTypeOf(node);
		if (type) node.credentials = { [type]: credentials[type] };
	}
	setMode(nodes, mode);
	return { id: workflowId(file), name, nodes, connections, settings: settings ?? {} };
}

const MANUAL_TRIGGER = 'n8n-nodes-base.manualTrigger';
/** Triggers that have nothing to begin with when somebody presses the button: a form, a call. */
const NEEDS_INPUT = [FORM_TRIGGER, 'n8n-nodes-base.executeWorkflowTrigger'];

/**
 * The nodes a person can start the workflow from, its manual trigger first.
 * @param {{ nodes: any[] }} workflow
 * @returns {string[]} their names
 */
export const triggersOf = ({ nodes }) =>
	nodes
		.filter(({ type }) => /trigger$/i.test(type) && !NEEDS_INPUT.includes(type))
		.sort((a, b) => Number(b.type === MANUAL_TRIGGER) - Number(a.type === MANUAL_TRIGGER))
		.map(({ name }) => name);

/**
 * The one a person starts it from.
 * @param {{ nodes: any[] }} workflow
 * @returns {string}
 */
export function triggerOf(workflow) {
	const [first] = triggersOf(workflow);
	if (first === undefined) throw new Error('The workflow has no trigger to start from.');
	return first;
}
