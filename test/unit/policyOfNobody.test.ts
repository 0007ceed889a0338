/** Accounts that *Include Accounts of Nobody* of Match gives: said what they are, and left alone. */
import type { Subject } from '../../nodes/core/subject';
import {
	ID,
	LINKED,
	OTHER_ID,
	account,
	another,
	decideAll,
	matched,
	named,
	staged,
	subject,
} from './policyWorld';

/** What Match gives for an account that nobody in the run has. */
const ofNobody = (patch: Partial<Subject> = {}): Subject => {
	const { desired, person, personId, ...one } = subject({
		account: account({ attributes: [] }),
		match: matched({ by: null, ofNobody: true }),
		...patch,
	});
	expect([desired, person, personId].every((part) => part !== undefined)).toBe(true);
	return one;
};

it.each<[string, Partial<Subject>, string]>([
	[
		'not linked',
		{},
		'The account ana.silva is left alone: it is not linked, and it fits nobody in Humaans.',
	],
	[
		'linked to somebody of elsewhere',
		{ account: account({ attributes: LINKED }) },
		`The account ana.silva is left alone: it is linked to ${ID}, who is not among the people of this company.`,
	],
	[
		'with an odd link',
		{ account: account({ attributes: [{ name: 'humaansId', value: 'none' }] }) },
		'The account ana.silva is left alone: its humaansId can be no ID of Humaans.',
	],
	[
		'claimed by two people',
		{ match: matched({ by: null, ofNobody: true, claimants: [ID, OTHER_ID] }) },
		`The account ana.silva is left alone: it is not certain whose it is: ${ID}, ${OTHER_ID}.`,
	],
	[
		'with the work email of somebody who has another account',
		{ match: matched({ by: null, ofNobody: true, fits: [another(1).personId!] }) },
		`The account ana.silva is left alone: it is not linked to Ana Silva (${another(1).personId}), ` +
			'whose work email or employee ID it has.',
	],
	[
		'claimed by no one',
		{ match: matched({ by: null, ofNobody: true, claimants: [] }) },
		'The account ana.silva is left alone: it is not linked, and it fits nobody in Humaans.',
	],
])('%s', (_what, patch, reason) => {
	const { decisions } = decideAll([another(1), ofNobody(patch)]);
	expect(decisions[1]).toMatchObject({
		...{ action: 'noAction', code: 'account.ofNobody', reason },
		rows: [{ Person: '(nobody)', Action: 'Nothing', Account: 'ana.silva (active)' }],
	});
	expect(decisions[0]!.rows![0].Person).toBe('Ana Silva');
});

it('two of them are never taken for one account that two people would get', () => {
	const { decisions } = decideAll([another(1), ofNobody(), ofNobody()]);
	expect(decisions.map(({ code }) => code)).toEqual([
		'inStep',
		'account.ofNobody',
		'account.ofNobody',
	]);
});

it('whoever has a person, or no mark of Match, is decided on by the other rules', () => {
	const mark = matched({ ofNobody: true });
	const codes = decideAll([
		subject({ match: mark }),
		another(1, { match: mark, person: null }),
		another(2, { match: mark, account: null }),
	]).decisions.map(({ code }) => code);
	expect(codes).not.toContain('account.ofNobody');
	expect(
		decideAll([another(1), ofNobody({ match: matched({ by: null }) })]).decisions[1]!.code,
	).not.toBe('account.ofNobody');
});

it('what is only held for a person is not said as an adoption', () => {
	const unlinked = { attributes: [] };
	const match = matched({ by: 'email', candidates: [named(['email'])], accountsInUse: 50 });
	const rows = decideAll([
		another(1),
		subject({ account: staged(unlinked), match }),
		another(2, { person: null, account: account({ ...unlinked, _id: 'account2' }) }),
	]).decisions.map((decision) => decision.rows![0].Action);
	expect(rows[1]).toMatch(/Adopt/);
	expect(rows[2]).not.toMatch(/Adopt/);
});
