/** A decision as one row of a table that people read. */
import { bareRow, rowOf, weightOf } from '../../nodes/core/policy/row';
import type { PolicySettings } from '../../nodes/core/policy/settings';
import type { Change, Decision, Subject } from '../../nodes/core/subject';
import {
	account,
	another,
	decideAll,
	desired,
	foundBy,
	matched,
	person,
	staged,
	stamped,
	subject,
	suspended,
} from './policyWorld';

const none = { account: null, match: matched({ by: null }) };

describe('a decision as a row of a table', () => {
	const rowFor = (patch: Partial<Subject>, set: Partial<PolicySettings> = {}) =>
		decideAll([subject(patch)], set).decisions[0]!.rows![0];
	it('says who, what, why and what would change', () => {
		expect(
			rowFor({ desired: desired({ department: 'Legal', jobTitle: 'Boss' }) }, { mode: 'review' }),
		).toEqual({
			...{ Person: 'Ana Silva', Action: 'Update' },
			Why: 'Out of step with Humaans: Department, Job Title.',
			Changes: 'Department: Sales → Legal; Job Title: – → Boss',
			...{ 'Work Email': 'ana.silva@acme.example', Account: 'ana.silva (active)' },
			...{ 'Humaans ID': subject().personId!, Code: 'mode.review', Plan: '' },
		});
		expect(rowFor({ account: account({ attributes: [] }), match: foundBy('email') })).toMatchObject(
			{
				...{ Action: 'Adopt', Changes: '–' },
			},
		);
		expect(rowFor({ match: undefined })).toMatchObject({ Action: 'You decide' });
		expect(rowFor({ ...none, person: person({ email: null }) })).toMatchObject({
			...{ 'Work Email': 'ana.silva@acme.example', Account: '–' },
		});
	});
	it('in Review Everything it names all that would follow at once, and the mail', () => {
		const review = { mode: 'review' } as const;
		expect(rowFor(none, review).Action).toBe('Create, Activate, Invite');
		expect(rowFor(none, { ...review, sendInvite: false }).Action).toBe('Create, Activate');
		expect(rowFor(none, { ...review, activationTrigger: 'never' }).Action).toBe('Create');
		expect(rowFor(none).Action).toBe('Create');
	});
	it('who can be sent no invite is created and then a question, in review as in Apply', () => {
		const odd = {
			...none,
			person: person({ personalEmail: 'not an address' }),
			desired: desired({ alternateEmail: 'not an address' }),
		};
		const set = { inviteTo: 'personal' } as const;
		expect(rowFor(odd, { ...set, mode: 'review' }).Action).toBe('Create, You decide');
		const opened = {
			...odd,
			account: staged({ alternateEmail: 'not an address' }),
			match: matched(),
		};
		expect(decideAll([subject(opened)], set).decisions[0]).toMatchObject({
			...{ action: 'needsReview', code: 'invite.noAddress', blockedAction: 'activate' },
		});
	});
	it('names all changes, those of the writes that would follow too', () => {
		const many = { company: 'a', costCenter: 'b', description: 'c', employeeType: 'd' };
		const { Changes } = rowFor({
			desired: desired({ ...many, jobTitle: 'e', location: 'f', department: 'g' }),
		});
		expect(Changes.split('; ')).toHaveLength(7);
		const left = suspended({ attributes: stamped('2026-10-01T00:00:00.000Z leaving') });
		const back = { account: left, desired: desired({ department: 'Legal' }) };
		expect(rowFor(back, { mode: 'review' })).toMatchObject({
			...{ Action: 'Reactivate, Update', Changes: 'Department: Sales → Legal' },
		});
	});
	it('of an item that nobody can make sense of, or that no rule looked at, there is a row too', () => {
		const bad = subject({ account: account({ attributes: [null] as never }) });
		const odd = subject({ person: null, desired: {} as never });
		const { decisions } = decideAll([another(1), bad, { ...odd, personId: 'x' }]);
		expect(decisions.map(({ code, rows }) => [code, rows![0].Action])).toEqual([
			['inStep', 'Nothing'],
			['item.unusable', 'You decide'],
			['match.linkedToAnother', 'You decide'],
		]);
		const explained = decideAll([another(1), odd], { explain: true }).decisions;
		expect(explained.map(({ code }) => code)).toEqual(['inStep', 'leaver.deleted']);
	});
	it('who would lose access comes first, then questions, then changes', () => {
		const weights = (patch: Partial<Decision>) =>
			weightOf({ ...decideAll([subject()]).decisions[0]!, ...patch });
		expect(weights({ blockedAction: 'deprovision', code: 'mode.review' })).toBe(0);
		expect(weights({ action: 'delete' })).toBe(0);
		expect(weights({ action: 'needsReview', code: 'match.missing' })).toBe(1);
		expect(weights({ blockedAction: 'update', code: 'limit.email' })).toBe(1);
		expect(weights({ blockedAction: 'update', code: 'mode.review' })).toBe(2);
		expect(rowOf(subject(), decideAll([subject()]).decisions[0]!)).toMatchObject({
			Action: 'Nothing',
		});
	});
});

describe('the words of a row', () => {
	const decision = decideAll([subject()]).decisions[0]!;
	const rowWith = (patch: Partial<Decision>, of: Partial<Subject> = {}) =>
		rowOf(subject(of), { ...decision, ...patch });
	const change = (attribute: string, from: string | null, to: string | null): Change => ({
		...{ attribute, from, to, rule: 'always', why: '' },
	});

	it.each<[Decision['action'], string]>([
		['create', 'Create'],
		['activate', 'Activate'],
		['waitUntilDue', 'Wait'],
		['update', 'Update'],
		['reactivate', 'Reactivate'],
		['deprovision', 'Suspend'],
		['delete', 'Delete'],
		['needsReview', 'You decide'],
		['noAction', 'Nothing'],
	])('%s is "%s", now and when it is held', (action, words) => {
		expect(rowWith({ action }).Action).toBe(words);
		const held = { action: 'needsReview', blockedAction: action } as const;
		expect(rowWith({ ...held, code: 'mode.review' }).Action).toBe(words);
		// Apply would not do it either.
		const asked = action === 'needsReview' ? words : `You decide (${words})`;
		expect(rowWith({ ...held, code: 'limit.deprovisioning' }).Action).toBe(asked);
	});
	it('only an update of an account that nobody is linked to is an adoption', () => {
		const unlinked = { account: account({ attributes: [] }) };
		expect(rowWith({ action: 'update' }, unlinked).Action).toBe('Adopt');
		expect(rowWith({ action: 'noAction' }, unlinked).Action).toBe('Nothing');
		expect(rowWith({ action: 'deprovision' }, unlinked).Action).toBe('Suspend');
		expect(rowWith({ action: 'update' }, { account: undefined }).Action).toBe('Update');
	});
	it('a change has its label, before and after', () => {
		const labels = ['Department', 'Job Title', 'Company', 'Location', 'First Name'];
		const attributes = ['department', 'jobTitle', 'company', 'location', 'firstname'];
		const changes = attributes.map((attribute) => change(attribute, null, 'x'));
		expect(rowWith({ changes }).Changes).toBe(labels.map((one) => `${one}: – → x`).join('; '));
	});
	it('the reason is the one before it was held, in Review Everything alone', () => {
		const held = { reason: 'Held. It would update.', because: 'Out of step.' };
		expect(rowWith({ ...held, code: 'mode.review' }).Why).toBe('Out of step.');
		expect(rowWith({ ...held, code: 'limit.email' }).Why).toBe('Held. It would update.');
		expect(rowWith({ reason: 'In step.' }).Why).toBe('In step.');
	});
	it.each<[string, Partial<Subject>, string]>([
		['of Humaans first', { person: person({ email: 'new@acme.example' }) }, 'new@acme.example'],
		[
			'then the one that was made',
			{ person: person({ email: null }), desired: desired({ email: 'made@acme.example' }) },
			'made@acme.example',
		],
		[
			'then that of the account',
			{ person: null, desired: undefined, account: account({ email: 'old@acme.example' }) },
			'old@acme.example',
		],
		['none at all', { person: null, desired: undefined, account: undefined }, '–'],
		[
			'nothing that is no text',
			{ person: null, desired: desired({ email: { work: 'x' } as never }) },
			'–',
		],
	])('the work email is %s', (_what, of, email) =>
		expect(rowWith({}, of)['Work Email']).toBe(email),
	);
	it('of an item that nobody can read it says the ID, that somebody decides, and why', () => {
		const bare = (personId: unknown) =>
			bareRow({ personId } as Subject, { ...decision, reason: 'It cannot be decided on.' });
		expect(bare('person1')).toEqual({
			...{ Person: 'person1', Action: 'You decide', Why: 'It cannot be decided on.' },
			...{ Changes: '–', 'Work Email': '–', Account: '–' },
			...{ 'Humaans ID': 'person1', Code: decision.code, Plan: '' },
		});
		expect([bare(undefined).Person, bare(7).Person, bare({ id: 'x' }).Person]).toEqual([
			'–',
			'–',
			'–',
		]);
	});
});

it('every column is one line, whoever wrote the text: Humaans, or JumpCloud', () => {
	const lines = 'Zoe\n• Bea Boss: Nothing.\u2028https://evil.example';
	const one = subject();
	const evil: Subject = {
		...one,
		person: { ...one.person!, preferredName: lines, email: lines },
		account: { ...one.account!, username: lines, department: lines, firstname: lines },
	};
	for (const person of [evil.person, null]) {
		const { decisions } = decideAll([{ ...evil, person }], { explain: true });
		const { rows, reason, warnings, explanation } = decisions[0]!;
		const [row] = rows!;
		for (const text of [...Object.values(row), reason, ...warnings, explanation!.title])
			expect(text).not.toMatch(/[\n\r\u2028\u2029]/);
		const last = person ? ' Silva' : '';
		expect(row.Person).toBe(`Zoe, • Bea Boss: Nothing., https://evil.example${last}`);
		expect(explanation!.text).not.toMatch(/^• Bea/m);
	}
});
