/** What is known of everybody in a run before anybody is decided on. */
import { accountsInUse, repeatsOf, runFacts } from '../../nodes/core/policy/run';
import type { Subject } from '../../nodes/core/subject';
import { another, matched, person, subject } from './policyWorld';

/** Somebody with this work email. */
const holder = (index: number, email: string | null, patch: Partial<Subject> = {}): Subject =>
	another(index, { person: person({ id: another(index).personId!, email }), ...patch });

describe('who has a work email', () => {
	const holdersOf = (subjects: Subject[], email: string) =>
		runFacts(subjects)
			.workEmails.get(email)
			?.map(({ id }) => id);
	const idOf = (index: number) => another(index).personId!;
	it('everybody who has it, in any case, in their order', () => {
		const several = [
			holder(1, 'same@acme.example'),
			holder(2, 'Same@acme.example'),
			holder(3, 'SAME@ACME.EXAMPLE'),
			holder(4, 'other@acme.example'),
		];
		expect(holdersOf(several, 'same@acme.example')).toEqual([idOf(1), idOf(2), idOf(3)]);
		expect(holdersOf(several, 'other@acme.example')).toEqual([idOf(4)]);
		expect(holdersOf(several, 'nobody@acme.example')).toBeUndefined();
	});
	it('each of them once, also when an item comes twice', () => {
		const one = holder(1, 'same@acme.example');
		const other = holder(2, 'same@acme.example');
		expect(holdersOf([one, one], 'same@acme.example')).toEqual([idOf(1)]);
		expect(holdersOf([one, other, one, other], 'same@acme.example')).toEqual([idOf(1), idOf(2)]);
	});
	it('nobody who has left, and nobody without one', () => {
		const { id } = another(1).person!;
		const left = person({ id, email: 'same@acme.example', status: 'offboarded' });
		expect(runFacts([holder(1, null, { person: left }), holder(2, null)]).workEmails.size).toBe(0);
	});
});

describe('whether everybody is in the run', () => {
	const read = (peopleRead: number | undefined, count = 2, patch: Partial<Subject> = {}) =>
		Array.from({ length: count }, (_, index) => another(index, { peopleRead, ...patch }));
	const holdsAll = (subjects: Subject[]) => runFacts(subjects).holdsEverybody;
	it('as many as the read behind it saw', () => {
		expect([holdsAll(read(2)), holdsAll(read(3)), holdsAll(read(undefined))]).toEqual([
			...[true, false, false],
		]);
	});
	it('of two reads the one that saw more counts', () => {
		expect(holdsAll([...read(3), another(7, { peopleRead: 4 })])).toBe(false);
		expect(holdsAll([...read(3), another(7, { peopleRead: 3 })])).toBe(true);
		expect(holdsAll([...read(2), another(7)])).toBe(false);
	});
	it('no part of a run, no incomplete read, and nobody twice in place of another', () => {
		expect(holdsAll(read(2, 2, { complete: false }))).toBe(false);
		expect(holdsAll([...read(2, 1), ...read(2, 1)])).toBe(false);
	});
	it('a run of nobody is not everybody', () => expect(holdsAll([])).toBe(false));
});

describe('items about one person', () => {
	it('none is left out where nobody comes twice', () =>
		expect(
			repeatsOf([another(1), another(2), { problem: 'Broken.' }, { problem: 'Broken.' }]),
		).toEqual(new Set()));
	it('the older one is left out, and only it', () => {
		const older = { ...another(1), readAt: '2026-11-23T10:00:00.000Z' };
		expect(repeatsOf([older, another(1), another(2)])).toEqual(new Set([0]));
		expect(repeatsOf([another(1), older, another(2)])).toEqual(new Set([1]));
	});
});

it('accounts in use are as many as the Match that counted most found', () => {
	const counted = (count: number | null) =>
		subject({ match: matched({ accountsInUse: count as number }) });
	expect(accountsInUse([counted(3), counted(7), counted(5), { problem: 'Broken.' }])).toBe(7);
	expect(accountsInUse([subject(), { problem: 'Broken.' }])).toBeNull();
});
