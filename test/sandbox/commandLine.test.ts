import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';

const started: Array<ChildProcessByStdio<null, Readable, Readable>> = [];
afterEach(() => {
	for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** The sandbox as `npm run sandbox -- …` starts it. */
function start(...options: string[]) {
	const main = resolve(__dirname, 'main.ts');
	const child = spawn(process.execPath, ['--import', 'tsx', main, '--people', '3', ...options], {
		cwd: resolve(__dirname, '..', '..'),
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	started.push(child);
	return child;
}

interface Ready {
	ready: boolean;
	humaans: { baseUrl: string; token: string };
	jumpCloud: { baseUrl: string; apiKey: string };
	page: string;
}

async function ready(child: ReturnType<typeof start>): Promise<Ready> {
	const [line] = (await once(child.stdout, 'data')) as [Buffer];
	return JSON.parse(line.toString()) as Ready;
}

const ask = async ({ humaans }: Ready, path: string): Promise<Response> =>
	await fetch(humaans.baseUrl + path, { headers: { authorization: `Bearer ${humaans.token}` } });

it('runs until SIGTERM', async () => {
	const child = start();
	const line = await ready(child);
	expect(line).toMatchObject({ ready: true, jumpCloud: { apiKey: 'sandbox-jumpcloud-key' } });
	const reply = await ask(line, '/people?status=all');
	expect(((await reply.json()) as { total: number }).total).toBe(3);
	expect(await (await fetch(line.page)).text()).toContain('<!doctype html>');
	const ended = once(child, 'exit');
	child.kill('SIGTERM');
	expect((await ended)[0]).toBe(0);
});

it('is the organization it is told to be, with --organization', async () => {
	const organization = 'a'.repeat(24);
	const line = await ready(start('--organization', organization, '--accounts'));
	const answer = await fetch(`${line.jumpCloud.baseUrl}/api/systemusers`, {
		headers: { 'x-api-key': line.jumpCloud.apiKey, 'x-org-id': organization },
	});
	const { results } = (await answer.json()) as { results: Array<{ organization: string }> };
	expect(new Set(results.map((account) => account.organization))).toEqual(new Set([organization]));
});

it('takes switches with --quirks', async () => {
	const line = await ready(start('--quirks', '{"statusAll": "refused"}'));
	expect((await ask(line, '/people?status=all')).status).toBe(422);
});

it('refuses a switch that is none, by name', async () => {
	const child = start('--quirks', '{"statusAl": "refused"}');
	const [said] = (await once(child.stderr, 'data')) as [Buffer];
	expect(said.toString()).toContain('--quirks knows no statusAl');
	if (child.exitCode === null) await once(child, 'exit');
	expect(child.exitCode).toBe(1);
});
