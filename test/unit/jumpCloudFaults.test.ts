/**
 * Every write under every fault of the sandbox, at every request, and under seeded schedules of
 * several faults. However it goes: run once more without faults, as the next reconciliation does,
 * and the end is as if nothing had happened.
 */
import { ATTEMPTS } from '../../nodes/services/http/retry';
import { isServiceFailure } from '../../nodes/services/http/failure';
import { isDeclined } from '../../nodes/services/jumpcloud/guard';
import type { FaultKind, LoggedRequest, Sandbox, WorldState } from '../sandbox';
import { isWrite } from '../sandbox/requestLog';
import { seededRandom } from '../sandbox/ids';
import { clientFor, quiet } from '../harness/jumpCloudOverHttp';
import { ids, RESEND, SCENARIOS, smallSandbox, type Scenario } from '../harness/jumpCloudScenarios';
import { sampled, sized } from '../harness/sample';

const KINDS: FaultKind[] = [
	'429',
	'429-retry-after-seconds',
	'429-retry-after-date',
	'500-html',
	'503-html',
	'html-200',
	'cut',
	'cut-mid-body',
	'lost-answer',
	'500-after-apply',
	'slow',
	'truncated-json',
	'empty-list',
	'401',
	'403',
];
/** Those that can stay: these two are no failure. */
const LASTING = KINDS.filter((kind) => !['slow', 'empty-list'].includes(kind));
/** Long enough for a busy machine: an answer that is only late is no fault here. */
const TIMEOUT_MS = 150;
const SLOW = { delayMs: 200 };
const SCHEDULES = sized(120, 1200);

let sandbox: Sandbox;
let start: WorldState;
beforeAll(async () => {
	sandbox = await smallSandbox();
	start = sandbox.snapshot();
});
afterAll(async () => await sandbox.stop());
afterEach(() => expect(sandbox.violations).toEqual([]));

interface Planned {
	skip: number;
	times: number;
	kind: FaultKind;
}
/** `outdated`: nothing was written, and the person is to be decided anew. */
type Verdict = { ok: true; outdated: boolean } | { ok: false; error: unknown };

const settle = async (scenario: Scenario): Promise<Verdict> =>
	await scenario
		.run(clientFor(sandbox, { timeoutMs: TIMEOUT_MS }), sandbox.jumpCloud.accounts)
		.then(
			(done) => ({
				ok: true as const,
				outdated: typeof done !== 'string' && done.outcome!.status === 'outdated',
			}),
			(error: unknown) => ({ ok: false as const, error }),
		);

/** What matters of the end: accounts without what is new with every creation, memberships, mail. */
function endState(): unknown {
	const known = new Set(start.accounts.map((account) => account._id));
	const accounts = sandbox.jumpCloud.accounts.map(
		({ _id, id: _, created, phoneNumbers, ...rest }) => ({
			...rest,
			_id: known.has(_id) ? _id : 'new',
			created: known.has(_id) ? created : 'new',
			phoneNumbers: (phoneNumbers as object[]).map((entry) => ({ ...entry, id: '' })),
		}),
	);
	return {
		accounts,
		members: sandbox.jumpCloud.members(ids.group),
		mails: sandbox.outbox.map(({ to, kind }) => `${kind} ${to}`),
	};
}

function begin(scenario: Scenario): void {
	sandbox.restore(start);
	sandbox.faults.clear();
	sandbox.clearLog();
	sandbox.quirks.takenElsewhere = [];
	sandbox.quirks.refusedInviteAddresses = [];
	scenario.prepare?.(sandbox);
}

const requests = (): LoggedRequest[] =>
	sandbox.log.filter((entry) => entry.service === 'jumpCloud');

/** Under the faults, and once more without them when that failed or is to be decided anew. */
async function under(
	scenario: Scenario,
	faults: Planned[],
): Promise<{ first: Verdict; log: LoggedRequest[] }> {
	begin(scenario);
	for (const fault of faults)
		sandbox.faults.add({ service: 'jumpCloud', retryAfterSeconds: 0, ...SLOW, ...fault });
	const first = await settle(scenario);
	await quiet(sandbox);
	const log = requests().map((entry) => ({ ...entry }));
	sandbox.faults.clear();
	if (!first.ok) expectClear(first.error);
	if (!first.ok || first.outdated) {
		const again = await settle(scenario);
		if (!again.ok) throw again.error;
		expect(again.outdated).toBe(false);
	}
	return { first, log };
}

/** Whatever is shown is a sentence of ours and holds nobody's data. */
function expectClear(error: unknown): void {
	expect(isServiceFailure(error) || isDeclined(error)).toBe(true);
	const { message, todo } = error as Error & { todo: string };
	expect(`${message} ${todo}`).not.toMatch(/@|sandbox-jumpcloud-key|ada|nora|undefined|\{/);
}

/** Of those that were looked at, and of those that were refused for the rate and did nothing. */
function expectFewAttempts(log: LoggedRequest[]): void {
	const counts = new Map<string, number>();
	for (const entry of log.filter(isWrite)) {
		const key = `${entry.status === 429 ? 'refused ' : ''}${entry.method} ${entry.path} ${JSON.stringify(entry.body)}`;
		counts.set(key, (counts.get(key) ?? 0) + 1);
	}
	expect(Math.max(0, ...counts.values())).toBeLessThanOrEqual(ATTEMPTS);
}

/** The fault-free end, and how many requests it takes. */
async function faultFree(scenario: Scenario): Promise<{ end: unknown; calls: number }> {
	begin(scenario);
	const verdict = await settle(scenario);
	if (!verdict.ok) throw verdict.error;
	return { end: endState(), calls: requests().length };
}

describe.each(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))(
	'%s',
	(_name, scenario) => {
		it('a second run changes nothing and says so', async () => {
			const { end } = await faultFree(scenario);
			sandbox.clearLog();
			const again = await scenario.run(clientFor(sandbox), sandbox.jumpCloud.accounts);
			expect(endState()).toEqual(end);
			expect(typeof again === 'string' ? again : again.outcome!.status).toBe('unchanged');
		});

		it('every fault at every request ends as if there had been none', async () => {
			const { end, calls } = await faultFree(scenario);
			for (const kind of sampled(KINDS, 4, scenario.name)) {
				for (let skip = 0; skip <= calls; skip++) {
					const { log } = await under(scenario, [{ kind, skip, times: 1 }]);
					expect({ kind, skip, end: endState() }).toEqual({ kind, skip, end });
					expectFewAttempts(log);
				}
			}
		});

		it('a fault that stays is reported after the stated attempts', async () => {
			const { end, calls } = await faultFree(scenario);
			for (const kind of sampled(LASTING, 3, scenario.name)) {
				for (let skip = 0; skip < calls; skip++) {
					const { log } = await under(scenario, [{ kind, skip, times: Infinity }]);
					expect({ kind, skip, end: endState() }).toEqual({ kind, skip, end });
					expectFewAttempts(log);
				}
			}
		});
	},
);

it(`${SCHEDULES} seeded schedules of several faults end as if there had been none`, async () => {
	const ends = new Map<string, unknown>();
	for (const scenario of SCENARIOS) ends.set(scenario.name, (await faultFree(scenario)).end);
	const tally = { atOnce: 0, nextRun: 0 };
	for (let seed = 1; seed <= SCHEDULES; seed++) {
		const random = seededRandom(seed);
		const pick = (most: number) => Math.floor(random() * most);
		const scenario = SCENARIOS[seed % SCENARIOS.length]!;
		const faults = Array.from({ length: 2 + pick(4) }, (): Planned => {
			const kind = KINDS[pick(KINDS.length)]!;
			// Slow ones cost real time; one in four is enough.
			return {
				kind: kind === 'slow' && pick(4) > 0 ? 'lost-answer' : kind,
				skip: pick(4),
				times: 1 + pick(2),
			};
		});
		const { first, log } = await under(scenario, faults);
		tally[first.ok && !first.outdated ? 'atOnce' : 'nextRun']++;
		expect({ seed, faults, end: endState() }).toEqual({
			seed,
			faults,
			end: ends.get(scenario.name),
		});
		const addresses = sandbox.outbox.map((mail) => mail.to);
		expect(new Set(addresses).size).toBe(addresses.length);
		expectFewAttempts(log);
	}
	console.info(
		`${SCHEDULES} schedules: ${tally.atOnce} ended well at once, ${tally.nextRun} in the next run`,
	);
	expect(tally.atOnce).toBeGreaterThan(SCHEDULES / 3);
});

describe('an answer that never came is settled by reading, before anything is sent again', () => {
	const lines = () =>
		requests().map(
			({ method, path }) => `${method} ${path.replace('/api', '').replace(/[0-9a-f]{24}/, '{id}')}`,
		);
	const CREATE = ['POST /systemusers', 'POST /search/systemusers'];
	const ACTIVATE = ['POST /systemusers/{id}/state/activate', 'GET /systemusers/{id}'];
	it.each<[string, FaultKind, string[]]>([
		['create', 'lost-answer', CREATE],
		['create', '500-after-apply', CREATE],
		['create', 'cut', [...CREATE, 'POST /systemusers']],
		['create', 'html-200', [...CREATE, 'POST /systemusers']],
		['create', '429', ['POST /systemusers', 'POST /systemusers']],
		['create', '401', ['POST /systemusers']],
		['create, typed', 'lost-answer', ['POST /search/systemusers', ...CREATE]],
		['create, typed', '500-html', ['POST /search/systemusers', ...CREATE, 'POST /systemusers']],
		['activate', 'lost-answer', ['GET /systemusers/{id}', ...ACTIVATE]],
		[
			'activate',
			'503-html',
			[
				'GET /systemusers/{id}',
				...ACTIVATE,
				'POST /systemusers/{id}/state/activate',
				'GET /systemusers/{id}',
			],
		],
		[
			'suspend',
			'lost-answer',
			['GET /systemusers/{id}', 'PUT /systemusers/{id}', 'GET /systemusers/{id}'],
		],
		[
			'delete',
			'lost-answer',
			['GET /systemusers/{id}', 'DELETE /systemusers/{id}', 'GET /systemusers/{id}'],
		],
		[
			'add to group',
			'lost-answer',
			['POST /v2/usergroups/{id}/members', 'POST /v2/usergroups/{id}/members'],
		],
	])('%s, %s', async (name, kind, expected) => {
		const scenario = SCENARIOS.find((candidate) => candidate.name === name)!;
		begin(scenario);
		const write = expected.find((line) =>
			/^(PUT|DELETE)|activate$|members$|POST .systemusers$/.test(line),
		)!;
		sandbox.faults.add({
			service: 'jumpCloud',
			kind,
			method: write.split(' ')[0]!,
			path: write.includes('activate')
				? /activate$/
				: write.includes('members')
					? /members$/
					: /api.systemusers(.[0-9a-f]{24})?$/,
		});
		await settle(scenario);
		expect(lines()).toEqual(expected);
	});
});

describe('resend invite', () => {
	it.each(KINDS)(
		'under %s, at every request: one mail at most, and none is claimed that was not sent',
		async (kind) => {
			for (const times of [1, 2, Infinity]) {
				for (let skip = 0; skip < 3; skip++) {
					begin(RESEND);
					sandbox.faults.add({
						service: 'jumpCloud',
						kind,
						skip,
						times,
						retryAfterSeconds: 0,
						...SLOW,
					});
					const verdict = await settle(RESEND);
					await quiet(sandbox);
					expect(sandbox.outbox.length).toBeLessThanOrEqual(1);
					if (verdict.ok) expect(sandbox.outbox).toHaveLength(1);
					else expectClear(verdict.error);
				}
			}
		},
	);
});

describe('two runs at the same moment', () => {
	it.each(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))(
		'%s: the end is that of one run, and neither is told of a conflict',
		async (_name, scenario) => {
			const { end } = await faultFree(scenario);
			for (let round = 0; round < 5; round++) {
				begin(scenario);
				const verdicts = await Promise.all([settle(scenario), settle(scenario), settle(scenario)]);
				expect(verdicts.map(({ ok }) => ok)).toEqual([true, true, true]);
				expect(endState()).toEqual(end);
			}
		},
	);
});
