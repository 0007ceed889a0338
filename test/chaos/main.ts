/** The engine level of `npm run test:chaos`; scripts/chaos.mjs says how it is called. */
import '../harness/setup';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runSeed, type SeedResult } from './chaos';
import { clock } from './clock';
import { MUTATIONS } from './mutations';

const { values } = parseArgs({
	options: {
		seeds: { type: 'string', default: '100' },
		from: { type: 'string', default: '1' },
		seed: { type: 'string' },
		only: { type: 'string' },
		mutation: { type: 'string' },
	},
});
const first = Number(values.seed ?? values.from);
const last = values.seed ? first : first + Number(values.seeds) - 1;
const seeds = values.only
	? values.only.split(',').map(Number)
	: Array.from({ length: last - first + 1 }, (_, index) => first + index);
const write = process.stdout.write.bind(process.stdout);
const say = (line: string) => write(`${line}\n`);
/** Where the story of a seed that failed is left. */
const STORIES = join(__dirname, '..', '..', '.cache', 'chaos');
const LINE_EVERY = 25;
const NO_SUCH_MUTATION = 3;

async function main(): Promise<number> {
	const planted = values.mutation ? Object.entries(MUTATIONS)[Number(values.mutation)] : undefined;
	if (values.mutation && !planted) return NO_SUCH_MUTATION;
	if (planted) say(`• ${planted[0]} …`);
	clock.install();
	// n8n's engine tells of every node that fails; here they are meant to.
	process.stdout.write = process.stderr.write = () => true;
	const results: SeedResult[] = [];
	for (const seed of seeds) {
		const result = await runSeed(seed, planted?.[1]);
		results.push({ ...result, story: [] });
		if (values.seed) for (const line of result.story) say(line);
		if (result.findings.length > 0) {
			say(`✗ seed ${seed}: ${result.findings.length} findings`);
			for (const { rule, who, detail } of result.findings.slice(0, values.mutation ? 1 : 5))
				say(`    ${rule}: ${who}: ${detail}`);
			if (values.mutation) {
				say(`    found by seed ${results.length} of at most ${values.seeds}`);
				return 0;
			}
			say(`    npm run test:chaos -- --seed ${seed}`);
			mkdirSync(STORIES, { recursive: true });
			writeFileSync(join(STORIES, `seed-${seed}.txt`), result.story.join('\n'));
		}
		if (results.length % LINE_EVERY === 0) say(`  ${results.length} seeds`);
	}
	if (values.mutation) {
		say(`    not found by ${results.length} seeds`);
		return 1;
	}
	const sum = (of: (result: SeedResult) => number) =>
		results.reduce((total, result) => total + of(result), 0).toLocaleString('en');
	const bad = results.filter(({ findings }) => findings.length > 0);
	const longest = Math.max(...results.map(({ toSettle }) => toSettle));
	say(
		`${results.length} seeds: ${sum((one) => one.edits)} edits, ${sum((one) => one.faults)} ` +
			`faults, ${sum((one) => one.kills)} kills, ${sum((one) => one.runs)} runs, ${sum((one) => one.requests)} ` +
			`requests, ${sum((one) => one.writes)} writes sent, ${sum((one) => one.compared)} comparisons`,
	);
	say(
		`after the faults: ${results.filter(({ toSettle }) => toSettle <= 2).length} needed one ` +
			`reconciliation at most, ${results.filter(({ toSettle }) => toSettle > 2).length} more, ${longest - 1} at most`,
	);
	const kinds = new Map<string, number>();
	for (const { kinds: of } of results)
		for (const [name, count] of Object.entries(of)) kinds.set(name, (kinds.get(name) ?? 0) + count);
	const each = [...kinds].sort(([a], [b]) => (a < b ? -1 : 1));
	say(`edits: ${each.map(([name, count]) => `${name} ${count}`).join(', ')}`);
	const which = bad.length > 0 ? `: ${bad.map(({ seed }) => seed).join(' ')}` : '';
	say(`${results.length - bad.length} passed, ${bad.length} failed${which}`);
	return bad.length === 0 ? 0 : 1;
}

void main().then((code) => process.exit(code));
