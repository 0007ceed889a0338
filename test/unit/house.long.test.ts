/** `npm run house` finds what is planted in a copy: each rule broken once at least. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const COPIED = [
	'.editorconfig',
	'.prettierignore',
	'.prettierrc.json',
	'credentials',
	'index.ts',
	'nodes',
];

let copy: string;
beforeEach(() => {
	copy = mkdtempSync(join(tmpdir(), 'house-'));
});
afterEach(() => rmSync(copy, { recursive: true, force: true }));

interface Answer {
	code: number | null;
	/** The number that each rule shows, and the places below it. */
	rules: Map<string, { count: number; places: string[] }>;
}

function house(): Answer {
	const { status, stdout } = spawnSync(
		process.execPath,
		[join(ROOT, 'scripts', 'house.mjs'), copy],
		{ encoding: 'utf8' },
	);
	const rules: Answer['rules'] = new Map();
	for (const line of stdout.trimEnd().split('\n')) {
		const [, count, rule] = /^ {0,3}(\d+) (.*)$/.exec(line) ?? [];
		if (rule) rules.set(rule, { count: Number(count), places: [] });
		else [...rules.values()].at(-1)!.places.push(line.trim());
	}
	return { code: status, rules };
}

/** What is planted: a file that is new or gets longer, and its lines. */
const PLANTED: Record<string, string[]> = {
	'nodes/Humaans/planted.ts': [
		"import '../JumpCloudUser/run';",
		"export const other = () => require('../FieldMapper/settings');",
	],
	'credentials/Planted.credentials.ts': ["import '../nodes/Humaans/run';"],
	'nodes/n8n/planted.ts': [
		"export * from '../Humaans/run';",
		"export { version } from '../../package.json';",
		'export const planted = 1;',
	],
	'nodes/services/http/planted.ts': ["export const late = import('../../n8n/errors');"],
	'index.ts': ["export { JumpCloudClient } from './nodes/services/jumpcloud/client';"],
	'nodes/core/clock.ts': [
		"import { sleep } from 'n8n-workflow';",
		"import { request } from 'node:http';",
		"import { DateTime } from 'luxon';",
		'export const all = [new Date(), Date.now(), Date(), DateTime.now(), DateTime.utc()];',
		'export const more = [performance.now(), setTimeout, fetch, process.env, sleep, request];',
		'// These are told what time it is, or are names of something else.',
		'export const good = [new Date(0), DateTime.utc(2026), { fetch: 1 }.fetch];',
	],
	'nodes/core/planted.ts': [
		'const planted = 1;',
		'const { run } = { run: planted };',
		'export { run };',
	],
	'nodes/core/form.ts': ['export const  spaced = "x"'],
	'nodes/core/wide.ts': [
		`//${'-'.repeat(118)}`,
		`//${'-'.repeat(119)}`,
		`// https://example.com/${'-'.repeat(119)}`,
		'export function wide() {',
		`\t//${'-'.repeat(117)}`,
		'}',
	],
	'nodes/core/long.ts': Array.from({ length: 401 }, (_, line) => `// ${line}`),
	'nodes/core/almostLong.ts': Array.from({ length: 400 }, (_, line) => `// ${line}`),
};

it('ends with 0 where nothing is broken, with a line for each rule', () => {
	mkdirSync(join(copy, 'nodes', 'core'), { recursive: true });
	writeFileSync(join(copy, 'nodes', 'core', 'clean.ts'), 'export const clean = 1;\n');
	const { code, rules } = house();
	expect(code).toBe(0);
	expect([...rules.values()]).toEqual(Array(7).fill({ count: 0, places: [] }));
});

it('finds what is planted, and nothing else', () => {
	for (const part of COPIED) cpSync(join(ROOT, part), join(copy, part), { recursive: true });
	const before = house();
	for (const [file, lines] of Object.entries(PLANTED))
		appendFileSync(join(copy, file), `${lines.join('\n')}\n`);
	const after = house();

	expect(after.code).toBe(1);
	const found = [...after.rules].map(([rule, { count, places }]) => {
		expect(count).toBe(places.length);
		const old = before.rules.get(rule)!.places;
		return [rule, places.filter((place) => !old.includes(place))];
	});
	const clock = 'nodes/core/clock.ts';
	expect(Object.fromEntries(found)).toEqual({
		'imports from node to node': [
			'credentials/Planted.credentials.ts:1 imports ../nodes/Humaans/run',
			'nodes/Humaans/planted.ts:1 imports ../JumpCloudUser/run',
			'nodes/Humaans/planted.ts:2 imports ../FieldMapper/settings',
		],
		'imports against nodes → n8n → services → core': [
			expect.stringMatching(/^index\.ts:\d+ imports \.\/nodes\/services\/jumpcloud\/client$/),
			'nodes/n8n/planted.ts:1 imports ../Humaans/run',
			'nodes/n8n/planted.ts:2 imports ../../package.json',
			'nodes/services/http/planted.ts:1 imports ../../n8n/errors',
		],
		'uses of a clock, n8n or the network in the core': [
			`${clock}:1 imports n8n-workflow`,
			`${clock}:2 imports node:http`,
			...['new Date()', 'Date.now', 'Date()', 'DateTime.now', 'DateTime.utc()'].map(
				(what) => `${clock}:4 uses ${what}`,
			),
			...['performance', 'setTimeout', 'fetch', 'process'].map((what) => `${clock}:5 uses ${what}`),
		],
		'files that prettier would change': ['nodes/core/form.ts'],
		'lines over 120 columns': [
			'nodes/core/wide.ts:2 has 121 columns',
			'nodes/core/wide.ts:5 has 121 columns',
		],
		'top-level names defined twice': [
			expect.stringMatching(/^run in nodes\/Humaans\/run\.ts, .*nodes\/core\/planted\.ts$/),
			'planted in nodes/core/planted.ts, nodes/n8n/planted.ts',
		],
		'files over 400 lines': ['nodes/core/long.ts has 401 lines'],
	});
});
