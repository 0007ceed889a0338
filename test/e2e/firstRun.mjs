/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * What somebody does who has just installed the package: all templates imported as they ship,
 * each run once by hand.
 */
import { readTemplates, triggersOf } from '../../scripts/demo/templates.mjs';
import { reportOf } from '../../scripts/demo/report.mjs';
import { Copies } from './copies.mjs';

/** The columns of a table for people, in this order. */
const COLUMNS = [
	...['Person', 'Action', 'Why', 'Changes', 'Work Email', 'Account'],
	...['Humaans ID', 'Code', 'Plan'],
];
const REMINDER_COLUMNS = [
	...['Person', 'Why', 'Reminders', 'Work Email', 'Account', 'Humaans ID', 'State'],
];
const REVIEW_COLUMNS = [
	...['Class', 'Also', 'Account', 'Account Email', 'Person', 'Work Email', 'State'],
	...['Administrator', 'Password', 'Last Day', 'Why', 'Plan', 'Humaans ID', 'JumpCloud ID'],
];
const TABLES = ['Needs Review', 'No Action'];
const REVIEW_TABLES = ['Read the List Here'];
/** Templates whose first run shows no such table: a form for one person, another, and messages. */
const WITHOUT_TABLE = ['approve-held-plan', 'provision-on-demand', 'tell-when-broken'];

/**
 * What n8n shows of a node as a table.
 * @param {any} execution
 * @param {string} node
 * @returns {Array<Record<string, unknown>>}
 */
export const tableOf = (execution, node) =>
	(execution.data.resultData.runData[node] ?? []).flatMap((/** @type {any} */ run) =>
		(run.data?.main?.[0] ?? []).map((/** @type {any} */ { json }) => json),
	);

/**
 * @param {import('../../scripts/demo/setup.mjs').Stage} stage
 * @param {import('./checks.mjs').Checks} checks
 */
export async function checkFirstRun({ session }, checks) {
	const copies = await Copies.begin(session, 'first');
	try {
		for (const { file, workflow } of readTemplates()) {
			const id = await copies.import(file, { mode: 'review' });
			for (const trigger of triggersOf(workflow)) {
				const { result, writes } = await copies.writesOf(() => session.run(id, trigger));
				checks.equal(
					`${file} as it ships, ${trigger}: it ends with success, no node fails, nothing is written`,
					[result.status, reportOf(result).failures, writes],
					['success', [], []],
				);
				if (trigger === 'Run Now' && !WITHOUT_TABLE.includes(file))
					checkTables(file, result, checks);
			}
		}
		const { violations, outbox } = await copies.state();
		checks.equal(
			'nobody was mailed, and nothing was asked outside the contract',
			[outbox, violations],
			[[], []],
		);
	} finally {
		await copies.end();
	}
}

/**
 * The first thing a new user opens: flat, in words.
 * @param {string} file
 * @param {any} execution
 * @param {import('./checks.mjs').Checks} checks
 */
function checkTables(file, execution, checks) {
	const isReview = file === 'access-review';
	const rows = (isReview ? REVIEW_TABLES : TABLES).flatMap((node) => tableOf(execution, node));
	const ofActions = file === 'invite-fallback' ? REMINDER_COLUMNS : COLUMNS;
	const columns = isReview ? REVIEW_COLUMNS : ofActions;
	checks.check(`${file}: its tables have rows`, rows.length > 60, rows.length);
	checks.equal(
		`${file}: they have the same columns in every row, and nothing in them is nested`,
		rows.filter(
			(row) =>
				Object.keys(row).join() !== columns.join() ||
				Object.values(row).some(
					(value) =>
						!['string', 'number'].includes(typeof value) || String(value).includes('[object'),
				),
		),
		[],
	);
	const [first = {}] = rows;
	checks.check(
		`${file}: the first row says who and why`,
		Boolean(first.Person) && /^[^{[]{10,}$/.test(String(first.Why)),
		first,
	);
}
