/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * `npm run bench`: every bench of scripts/bench, one after another, as tables; each is written to its
 * part of docs/benchmarks.md, with machine and date. Further arguments choose benches by name: npm run
 * bench -- mapping. The bench large runs only when it is named. --short: each in a small form, for
 * the gate; nothing is written.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { runMain, say } from './host/console.mjs';
import { PROJECT } from './host/install.mjs';
import { nodeOf } from './host/npm.mjs';
import { TSX, ensureProject, toolEnv } from './project.mjs';

const short = process.argv.includes('--short');
const FOLDER = join(PROJECT, 'scripts', 'bench');
const PAGE = join(PROJECT, 'docs', 'benchmarks.md');
/** What each part measures, and against what; its name is the file's. */
const ABOUT = /** @type {Record<string, string>} */ ({
	mapping:
		'Field Mapper and the comparison with the account, on one core, without n8n. What to take from ' +
		'it: mapping is never what a run waits for, and the time a person does not grow with the company.',
	large:
		'The bench *reconcile*, whose words explain the columns, with 50,000 people. What to take from ' +
		'it: at this size too a run takes about twice as long as its bare calls, and no more calls; its ' +
		'memory is large unless n8n does not keep the execution, or *Batch* is set. Joiners cost a ' +
		'fourth call here: so many creations take more than two minutes, so each account is read once ' +
		'more before it is activated.',
	match:
		'Match over HTTP on the sandbox, and without it. What to take from it: where JumpCloud gives ' +
		'1,000 accounts a call, a company of 10,000 is eleven calls, and finding who is who costs next ' +
		'to nothing beside reading.',
	policy:
		'Provisioning Policy on one core, without n8n. What to take from it: deciding is never what a ' +
		'run waits for, and the time a person does not grow with the company.',
	poll:
		'A poll of the trigger that finds nothing changed, beside a bare loop over the same pages, one ' +
		'after the other, at 20 ms a call. What to take from it: a poll of a company of 200 is four ' +
		'calls, and it takes no longer than reading the pages does. *Bytes a person* is what n8n stores.',
	queue:
		'Four reconciles at once in queue mode. What to take from it: a second worker helps where the ' +
		'machine has cores left. Here main, webhook process, workers, PostgreSQL, Redis and both ' +
		'sandboxes share them, so that it can bring less than on a machine of its own.',
	rate:
		'Both clients at a service that lets 5 requests a second through and refuses the others with ' +
		'429. What to take from it: nobody fails, few requests are refused, and most of the rate is used.',
	reconcile: [
		'Reconcile on real n8n, beside the *floor* (a bare client in TypeScript that does the same calls ' +
			'with as many at once, and keeps no rules) and the flow *drawn by hand* (HTTP Request and Code ' +
			'nodes, one look-up a person: 50 a second, as its options can be set, or all at once, as it ' +
			'comes).',
		'',
		'- **lower bound**: the token, and every list in full pages: 250 of Humaans, 1,000 of JumpCloud. ' +
			'Reads are above it where a list fills one page more, because each page begins with the last ' +
			'row of the one before, so that nobody slips between two.',
		'- **second run**: the other rows are the first run of an n8n that was just started; this one is ' +
			'nearer to an n8n that runs all day.',
		'- **not kept**: n8n is told not to store executions that went well (docs/operations.md). Its ' +
			'end is noticed up to half a second late, so small times are too long.',
		'- **MB above idle**: the most that n8n and its task runner held, garbage that was not ' +
			'collected yet included.',
		'- **in its nodes**: the time in the nodes of this package; the rest is n8n’s own.',
		'- **batch 1/6**: *Batch* of the node that reads everybody; with 50,000 people only (bench *large*).',
	].join('\n'),
	review:
		'The form of access-review on real n8n, sent in Chromium, until the page is there and the file ' +
		'is saved; the sandbox answers without latency. *s of n8n* is what n8n computed in that time. What ' +
		'to take from it: most of it is n8n storing the execution and reading it again.',
});

/** Runs only when it is named, with so much memory. */
const LARGE = 'large';
const LARGE_MEMORY = { NODE_OPTIONS: '--max-old-space-size=12000' };

/**
 * What a bench prints, shown as it comes.
 * @param {string} file
 * @returns {Promise<{ code: number, text: string }>}
 */
const measure = async (file) =>
	await new Promise((resolve, reject) => {
		const child = spawn(nodeOf(PROJECT), [TSX, join(FOLDER, file), ...(short ? ['--short'] : [])], {
			cwd: PROJECT,
			env: { ...process.env, ...toolEnv(), ...(file === `${LARGE}.ts` ? LARGE_MEMORY : {}) },
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		let text = '';
		child.stdout.on('data', (chunk) => {
			text += chunk;
			process.stdout.write(chunk);
		});
		child.on('error', reject);
		child.on('close', (code) => resolve({ code: code ?? 1, text }));
	});

/** Holds whatever the figures of the day are. */
const HEAD = `# Benchmarks

A run of reconcile takes what reading both services takes, and half a millisecond a person for handing people on
in n8n; it writes only what differs. The column \`: floor\` is its time divided by that of the bare reads and writes:
it is large where there are few calls and they are fast. Memory and database grow with the number of people, and stay
small when n8n does not keep the execution.

Made by \`npm run bench\`. Times on shared machines are noisy: read ratios and counts.`;

/**
 * Writes a part of the page anew; the others stay as they were measured.
 * @param {string} name
 * @param {string} text what the bench printed
 */
async function writeToPage(name, text) {
	// How far a bench is, is not part of its result.
	const result = text
		.split('\n')
		.filter((line) => !/^(•| {2}(done in|\d+ (s|min)\b))/.test(line))
		.join('\n')
		.trim();
	const machine =
		`${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB, ` +
		`Node 24, ${new Date().toISOString().slice(0, 10)}`;
	const [, ...before] = (await readFile(PAGE, 'utf8')).split(/^## /m);
	const parts = new Map(before.map((part) => [part.split('\n', 1)[0], part.trim()]));
	parts.set(name, `${name}\n\n${ABOUT[name] ?? ''}\n\nMeasured on ${machine}.\n\n${result}`);
	const sorted = Object.keys(ABOUT).flatMap((one) => parts.get(one) ?? []);
	await writeFile(PAGE, [HEAD, ...sorted.map((part) => `## ${part}`)].join('\n\n') + '\n');
	say(`• Written to docs/benchmarks.md: ${name}`);
}

await runMain(async () => {
	await ensureProject();
	const chosen = process.argv.slice(2).filter((one) => one !== '--short');
	const files = (await readdir(FOLDER))
		.filter(
			(file) =>
				file.endsWith('.ts') &&
				(chosen.length === 0 ? file !== `${LARGE}.ts` : chosen.includes(file.replace('.ts', ''))),
		)
		.sort();
	for (const file of files) {
		const name = file.replace('.ts', '');
		say(`• ${name} …`);
		const { code, text } = await measure(file);
		if (code !== 0) return code;
		if (!short) await writeToPage(name, text);
	}
	return 0;
});
