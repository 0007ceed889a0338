/** What people read at the end: on the screen, and in a file that can be attached to an issue. */

/** @typedef {import('./run.mjs').Check} Check */
/** @typedef {import('./run.mjs').Result} Result */
/**
 * @typedef {object} Run about the run, for the report
 * @property {string} version of this package
 * @property {string} where JumpCloud's region, or that it is another address; '' when it was not asked
 * @property {string} day YYYY-MM-DD
 * @property {string} took such as "12 s"
 * @property {number} left how many things could not be deleted
 */

const MARKS = { asExpected: '✓', differs: '✗', notSeen: '–', notAsked: '–' };

/** @param {Check} check @param {Result['kind']} kind */
export const resultsOf = ({ results }, kind) => results.filter((one) => one.kind === kind);

/** @param {Check} check @param {string} took */
export function summaryOf(check, took) {
	const count = (/** @type {Result['kind']} */ kind) => resultsOf(check, kind).length;
	const notSeen = count('notSeen');
	return (
		`${count('asExpected')} as expected, ${count('differs')} not` +
		`${notSeen > 0 ? `, ${notSeen} could not be seen` : ''}. ${check.requests} requests, ${took}.`
	);
}

/** Why rows were left out, each reason once. @param {Check} check */
const leftOut = (check) =>
	[...new Set(resultsOf(check, 'notAsked').map(({ seen }) => seen))].map((why) => {
		const count = resultsOf(check, 'notAsked').filter(({ seen }) => seen === why).length;
		return `${count} not looked at: ${why}.`;
	});

const HEAD = ['assumption', 'expected', 'seen'];

/**
 * The table for the screen; what a difference means stands below it.
 * @param {Check} check
 * @returns {string[]} lines
 */
export function tableOf(check) {
	const shown = check.results.filter(({ kind }) => kind !== 'notAsked');
	const cells = (/** @type {Result} */ { assumption, kind, seen }) => [
		assumption.says,
		assumption.expected,
		kind === 'notSeen' ? `not seen: ${seen}` : seen,
	];
	const widths = [0, 1].map((column) =>
		Math.max(...[HEAD, ...shown.map(cells)].map((row) => row[column]?.length ?? 0)),
	);
	const line = (/** @type {string} */ mark, /** @type {string[]} */ row) =>
		`  ${mark} ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' · ')}`;
	const lines = [line(' ', HEAD)];
	let group = '';
	for (const result of shown) {
		if (result.assumption.group !== group) lines.push('', (group = result.assumption.group));
		lines.push(line(MARKS[result.kind], cells(result)));
		if (result.kind === 'differs')
			lines.push(`      what it means here: ${result.assumption.means}`);
	}
	return [
		...lines,
		'',
		...check.counts.map(([what, count]) => `  ${what}: ${count}`),
		...leftOut(check),
	];
}

const cell = (/** @type {string} */ text) => text.replaceAll('|', '\\|');

/** @param {string[]} head @param {string[][]} rows */
const markdown = (head, rows) =>
	[head, head.map(() => '---'), ...rows]
		.map((row) => `| ${row.map(cell).join(' | ')} |`)
		.join('\n');

const COLUMNS = ['assumption', 'expected', 'seen', 'what it means here'];

/** The file: no name, no address, no id. @param {Check} check @param {Run} run */
export function reportOf(check, { version, where, day, took, left }) {
	const rows = (/** @type {Result['kind']} */ kind) =>
		resultsOf(check, kind).map(({ assumption, seen }) => [
			assumption.says,
			assumption.expected,
			kind === 'notSeen' ? `not seen: ${seen}` : seen,
			kind === 'differs' ? assumption.means : '',
		]);
	const part = (/** @type {string} */ title, /** @type {Result['kind']} */ kind) =>
		rows(kind).length > 0 ? [`## ${title}`, markdown(COLUMNS, rows(kind))] : [];
	return `${[
		'# Live check',
		'What this package assumes about Humaans and JumpCloud, and what was seen. There is no ' +
			'personal data in it.',
		summaryOf(check, took),
		...(left > 0 ? [`What was made for the check could not be deleted: ${left}.`] : []),
		...part('Not as expected', 'differs'),
		...part('As expected', 'asExpected'),
		...part('Could not be seen', 'notSeen'),
		'## Counts',
		markdown(
			['what', 'count'],
			[
				['package', version],
				['Node', process.versions.node],
				['day', day],
				...(where ? [['JumpCloud', where]] : []),
				...check.counts,
			],
		),
		...(leftOut(check).length > 0 ? [leftOut(check).join('\n')] : []),
	].join('\n\n')}\n`;
}
