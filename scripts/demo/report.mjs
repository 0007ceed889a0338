/** What one execution of a template did, read from its data. */
import { JUMPCLOUD_USER, POLICY } from './templates.mjs';

/**
 * @typedef {object} Report
 * @property {string} status of the execution
 * @property {Record<string, number>} counts by the keys of ROWS
 * @property {Array<{ who: string, reason: string }>} reviews
 * @property {string[]} failures errors of nodes and items that could not be written, one sentence
 *   each
 */

/** The rows of the table, in order. */
export const ROWS = {
	created: 'Created (STAGED)',
	adopted: 'Adopted',
	activated: 'Activated',
	waiting: 'Waiting for the start date',
	updated: 'Updated',
	reactivated: 'Reactivated',
	suspended: 'Suspended',
	deleted: 'Deleted',
	review: 'Needs review',
	noAction: 'No action',
};

/** Row of a write, by outcome.action. */
const ROW_OF_WRITE = {
	create: 'created',
	activate: 'activated',
	update: 'updated',
	reactivate: 'reactivated',
	deprovision: 'suspended',
	delete: 'deleted',
};

/** Row of a person, by the last decision about them. */
const ROW_OF_DECISION = { waitUntilStart: 'waiting', needsReview: 'review', noAction: 'noAction' };

/** @param {any} subject @returns {string} one and the same for a person in every run */
const keyOf = (subject) =>
	subject.person?.id ??
	subject.personId ??
	subject.account?._id ??
	JSON.stringify(subject).slice(0, 200);

/** @param {any} subject */
function nameOf({ person, account }) {
	const name = [person?.firstName ?? account?.firstname, person?.lastName ?? account?.lastname]
		.filter(Boolean)
		.join(' ');
	return name || account?.username || 'somebody without a name';
}

/**
 * @param {any} execution as Session.run gives it
 * @returns {Report}
 */
export function reportOf(execution) {
	const counts = Object.fromEntries(Object.keys(ROWS).map((row) => [row, 0]));
	const { runData, error } = execution.data.resultData;
	/** @type {string[]} */
	const failures = error ? [`The execution stopped: ${sentenceOf(error)}`] : [];
	/** @type {Map<string, any>} */
	const lastDecision = new Map();

	for (const { node, run } of runsInOrder(execution.workflowData.nodes, runData)) {
		if (run.error && run.error.message !== error?.message)
			failures.push(`${node.name}: ${sentenceOf(run.error)}`);
		/** @type {any[][]} */
		const outputs = (run.data?.main ?? []).map((/** @type {any[] | null} */ items) => items ?? []);
		// Its last output may be the summary of the run.
		if (node.type === POLICY)
			for (const { json } of outputs.flat()) if (json.decision) lastDecision.set(keyOf(json), json);
		if (node.type !== JUMPCLOUD_USER) continue;
		for (const item of outputs.flat()) {
			if (item.json.error ?? item.error)
				failures.push(`${node.name}: ${sentenceOf(item.json.error ?? item.error)}`);
			else countWrite(counts, item.json.outcome, node);
		}
	}

	const reviews = [];
	for (const subject of lastDecision.values()) {
		const row = ROW_OF_DECISION[subject.decision.action];
		if (row) counts[row]++;
		if (row === 'review') reviews.push({ who: nameOf(subject), reason: subject.decision.reason });
	}
	return { status: execution.status, counts, reviews, failures };
}

/**
 * Every run of every node, in the order n8n made them. @param {any[]} nodes @param {Record<string,
 * any[]>} runData
 */
function runsInOrder(nodes, runData) {
	return nodes
		.flatMap((node) => (runData[node.name] ?? []).map((run) => ({ node, run })))
		.sort(
			(a, b) =>
				(a.run.executionIndex ?? a.run.startTime) - (b.run.executionIndex ?? b.run.startTime),
		);
}

/**
 * Match and the reads leave an earlier outcome on the subject: only a node's own operation counts.
 * @param {Record<string, number>} counts @param {any} outcome @param {any} node
 */
function countWrite(counts, outcome, node) {
	const { operation } = node.parameters;
	const own = operation === 'suspend' ? 'deprovision' : operation;
	if (!outcome || outcome.action !== own || outcome.status === 'unchanged') return;
	counts[outcome.status === 'adopted' ? 'adopted' : ROW_OF_WRITE[outcome.action]]++;
}

/** @param {any} error */
function sentenceOf(error) {
	if (typeof error === 'string') return error;
	return [error.message, error.description].filter(Boolean).join(' – ');
}

const REVIEWS_SHOWN = 8;

/** @param {Report} report @returns {string} the table and the first review reasons */
export function tableOf({ counts, reviews }) {
	const width = Math.max(...Object.values(ROWS).map((label) => label.length));
	const lines = Object.entries(ROWS).map(
		([row, label]) => `  ${label.padEnd(width)}  ${String(counts[row]).padStart(4)}`,
	);
	if (reviews.length > 0) lines.push('', '  A person should look at:');
	for (const { who, reason } of reviews.slice(0, REVIEWS_SHOWN))
		lines.push(`  - ${who}: ${reason}`);
	if (reviews.length > REVIEWS_SHOWN)
		lines.push(
			`  … and ${reviews.length - REVIEWS_SHOWN} more, in the output "Needs Review" of the node "Decide".`,
		);
	return lines.join('\n');
}
