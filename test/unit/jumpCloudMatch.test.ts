/**
 * Match against the sandbox: which calls it makes, and that no half of a list is ever an answer.
 */
import { ofBatch } from '../../nodes/core/person/choose';
import {
	matchSubjects,
	SEARCH_UP_TO,
	type MatchOptions,
} from '../../nodes/services/jumpcloud/matchSubjects';
import type { PersonManager, Subject } from '../../nodes/core/subject';
import { startSandbox, type FaultKind, type Sandbox } from '../sandbox';
import { clientFor } from '../harness/jumpCloudOverHttp';

const OPTIONS: MatchOptions = { by: ['employeeIdentifier', 'email'], emitMissing: false };
let sandbox: Sandbox;
/** 500 accounts: five pages. */
beforeAll(async () => {
	sandbox = await startSandbox({ people: 575, accounts: true, seed: 5 });
});
afterAll(async () => await sandbox.stop());
beforeEach(() => {
	sandbox.clearLog();
	sandbox.faults.clear();
	sandbox.quirks.searchPageLimit = 100;
});
afterEach(() => expect(sandbox.violations).toEqual([]));

const people = (from: number, to: number) =>
	sandbox.humaans.people.filter((person) => person.status === 'active').slice(from, to);
const subject = (
	person: { id: string; email: string | null; employeeId?: unknown },
	more: Partial<Subject> = {},
): Subject => ({
	personId: person.id,
	person: {
		id: person.id,
		status: 'active',
		email: person.email,
		employeeId: String(person.employeeId),
	},
	complete: true,
	...more,
});
const nobody = (): Subject =>
	subject({ id: 'nobody', email: 'nobody@big.example', employeeId: 'none' });
const match = async (subjects: Subject[], options: Partial<MatchOptions> = {}) =>
	await matchSubjects(clientFor(sandbox), subjects, { ...OPTIONS, ...options });
/**
 * A search with a filter looks somebody up, and so does a list with one, by link; without a filter
 * it is a page of everybody.
 */
const calls = () => {
	const asked = sandbox.log.filter(({ path }) => path === '/api/search/systemusers');
	const bodies = asked.map(({ body }) => body as { filter?: object; limit: number; skip: number });
	const pages = bodies.filter(({ filter }) => filter === undefined);
	return {
		byLink: sandbox.log.filter(({ path }) => path === '/api/systemusers').length,
		searches: bodies.length - pages.length,
		// Pages are read side by side, in any order.
		pages: pages.sort((a, b) => a.skip - b.skip).map(({ limit, skip }) => `${limit}@${skip}`),
	};
};
/** Each page begins with the last account of the one before, so that nobody slips between them. */
const pagesFor = (total: number, size: number) => Math.ceil((total - 1) / (size - 1));
const pagesOf = (total: number) => [
	'1000@0',
	...Array.from({ length: pagesFor(total, 100) }, (_, page) => `100@${page * 99}`),
];
const total = () => sandbox.jumpCloud.accounts.length;

it('one to three people are looked up by their links', async () => {
	for (let count = 1; count <= SEARCH_UP_TO; count++) {
		sandbox.clearLog();
		const { subjects } = await match(people(0, count).map((person) => subject(person)));
		expect(subjects.map((one) => one.match)).toEqual(
			Array.from({ length: count }, () => expect.objectContaining({ by: 'link', certain: true })),
		);
		expect(calls()).toEqual({ byLink: count, searches: 0, pages: [] });
	}
});

it('the first page tells whether look-ups or the pages that are left cost less', async () => {
	const left = pagesFor(total(), 100) - 1;
	expect(left).toBeGreaterThan(SEARCH_UP_TO + 1);
	await match(people(0, left - 1).map((person) => subject(person)));
	expect(calls()).toEqual({ byLink: left - 1, searches: 0, pages: ['1000@0', '100@0'] });
	sandbox.clearLog();
	await match(people(0, left).map((person) => subject(person)));
	expect(calls()).toEqual({ byLink: 0, searches: 0, pages: pagesOf(total()) });
});

it('many are one sweep, and the first page of it is not read twice', async () => {
	const { subjects } = await match(people(0, 400).map((person) => subject(person)));
	expect(subjects.every((one) => one.match!.by === 'link')).toBe(true);
	expect(calls()).toEqual({ byLink: 0, searches: 0, pages: pagesOf(total()) });
});

it('one page of 1,000 where the server gives it', async () => {
	sandbox.quirks.searchPageLimit = 1000;
	await match(people(0, 400).map((person) => subject(person)));
	expect(calls()).toEqual({ byLink: 0, searches: 0, pages: ['1000@0'] });
});

it('absence is believed only after everybody was read', async () => {
	const { subjects } = await match([nobody()]);
	expect(subjects[0]).toMatchObject({ account: null, match: { by: null, certain: true } });
	expect(calls()).toEqual({ byLink: 1, searches: 1, pages: pagesOf(total()) });
});

it('a manager is found by link, without a sweep', async () => {
	const [one, boss] = people(0, 2);
	const manager: PersonManager = { id: boss!.id, name: null, email: boss!.email };
	const report = subject(one!, {
		desired: {
			attributes: { manager: boss!.id },
			rules: {},
			usernames: [],
			clearEmpty: true,
			problems: [],
		},
	});
	const { subjects } = await match([{ ...report, person: { ...report.person!, manager } }]);
	expect(subjects[0]!.match!.managerAccountId).toBe(
		sandbox.admin.accountByHumaansId(boss!.id)!._id,
	);
	expect(calls()).toEqual({ byLink: 2, searches: 0, pages: [] });
	sandbox.clearLog();
	sandbox.quirks.customAttributeFilter = 'nothing';
	await match([{ ...report, person: { ...report.person!, manager: { ...manager, email: null } } }]);
	expect(calls().pages).toEqual(pagesOf(total()));
	sandbox.quirks.customAttributeFilter = 'works';
});

it('linked accounts whose person is missing need a sweep, and a complete read of people', async () => {
	const all = sandbox.humaans.people.map((person) => subject(person));
	const linked = people(0, 600);
	const { missing, notice } = await match(
		all.filter((one) => one.personId !== linked[0]!.id),
		{ emitMissing: true },
	);
	expect([missing.map((one) => one.personId), notice]).toEqual([[linked[0]!.id], null]);
	const partial = await match([{ ...all[1]!, complete: false }], { emitMissing: true });
	expect([partial.missing, partial.notice]).toEqual([
		[],
		expect.stringContaining('not read completely'),
	]);
	const some = await match(
		[
			{ ...all[1]!, part: 'some' },
			{ ...all[2]!, part: 'some' },
		],
		{ emitMissing: true },
	);
	expect([some.missing, some.notice]).toEqual([
		[],
		expect.stringContaining('only some people are in it'),
	]);
	const mixed = await match(
		[
			{ ...all[1]!, part: '1/2' },
			{ ...all[2]!, part: '2/2' },
		],
		{ emitMissing: true },
	);
	expect([mixed.missing, mixed.notice]).toEqual([
		[],
		expect.stringContaining('only some people are in it'),
	]);
});

it('with a batch of the people come the linked accounts of its own missing people, and of no others', async () => {
	const all = sandbox.humaans.people.map((person) => subject(person));
	const linked = people(0, 600);
	const gone = new Set(linked.slice(0, 20).map(({ id }) => id));
	const found = await Promise.all(
		[1, 2, 3].map(async (number) => {
			const batch = ofBatch(
				all.filter(({ personId }) => !gone.has(personId!)),
				{ number, of: 3 },
			).map((one) => ({ ...one, part: `${number}/3` }));
			const { missing, notice } = await match(batch, { emitMissing: true });
			expect(notice).toBeNull();
			return missing.map((one) => one.personId!);
		}),
	);
	expect(found.flat().sort()).toEqual([...gone].sort());
	expect(found.every((ids) => ids.length > 0)).toBe(true);
});

describe('an incomplete sweep is a failure', () => {
	const many = () => people(0, 400).map((person) => subject(person));

	it.each<FaultKind>(['403', '401'])('%s on a page', async (kind) => {
		sandbox.faults.add({ service: 'jumpCloud', kind, skip: 3, times: Infinity });
		await expect(match(many())).rejects.toMatchObject({ name: 'ServiceFailure' });
	});

	it.each<FaultKind>(['500-html', 'html-200', 'cut', 'truncated-json', 'cut-mid-body'])(
		'%s for good',
		async (kind) => {
			sandbox.faults.add({ service: 'jumpCloud', kind, skip: 3, times: Infinity });
			await expect(match(many())).rejects.toMatchObject({ name: 'ServiceFailure' });
		},
	);

	it('an empty page in the middle is read anew; for good it is a failure', async () => {
		sandbox.faults.add({ service: 'jumpCloud', kind: 'empty-list', skip: 3, times: 1 });
		expect((await match(many())).subjects.every((one) => one.match!.by === 'link')).toBe(true);
		sandbox.faults.clear();
		sandbox.faults.add({ service: 'jumpCloud', kind: 'empty-list', skip: 3, times: Infinity });
		await expect(match(many())).rejects.toMatchObject({ kind: 'incomplete' });
	});

	it('an empty list at the start is asked for again before it is believed', async () => {
		sandbox.faults.add({ service: 'jumpCloud', kind: 'empty-list', skip: 1, times: 1 });
		expect((await match(many())).subjects.every((one) => one.match!.by === 'link')).toBe(true);
	});

	it('an account that comes or goes during the sweep: read anew, and right', async () => {
		let gone = false;
		const client = clientFor(sandbox);
		const search = client.search.bind(client);
		const state = sandbox.snapshot();
		client.search = async (...args) => {
			const answer = await search(...args);
			if (args[1] === 0 && args[2] === 100 && !gone) {
				gone = true;
				sandbox.admin.removeAccount(sandbox.jumpCloud.accounts[0]!._id);
			}
			return answer;
		};
		const first = sandbox.jumpCloud.accounts[0]!;
		const { subjects } = await matchSubjects(client, many(), OPTIONS);
		expect(gone).toBe(true);
		expect(calls().pages.filter((one) => one === '100@0')).toHaveLength(2);
		expect(subjects.filter((one) => one.account?._id === first._id)).toEqual([]);
		sandbox.restore(state);
	});
});

it('10,000 people and 10,000 accounts: a page each hundred, and one for the large page that was refused', async () => {
	const big = await startSandbox({ people: 11_500, accounts: true, seed: 2 });
	try {
		const accounts = big.jumpCloud.accounts.length;
		expect(accounts).toBeGreaterThan(9_900);
		const subjects = big.humaans.people
			.filter((person) => person.status === 'active')
			.map((person) => subject(person));
		for (const [largePages, page] of [
			[false, 100],
			[true, 1000],
		] as const) {
			big.quirks.searchPageLimit = largePages ? 1000 : 100;
			big.clearLog();
			const { subjects: matched } = await matchSubjects(
				clientFor(big, { timeoutMs: 60_000 }),
				subjects,
				OPTIONS,
			);
			expect(matched.every((one) => one.match!.by === 'link' && one.match!.certain)).toBe(true);
			expect(big.log).toHaveLength(pagesFor(accounts, page) + (largePages ? 0 : 1));
		}
		expect(big.violations).toEqual([]);
	} finally {
		await big.stop();
	}
});

describe('who was suspended lately', () => {
	const now = new Date('2026-11-23T12:00:00.000Z');
	/** Three accounts that this package suspended an hour ago. */
	const stamped = () => {
		const three = linkedAccounts().slice(0, 3);
		for (const account of three)
			account.attributes.push({
				name: 'humaansDeprovisionedAt',
				value: '2026-11-23T11:00:00.000Z leaving',
			});
		return three;
	};
	const linkedAccounts = () =>
		sandbox.jumpCloud.accounts.filter((account) =>
			account.attributes.some(({ name }) => name === 'humaansId'),
		);
	const clean = () => {
		for (const account of sandbox.jumpCloud.accounts)
			account.attributes = account.attributes.filter(
				({ name }) => name !== 'humaansDeprovisionedAt',
			);
	};
	afterEach(clean);
	const seen = (subjects: readonly Subject[]) =>
		[...new Set(subjects.flatMap((one) => Object.keys(one.match!.suspendedLately ?? {})))].sort();

	it('is said with everybody in the run too, of accounts that nobody is matched to', async () => {
		const three = stamped();
		const everybody = sandbox.humaans.people.filter((person) => person.status === 'active');
		const before = sandbox.snapshot();
		// Each of their people has two accounts now, so it is not said which is theirs.
		linkedAccounts()
			.slice(3, 6)
			.forEach((account, at) => (account.attributes = structuredClone(three[at]!.attributes)));
		const { subjects } = await match(
			everybody.map((person) => subject(person)),
			{ emitMissing: true, now },
		);
		expect(subjects.filter((one) => one.match!.conflict)).toHaveLength(3);
		expect(seen(subjects)).toHaveLength(6);
		expect(seen(subjects)).toEqual(expect.arrayContaining(three.map(({ _id }) => _id)));
		sandbox.restore(before);
		// Those who come along are not said twice.
		expect(
			seen(
				(
					await match(
						everybody.map((person) => subject(person)),
						{ emitMissing: true, now },
					)
				).subjects,
			),
		).toEqual([]);
	});

	it('is said beside somebody whenever all accounts were read, also when nobody seems to have left', async () => {
		const three = stamped();
		expect(
			seen(
				(
					await match(
						people(100, 300).map((person) => subject(person)),
						{ now },
					)
				).subjects,
			),
		).toEqual(three.map(({ _id }) => _id).sort());
	});
});
