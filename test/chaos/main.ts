/** tsx test/chaos/main.ts --seeds 500 [--from 1] | --seed 123: the engine level of `npm run test:chaos`. */
import '../engine/setup';
import { parseArgs } from 'node:util';
import { runSeed, type SeedResult } from './chaos';
import { clock } from './clock';

const { values } = parseArgs({ options: { seeds: { type: 'string', default: '100' }, from: { type: 'string', default: '1' }, seed: { type: 'string' }, story: { type: 'boolean', default: false } } });
const first = Number(values.seed ?? values.from);
const last = values.seed ? first : first + Number(values.seeds) - 1;
const write = process.stdout.write.bind(process.stdout);
const say = (line: string) => write(`${line}\n`);

async function main(): Promise<number> {
	clock.install();
	// n8n’s engine tells of every node that fails; here they are meant to.
	process.stdout.write = process.stderr.write = () => true;
	const results: SeedResult[] = [];
	for (let seed = first; seed <= last; seed++) {
		const result = await runSeed(seed);
		results.push({ ...result, story: [] });
		if (values.seed || values.story) for (const line of result.story) say(line);
		if (result.findings.length > 0) {
			say(`✗ seed ${seed}: ${result.findings.length} findings`);
			for (const { rule, who, detail } of result.findings.slice(0, 5)) say(`    ${rule}: ${who}: ${detail}`);
			say(`    npm run test:chaos -- --seed ${seed}`);
		}
	}
	const sum = (of: (result: SeedResult) => number) => results.reduce((total, result) => total + of(result), 0);
	const bad = results.filter(({ findings }) => findings.length > 0);
	say(`${results.length} seeds: ${sum((one) => one.edits)} edits, ${sum((one) => one.faults)} faults, ${sum((one) => one.kills)} kills, ${sum((one) => one.runs)} runs, ${sum((one) => one.requests)} requests, ${sum((one) => one.writes)} writes, ${sum((one) => one.compared)} comparisons; ${(sum((one) => one.ms) / results.length / 1000).toFixed(2)} s a seed, at most ${(Math.max(...results.map((one) => one.ms)) / 1000).toFixed(1)} s`);
	say(`${results.length - bad.length} passed, ${bad.length} failed${bad.length > 0 ? `: ${bad.map(({ seed }) => seed).join(' ')}` : ''}`);
	return bad.length === 0 ? 0 : 1;
}

void main().then((code) => process.exit(code));
