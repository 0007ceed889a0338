/**
 * node scripts/mutation/planted.mjs: plants faults of version 0.1.0 in a copy of the source, one at a
 * time, and runs the tests that must find them. These are the faults that the chaos test has no
 * place for; the others are in test/chaos/mutations.ts.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlainError, runMain, say, step } from '../host/console.mjs';
import { PROJECT } from '../host/install.mjs';
import { nodeOf } from '../host/npm.mjs';

/**
 * @typedef {object} Planted
 * @property {string} fault its number in the list of faults, which the names of its tests begin with
 * @property {string} what
 * @property {string} file
 * @property {string} from stands in the file once
 * @property {string} to
 * @property {string} tests files, as a pattern for Jest
 */

/** @type {readonly Planted[]} */
const PLANTED = [
	{
		fault: 'F2',
		what: 'the profile comes before access',
		file: 'nodes/core/policy/decide.ts',
		from: "\t{ name: 'activations that are due', rule: withWarnings(activationDueRule) },\n",
		to: '',
		tests: 'test/unit/policyJoiners',
	},
	{
		fault: 'F4',
		what: 'letters that nobody sees stay in names and addresses',
		file: 'nodes/core/text.ts',
		from: "value.replace(INVISIBLE, '')",
		to: 'value',
		tests: 'test/unit/(match.test|policySettings|sync.slots)',
	},
	{
		fault: 'F5',
		what: 'the package is copied in place at every start of a container',
		file: 'docs/docker/with-package.sh',
		from: 'is_there "$package" "$name" && continue',
		to: 'rm -rf "$to/$name"; cp -R "$package" "$to/$name"; continue',
		tests: 'test/docs/docker',
	},
	{
		fault: 'F10',
		what: 'a date with a time is cut before the time',
		file: 'nodes/core/person/personRow.ts',
		from: '(?:[T ]00:00(?::00(?:\\.0+)?)?(?:Z|[+-]\\d{2}:?\\d{2})?)?$/',
		to: '(?:[T ].*)?$/',
		tests: 'test/unit/person.test',
	},
	{
		fault: 'S1',
		what: 'a write does not look at what the decision rests on',
		file: 'nodes/core/account/basis.ts',
		from: 'JSON.stringify(now[part]) === JSON.stringify(basis[part])',
		to: 'JSON.stringify(now[part]) !== undefined || basis[part] === undefined',
		tests: 'test/unit/jumpCloudBasis',
	},
	{
		fault: 'S4',
		what: 'a made work email is held against nobody’s',
		file: 'nodes/core/policy/emailObstacle.ts',
		from: 'const found = isOwn ? [] :',
		to: 'const found = isOwn || person.id ? [] :',
		tests: 'test/unit/policyJoiners',
	},
	{
		fault: 'S5',
		what: 'protection ends with a new email',
		file: 'nodes/core/policy/protection.ts',
		from: '\t\tcustomAttribute(account, PROTECTED_AS),\n',
		to: '',
		tests: 'test/unit/policyLeavers',
	},
	{
		fault: 'S7',
		what: 'a condition that names no field counts as one that was read',
		file: 'nodes/core/policy/scopeFields.ts',
		from: 'isNamed: isNamed && isAboutSomebody',
		to: 'isNamed: isNamed || !isAboutSomebody',
		tests: 'test/unit/policy(Scope|PeopleInScope)',
	},
	{
		fault: 'S8',
		what: 'a setting is worked out for the first person alone',
		file: 'nodes/ProvisioningPolicy/oneForAll.ts',
		from: 'if (!dependsOnPerson(raw)) return value;',
		to: 'if (raw !== undefined) return value;',
		tests: 'test/unit/policyOneSetting',
	},
	{
		fault: 'S11',
		what: 'white space in a text costs by its square',
		file: 'nodes/core/text.ts',
		from: 'return cleanText(value)\n\t\t.split(LINE_BREAKS)',
		to: "return cleanText(value)\n\t\t.replace(/\\s*[\\r\\n]+\\s*/g, '\\n')\n\t\t.split(LINE_BREAKS)",
		tests: 'test/unit/text',
	},
	{
		fault: 'S11',
		what: 'an expression that fails for one person fails for everybody',
		file: 'nodes/FieldMapper/FieldMapper.node.ts',
		from: '} catch {\n\t\treturn null;',
		to: '} catch (error) {\n\t\tif (error) throw error;\n\t\treturn null;',
		tests: 'test/unit/fieldMapper.node',
	},
	{
		fault: 'S12',
		what: 'nobody looks for a work email among the personal ones',
		file: 'nodes/core/matching/accountIndex.ts',
		from: 'const alternate = index.byAlternateEmail.get(key) ?? NO_ACCOUNTS;',
		to: 'const alternate = NO_ACCOUNTS;',
		tests: 'test/unit/match.test',
	},
	{
		fault: 'S14',
		what: 'the test of a credential follows a redirect',
		file: 'nodes/n8n/credentialTest.ts',
		from: "redirect: 'manual'",
		to: "redirect: 'follow'",
		tests: 'test/unit/credentialTests',
	},
	{
		fault: 'S15',
		what: 'a hidden output loses somebody',
		file: 'nodes/ProvisioningPolicy/outputs.ts',
		from: "if (place >= 0 || id === 'summary') return place;",
		to: 'if (place >= -1) return place;',
		tests: 'test/unit/policyOutputs.test',
	},
	{
		fault: 'S16',
		what: 'a text that somebody typed counts as a link',
		file: 'nodes/core/account/link.ts',
		from: '/^[A-Za-z0-9]{20,32}$/',
		to: '/./',
		tests: 'test/unit/(match|missing).test',
	},
	{
		fault: 'S16',
		what: 'of two custom fields of one name the last row counts',
		file: 'nodes/services/humaans/customFields.ts',
		from: 'own.has(name) ? united(own.get(name), value) : value',
		to: 'value',
		tests: 'test/unit/humaansCustomFields',
	},
];

/** What takes longer goes round for ever, or as good as that. */
const LONGEST_MS = 120_000;

/** @param {string} folder @param {string} tests @returns {Promise<{ failed: string[], isLate: boolean }>} */
function runTests(folder, tests) {
	return new Promise((resolve) => {
		const report = join(folder, 'report.json');
		rmSync(report, { force: true });
		const jest = join(PROJECT, 'node_modules', 'jest', 'bin', 'jest.js');
		const words = ['--silent', '-w', '1', '--json', '--outputFile', report, '--', tests];
		// Jest has a process of its own for the tests: a group, so that both end.
		const options = { cwd: folder, stdio: /** @type {const} */ ('ignore'), detached: true };
		const child = spawn(nodeOf(PROJECT), [jest, ...words], options);
		const timer = setTimeout(() => child.pid && process.kill(-child.pid, 'SIGKILL'), LONGEST_MS);
		child.once('close', (_code, signal) => {
			clearTimeout(timer);
			if (signal !== null) return resolve({ failed: [], isLate: true });
			const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
			const all = testResults.flatMap((/** @type {any} */ one) => one.assertionResults);
			if (all.length === 0) throw new PlainError(`There are no tests in ${tests}.`);
			const failed = all.filter((/** @type {any} */ one) => one.status === 'failed');
			resolve({ failed: failed.map((/** @type {any} */ one) => one.fullName), isLate: false });
		});
	});
}

/** @param {string} folder @returns {Promise<number>} how many were not found */
async function tryAll(folder) {
	for (const part of ['credentials', 'docs', 'icons', 'nodes', 'scripts', 'test', 'workflows'])
		cpSync(join(PROJECT, part), join(folder, part), { recursive: true });
	for (const file of ['index.ts', 'jest.config.js', 'package.json'])
		cpSync(join(PROJECT, file), join(folder, file));
	symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
	const patterns = [...new Set(PLANTED.map(({ tests }) => tests))];
	await step('Running the tests without a fault', async () => {
		const { failed, isLate } = await runTests(folder, patterns.join('|'));
		if (isLate) throw new PlainError('Without a fault the tests take too long.');
		if (failed.length > 0) throw new PlainError(`Without a fault a test fails: ${failed[0]}.`);
	});
	let missed = 0;
	for (const { fault, what, file, from, to, tests } of PLANTED) {
		const path = join(folder, file);
		const source = readFileSync(path, 'utf8');
		if (source.split(from).length !== 2)
			throw new PlainError(`${fault}: "${from}" does not stand once in ${file}.`);
		writeFileSync(
			path,
			source.replace(from, () => to),
		);
		const { failed, isLate } = await runTests(folder, tests);
		writeFileSync(path, source);
		const own = failed.find((name) => new RegExp(`\\b${fault}\\b`).test(name));
		const by = isLate ? 'the tests do not end' : own;
		say(`• ${fault} ${what}: ${by ?? `not found (${failed.length} other tests fail)`}`);
		if (by === undefined) missed++;
	}
	say(`${PLANTED.length - missed} of ${PLANTED.length} planted faults found`);
	return missed;
}

await runMain(async () => {
	const folder = mkdtempSync(join(tmpdir(), 'planted-'));
	try {
		return (await tryAll(folder)) === 0 ? 0 : 1;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});
