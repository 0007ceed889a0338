/**
 * What an unchanged poll of Humaans Trigger costs: calls, wall time beside a bare loop over the
 * same pages, and bytes of static data. `tsx scripts/bench/poll.ts [people …]`, by default 200, 1000
 * and 10000. The sandbox runs as a process of its own and answers after 20 ms.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { PERSON_EVENTS } from '../../nodes/core/watch/events';
import { parseSnapshot } from '../../nodes/core/watch/snapshot';
import { pollPeople, type PollOptions } from '../../nodes/services/humaans/pollPeople';
import { printTable } from './table';
import { rereadPerson } from '../../nodes/services/humaans/rereadPerson';
import { HumaansClient } from '../../nodes/services/humaans/client';
import { createRequester } from '../../nodes/services/http/requester';

const SHORT = process.argv.includes('--short');
const ROUNDS = SHORT ? 1 : 7;
const LATENCY_MS = 20;
const PROJECT = join(__dirname, '..', '..');
const OPTIONS: PollOptions = {
	triggerOn: PERSON_EVENTS,
	firstActivation: 'skip',
	allowPartialView: false,
	include: ['jobRoles', 'locations'],
	deadline: Infinity,
	now: () => new Date(),
};
const now = () => new Date();

interface Service {
	humaans: { baseUrl: string; token: string };
	page: string;
	stop: () => void;
}

async function start(people: number): Promise<Service> {
	const tsx = join(PROJECT, 'node_modules', 'tsx', 'dist', 'cli.mjs');
	const child = spawn(
		process.execPath,
		[
			tsx,
			join(PROJECT, 'test', 'sandbox', 'main.ts'),
			'--people',
			String(people),
			'--latency',
			String(LATENCY_MS),
		],
		{ stdio: ['ignore', 'pipe', 'inherit'] },
	);
	for await (const line of createInterface({ input: child.stdout }))
		return { ...(JSON.parse(line) as Service), stop: () => void child.kill() };
	throw new Error('The sandbox did not start.');
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

async function measure(people: number): Promise<Record<string, number>> {
	const { humaans, page, stop } = await start(people);
	let calls = 0;
	const get = async (path: string, query: Record<string, unknown> = {}) => {
		calls++;
		const url = new URL(`${humaans.baseUrl}${path}`);
		for (const [name, value] of Object.entries(query)) url.searchParams.append(name, String(value));
		const answer = await fetch(url, { headers: { authorization: `Bearer ${humaans.token}` } });
		return {
			status: answer.status,
			headers: Object.fromEntries(answer.headers),
			body: (await answer.json()) as unknown,
		};
	};
	/** The same pages, one after another, and nothing done with them. */
	const bareLoop = async () => {
		await get('/token-info');
		const lists = [
			['/people', { status: 'all' }] as const,
			['/job-roles', {}] as const,
			['/locations', {}] as const,
		];
		for (const [path, filter] of lists) {
			for (let skip = 0, total = 1; skip < total; skip += 250)
				({ total } = (await get(path, { ...filter, $limit: 250, $skip: skip })).body as {
					total: number;
				});
		}
	};
	const timed = async (work: () => Promise<unknown>) => {
		calls = 0;
		const started = performance.now();
		await work();
		return { ms: performance.now() - started, calls };
	};
	try {
		const client = new HumaansClient(
			createRequester({
				service: 'Humaans',
				send: async ({ path, query }) => await get(path, query),
				sleep,
			}),
			{ now, fixedZone: 'UTC' },
		);
		const { memory } = await pollPeople(client, undefined, OPTIONS);
		const rounds: Array<{
			loop: { ms: number; calls: number };
			poll: { ms: number; calls: number };
		}> = [];
		for (let round = 0; round < ROUNDS; round++) {
			const loop = await timed(bareLoop);
			const poll = await timed(async () => {
				const same = await pollPeople(client, memory, OPTIONS);
				if (same.subjects.length > 0 || same.memory !== memory)
					throw new Error('The poll saw a change although there was none.');
			});
			rounds.push({ loop, poll });
		}
		const id = [...parseSnapshot(memory).keys()].sort()[0]!;
		await fetch(new URL(`/people/${id}`, page), {
			method: 'PATCH',
			headers: { 'content-type': 'application/json' },
			body: '{"city":"Porto"}',
		});
		const one = await timed(async () => (await rereadPerson(client, id, OPTIONS))(memory));
		const [loopMs, pollMs] = [
			median(rounds.map(({ loop }) => loop.ms)),
			median(rounds.map(({ poll }) => poll.ms)),
		];
		return {
			people,
			'calls, poll': rounds[0]!.poll.calls,
			'calls, bare loop': rounds[0]!.loop.calls,
			'ms, poll': Math.round(pollMs),
			'ms, bare loop': Math.round(loopMs),
			'poll : loop (goal 1.2)': Math.round((pollMs / loopMs) * 100) / 100,
			'bytes a person': Math.round((JSON.stringify(memory).length / people) * 10) / 10,
			'calls, one person by webhook': one.calls,
			'ms, one person by webhook': Math.round(one.ms),
		};
	} finally {
		stop();
	}
}

async function main(): Promise<void> {
	const sizes = process.argv
		.slice(2)
		.filter((one) => !one.startsWith('--'))
		.map(Number);
	const rows = [];
	for (const people of sizes.length > 0 ? sizes : SHORT ? [200] : [200, 1_000, 10_000])
		rows.push(await measure(people));
	printTable(rows);
}

void main();
