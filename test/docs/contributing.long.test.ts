/** The worked examples of CONTRIBUTING.md, followed word by word in a copy of the project. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { follow, section, stepsOf } from './instructions';

const ROOT = join(__dirname, '..', '..');
const PAGE = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');
const COPIED = [
	'CONTRIBUTING.md',
	'README.md',
	'credentials',
	'docs',
	'eslint.config.mjs',
	'icons',
	'index.ts',
	'jest.config.js',
	'nodes',
	'package.json',
	'test',
	'tsconfig.json',
	'workflows',
];

let copy: string;
beforeAll(() => {
	copy = mkdtempSync(join(tmpdir(), 'contributing-'));
	for (const part of COPIED) cpSync(join(ROOT, part), join(copy, part), { recursive: true });
	symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const inCopy = (...path: string[]) => readFileSync(join(copy, ...path), 'utf8');

/** Every step of one example; the output of its commands. */
const followed = (heading: string): string =>
	stepsOf(section(PAGE, heading))
		.map((step) => follow(step, copy))
		.join('');

it('Add a field: it works, and has its rows in the truth table and the page', () => {
	expect(inCopy('docs', 'field-mapping.md')).not.toContain('Probation End');
	const output = followed('### Add a field');
	expect(output).toMatch(/Tests: +\d+ passed, \d+ total/);
	const [fields, truth] = inCopy('docs', 'field-mapping.md').split('<!-- generated: truth -->');
	expect(fields).toMatch(
		/^\| Probation End \| no \| probationEndDate \| `attributes\.probationEnd` \|/m,
	);
	expect(truth).toContain('#### Probation End (`attributes.probationEnd`)');
	expect(truth).toContain('{"attributes":[{"name":"probationEnd","value":"2026-04-30"}]}');
});

it('Add an operation: it works', () => {
	expect(followed('### Add an operation')).toMatch(/Tests: +1 passed, 1 total/);
});

it('Add a policy rule: it works, and has its row in the page', () => {
	expect(followed('### Add a policy rule')).toMatch(/Tests: +3 passed, 3 total/);
	expect(inCopy('docs', 'behaviour.md')).toContain(
		'| Contractor, no account | default | **Needs Review** | The person is a contractor and ' +
			'has no account yet. | `person.contractor` |',
	);
});

it('Add a setting: it works, and both its values have a row in the page', () => {
	expect(followed('### Add a setting')).toMatch(/Tests: +\d+ passed, \d+ total/);
	const page = inCopy('docs', 'behaviour.md');
	expect(page).toContain('| Contractor, no account | default | **Create** |');
	expect(page).toContain(
		'| Contractor, no account | Review Contractors: on | **Needs Review** | The person is a ' +
			'contractor and has no account yet. | `person.contractor` |',
	);
});

it('the four of them pass the type check', () => {
	const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
	const { stdout, status } = spawnSync(process.execPath, [tsc, '--noEmit', '-p', 'tsconfig.json'], {
		cwd: copy,
		encoding: 'utf8',
	});
	expect([stdout, status]).toEqual(['', 0]);
});
