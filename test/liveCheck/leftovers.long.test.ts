/** What the check made is deleted again, also after Ctrl-C or a failure; what is left is named. */
import { setTimeout as sleep } from 'node:timers/promises';
import { setBackBeforeEach } from '../harness/oneSandbox';
import type { Fault, LoggedRequest, Sandbox } from '../sandbox';
import { CHECK, keysOf, liveCheck, resultsIn, readTable, startLiveCheck } from './liveCheckProcess';
import { startTenant } from './tenant';

const ARGS = ['--with-test-account', CHECK, '--mail-to', 'me@home.example'];
const table = readTable();

type Arrived = Pick<LoggedRequest, 'n' | 'service' | 'method' | 'path'>;
let sandbox: Sandbox;
let start: ReturnType<Sandbox['snapshot']>;
/** Called for each request, before it is answered. */
let onRequest: (request: Arrived) => Fault | undefined = () => undefined;
setBackBeforeEach(
	async () => await startTenant({ intercept: (request) => onRequest(request) }),
	(begun, itsStart) => {
		sandbox = begun;
		start = itsStart;
	},
);
beforeEach(() => {
	sandbox.faults.clear();
	onRequest = () => undefined;
});

const CREATES: Fault = {
	service: 'jumpCloud',
	method: 'POST',
	path: /\/api\/systemusers$/,
	kind: 'cut',
};
const left = () => ({
	accounts: sandbox.jumpCloud.accounts.length - start.accounts.length,
	groups: sandbox.jumpCloud.groups.length - start.groups.length,
});
const NOTHING = { accounts: 0, groups: 0 };

/** How many requests of JumpCloud that change something a whole check sends. */
async function countWrites(): Promise<number> {
	await liveCheck(keysOf(sandbox), ARGS);
	return sandbox.writes().length;
}

describe('Ctrl-C', () => {
	/** Ends the check while its n-th write is on its way. */
	async function interrupt(nth: number, signal: NodeJS.Signals) {
		const running = startLiveCheck(keysOf(sandbox), ARGS);
		let writes = 0;
		onRequest = ({ service, method, path }) => {
			const isWrite = service === 'jumpCloud' && method !== 'GET' && !path.includes('/search/');
			if (!isWrite || ++writes !== nth) return undefined;
			running.child.kill(signal);
			return { kind: 'slow', delayMs: 150 };
		};
		return await running.ended;
	}

	it('leaves nothing behind, whichever write is on its way', async () => {
		const all = await countWrites();
		expect(all).toBeGreaterThan(40);
		// The first and the last ones, and every fifth between them.
		const points = Array.from({ length: all }, (_, at) => at + 1).filter(
			(nth) => nth <= 3 || nth % 5 === 0 || nth >= all - 1,
		);
		for (const nth of points) {
			sandbox.restore(start);
			const { code, report, stdout, stderr } = await interrupt(
				nth,
				nth % 2 === 0 ? 'SIGINT' : 'SIGTERM',
			);
			expect({ nth, ...left(), stderr }).toEqual({ nth, ...NOTHING, stderr: '' });
			// The last one is part of the cleaning up: by then all was seen.
			expect([nth, code]).toEqual([nth, nth === all ? 0 : 130]);
			if (code === 130) expect(report).toBe('');
			expect(stdout).toContain('All that was made for the check is deleted again.');
			expect(sandbox.outbox.length).toBeLessThanOrEqual(1);
		}
	}, 240_000);

	it('ends a read at once', async () => {
		const running = startLiveCheck(keysOf(sandbox));
		onRequest = ({ n, service }) => {
			if (service !== 'jumpCloud') return undefined;
			running.child.kill('SIGINT');
			return { kind: 'slow', delayMs: 30_000 + n };
		};
		const { code, report } = await running.ended;
		expect([code, report]).toEqual([130, '']);
	});

	it('twice, the second one later: ends at once, and names what is left', async () => {
		const running = startLiveCheck(keysOf(sandbox), ARGS);
		let interrupted = 0;
		onRequest = ({ method }) => {
			if (method === 'PUT' && !interrupted) {
				interrupted = 1;
				running.child.kill('SIGINT');
			}
			if (method !== 'DELETE') return undefined;
			void sleep(1200).then(() => running.child.kill('SIGINT'));
			return { kind: 'slow', delayMs: 20_000 };
		};
		const { code, stderr } = await running.ended;
		const account = sandbox.jumpCloud.accounts.find(({ email }) => email === CHECK)!;
		expect(code).toBe(130);
		expect(stderr).toContain(
			`Could not delete the account with the username ${account.username} (id ${account._id}).`,
		);
	});
});

describe('an answer to a creation that is lost', () => {
	it.each(['lost-answer', 'cut-mid-body', '500-after-apply', 'truncated-json', 'cut'] as const)(
		'%s: the account is looked for by its name, and deleted',
		async (kind) => {
			sandbox.faults.add({ ...CREATES, kind });
			const { code, stderr } = await liveCheck(keysOf(sandbox), ARGS);
			expect(code).toBe(2);
			expect(left()).toEqual(NOTHING);
			expect(sandbox.writes().filter(({ method }) => method === 'POST')).toHaveLength(1);
			// Where nothing was made, nobody can be sure of it.
			expect(stderr.includes('It is not known whether')).toBe(kind === 'cut');
		},
	);

	it('of a second account that should have been refused', async () => {
		sandbox.faults.add({ ...CREATES, kind: 'lost-answer', skip: 1 });
		const { code } = await liveCheck(keysOf(sandbox), ARGS);
		expect(code).toBe(2);
		expect(left()).toEqual(NOTHING);
	});

	it('and a search that shows new accounts late: its name is told', async () => {
		sandbox.quirks.searchLagMs = 60_000;
		sandbox.faults.add({ ...CREATES, kind: 'lost-answer' });
		const { code, stderr } = await liveCheck(keysOf(sandbox), ARGS);
		sandbox.quirks.searchLagMs = 0;
		const { username } = sandbox.jumpCloud.accounts.find(({ email }) => email === CHECK)!;
		expect(stderr).toContain(
			`It is not known whether the account with the username ${username} was made.`,
		);
		expect(code).toBe(2);
	});

	it('of a group', async () => {
		sandbox.faults.add({
			service: 'jumpCloud',
			method: 'POST',
			path: /\/v2\/usergroups$/,
			kind: 'lost-answer',
		});
		const { code } = await liveCheck(keysOf(sandbox), ARGS);
		expect(code).toBe(2);
		expect(left()).toEqual(NOTHING);
	});
});

it('a duplicate that is made, against all expectation, is deleted at once', async () => {
	// As if JumpCloud kept no employee ID, and so took it a second time.
	sandbox.quirks.keptForms = { employeeIdentifier: () => '' };
	const { code, report } = await liveCheck(keysOf(sandbox), ARGS);
	sandbox.quirks.keptForms = {};
	expect(resultsIn(report, table).sameEmployeeId).toEqual({
		kind: 'differs',
		seen: 'it was made, and deleted',
	});
	expect(code).toBe(1);
	expect(left()).toEqual(NOTHING);
});

it('what cannot be deleted is named on the screen with its id, and only counted in the report', async () => {
	sandbox.faults.add({
		service: 'jumpCloud',
		method: 'DELETE',
		path: '/systemusers/',
		kind: '503-html',
		times: 999,
	});
	const { code, report, stderr } = await liveCheck(keysOf(sandbox), ['--with-test-account', CHECK]);
	const account = sandbox.jumpCloud.accounts.find(({ email }) => email === CHECK)!;
	expect(left()).toEqual({ accounts: 1, groups: 0 });
	expect(stderr).toContain(`(id ${account._id})`);
	expect(stderr).toContain('Delete it by hand in JumpCloud.');
	expect(report).toContain('What was made for the check could not be deleted: 1.');
	for (const text of [account._id, account.username, CHECK]) expect(report).not.toContain(text);
	expect(code).toBe(1);
});

it('makes no account that it could not delete again', async () => {
	sandbox.quirks.foreignNotFound = { path: '/api/systemusers/', body: 'html' };
	const { code, report } = await liveCheck(keysOf(sandbox), ARGS);
	sandbox.quirks.foreignNotFound = null;
	expect(sandbox.writes().filter(({ path }) => path === '/api/systemusers')).toEqual([]);
	expect(report).toContain('no test account was made');
	expect(code).toBe(1);
});

it('an account whose mail was not clear gets no second one', async () => {
	sandbox.faults.add({ service: 'jumpCloud', path: '/state/activate', kind: 'lost-answer' });
	const { code } = await liveCheck(keysOf(sandbox), ARGS);
	expect(sandbox.outbox).toHaveLength(1);
	expect(code).toBe(2);
	expect(left()).toEqual(NOTHING);
});
