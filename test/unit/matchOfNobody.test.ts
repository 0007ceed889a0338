/** Accounts of nobody: Match gives them when it is asked to, and the policy leaves them alone. */
import { readFileSync } from 'node:fs';
import { isWriteAction } from '../../nodes/core/actions';
import { decideRun } from '../../nodes/core/policy/decideRun';
import { DEFAULT_SETTINGS, type PolicySettings } from '../../nodes/core/policy/settings';
import { addPass, newTotals, summaryOf } from '../../nodes/core/policy/summary';
import type { Match, Person, Subject } from '../../nodes/core/subject';
import { parsePersonRow } from '../../nodes/core/person/person';
import { matchSubjects, type MatchOptions } from '../../nodes/services/jumpcloud/matchSubjects';
import { setClock, ACME_NOON } from '../harness/fixedClock';
import { clientFor } from '../harness/jumpCloudOverHttp';
import { personIdOf } from '../harness/personIds';
import { startSandbox, type Sandbox } from '../sandbox';

let sandbox: Sandbox;
let start: ReturnType<Sandbox['snapshot']>;
beforeAll(async () => {
	setClock(ACME_NOON);
	sandbox = await startSandbox({ now: () => new Date() });
	start = sandbox.snapshot();
});
afterAll(async () => {
	await sandbox.stop();
	jest.useRealTimers();
});
beforeEach(() => sandbox.restore(start));
afterEach(() => {
	expect(sandbox.violations).toEqual([]);
	expect(sandbox.writes()).toEqual([]);
});

const personOf = (row: object): Person => {
	const parsed = parsePersonRow(row);
	if (!('person' in parsed)) throw new Error('The sandbox has a person that cannot be read.');
	return parsed.person as Person;
};
const everybody = (more: Partial<Subject> = {}): Subject[] =>
	sandbox.humaans.people.map((row) => {
		const person = personOf(row);
		return { personId: person.id, person, complete: true, ...more };
	});
const match = async (subjects: Subject[], options: Partial<MatchOptions> = {}) =>
	await matchSubjects(clientFor(sandbox), subjects, {
		...{ by: ['employeeIdentifier', 'email'], emitMissing: true, emitOfNobody: true },
		...options,
	});
const idsOf = (subjects: readonly Subject[]) =>
	subjects.flatMap(({ account }) => account?._id ?? []).sort();

describe('Match', () => {
	it('gives each account of JumpCloud once, those of nobody last and without a person', async () => {
		const result = await match(everybody());
		const { subjects, missing, ofNobody } = result;
		expect(result.notice).toBeNull();
		expect(idsOf([...subjects, ...missing, ...ofNobody])).toEqual(
			sandbox.jumpCloud.accounts.map(({ _id }) => _id).sort(),
		);
		expect(ofNobody.length).toBeGreaterThan(3);
		for (const one of ofNobody) {
			expect(one).toMatchObject({ complete: true, match: { by: null, ofNobody: true } });
			expect('person' in one || 'personId' in one).toBe(false);
		}
		const total = sandbox.jumpCloud.accounts.length;
		for (const { match: found } of [...subjects, ...missing, ...ofNobody])
			expect(found!.accountsRead).toBe(total);
	});

	it('an account that two people claim, or one of two that fit, says who', async () => {
		const { subjects, ofNobody } = await match(everybody());
		const unsure = subjects.filter(({ match: found }) => found!.conflict !== undefined);
		expect(unsure.length).toBeGreaterThan(0);
		for (const { personId, match: found } of unsure)
			for (const { id } of found!.candidates) {
				const item = ofNobody.find(({ account }) => account!._id === id);
				expect(item?.match).toMatchObject({
					certain: false,
					claimants: expect.arrayContaining([personId]),
				});
			}
	});

	it('without it nothing differs: the same people, the same accounts, the same keys', async () => {
		const before = await match(everybody(), { emitOfNobody: false });
		expect(before.ofNobody).toEqual([]);
		const { subjects, missing } = await match(everybody());
		const without = (some: readonly Subject[]) =>
			some.map((one) => {
				const found = { ...one.match! };
				delete found.accountsRead;
				return { ...one, match: found };
			});
		expect(without(subjects)).toEqual(before.subjects);
		expect(without(missing)).toEqual(before.missing);
		expect(JSON.stringify(before)).not.toMatch(/accountsRead|"ofNobody":true/);
	});

	it('linked accounts whose person is missing are the business of the other option', async () => {
		const both = await match(everybody());
		expect(both.missing.length).toBeGreaterThan(0);
		const one = await match(everybody(), { emitMissing: false });
		expect(one.missing).toEqual([]);
		expect(idsOf(one.ofNobody)).toEqual(idsOf(both.ofNobody));
	});

	it.each([
		['people who were not read completely', { complete: false }, 'were not read completely'],
		['some people only', { part: 'some' }, 'only some people are in it'],
		['one batch of the people', { part: '1/2' }, 'only some people are in it'],
	])('%s: none, and the notice says why', async (_what, more, why) => {
		const { ofNobody, notice } = await match(everybody(more), { emitMissing: false });
		expect(ofNobody).toEqual([]);
		expect(notice).toMatch(/^\d+ accounts have no person in this run\. They were left out/);
		expect(notice).toContain(why);
	});

	it('a link that somebody typed, and one of another company, are of nobody', async () => {
		const linked = sandbox.admin.linked();
		const companyId = String(sandbox.humaans.people[0]!.companyId);
		const set = (at: number, attributes: Array<{ name: string; value: string }>) =>
			sandbox.admin.setAccount(linked[at]!._id, { attributes } as never);
		set(0, [{ name: 'humaansId', value: 'typed' }]);
		set(1, [
			{ name: 'humaansId', value: personIdOf('other') },
			{ name: 'humaansCompany', value: `${companyId}x` },
		]);
		for (const account of [linked[0]!, linked[1]!])
			sandbox.admin.setAccount(account._id, {
				email: `${account._id}@else.example`,
				employeeIdentifier: null,
			} as never);
		const { ofNobody } = await match(everybody());
		expect(idsOf(ofNobody)).toEqual(expect.arrayContaining([linked[0]!._id, linked[1]!._id]));
	});
});

describe('Provisioning Policy', () => {
	const SETTINGS: PolicySettings = { ...DEFAULT_SETTINGS, mode: 'apply' };
	const decided = (subjects: Subject[], settings: Partial<PolicySettings> = {}) =>
		decideRun({
			...{ subjects, settings: { ...SETTINGS, ...settings }, now: new Date(), memory: {} },
			inScope: subjects.map(() => true),
		});

	it.each<Partial<PolicySettings>>([
		{},
		{ mode: 'review' },
		{ deprovisionHow: 'delete', outOfScope: 'suspend' },
		{ existingAccounts: 'adopt', activationTrigger: 'immediately', explain: true },
	])('never writes on them, whatever is set: %j', async (settings) => {
		const { ofNobody } = await match(everybody());
		const { decisions } = decided(ofNobody, settings);
		expect(new Set(decisions.map(({ action, code }) => `${action} ${code}`))).toEqual(
			new Set(['noAction account.ofNobody']),
		);
		for (const { rows, reason, blockedAction } of decisions) {
			expect(rows![0]).toMatchObject({ Person: '(nobody)', Action: 'Nothing', Why: reason });
			expect(blockedAction).toBeUndefined();
		}
	});

	it('decides about the people as it does without them, and counts people only', async () => {
		const before = await match(everybody(), { emitOfNobody: false });
		const { subjects, missing, ofNobody } = await match(everybody());
		const people = [...subjects, ...missing];
		const all = decided([...people, ...ofNobody]);
		const alone = decided([...before.subjects, ...before.missing]);
		expect(all.decisions.slice(0, people.length)).toEqual(alone.decisions);
		expect(alone.decisions.some(({ action }) => isWriteAction(action))).toBe(true);
		const totals = newTotals();
		addPass(totals, [...people, ...ofNobody], all, false);
		expect(summaryOf(totals).people).toBe(people.length);
	});

	it('an item that only says so, and names a person, is decided like any other', () => {
		const account = { _id: 'a', username: 'u', email: 'u@acme.example', attributes: [] };
		const found: Match = { by: null, certain: true, candidates: [], ofNobody: true };
		const codes = (subject: Subject) => decided([subject]).decisions[0]!.code;
		expect(codes({ account, match: found })).toBe('account.ofNobody');
		expect(codes({ account, match: { ...found, ofNobody: undefined as never } })).toBe(
			'person.noId',
		);
		expect(codes({ account, match: found, personId: personIdOf('a') })).toBe('person.unconfirmed');
		expect(codes({ match: found })).toBe('person.noId');
	});
});

it('the panel names it, and the schema of the output has it', () => {
	const schema = JSON.parse(
		readFileSync('nodes/JumpCloudUser/__schema__/v1.0.0/user/match.json', 'utf8'),
	) as { properties: { match: { properties: Record<string, unknown> } } };
	expect(schema.properties.match.properties).toMatchObject({
		ofNobody: { type: 'boolean' },
		accountsRead: { type: 'integer' },
	});
});
