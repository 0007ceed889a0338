/**
 * `npm run live-check`: whether Humaans and JumpCloud are as this package assumes, on your own
 * tenant. It only reads; with --with-test-account it makes one account, changes it and deletes it.
 * Ends with 0: as expected; 1: something is otherwise; 2: it could not look.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { duration, say } from './host/console.mjs';
import { CannotLook, Stop, Stopped } from './liveCheck/cannotLook.mjs';
import { readOptions } from './liveCheck/options.mjs';
import { reportOf, resultsOf, summaryOf, tableOf } from './liveCheck/report.mjs';
import { LiveCheck } from './liveCheck/run.mjs';

const REPORT = 'live-check-report.md';
/** One Ctrl-C can arrive twice, from the terminal and from npm. */
const SAME_SIGNAL_MS = 1000;
const COULD_NOT_LOOK = 2;
const INTERRUPTED = 130;

const complain = (/** @type {string} */ text) => void process.stderr.write(`\n✗ ${text}\n`);

/** @param {import('./liveCheck/made.mjs').Thing[]} things */
function sayWhatIsLeft(things) {
	for (const { kind, name, id } of things) {
		const what = kind === 'account' ? `the account with the username ${name}` : `the group ${name}`;
		complain(
			id
				? `Could not delete ${what} (id ${id}).\n  Delete it by hand in JumpCloud.`
				: `It is not known whether ${what} was made.\n  Look for it in JumpCloud, and delete it.`,
		);
	}
}

/** @param {Stop} stop @param {LiveCheck} check */
function listen(stop, check) {
	let asked = 0;
	for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
		process.on(signal, () => {
			if (asked && Date.now() - asked > SAME_SIGNAL_MS) {
				sayWhatIsLeft(check.made?.things ?? []);
				process.exit(INTERRUPTED);
			}
			if (!asked) say('\nStopping; what was made is deleted first …');
			asked ||= Date.now();
			stop.ask();
		});
}

/**
 * Runs the check, and deletes what it made, however it ended.
 * @param {LiveCheck} check
 * @param {Stop} stop
 */
async function runAndCleanUp(check, stop) {
	try {
		return await check.run();
	} finally {
		stop.cleaning = true;
		const left = (await check.made?.cleanUp()) ?? [];
		const count = check.made?.count ?? 0;
		if (count > 0 && left.length === 0) say('• All that was made for the check is deleted again.');
		sayWhatIsLeft(left);
	}
}

async function liveCheck() {
	const options = readOptions(process.argv.slice(2), process.env);
	for (const service of /** @type {const} */ (['humaans', 'jumpCloud']))
		if (!options[service])
			say(
				`No key for ${service === 'humaans' ? 'Humaans' : 'JumpCloud'} is set: only the other service is looked at.`,
			);
	const stop = new Stop();
	const check = new LiveCheck(options, stop);
	listen(stop, check);
	const started = Date.now();
	const result = await runAndCleanUp(check, stop);
	const took = duration(Date.now() - started);
	say(`\n${tableOf(result).join('\n')}\n`);
	const { version } = JSON.parse(
		readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'),
	);
	const left = check.made?.things.length ?? 0;
	const where = options.jumpCloud?.where ?? '';
	const day = new Date().toISOString().slice(0, 10);
	say(summaryOf(result, took));
	try {
		writeFileSync(REPORT, reportOf(result, { version, where, day, took, left }));
		say(`The same stands in ${REPORT}, without personal data: attach it to an issue.`);
	} catch {
		complain(`${REPORT} could not be written here.`);
	}
	return resultsOf(result, 'differs').length > 0 || left > 0 ? 1 : 0;
}

try {
	process.exitCode = await liveCheck();
} catch (error) {
	if (error instanceof Stopped) process.exitCode = INTERRUPTED;
	else {
		complain(
			error instanceof CannotLook
				? error.message
				: String(error instanceof Error ? error.stack : error),
		);
		process.exitCode = COULD_NOT_LOOK;
	}
}
