/**
 * Whatever is not known about the two services: with each switch of the sandbox turned, one by one,
 * and with many turned at once, a small company comes to the same end, or is told why not.
 */
import { linkOf } from '../../nodes/core/account/link';
import { startSandbox, type Quirks, type Sandbox } from '../sandbox';
import { seededRandom } from '../sandbox/ids';
import { SWITCHES, type Switch } from '../sandbox/quirks';
import { apply, loadTemplate, runTemplate } from '../harness/engine';
import { ACME_NOON, setClock } from '../harness/fixedClock';
import { toldIn } from '../harness/outcomes';
import { sampled, sized } from '../harness/sample';

const ROWS = Object.entries(SWITCHES) as Array<[keyof Quirks, Switch<unknown>]>;
const HIRED = '2026-11-02';
const LEFT = '2026-11-20';
const TAKEN = 'taken@elsewhere.example';
const REFUSED = 'refused@home.example';

beforeAll(() => setClock(ACME_NOON));
afterAll(() => void jest.useRealTimers());

/** Who is who in the company, by Humaans ID or account ID. */
interface Cast {
	joiners: string[];
	/** Their last day is over, and they have an account. */
	leavers: string[];
	/** People and accounts that nobody may take the access from. */
	staying: string[];
}

/** Ten people with accounts, and everything that can happen to somebody, once or twice. */
function happen({ admin, humaans }: Sandbox): Cast {
	const active = humaans.people.filter(({ status }) => status === 'active').map(({ id }) => id);
	const [left, gone, named, moved, unlinked] = active as [string, string, string, string, string];
	const accountOf = (personId: string): string => admin.accountByHumaansId(personId)!._id;
	const stay = active.filter((id) => id !== left && id !== gone).map(accountOf);
	admin.offboard(left, LEFT);
	admin.offboard(gone, LEFT);
	admin.change(named, { lastName: 'Novak', phoneNumber: '+44 20 7946 0000' });
	admin.change(moved, { department: 'Legal', reportingTo: named });
	// Made in JumpCloud before, with the work email that Humaans has.
	const attributes = [{ name: 'badge', value: 'B-7' }];
	admin.setAccount(accountOf(unlinked), { attributes });
	const hire = (firstName: string, more: object = {}) =>
		admin.hire({
			...{ firstName, lastName: 'Hired', employmentStartDate: HIRED, status: 'active' },
			...{ email: `${firstName}@acme.example`, personalEmail: `${firstName}@home.example` },
			...more,
		}).id;
	const joiners = [
		...[hire('ines'), hire('omar', { personalEmail: REFUSED }), hire('pia', { email: TAKEN })],
		hire('rui', { reportingTo: named }),
	];
	hire('later', { employmentStartDate: '2027-01-11', status: 'newHire' });
	return { joiners, leavers: [left, gone], staying: stay };
}

/** What is wrong in the end, in words. */
async function endOf(quirks: Partial<Quirks>): Promise<string[]> {
	const sandbox = await startSandbox({
		...{ people: 12, accounts: true, seed: 4, now: () => new Date(), quirks },
	});
	try {
		const { joiners, leavers, staying } = happen(sandbox);
		const told = new Set<string>();
		let stopped: string | undefined;
		for (let run = 0; run < 2; run++) {
			const finished = await runTemplate(apply(loadTemplate('reconcile')), sandbox);
			stopped = finished.error?.message;
			for (const { personId } of toldIn(finished, 'Needs Review')) told.add(personId!);
		}
		const wrong: string[] = [];
		const accounts = sandbox.jumpCloud.accounts;
		const links = accounts.flatMap((account) => linkOf(account as never) ?? []);
		if (new Set(links).size < links.length) wrong.push('somebody has two accounts');
		for (const id of staying) {
			if (sandbox.admin.account(id)?.state !== 'ACTIVATED') wrong.push('somebody lost the access');
		}
		const isTold = (personId: string): boolean => told.has(personId) || stopped !== undefined;
		for (const id of joiners) {
			const state = sandbox.admin.accountByHumaansId(id)?.state;
			if (state !== 'ACTIVATED' && !isTold(id))
				wrong.push(`a joiner is ${state}, and nobody is told`);
		}
		for (const id of leavers) {
			const state = sandbox.admin.accountByHumaansId(id)?.state;
			if (state !== 'SUSPENDED' && !isTold(id))
				wrong.push(`a leaver is ${state}, and nobody is told`);
		}
		const invited = sandbox.outbox.map(({ accountId }) => accountId);
		if (new Set(invited).size < invited.length) wrong.push('somebody was mailed twice');
		wrong.push(...sandbox.violations.map(({ message }) => message));
		if (stopped !== undefined) wrong.push(`stopped: ${stopped}`);
		return wrong;
	} finally {
		await sandbox.stop();
	}
}

it('with what is likely everybody ends as they should', async () =>
	expect(await endOf({})).toEqual([]));

const turned = ROWS.flatMap(([name, { others }]) =>
	others.map((other): [string, Partial<Quirks>] => [
		`${name}: ${JSON.stringify(other)}`,
		{ [name]: other },
	]),
);
/** What answers in place of JumpCloud says nothing about anybody: the run stops, and says so. */
const STOPPED = { foreignNotFound: ['stopped: JumpCloud did not give this answer itself (404).'] };
it.each(sampled(turned, 8))(
	'%s',
	async (_what, quirks) => {
		const [name] = Object.keys(quirks);
		const expected: Partial<Record<string, string[]>> = STOPPED;
		expect(await endOf(quirks)).toEqual(expected[name!] ?? []);
	},
	60_000,
);

/** Each takes seconds, because requests are repeated after waits. */
const SLOW = ['foreignNotFound', 'jumpCloudRateLimit', 'humaansRateLimit'];

/** A third of the switches turned. */
function combination(seed: number): Partial<Quirks> {
	const random = seededRandom(seed);
	const some = ROWS.filter(([name]) => random() < 1 / 3 && !SLOW.includes(name));
	return Object.fromEntries(
		some.map(([name, { others }]) => [name, others[Math.floor(random() * others.length)]]),
	);
}
it.each(Array.from({ length: sized(2, 50) }, (_, at) => at + 1))(
	'combination %i',
	async (seed) => expect(await endOf(combination(seed))).toEqual([]),
	60_000,
);
