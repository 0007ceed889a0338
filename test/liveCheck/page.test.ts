/** docs/live-check.md shows the table of assumptions. UPDATE_DOCS=1 writes it anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTable } from './liveCheckProcess';

const FILE = join(__dirname, '..', '..', 'docs', 'live-check.md');
const ROWS = /<!-- rows -->\n[\s\S]*<!-- end of rows -->/;

function rows(): string {
	const { assumptions, unseen } = readTable();
	const groups = [...new Set(assumptions.map(({ group }) => group))].map((group) => {
		const lines = assumptions
			.filter((row) => row.group === group)
			.map(({ says, means, switches }) => {
				const names = switches.map((name) => `\`${name}\``).join(', ');
				return `| ${says} | ${means} | ${names} |`;
			});
		return [
			`### ${group}`,
			'',
			'| assumption | when it is otherwise | switch |',
			'|---|---|---|',
			...lines,
		];
	});
	return [
		...groups.flatMap((lines) => [...lines, '']),
		'### What no look can show',
		'',
		'| switch | why |',
		'|---|---|',
		...Object.entries(unseen).map(([name, why]) => `| \`${name}\` | ${why} |`),
	].join('\n');
}

it('docs/live-check.md shows these tables', () => {
	const page = readFileSync(FILE, 'utf8');
	expect(page).toMatch(ROWS);
	const now = page.replace(ROWS, () => `<!-- rows -->\n\n${rows()}\n\n<!-- end of rows -->`);
	if (process.env.UPDATE_DOCS === '1') writeFileSync(FILE, now);
	else expect(page).toBe(now);
});
