/** Whose account is it: people and accounts that nothing links yet. */
import { runFacts } from '../../nodes/core/policy/run';
import type { RunFacts } from '../../nodes/core/policy/verdict';
import type { Account, Evidence, Subject } from '../../nodes/core/subject';
import {
	EMAIL,
	ID,
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
	named,
	person,
	staged,
	subject,
	suspended,
	verdict,
} from './policyWorld';

const none = { account: null, match: matched({ by: null }) };
const unlinked = (by: Evidence[], patch: Partial<Account> = {}) => ({
	account: account({ attributes: [], ...patch }),
	match: foundBy(...by),
});
const ID_ALONE: Evidence[] = ['employeeIdentifier'];
const ID_AND_NAME: Evidence[] = ['employeeIdentifier', 'name'];

describe('who and which', () => {
	it('claimants and candidates are named', () => {
		const conflict = (patch: object) =>
			decideOne({ account: null, match: matched({ certain: false, ...patch }) }).reason;
		const two = [
			{ id: 'a', username: 'a', linkedTo: 'x', by: [] },
			named(['email'], { id: 'b', username: 'b', employeeIdentifier: 'E-7', linkedTo: null }),
		];
		expect(conflict({ conflict: 'twoClaimants', candidates: two })).toBe(
			'Several people claim the account a (linked to x), b (ana.silva@acme.example, employee ID ' +
				'E-7, activated, linked to nobody): . Two people never share an account.',
		);
		expect(conflict({ conflict: 'twoCandidates', candidates: two })).toContain(
			'Several JumpCloud accounts fit this person: a (linked to x), b (',
		);
		expect(
			conflict({ conflict: 'twoClaimants', candidates: two, claimants: ['p', 'q'] }),
		).toContain('linked to nobody): p, q. ');
	});
	it('claimants who are in the run are called by their names', () => {
		const ben = person({ id: OTHER_ID, firstName: 'Ben', preferredName: null, lastName: 'Ode' });
		const conflict = matched({
			...{ by: null, certain: false, conflict: 'twoClaimants', claimants: [ID, OTHER_ID, 'gone'] },
		});
		const run = runFacts([subject(), subject({ personId: OTHER_ID, person: ben })]);
		expect(decideOne({ account: null, match: conflict }, {}, { run }).reason).toContain(
			`: Ana Silva (${ID}), Ben Ode (${OTHER_ID}), gone. `,
		);
	});
	it('several sharers are all named; none is none', () => {
		const shared = person({ sharesWorkEmailWith: ['a', 'b'] });
		expect(decideOne({ ...unlinked(['email']), person: shared }).reason).toContain('(a, b)');
		expect(decideOne({ ...none, person: shared }).reason).toContain('(a, b)');
		const alone = person({ sharesWorkEmailWith: [] });
		expect(verdict({ ...unlinked(['email']), person: alone })).toBe('update adopt');
		expect(verdict({ person: alone })).toBe('noAction inStep');
	});
	it('an employee ID that several people have matters where the work email does not fit', () => {
		const shared = person({ sharesEmployeeIdWith: ['a', 'b'] });
		const by = (evidence: Evidence[], patch: Partial<Subject> = {}) => ({
			...unlinked(evidence),
			...{ person: shared, ...patch },
		});
		expect(decideOne(by(ID_AND_NAME)).reason).toContain('same employee ID (a, b)');
		expect(verdict(by(ID_AND_NAME))).toBe('needsReview match.twoClaimants');
		expect(verdict(by(ID_ALONE))).toBe('needsReview match.twoClaimants');
		const alone = person({ sharesEmployeeIdWith: [] });
		expect(verdict(by(ID_AND_NAME, { person: alone }))).toBe('update adopt');
		expect(verdict(by(['email']))).toBe('update adopt');
		expect(verdict(by(['employeeIdentifier', 'email']))).toBe('update adopt');
		expect(verdict(by(ID_AND_NAME, { account: account() }))).toBe('noAction inStep');
		expect(verdict(by(ID_AND_NAME, { person: null }))).toBe('needsReview leaver.notLinked');
	});
	it('by employee ID and name nothing is adopted when only this person was read: it could be another one’s too', () => {
		const alone = person({ sharesWorkEmailWith: [], readAlone: true });
		const found = (keys: Evidence[], patch: Partial<Subject> = {}) => ({
			...{ account: account({ attributes: [] }), person: alone, ...patch },
			match: {
				...foundBy(...keys),
				candidates: [named(['email'], { id: 'other', username: 'b' }), named(keys)],
			},
		});
		expect(decideOne(found(ID_AND_NAME))).toMatchObject({
			action: 'needsReview',
			code: 'adopt.notSure',
			blockedAction: 'update',
			reason:
				'The account ana.silva has the same employee ID and another email, and only this ' +
				'person was read: somebody else could have that ID too. Run a workflow that reads ' +
				'everybody, such as Reconcile.',
		});
		expect(verdict(found(['employeeIdentifier', 'email']))).toBe('update adopt');
		expect(verdict(found(['email']))).toBe('update adopt');
		expect(verdict(found(ID_AND_NAME, { account: account() }))).toBe('noAction inStep');
		expect(verdict(found(ID_AND_NAME, { person: person() }))).toBe('update adopt');
		expect(verdict(found(ID_AND_NAME, { person: null }))).toBe('needsReview leaver.notLinked');
	});
	it('what speaks for the account is taken from its candidate; without one, from the key of the match', () => {
		const by = (key: 'email' | 'employeeIdentifier' | null, candidates = [named([])]) =>
			verdict({
				account: account({ attributes: [] }),
				match: matched({ by: key, candidates }),
			});
		expect(by('employeeIdentifier', [named(['email'])])).toBe('update adopt');
		expect(by('email', [named(ID_ALONE)])).toBe('needsReview adopt.employeeIdOnly');
		expect(by('email', [named(ID_ALONE, { id: 'other' })])).toBe('update adopt');
		expect(by('email', [])).toBe('update adopt');
		expect(by(null, [])).toBe('needsReview adopt.employeeIdOnly');
	});
	it('an adoption names what it rests on, and links the account', () => {
		const by = (evidence: Evidence[]) => decideOne(unlinked(evidence));
		expect(by(['email']).reason).toBe(
			'The account ana.silva has the same work email and is not linked to anybody.',
		);
		expect(by(ID_AND_NAME).reason).toBe(
			'The account ana.silva has the same employee ID and name and is not linked to anybody.',
		);
		expect(by(['email']).changes).toEqual([
			expect.objectContaining({ attribute: 'humaansId', from: null, to: person().id }),
		]);
	});
	it('people who are only known by their ID are called by it', () => {
		const linked = account({ attributes: [{ name: 'humaansId', value: OTHER_ID }] });
		const reasonWith = (run?: RunFacts) => decideOne({ account: linked }, {}, { run }).reason;
		const runOf = (names?: RunFacts['names']): RunFacts => ({
			...{ holdsEverybody: false, workEmails: new Map(), ...(names ? { names } : {}) },
		});
		const fits = 'The account ana.silva fits this person but is linked to ';
		expect(reasonWith()).toBe(`${fits}${OTHER_ID}.`);
		expect(reasonWith(runOf())).toBe(`${fits}${OTHER_ID}.`);
		expect(reasonWith(runOf(new Map([[OTHER_ID, OTHER_ID]])))).toBe(`${fits}${OTHER_ID}.`);
		expect(reasonWith(runOf(new Map([[OTHER_ID, 'Bo Lind']])))).toBe(
			`${fits}Bo Lind (${OTHER_ID}).`,
		);
	});
	it('without Field Mapper nothing is adopted, and that is said', () =>
		expect(decideOne({ ...unlinked(['email']), desired: undefined })).toMatchObject({
			...{ action: 'needsReview', code: 'desired.missing' },
			reason: 'Nobody said what the account should hold. Put Field Mapper before the policy.',
		}));
	it('without Field Mapper nothing is adopted', () =>
		expect(verdict({ ...unlinked(['email']), desired: undefined })).toBe(
			'needsReview desired.missing',
		));
	it('Existing Accounts: Review holds an adoption with all that there is to say', () => {
		const problem = { field: 'phone', message: 'The phone number is none.' };
		const found = unlinked(['email']);
		expect(
			decideOne(
				{
					...{ ...found, match: { ...found.match, notes: ['A note about another account.'] } },
					desired: desired({}, { problems: [problem] }),
				},
				{ existingAccounts: 'review' },
			),
		).toMatchObject({
			...{ action: 'needsReview', code: 'adopt.review', blockedAction: 'update' },
			warnings: [problem.message, 'A note about another account.'],
		});
	});
});

describe('S2: what a typed employee ID takes over', () => {
	const root = (patch: Partial<Account> = {}) =>
		unlinked(ID_ALONE, { username: 'root-admin', email: 'root-admin@acme.example', ...patch });
	it('S2: an administrator’s account is not adopted, whatever fits', () => {
		for (const by of [ID_ALONE, ID_AND_NAME, ['email'] as Evidence[]]) {
			const found = { ...unlinked(by, { admin: { id: 'a' } }) };
			expect(verdict(found)).toBe('needsReview account.administrator');
			expect(decideOne(found).blockedAction).toBe('update');
		}
	});
	it('S2: nor is one on the list, with the protecting attribute, or of the key’s owner', () => {
		const breakGlass = [{ name: 'breakGlass', value: 'yes' }];
		for (const by of [ID_ALONE, ID_AND_NAME, ['email'] as Evidence[]]) {
			expect(verdict(unlinked(by), { protectedAccounts: new Set(['ana.silva']) })).toBe(
				'needsReview account.protected',
			);
			expect(verdict(unlinked(by), { protectedAccounts: new Set(['account1']) })).toBe(
				'needsReview account.protected',
			);
			expect(
				verdict(unlinked(by, { attributes: breakGlass }), { protectedAttribute: 'breakGlass' }),
			).toBe('needsReview account.protected');
			expect(verdict(unlinked(by), { apiKeyOwner: EMAIL })).toBe('needsReview account.apiKeyOwner');
		}
	});
	it('S2: nor is one that somebody staged or suspended', () => {
		const other = { attributes: [] };
		for (const by of [ID_ALONE, ID_AND_NAME, ['email'] as Evidence[]]) {
			expect(verdict({ account: staged(other), match: foundBy(...by) })).toBe(
				'needsReview adopt.staged',
			);
			expect(verdict({ account: suspended(other), match: foundBy(...by) })).toBe(
				'needsReview account.suspendedByOthers',
			);
			expect(decideOne({ account: suspended(other), match: foundBy(...by) }).blockedAction).toBe(
				'update',
			);
			expect(decideOne({ account: staged(other), match: foundBy(...by) }).blockedAction).toBe(
				'update',
			);
		}
	});
	it('S2: an employee ID alone takes over nobody’s account', () => {
		expect(decideOne(root())).toMatchObject({
			action: 'needsReview',
			code: 'adopt.employeeIdOnly',
			blockedAction: 'update',
			reason: expect.stringContaining(
				'The account root-admin has the same employee ID, and neither the same work email nor ' +
					'the same name. An employee ID is typed in by hand',
			),
		});
		expect(decideOne(root()).reason).toContain(
			'To link an account yourself, set its custom attribute humaansId to person00000000000000000a.',
		);
	});
	it('S2: a protected account that nobody adopted is not suspended for a newcomer who leaves', () =>
		expect(verdict({ ...root(), person: person({ status: 'offboarded' }) })).toBe(
			'needsReview leaver.notLinked',
		));
});

describe('S12: the work email that a creation would use is an account’s already', () => {
	const taken = {
		...none,
		match: matched({
			by: null,
			emailHeldBy: [named([], { username: 'mallory', linkedTo: OTHER_ID })],
		}),
	};
	it('S12: the account is named, and nothing is tried', () =>
		expect(decideOne(taken)).toMatchObject({
			action: 'needsReview',
			code: 'create.emailTaken',
			blockedAction: 'create',
			reason: expect.stringContaining(
				`mallory (ana.silva@acme.example, activated, linked to ${OTHER_ID}). Is that account theirs? `,
			),
		}));
	it('S12: every account that holds it is named', () =>
		expect(
			decideOne({
				...none,
				match: matched({
					by: null,
					emailHeldBy: [
						named([], { username: 'mallory' }),
						named([], { username: 'trent', state: 'STAGED', employeeIdentifier: 'A1' }),
					],
				}),
			}).reason,
		).toBe(
			'The account cannot be created: the work email is in use already, as the email or the ' +
				'personal email of mallory (ana.silva@acme.example, activated, linked to nobody), trent ' +
				'(ana.silva@acme.example, employee ID A1, staged, linked to nobody). Is that account ' +
				`theirs? To link an account yourself, set its custom attribute humaansId to ${subject().personId!}. ` +
				'If not, free the email there, or correct it in Humaans.',
		));
	it('nobody who holds it is nobody', () =>
		expect(verdict({ ...none, match: matched({ by: null, emailHeldBy: [] }) })).toBe(
			'create joiner.noAccount',
		));
	it('a linked account of their own is not kept back by it', () =>
		expect(verdict({ match: { ...taken.match, by: 'link' } })).toBe('noAction inStep'));
});

describe('F3: what somebody else has typed', () => {
	const shared = { sharesWorkEmailWith: [OTHER_ID], sharesEmployeeIdWith: [OTHER_ID] };
	it('F3: keeps nobody’s linked account from being changed', () =>
		expect(verdict({ person: person(shared), desired: desired({ department: 'Legal' }) })).toBe(
			'update drift',
		));
	it('F3: keeps no leaver’s linked account open', () =>
		expect(verdict({ person: person({ ...shared, status: 'offboarded' }) })).toBe(
			'deprovision leaver.offboarded',
		));
	it('F3: a newcomer with the same employee ID in the run changes nothing for the leaver', () => {
		const leaver = subject({
			person: person({ status: 'offboarded', employeeId: 'TBC', sharesEmployeeIdWith: [OTHER_ID] }),
		});
		const newcomer = another(2, {
			...none,
			match: matched({ by: null, notes: ['The account ana.silva has the same employee ID.'] }),
		});
		const { decisions } = decideAll([leaver, newcomer]);
		expect(decisions.map(({ code }) => code)).toEqual(['leaver.offboarded', 'joiner.noAccount']);
		expect(decisions[1]!.warnings).toEqual(['The account ana.silva has the same employee ID.']);
	});
});

describe('F1: the Humaans company of an account', () => {
	const ofCompany = person({ companyId: 'company1' });
	const company = (value: string) => [...account().attributes!, { name: 'humaansCompany', value }];
	it('F1: a link that was made before gets it with the next update, and then nothing is left', () => {
		const before = subject({ person: ofCompany });
		const decision = decideOne({ person: ofCompany });
		expect(decision).toMatchObject({ action: 'update', code: 'drift' });
		expect(decision.changes).toEqual([
			{
				...{ attribute: 'humaansCompany', from: null, to: 'company1', rule: 'always' },
				why: 'says of which Humaans company',
			},
		]);
		const { outcome: _outcome, decision: _decision, ...after } = apply(before, decision, NOW);
		expect(after.account!.attributes).toEqual(company('company1'));
		expect(verdict(after)).toBe('noAction inStep');
	});
	it('F1: an adoption writes it beside the link', () =>
		expect(
			decideOne({ ...unlinked(['email']), person: ofCompany }).changes.map(
				({ attribute }) => attribute,
			),
		).toEqual(['humaansId', 'humaansCompany']));
	it('F1: a read that does not name the company changes nothing', () => {
		for (const companyId of [undefined, null]) {
			expect(
				verdict({
					person: person({ companyId }),
					account: account({ attributes: company('company1') }),
				}),
			).toBe('noAction inStep');
		}
	});
	it('F1: only the attributes that were decided are written, although others differ by then', () => {
		const before = subject({ person: ofCompany });
		const decision = decideOne({ person: ofCompany });
		const edited = { ...before, account: account({ department: 'Legal' }) };
		const after = apply(edited, decision, NOW);
		expect(after.account).toMatchObject({ department: 'Legal' });
	});
});
