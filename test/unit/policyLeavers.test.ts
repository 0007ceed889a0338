/** Who loses their account, and what keeps it. */
import { stampOf } from '../../nodes/core/account/stamp';
import { protectionOf } from '../../nodes/core/policy/protection';
import type { PolicySettings } from '../../nodes/core/policy/settings';
import type { Person, Subject } from '../../nodes/core/subject';
import {
	EMAIL,
	LINKED,
	NOW,
	OTHER_ID,
	account,
	another,
	apply,
	decideAll,
	decideOne,
	desired,
	foundBy,
	matched,
	person,
	settings,
	stamped,
	subject,
	suspended,
	verdict,
} from './policyWorld';

const left = person({ status: 'offboarded' });
const DAY = 86_400_000;
const days = (count: number) => new Date(NOW.getTime() + count * DAY);
const listed = (...names: string[]): Partial<PolicySettings> => ({
	protectedAccounts: new Set(names),
});

describe('disabling', () => {
	it('nothing without a person ID, even when the account has no link either', () =>
		expect(
			verdict({ personId: undefined, person: null, account: account({ attributes: [] }) }),
		).toBe('needsReview person.noId'));
	it('deletion comes due to the moment', () => {
		const old = {
			person: left,
			account: suspended({ attributes: stamped('2026-10-24T12:00:00.000Z leaving') }),
		};
		const how = { deprovisionHow: 'suspendThenDelete', deleteAfterDays: 30 } as const;
		expect(verdict(old, how)).toBe('delete leaver.offboarded');
		expect(decideOne(old, how, { now: new Date(NOW.getTime() - 1) })).toMatchObject({
			code: 'leaver.deleteLater',
			dueAt: '2026-11-23T12:00:00.000Z',
		});
	});
	it('"delete" deletes what we suspended, not what others did', () => {
		expect(verdict({ person: left, account: suspended() }, { deprovisionHow: 'delete' })).toBe(
			'delete leaver.offboarded',
		);
		expect(
			decideOne(
				{ person: left, account: suspended({ attributes: LINKED }) },
				{ deprovisionHow: 'delete' },
			),
		).toMatchObject({ code: 'leaver.suspendedByOthers', blockedAction: 'delete' });
		expect(verdict({ person: left, account: suspended({ attributes: LINKED }) })).toBe(
			'noAction leaver.suspended',
		);
		expect(verdict({ person: left, account: suspended() }, { deprovisionHow: 'review' })).toBe(
			'noAction leaver.suspended',
		);
	});
	it('an unreadable stamp is not ours', () => {
		const unreadable = suspended({ attributes: stamped('some day leaving') });
		expect(stampOf(unreadable)).toBeNull();
		expect(verdict({ account: unreadable })).toBe('needsReview account.suspendedByOthers');
	});
	it('names what was held back', () => {
		const held = (patch: object, set = {}) =>
			decideOne({ person: left, ...patch }, set).blockedAction;
		const admin = { account: account({ admin: { id: 'a' } }) };
		expect(held({ account: account({ attributes: [] }), match: foundBy('email') })).toBe(
			'deprovision',
		);
		expect(held(admin)).toBe('deprovision');
		expect(held(admin, { deprovisionHow: 'delete' })).toBe('delete');
		expect(held({ complete: false })).toBe('deprovision');
		expect(held({ complete: undefined })).toBe('deprovision');
		expect(held({}, { deprovisionHow: 'review' })).toBe('deprovision');
		expect(decideOne({ person: left }, { deprovisionWhen: ['lastDay'] }).blockedAction).toBe(
			'deprovision',
		);
	});
	it.each<[string, object, object, string | undefined]>([
		['id', {}, listed('account1'), 'account.protected'],
		[
			'email in any case',
			{ email: 'Ana.Silva@acme.example' },
			listed('ana.silva@acme.example'),
			'account.protected',
		],
		['username of the key’s owner', {}, { apiKeyOwner: 'Ana.Silva' }, 'account.apiKeyOwner'],
		[
			'somebody else',
			{},
			{ ...listed('other'), apiKeyOwner: 'other', protectedAttribute: 'breakGlass' },
			undefined,
		],
		[
			'an empty protecting attribute',
			{ attributes: [{ name: 'breakGlass', value: ' ' }] },
			{ protectedAttribute: 'breakGlass' },
			undefined,
		],
		['an account without an email', { email: undefined as never }, { apiKeyOwner: 'x' }, undefined],
		['administrator false', { admin: false }, {}, undefined],
	])('protection: %s', (_what, patch, set, code) =>
		expect(protectionOf(account(patch), settings(set))?.code).toBe(code),
	);
});

describe('S5: protection when the package or somebody else changes the name', () => {
	const E_MAIL = 'ana.silva@acme.example';
	it('S5: the work email of a protected account is not changed, and that is said', () => {
		const decision = decideOne(
			{ desired: desired({ email: 'ana.pereira@acme.example', department: 'Legal' }) },
			listed(E_MAIL),
			{ run: { holdsEverybody: true, workEmails: new Map() } },
		);
		expect(decision.changes.map(({ attribute, to }) => [attribute, to])).toEqual([
			['department', 'Legal'],
			['humaansProtectedAs', E_MAIL],
		]);
		expect(decision.warnings).toEqual([
			'The account is on the list of protected accounts. Its work email, with which people sign ' +
				'in, is not changed.',
		]);
	});
	it('S5: nor that of an administrator, of the key’s owner, or with the protecting attribute', () => {
		const changed = { desired: desired({ email: 'new@acme.example' }) };
		const run = { run: { holdsEverybody: true, workEmails: new Map() } };
		const attributes = [...LINKED, { name: 'breakGlass', value: 'yes' }];
		const emailOf = (patch: object, set: Partial<PolicySettings>) =>
			decideOne({ ...changed, ...patch }, set, run).changes.filter(
				({ attribute }) => attribute === 'email',
			);
		expect(emailOf({}, {})).toHaveLength(1);
		expect(emailOf({ account: account({ admin: { id: 'a' } }) }, {})).toEqual([]);
		expect(emailOf({}, { apiKeyOwner: E_MAIL })).toEqual([]);
		expect(emailOf({ account: account({ attributes }) }, {})).toHaveLength(1);
		expect(
			emailOf({ account: account({ attributes }) }, { protectedAttribute: 'breakGlass' }),
		).toEqual([]);
	});
	it('S5: the name on the list stands on the account, and protects it under any other', () => {
		const before = subject();
		const decision = decideOne({}, listed(E_MAIL));
		expect(decision).toMatchObject({ action: 'update', code: 'drift' });
		expect(decision.changes).toEqual([
			{
				...{ attribute: 'humaansProtectedAs', from: null, to: E_MAIL, rule: 'always' },
				why: 'on the list of protected accounts',
			},
		]);
		const { outcome: _outcome, decision: _decision, ...after } = apply(before, decision, NOW);
		expect(verdict(after, listed(E_MAIL))).toBe('noAction inStep');
		const renamed = { ...after.account!, email: 'md@acme.example', username: 'md' };
		expect(verdict({ ...after, account: renamed, person: left }, listed(E_MAIL))).toBe(
			'needsReview account.protected',
		);
		expect(verdict({ ...after, account: renamed, person: left }, listed('other'))).toBe(
			'deprovision leaver.offboarded',
		);
	});
	it('S5: the key’s owner is remembered too; an ID on the list needs no note', () => {
		expect(decideOne({}, { apiKeyOwner: 'Ana.Silva' }).changes).toEqual([
			expect.objectContaining({ attribute: 'humaansProtectedAs', to: 'ana.silva' }),
		]);
		expect(verdict({}, listed('account1'))).toBe('noAction inStep');
		expect(verdict({}, listed('account1', E_MAIL))).toBe('noAction inStep');
	});
	it('S5: a name that is on no list any more stays: two workflows with two lists do not take turns', () => {
		const noted = account({
			attributes: [...LINKED, { name: 'humaansProtectedAs', value: E_MAIL }],
		});
		for (const set of [{}, listed('somebody.else'), listed(E_MAIL)])
			expect(verdict({ account: noted }, set)).toBe('noAction inStep');
	});
});

describe('S9: the days until a deletion', () => {
	const THEN_DELETE = { deprovisionHow: 'suspendThenDelete', deleteAfterDays: 30 } as const;
	const decideAt = (one: ReturnType<typeof subject>, now: Date, set = {}, inScope = true) =>
		decideAll(
			[{ ...one, readAt: now.toISOString() }],
			{ ...THEN_DELETE, ...set },
			{
				now,
				inScope: [inScope],
			},
		).decisions[0]!;
	/** Writes and decides until nothing is left to do; the account as it is then. */
	function rest(start: ReturnType<typeof subject>, now: Date, set = {}, inScope = true) {
		let one = start;
		for (const path: string[] = []; ; ) {
			const decision = decideAt(one, now, set, inScope);
			path.push(`${decision.action} ${decision.code}`);
			const isWrite = ['update', 'deprovision', 'delete', 'reactivate'].includes(decision.action);
			if (!isWrite) {
				const { decision: _decision, outcome: _outcome, ...fresh } = one;
				return { one: fresh, path };
			}
			one = apply(one, decision, now);
		}
	}
	const changed = (one: ReturnType<typeof subject>, patch: Partial<Person>) => ({
		...one,
		person: { ...one.person!, ...patch },
	});

	it('S9 a: suspended for the scope, later offboarded: the days count from the day they left', () => {
		const counted = { match: matched({ accountsInUse: 50 }) };
		const onLeave = rest(subject(counted), NOW, { outOfScope: 'suspend' }, false);
		expect(onLeave.path).toEqual(['deprovision scope.left', 'noAction leaver.suspended']);
		expect(stampOf(onLeave.one.account!)).toMatchObject({ reason: 'scope', at: NOW });
		const gone = rest(changed(onLeave.one, { status: 'offboarded' }), days(43));
		expect(gone.path).toEqual(['deprovision leaver.offboarded', 'noAction leaver.deleteLater']);
		expect(stampOf(gone.one.account!)).toEqual({ reason: 'leaving', at: NOW, since: days(43) });
		expect(rest(gone.one, days(72)).path).toEqual(['noAction leaver.deleteLater']);
		expect(rest(gone.one, days(73)).path[0]).toBe('delete leaver.offboarded');
	});
	it('S9 b: Rehires: Review, came back, left again: the days count from then', () => {
		const gone = rest(subject({ person: left }), NOW);
		expect(gone.path).toEqual(['deprovision leaver.offboarded', 'noAction leaver.deleteLater']);
		const back = rest(changed(gone.one, { status: 'active' }), days(10), { rehire: 'review' });
		expect(back.path).toEqual(['update rehire.mark', 'needsReview rehire.review']);
		const again = rest(changed(back.one, { status: 'offboarded' }), days(43));
		expect(again.path).toEqual(['deprovision leaver.offboarded', 'noAction leaver.deleteLater']);
		expect(rest(again.one, days(73)).path[0]).toBe('delete leaver.offboarded');
	});
	it('S9 b: the same for who comes back later, and never comes', () => {
		const gone = rest(subject({ person: left }), NOW);
		const hired = { status: 'newHire', employmentStartDate: '2027-02-01' } as const;
		const back = rest(changed(gone.one, hired), days(10));
		expect(back.path).toEqual(['update rehire.mark', 'waitUntilDue rehire.notYet']);
		const cancelled = rest(changed(back.one, { status: 'offboarded' }), days(43));
		expect(cancelled.path[0]).toBe('deprovision leaver.offboarded');
		expect(rest(cancelled.one, days(72)).path).toEqual(['noAction leaver.deleteLater']);
	});
	it('S9 b: and where Activation Trigger: Never leaves a cancelled hire to people', () => {
		const gone = suspended({ activated: false });
		const set = { activationTrigger: 'never' } as const;
		expect(rest(subject({ account: gone }), NOW, set).path).toEqual([
			'update rehire.mark',
			'needsReview rehire.neverActivated',
		]);
	});
	it('nothing is noted in Review Everything, where Update is not allowed, or without Field Mapper', () => {
		const back = { account: suspended() };
		const set = { rehire: 'review' } as const;
		expect(verdict(back, { ...set, mode: 'review' })).toBe('needsReview mode.review');
		expect(verdict(back, { ...set, actionsAllowed: ['reactivate'] })).toBe(
			'needsReview rehire.review',
		);
		expect(verdict({ ...back, desired: undefined }, set)).toBe('needsReview rehire.review');
		const forTheScope = { account: suspended({ attributes: stamped('2026-11-01T00:00Z scope') }) };
		expect(verdict(forTheScope, set)).toBe('needsReview rehire.review');
	});
	it('with Delete nobody waits for a reason', () => {
		const scoped = suspended({ attributes: stamped('2026-11-01T09:00:00.000Z scope') });
		expect(verdict({ person: left, account: scoped }, { deprovisionHow: 'delete' })).toBe(
			'delete leaver.offboarded',
		);
	});
	it('says that the days count anew, and only then', () => {
		const reasonOf = (stamp: string, set: object) =>
			decideOne({ person: left, account: suspended({ attributes: stamped(stamp) }) }, set).reason;
		const anew = ' The days until deletion count from now.';
		expect(reasonOf('2026-01-01T00:00:00.000Z scope', THEN_DELETE)).toContain(anew);
		expect(reasonOf('2026-01-01T00:00:00.000Z leaving', THEN_DELETE)).not.toContain(anew);
		expect(decideOne({ person: left }, THEN_DELETE).reason).not.toContain(anew);
	});
});

describe('two records of one human', () => {
	const sharer = (patch: Partial<Person> = {}) =>
		person({ status: 'offboarded', sharesWorkEmailWith: [OTHER_ID], ...patch });
	const same = sharer({ sameNameAndEmailAs: [OTHER_ID] });
	it('the account of the old record stays, whatever is chosen', () => {
		for (const [deprovisionHow, blockedAction] of [
			['suspend', 'deprovision'],
			['delete', 'delete'],
			['suspendThenDelete', 'deprovision'],
			['review', 'deprovision'],
		] as const)
			expect(decideOne({ person: same }, { deprovisionHow })).toMatchObject({
				...{ action: 'needsReview', code: 'leaver.sameHuman', blockedAction },
				reason: expect.stringContaining(
					`has the same work email (Humaans ID ${OTHER_ID}), so the account`,
				),
			});
		expect(verdict({ person: sharer() })).toBe('deprovision leaver.offboarded');
	});
	it('a suspended account of theirs is not deleted either, and nothing else is said of it', () => {
		const old = suspended({ attributes: stamped('2026-01-01T09:00:00.000Z leaving') });
		expect(
			decideOne({ person: same, account: old }, { deprovisionHow: 'suspendThenDelete' }),
		).toMatchObject({ action: 'needsReview', code: 'leaver.sameHuman', blockedAction: 'delete' });
		expect(verdict({ person: same, account: old })).toBe('noAction leaver.suspended');
		expect(verdict({ person: sharer(), account: old }, { deprovisionHow: 'delete' })).toBe(
			'delete leaver.offboarded',
		);
	});
	it('who is gone: by what the read says of the account’s email, and by the people of the run', () => {
		const gone = { person: null, desired: undefined };
		expect(verdict({ ...gone, accountEmailOf: [OTHER_ID] })).toBe('needsReview leaver.sameHuman');
		expect(verdict({ ...gone, accountEmailOf: [] })).toBe('deprovision leaver.deleted');
		const heir = (patch: Partial<Person>, own: Partial<Subject>) =>
			another(2, { person: person({ id: another(2).personId!, ...patch }), ...own });
		const codeWith = (patch: Partial<Person>, own: Partial<Subject> = { account: null }) =>
			decideAll([
				subject({
					...gone,
					account: account({ lastname: 'Silva', email: 'ANA.Silva@acme.example' }),
				}),
				heir(patch, own),
			]).decisions[0]!.code;
		expect(codeWith({})).toBe('leaver.sameHuman');
		// With an account of their own they do not need this one.
		expect(codeWith({}, {})).toBe('leaver.deleted');
		expect(codeWith({ firstName: 'Bo' })).toBe('leaver.sameHuman');
		expect(codeWith({ lastName: 'Lind' })).toBe('leaver.sameHuman');
		expect(codeWith({ firstName: 'Bo', lastName: 'Lind' })).toBe('leaver.deleted');
		expect(codeWith({ status: 'offboarded' })).toBe('leaver.deleted');
		expect(codeWith({ email: 'other@acme.example' })).toBe('leaver.deleted');
	});
	it('nobody is their own second record', () => {
		expect(verdict({ person: sharer({ sameNameAndEmailAs: [person().id] }) })).toBe(
			'deprovision leaver.offboarded',
		);
		expect(
			decideAll([subject({ person: left }), another(2)]).decisions.map(({ code }) => code),
		).toEqual(['leaver.offboarded', 'inStep']);
	});
});

describe('two records of one human, when the work email went to the new one', () => {
	const gone = person({ status: 'offboarded', email: null });
	const heir = person({ id: OTHER_ID, personalEmail: null });
	const codeWith = (patch: Partial<Person>, facts: object = {}, more: Partial<Subject> = {}) =>
		decideOne({ person: { ...gone, ...patch }, ...more }, {}, facts).code;
	const runWith = (...people: Person[]) => ({
		run: { holdsEverybody: true, workEmails: new Map([[EMAIL, people]]) },
	});
	it('the account stays for a namesake who has its email, by what the record says', () => {
		expect(codeWith({ sameNameAs: { [OTHER_ID]: EMAIL.toUpperCase() } })).toBe('leaver.sameHuman');
		expect(codeWith({ sameNameAs: { [OTHER_ID]: 'ana2@acme.example' } })).toBe('leaver.offboarded');
		expect(codeWith({ sameNameAs: {} })).toBe('leaver.offboarded');
	});
	it('and by the run, when both names agree', () => {
		expect(codeWith({}, runWith(heir))).toBe('leaver.sameHuman');
		expect(codeWith({}, runWith({ ...heir, lastName: 'Costa' }))).toBe('leaver.offboarded');
		expect(codeWith({}, runWith({ ...heir, id: gone.id }))).toBe('leaver.offboarded');
	});
	it('but not for one who has an account of their own', () => {
		const sameNameAs = { [OTHER_ID]: EMAIL };
		const match = (ids: string[]) => ({ match: matched({ namesakesWithAccount: ids }) });
		expect(codeWith({ sameNameAs }, {}, match([OTHER_ID]))).toBe('leaver.offboarded');
		expect(codeWith({ sameNameAs }, {}, match(['somebody else']))).toBe('leaver.sameHuman');
		const { run } = runWith(heir);
		expect(codeWith({}, { run: { ...run, withAccount: new Set([OTHER_ID]) } })).toBe(
			'leaver.offboarded',
		);
		expect(codeWith({}, { run: { ...run, withAccount: new Set() } })).toBe('leaver.sameHuman');
	});
});
