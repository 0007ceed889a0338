/** The review of everybody and every account: what it lists, in which order, and what it refuses. */
import type { Account, Subject } from '../../nodes/core/subject';
import { whatIsMissing } from '../../nodes/core/review/whole';
import { ID, another, decideAll, leaver, matched, staged, subject, suspended } from './policyWorld';
import {
	column,
	linked,
	ofNobody,
	readCsv,
	reviewAs,
	stamp,
	whole,
	withAccount,
} from './reviewWorld';

describe('whether there is a list at all', () => {
	const one = another(1);
	const refusedBy = (subjects: Subject[]) =>
		reviewAs('accounts', subjects).refused?.message ?? null;

	it('everybody and every account: there is', () => expect(refusedBy(whole([one]))).toBeNull());

	it.each<[string, Partial<Subject>, RegExp]>([
		['the token does not see everybody', { complete: false }, /^Not all people could be read/],
		['nobody says so', { complete: undefined }, /^Not all people could be read/],
		['a filter on people', { part: 'some' }, /^Only some people are in this run/],
		['a batch', { part: '1/2' }, /^Only some people are in this run/],
		['a person less than Humaans has', { peopleRead: 2 }, /^Only some people are in this run/],
		['nobody counted the people', { peopleRead: undefined }, /^Only some people/],
	])('%s: none, and why', (_what, patch, why) =>
		expect(refusedBy(whole([one]).map((each) => ({ ...each, ...patch })))).toMatch(why),
	);

	it.each<[string, number | undefined, RegExp]>([
		['Match was not asked for all accounts', undefined, /^Not all accounts are in this run/],
		['an account less than JumpCloud has', 2, /^1 account of JumpCloud could not be read/],
		['several less', 4, /^3 accounts of JumpCloud could not be read/],
	])('%s: none, and why', (_what, accountsRead, why) =>
		expect(
			refusedBy(whole([one]).map((each) => ({ ...each, match: { ...each.match!, accountsRead } }))),
		).toMatch(why),
	);

	it('then nothing of anybody is in it', () => {
		const review = reviewAs('accounts', [{ ...one, complete: false }]);
		expect(review).toMatchObject({ title: 'There is no list', csv: '', rows: [] });
		expect(JSON.stringify(review)).not.toMatch(/acme\.example|p1|Silva/);
	});

	it.each<[string, string | null, string | null]>([
		['today', null, null],
		['later today', '2026-11-23T23:59:59.999Z', null],
		['yesterday', '2026-11-22T23:59:59.999Z', 'The date is in the past.'],
		['a year ahead', '2027-11-23T23:59:59.999Z', null],
		[
			'two days more than a year',
			'2027-11-26T00:00:00.000Z',
			'The date is more than a year ahead.',
		],
	])('a date: %s', (_what, day, why) => {
		const asOf = day === null ? null : new Date(day);
		for (const kind of ['accounts', 'forecast'] as const)
			expect(reviewAs(kind, whole([one]), {}, { asOf }).refused?.message ?? null).toBe(why);
	});

	it.each<[string, string | null, string | null, string | null]>([
		['no days', null, null, null],
		['one day', '2026-11-01', '2026-11-01', null],
		['reversed', '2026-11-02', '2026-11-01', 'The period ends before it begins.'],
		['until tomorrow', '2026-11-01', '2026-11-24', 'The period ends after today.'],
		['only a first day, tomorrow', '2026-11-24', null, 'The period ends before it begins.'],
	])('a period: %s', (_what, reviewFrom, reviewUntil, why) =>
		expect(
			reviewAs('leavers', whole([one]), { reviewFrom, reviewUntil }).refused?.message ?? null,
		).toBe(why),
	);
});

describe('what stands before everything else on the page', () => {
	const KINDS = ['accounts', 'leavers', 'forecast'] as const;
	const lone = (count: number, patch: Partial<Subject['match'] & object> = {}, from = 0) =>
		Array.from({ length: count }, (_, at) => {
			const one = ofNobody(from + at);
			return { ...one, match: { ...one.match!, ...patch } };
		});
	const nobodyHas = (index: number) => ({
		...{ ...another(index), account: null, match: matched({ by: null }) },
	});
	const firstOf = (subjects: Subject[], kind: (typeof KINDS)[number] = 'accounts') =>
		/^<h3>(.*?)<\/h3><p>(.*?)<\/p>/.exec(reviewAs(kind, whole(subjects)).html)?.slice(1) ?? null;

	it.each(KINDS)('%s: not one account fits anybody, and what to do', (kind) => {
		const [heading, words] = firstOf([nobodyHas(1), ...lone(5)], kind)!;
		expect(heading).toBe('Before you read on');
		expect(words).toBe(
			'Not one of the 5 accounts fits anybody in Humaans, so this list shows nothing about any of ' +
				'them: first check that the access token of Humaans and the API key of JumpCloud are of ' +
				'one company.',
		);
		for (const row of reviewAs(kind, whole([nobodyHas(1), ...lone(5)])).rows)
			expect(Object.values(row).join()).toContain(words);
		if (kind === 'accounts')
			expect(reviewAs(kind, whole([nobodyHas(1), ...lone(5)])).rows).toHaveLength(5);
	});

	it('also where all are linked to people whom Humaans does not have', () => {
		const gone = [1, 2, 3, 4, 5].map((at) => ({ ...another(at), person: null }));
		expect(firstOf([nobodyHas(9), ...gone])![1]).toMatch(/^Not one of the 5 accounts fits/);
	});

	it.each<[string, Subject[]]>([
		['fewer than a handful', [nobodyHas(1), ...lone(4)]],
		['one has an account', [another(1), ...lone(9)]],
		['one is claimed', [nobodyHas(1), ...lone(9), ...lone(1, { claimants: [ID] }, 9)]],
		['one fits', [nobodyHas(1), ...lone(9), ...lone(1, { fits: [ID] }, 9)]],
		[
			'one cannot be read',
			[nobodyHas(1), ...lone(9), { ...another(2), person: undefined, problem: 'Unreadable.' }],
		],
	])('%s: nothing is said of it', (_what, subjects) =>
		expect(reviewAs('accounts', whole(subjects)).html).toMatch(/^<h3>In short</),
	);

	it.each(KINDS)('%s: no account at all is said as what it is', (kind) => {
		const [, words] = firstOf([nobodyHas(1)], kind)!;
		expect(words).toMatch(/^JumpCloud gave no account at all\. If it has some, check/);
	});

	it('what is held by a limit cannot be listed without any account', () => {
		const missing = (subjects: Subject[]) => whatIsMissing(whole(subjects))?.message ?? null;
		expect(missing([nobodyHas(1)])).toBe('JumpCloud gave no account at all, so there is no list.');
		expect(missing([another(1)])).toBeNull();
	});
});

describe('accounts', () => {
	const long = linked('', [stamp('2026-07-01T09:00:00.000Z leaving')]);
	const gone = { ...another(4), personId: another(4).personId, person: null };
	const people = (): Subject[] =>
		whole([
			another(1),
			leaver(2),
			ofNobody(3, { admin: { id: 'x' } }),
			gone,
			{ ...ofNobody(5), match: matched({ by: null, ofNobody: true, claimants: [ID] }) },
			withAccount(6, {
				...{ state: 'SUSPENDED', suspended: true },
				attributes: long.map((one) =>
					one.value === '' ? { ...one, value: another(6).personId! } : one,
				),
			}),
			withAccount(7, { admin: { id: 'x' } }),
			withAccount(8, { username: 'break-glass' }),
			{
				...leaver(9),
				account: staged({ _id: 'account9', attributes: linked(another(9).personId!) }),
			},
			{ ...another(10), account: null, match: matched({ by: null }) },
		]);
	const review = () =>
		reviewAs('accounts', people(), { protectedAccounts: new Set(['break-glass']) });

	it('each account once, by the first class that fits, those that matter first', () =>
		expect(review().rows.map((row) => [row.Class, row.Account])).toEqual([
			['Left and still active', 'p2'],
			['Left and still active', 'p4'],
			['Of nobody', 'nobody3'],
			['Two people or two accounts', 'nobody5'],
			['Suspended for over 90 days (billed)', 'p6'],
			['Administrators', 'p7'],
			['Protected', 'break-glass'],
			['All other accounts', 'p1'],
			['All other accounts', 'ana.silva'],
		]));

	it('says what else an account is, whose it is, and why it has what it has', () => {
		const { rows, html } = review();
		const rowOf = (name: string) => rows.find(({ Account: one }) => one === name)!;
		expect(rowOf('nobody3')).toMatchObject({
			...{ Also: 'Administrators', Person: '(nobody)', Administrator: 'yes' },
			Why: 'The account nobody3 is left alone: it is not linked, and it fits nobody in Humaans.',
		});
		expect(rowOf('p4').Person).toBe('Ana (deleted in Humaans)');
		expect(rowOf('p2')).toMatchObject({
			...{ State: 'active', Password: 'set', Administrator: '' },
			Why: 'To do: Suspend the account. The person is offboarded in Humaans.',
		});
		expect(rowOf('p1').Why).toBe('The account is active and in step with Humaans.');
		expect(html).toContain('<h3>Left and still active (2)</h3>');
		expect(html).toContain('<li>9 accounts: left and still active 2, of nobody 1,');
	});

	it('a second account of a leaver is theirs to look at, and that of somebody here is of two', () => {
		const second = (index: number, ids: string[], patch: Partial<Account> = {}): Subject => ({
			...ofNobody(index, patch),
			match: matched({ by: null, ofNobody: true, fits: ids }),
		});
		const [left, here] = [leaver(1), another(2)];
		const off = { ...left.account!, state: 'SUSPENDED', suspended: true } as Account;
		const { rows } = reviewAs(
			'accounts',
			whole([
				...[{ ...left, account: off }, here],
				second(3, [left.personId!]),
				second(4, [here.personId!]),
				second(5, [here.personId!, left.personId!]),
				second(6, [left.personId!], { state: 'SUSPENDED', suspended: true }),
				{ ...second(7, []), match: { ...second(7, []).match!, claimants: [left.personId!] } },
				second(8, ['somebodyElse']),
			]),
		);
		const seen = Object.fromEntries(rows.map((row) => [row.Account, row.Class]));
		expect(seen).toMatchObject({
			...{ nobody3: 'Left and still active', nobody7: 'Left and still active' },
			...{ nobody4: 'Two people or two accounts', nobody5: 'Two people or two accounts' },
			...{ nobody6: 'Two people or two accounts', nobody8: 'Two people or two accounts' },
		});
		expect(rows[0]).toMatchObject({
			...{ Account: 'nobody3', Also: 'Two people or two accounts', State: 'active' },
			Person: '(not certain: Ana Silva)',
			Why: expect.stringContaining(`it is not linked to Ana Silva (${left.personId}), whose work`),
		});
	});

	it('who has left is judged on the day that was asked for', () => {
		const ends = another(1, {});
		ends.person = { ...ends.person!, employmentEndDate: '2026-12-01' };
		const on = (asOf: string | null) =>
			column(
				reviewAs('accounts', whole([ends]), {}, { asOf: asOf ? new Date(asOf) : null }),
				'Class',
			);
		expect(on(null)).toEqual(['All other accounts']);
		expect(on('2026-12-01T23:59:59.999Z')).toEqual(['All other accounts']);
		expect(on('2026-12-02T23:59:59.999Z')).toEqual(['Left and still active']);
	});

	it('90 days are not yet over 90 days; a suspension without a stamp has no age', () => {
		const since = (at: string) =>
			column(
				reviewAs(
					'accounts',
					whole([{ ...subject(), account: suspended({ attributes: linked(ID, [stamp(at)]) }) }]),
				),
				'Class',
			);
		expect(since('2026-08-25T12:00:00.000Z leaving')).toEqual(['All other accounts']);
		expect(since('2026-08-25T11:59:59.999Z leaving')).toEqual([
			'Suspended for over 90 days (billed)',
		]);
		const byOthers = reviewAs(
			'accounts',
			whole([{ ...subject(), account: suspended({ attributes: linked(ID) }) }]),
		);
		expect(column(byOthers, 'Class')).toEqual(['Questions for you']);
		expect(byOthers.html).toContain('since when is not known');
	});

	it('a limit that would hold now is said, with the ID that approves it; not for a day to come', () => {
		const leavers = [1, 2, 3, 4].map((index) => leaver(index));
		const subjects = whole(
			leavers.map((one) => ({
				...one,
				account: { ...one.account!, state: 'STAGED', activated: false } as Account,
			})),
		);
		const { rows } = reviewAs('accounts', subjects);
		expect(new Set(rows.map((row) => row.Class))).toEqual(new Set(['Held by a limit']));
		const [plan] = new Set(rows.map((row) => row.Plan));
		expect(plan).toBe(decideAll(subjects).plans[0]!.id);
		const later = reviewAs('accounts', subjects, {}, { asOf: new Date('2026-12-01T00:00:00Z') });
		expect(new Set(column(later, 'Plan'))).toEqual(new Set(['']));
	});

	it('to do, held by a limit, for a person to decide, or not allowed: Why says which', () => {
		const whys = (subjects: Subject[], set = {}) =>
			column(reviewAs('accounts', whole(subjects), set), 'Why');
		const four = [1, 2, 3, 4].map((index) => leaver(index));
		expect(whys(four.slice(1))).toEqual(
			Array(3).fill('To do: Suspend the account. The person is offboarded in Humaans.'),
		);
		expect(whys(four)).toEqual(
			Array(4).fill('Held by a limit: Suspend the account. The person is offboarded in Humaans.'),
		);
		const { html } = reviewAs('accounts', whole(four));
		expect(html).toContain('<li>4 accounts: left and still active 4.</li>');
		expect(html).toContain('<li>A limit holds 4 of these accounts; Why says which.</li>');
		expect(reviewAs('accounts', whole(four.slice(1))).html).not.toContain('A limit holds');
		const one = leaver(1);
		const notLinked = { ...one, account: { ...one.account!, attributes: [] } as Account };
		expect(whys([{ ...notLinked, match: { ...one.match!, by: 'email' } }])).toEqual([
			expect.stringMatching(
				/^You decide \(Suspend the account\)\. The person is .* by hand in JumpCloud\.$/,
			),
		]);
		const [why] = whys([one], { actionsAllowed: new Set(['create']) });
		expect(why).not.toMatch(/^To do/);
	});

	it('nobody has an account: the page says that there is nothing', () => {
		const review = reviewAs(
			'accounts',
			whole([{ ...another(1), account: null, match: matched({ by: null }) }]),
		);
		expect(review.rows).toEqual([]);
		expect(review.html).toContain('There is nothing to list.');
	});
});

it('is pure: nothing of a subject changes, and what is long stands in the file alone', () => {
	const many = whole(Array.from({ length: 600 }, (_, index) => another(index)));
	const before = JSON.stringify(many);
	const review = reviewAs('accounts', many);
	expect(JSON.stringify(many)).toBe(before);
	expect(review.rows).toHaveLength(600);
	expect(readCsv(review.csv)).toHaveLength(601);
	expect(review.html.match(/<tr>/g)).toHaveLength(501);
	expect(review.html).toContain('<p>100 more are in the file.</p>');
});
