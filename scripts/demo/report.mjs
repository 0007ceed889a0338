/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * What one execution of a template did, read from its data.
 */
import { JUMPCLOUD_USER, POLICY } from './templates.mjs';

/**
 * @typedef {object} Report
 * @property {string} status of the execution
 * @property {Record<Row, number>} counts
 * @property {Array<{ who: string, reason: string }>} reviews
 * @property {string[]} failures errors of nodes and items that could not be written, one sentence
 *   each
 * @property {string} summary what the template says of its own run; '' when it sums nothing up
 */

/** The rows of the table, in order. */
export const ROWS = {
	created: 'Created (STAGED)',
	adopted: 'Adopted',
	activated: 'Activated',
	waiting: 'Waiting for their day',
	updated: 'Updated',
	reactivated: 'Reactivated',
	suspended: 'Suspended',
	deleted: 'Deleted',
	review: 'Needs review',
	noAction: 'No action',
};

/** @typedef {keyof typeof ROWS} Row */

/** Row of a write, by outcome.action. @type {Record<string, Row>} */
const ROW_OF_WRITE = {
	create: 'created',
	activate: 'activated',
	update: 'updated',
	reactivate: 'reactivated',
	deprovision: 'suspended',
	delete: 'deleted',
};

/** Row of a person, by the last decision about them. @type {Record<string, Row>} */
const ROW_OF_DECISION = { waitUntilDue: 'waiting', needsReview: 'review', noAction: 'noAction' };
/** Node of reconcile whose one item sums up the run. */
const SUMMARY = 'Summary of the Run';

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
	const counts = /** @type {Report['counts']} */ (
		Object.fromEntries(Object.keys(ROWS).map((row) => [row, 0]))
	);
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
			const { failure } = item.json.outcome ?? {};
			if (failure) failures.push(`${node.name}: ${[failure.message, failure.todo].join(' – ')}`);
		}
	}

	const reviews = [];
	for (const subject of lastDecision.values()) {
		const row = ROW_OF_DECISION[subject.decision.action];
		if (row) counts[row]++;
		if (row === 'review' && subject.decision.code !== 'mode.review')
			reviews.push({ who: nameOf(subject), reason: subject.decision.reason });
	}
	const summary = runData[SUMMARY]?.at(-1)?.data?.main?.[0]?.[0]?.json?.message ?? '';
	return { status: execution.status, counts, reviews, failures, summary };
}

/**
 * Every run of every node, in the order n8n made them.
 * @param {any[]} nodes
 * @param {Record<string, any[]>} runData
 */
function runsInOrder(nodes, runData) {
	return nodes
		.flatMap((node) => (runData[node.name] ?? []).map((run) => ({ node, run })))
		.sort(
			(a, b) =>
				(a.run.executionIndex ?? a.run.startTime) - (b.run.executionIndex ?? b.run.startTime),
		);
}

const DONE = ['applied', 'adopted', 'partly'];

/**
 * Match and the reads leave an earlier outcome on the subject: only what the node itself wrote
 * counts, which is the decision's action or its own operation.
 * @param {Report['counts']} counts
 * @param {any} outcome
 * @param {any} node
 */
function countWrite(counts, outcome, node) {
	const { operation } = node.parameters;
	const own = operation === 'suspend' ? 'deprovision' : operation;
	if (!outcome || !DONE.includes(outcome.status)) return;
	if (own !== 'apply' && outcome.action !== own) return;
	const row = outcome.status === 'adopted' ? 'adopted' : ROW_OF_WRITE[outcome.action];
	if (row) counts[row]++;
}

/** @param {any} error */
function sentenceOf(error) {
	if (typeof error === 'string') return error;
	return [error.message, error.description].filter(Boolean).join(' – ');
}

const REVIEWS_SHOWN = 8;

/**
 * @param {Pick<Report, 'counts' | 'reviews' | 'summary'>} report
 * @returns {string} the table, what the run says of itself, and the first review reasons
 */
export function tableOf({ counts, reviews, summary }) {
	const width = Math.max(...Object.values(ROWS).map((label) => label.length));
	const lines = /** @type {Row[]} */ (Object.keys(ROWS)).map(
		(row) => `  ${ROWS[row].padEnd(width)}  ${String(counts[row]).padStart(4)}`,
	);
	if (summary) lines.push('', `  ${summary}`);
	if (reviews.length > 0) lines.push('', '  About these you need to decide:');
	for (const { who, reason } of reviews.slice(0, REVIEWS_SHOWN))
		lines.push(`  - ${who}: ${reason}`);
	if (reviews.length > REVIEWS_SHOWN)
		lines.push(
			`  … and ${reviews.length - REVIEWS_SHOWN} more, in the table of the node "Needs Review".`,
		);
	return lines.join('\n');
}
