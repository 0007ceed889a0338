/**
 * n8n runs branches by where their nodes stand on the canvas. Nobody may notice: with all nodes of a
 * template at other places each account gets the same writes in the same order, and all ends as it
 * does as drawn.
 */
import type { INode } from 'n8n-workflow';
import type { Account } from '../../nodes/core/subject';
import { linkOf } from '../../nodes/core/account/link';
import { startSandbox, type Sandbox } from '../sandbox';
import { apply, loadTemplate, runTemplate, type Template } from '../harness/engine';
import { ACME_NOON, caseOf, setClock } from '../harness/fixedClock';
import { rowsOf } from '../harness/outcomes';
import { Sleepers } from '../harness/sleepers';
import { sampled } from '../harness/sample';
import { FORM, approving, ask, withOptions } from './heldPlanForm';

const SEEDS = Array.from({ length: 20 }, (_, seed) => seed + 1);

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

function shuffled(template: Template, seed: number): Template {
	const random = randomOf(seed);
	const place = (): INode['position'] => [
		Math.round(random() * 4000) - 2000,
		Math.round(random() * 4000) - 2000,
	];
	return { ...template, nodes: template.nodes.map((node) => ({ ...node, position: place() })) };
}

/** The people and accounts of the labelled cases only: what differs is there, and it is quick. */
function onlyCases(sandbox: Sandbox): void {
	const people = new Set(sandbox.cases.map(({ personId }) => personId));
	const accounts = new Set(sandbox.cases.map(({ accountId }) => accountId));
	for (const account of [...sandbox.jumpCloud.accounts]) {
		const link = linkOf(account as unknown as Account);
		if (!accounts.has(account._id) && !(link && people.has(link)))
			sandbox.admin.removeAccount(account._id);
	}
	for (const { id } of [...sandbox.humaans.people]) {
		const theirs = sandbox.jumpCloud.accounts.some(
			(account) => linkOf(account as unknown as Account) === id,
		);
		if (!people.has(id) && !theirs) sandbox.admin.remove(id);
	}
}

/** Chosen by chance: what JumpCloud gives to an account, and the mark of a reminder under way. */
const GIVEN = ['_id', 'id', 'created', 'organization'];
const withoutChance = (value: unknown): unknown =>
	JSON.parse(
		JSON.stringify(value, (key, one: unknown) => {
			if (GIVEN.includes(key)) return undefined;
			if (typeof one !== 'string') return one;
			return one.replace(/\b[0-9a-f]{24}\b/g, 'id').replace(/(^\d+ [\dT:.-]+Z) [0-9a-f]{8}$/, '$1');
		}),
	);

/** Writes by whose account it is, in order; and how all ends. */
function outcomeOf(sandbox: Sandbox) {
	const names = new Map(sandbox.jumpCloud.accounts.map(({ _id, username }) => [_id, username]));
	const writes: Record<string, string[]> = {};
	for (const { at, method, path, body } of sandbox.writes()) {
		const id = /\/systemusers\/(\w{24})/.exec(path)?.[1];
		const whose = id ? (names.get(id) ?? id) : (body as Account).username;
		const what = `${at} ${method} ${path.replace(/\w{24}/, 'id')} ${JSON.stringify(withoutChance(body))}`;
		(writes[whose] ??= []).push(what);
	}
	const accounts = (withoutChance(sandbox.jumpCloud.accounts) as Account[]).sort((a, b) =>
		a.username.localeCompare(b.username),
	);
	return { writes, accounts, mails: sandbox.outbox.map(({ to, kind }) => `${kind} ${to}`).sort() };
}

/** Runs a template until nobody sleeps any more. */
async function ended(sandbox: Sandbox, template: Template, start: Start) {
	const { from = 'Run Now', items } = start;
	const run = await runTemplate(template, sandbox, { from, ...(items && { items }) });
	const sleepers = new Sleepers(run);
	await sleepers.wakeAll();
	expect(sleepers.errors).toEqual([]);
	const told = (['Needs Review', 'No Action'] as const).flatMap((table) =>
		sleepers.all.flatMap((one) =>
			rowsOf(one, table).map((row) => [table, row.Person, row.Action, row.Why].join(' | ')),
		),
	);
	const pages = withoutChance(
		['Write the Page', 'Write the Answer'].flatMap((node) =>
			sleepers.all.flatMap((one) => one.items(node)),
		),
	);
	const messages = sleepers.all.flatMap((one) => one.items('Message Text').map(({ json }) => json));
	return { ...outcomeOf(sandbox), told: told.sort(), pages, messages };
}

interface Start {
	from?: string;
	items?: object[];
	/** What ran before, one after the other, and so many days ago. */
	after?: string[];
	days?: number;
}
const asked = (person: string, action: string) => ({
	from: 'Ask Here',
	items: [{ person, action, submittedAt: ACME_NOON, formMode: 'production' }],
});

/** The list that a limit of nobody holds, approved. */
async function approved(sandbox: Sandbox): Promise<Start> {
	const { links } = await ask(sandbox, { action: 'Show' }, templateOf('approve-held-plan'));
	const [plan] = Object.values(links);
	return { from: FORM, items: [{ action: 'Approve', plan, submittedAt: ACME_NOON }] };
}

type Starts = (sandbox: Sandbox) => Start | Promise<Start>;

const TEMPLATES: Array<[file: string, start: Starts]> = [
	['full-lifecycle', () => ({})],
	['reconcile', () => ({})],
	['provisioning', () => ({})],
	['sync-updates', () => ({})],
	['deprovisioning', () => ({})],
	['start-date-activation', () => ({ after: ['provisioning'] })],
	['invite-fallback', () => ({ after: ['reconcile', 'invite-fallback'], days: 4 })],
	[
		'provision-on-demand',
		(sandbox) => asked(caseOf(sandbox, 'active, no account').personId, 'Apply now'),
	],
	['approve-held-plan', approved],
];

it('every template that writes is tried', () => expect(TEMPLATES).toHaveLength(9));

function templateOf(file: string): Template {
	if (file === 'provision-on-demand') return loadTemplate(file);
	if (file !== 'approve-held-plan') return apply(loadTemplate(file));
	return withOptions(approving({ deprovisioningLimit: 0 }), { limitPercent: 0 });
}

/** A sandbox in the state in which a template is tried, again and again. */
async function stageFor(start: Starts) {
	setClock(ACME_NOON);
	const sandbox = await startSandbox({ now: () => new Date() });
	onlyCases(sandbox);
	const given = await start(sandbox);
	const { after = [], days = 0 } = given;
	for (const before of after) await runTemplate(templateOf(before), sandbox);
	const state = sandbox.snapshot();
	const now = new Date(Date.parse(ACME_NOON) + days * 86_400_000).toISOString();
	let runs = 0;
	const run = async (template: Template) => {
		setClock(now);
		sandbox.restore(state);
		// What a process remembers of limits and plans is told apart by the organization.
		for (const account of sandbox.jumpCloud.accounts) account.organization = `organization${runs}`;
		runs++;
		sandbox.clearLog();
		return await ended(sandbox, template, given);
	};
	const stop = async () => {
		await sandbox.stop();
		jest.useRealTimers();
	};
	return { run, stop };
}

describe.each(TEMPLATES)('%s', (file, start) => {
	let stage: Awaited<ReturnType<typeof stageFor>>;
	let asDrawn: Awaited<ReturnType<typeof ended>>;
	beforeAll(async () => {
		stage = await stageFor(start);
		asDrawn = await stage.run(templateOf(file));
	});
	afterAll(async () => await stage.stop());

	it('writes something as drawn', () => {
		expect(Object.keys(asDrawn.writes).length).toBeGreaterThan(0);
		expect(asDrawn.told.length + (asDrawn.pages as unknown[]).length).toBeGreaterThan(0);
	});

	it.each(sampled(SEEDS, 1))('seed %i', async (seed) => {
		expect(await stage.run(shuffled(templateOf(file), seed))).toEqual(asDrawn);
	});
});

it('a wait in the middle of the flow would be noticed: there it matters where it stands', async () => {
	const stage = await stageFor(() => ({}));
	const sleepingInside = (): Template => {
		const template = templateOf('full-lifecycle');
		const to = (node: string) => [{ node, type: 'main' as const, index: 0 }];
		template.connections.Decide!.main![2] = to('Wait Until Then');
		template.connections['Wait Until Then'] = { main: [to('Read Them Again')] };
		return template;
	};
	try {
		const ends = [];
		for (const seed of SEEDS.slice(0, 5))
			ends.push(JSON.stringify((await stage.run(shuffled(sleepingInside(), seed))).writes));
		expect(new Set(ends).size).toBeGreaterThan(1);
	} finally {
		await stage.stop();
	}
});
