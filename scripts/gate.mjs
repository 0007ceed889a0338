/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * `.ci/run`: everything that must hold before a change lands, as named parts; the checks first, then
 * those with n8n beside the tests without. Names as arguments: those parts only. What each printed
 * is in .cache/gate/; of one that fails the end is shown. The last lines are the parts with count and
 * time, the coverage of shipped code, and "N passed, N failed".
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { CHECKS, MEASURED, ON_N8N, PARTS, TESTS } from './gate/parts.mjs';
import { MEASURED_IN, coverage } from './gate/coverage.mjs';
import { PlainError, duration, say } from './host/console.mjs';
import { PROJECT, ensureHost } from './host/install.mjs';
import { runUntilStopped, startServer, stopServer } from './host/processes.mjs';
import { ensureProject } from './project.mjs';

/** @typedef {import('./gate/parts.mjs').Part} Part */
/** @typedef {Record<string, string>} Env */
/** @typedef {{ name: string, passed: number, failed: number, tookMs: number }} Result */

const LOGS = join(PROJECT, '.cache', 'gate');
const LINE_EVERY_MS = 60_000;
const LAST_LINES = 60;
/** @type {Map<string, number>} parts under way, and when each began */
const running = new Map();

/**
 * The counts of its own last line, else of its ticks, else one.
 * @param {string} text @param {number} code
 */
function countsIn(text, code) {
	const summaries = [...text.matchAll(/^(\d+) passed, (\d+) failed$/gm)];
	const last = summaries.at(-1);
	const ticks = (/** @type {string} */ sign) => text.split(`\n  ${sign} `).length - 1;
	const passed = last ? Number(last[1]) : ticks('✓');
	const failed = last ? Number(last[2]) : ticks('✗');
	if (code !== 0) return { passed, failed: Math.max(1, failed) };
	return { passed: Math.max(1, passed), failed };
}

/** @param {Part} part @param {Record<string, string>} env @returns {Promise<Result>} */
async function hold({ name, npm, minutes }, env) {
	const started = Date.now();
	running.set(name, started);
	say(`• ${name} …`);
	const logFile = join(LOGS, `${name}.log`);
	const server = startServer('npm', ['--silent', ...npm], {
		cwd: PROJECT,
		env: { ...process.env, ...env },
		logFile,
	});
	const timer = setTimeout(() => void stopServer(server, 30_000), minutes * 60_000);
	const [code] = await once(server.child, 'close');
	clearTimeout(timer);
	await stopServer(server);
	const text = readFileSync(logFile, 'utf8');
	const counts = countsIn(text, code ?? 1);
	const tookMs = Date.now() - started;
	running.delete(name);
	if (counts.failed === 0) say(`  ✓ ${name}: ${counts.passed} passed in ${duration(tookMs)}`);
	else {
		say(`  ✗ ${name}: ${counts.failed} failed in ${duration(tookMs)} (all of it: ${logFile})`);
		const told = text.split('\n').filter((line) => !/^ +(✓|…) /.test(line));
		for (const line of told.slice(-LAST_LINES)) say(`    ${line}`);
	}
	return { name, ...counts, tookMs };
}

/** @param {readonly Part[]} parts @param {Env | ((part: Part) => Env)} env one after the other */
async function inTurn(parts, env) {
	/** @type {Result[]} */
	const results = [];
	for (const part of parts)
		results.push(await hold(part, typeof env === 'function' ? env(part) : env));
	return results;
}

async function gate() {
	const names = process.argv.slice(2);
	const unknown = names.filter((name) => !PARTS.some((part) => part.name === name));
	if (unknown.length > 0)
		throw new PlainError(
			`The gate has no part "${unknown.join('", "')}".`,
			`Known: ${PARTS.map(({ name }) => name).join(', ')}`,
		);
	const started = Date.now();
	const wanted = (/** @type {readonly Part[]} */ parts) =>
		parts.filter(({ name }) => names.length === 0 || names.includes(name));
	for (const old of [LOGS, MEASURED_IN]) rmSync(old, { recursive: true, force: true });
	mkdirSync(LOGS, { recursive: true });
	await ensureProject();
	const results = await inTurn(wanted([CHECKS]), {});
	const isBuilt = results.some(({ failed }) => failed === 0);
	const tests = wanted(TESTS);
	const onN8n = wanted(ON_N8N);
	// Nothing takes dist/ away while others read it.
	/** @type {Record<string, string>} */
	const env = isBuilt ? { DIST_IS_BUILT: join(PROJECT, 'dist') } : {};
	const besideN8n = tests.length > 0 && onN8n.length > 0;
	// A core each, until most of what runs on n8n has ended.
	const oneCore = (/** @type {Part} */ part) => besideN8n && part === MEASURED;
	const lanes = await Promise.all([
		inTurn(tests, (part) => ({ ...env, ...(oneCore(part) ? { JEST_WORKERS: '1' } : {}) })),
		(async () => {
			if (onN8n.length > 0) await ensureHost();
			return await inTurn(onN8n, env);
		})(),
	]);
	results.push(...lanes.flat());
	const covered = tests.includes(MEASURED) ? coverage() : undefined;
	say(`\nIn ${duration(Date.now() - started)}:`);
	for (const { name, passed, failed, tookMs } of results) {
		const count = `${passed} passed, ${failed} failed`;
		say(`  ${failed === 0 ? '✓' : '✗'} ${name.padEnd(16)} ${count.padEnd(24)} ${duration(tookMs)}`);
	}
	covered?.lines.forEach(say);
	const sum = (/** @type {'passed' | 'failed'} */ kind) =>
		results.reduce((total, one) => total + one[kind], covered?.[kind] ?? 0);
	say(`${sum('passed')} passed, ${sum('failed')} failed`);
	return sum('failed') === 0 ? 0 : 1;
}

const timer = setInterval(() => {
	const now = [...running].map(([name, since]) => `${name} since ${duration(Date.now() - since)}`);
	if (now.length > 0) say(`  … ${now.join(', ')}`);
}, LINE_EVERY_MS);
timer.unref();
runUntilStopped(gate);
