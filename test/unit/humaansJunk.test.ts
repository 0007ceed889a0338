/**
 * Rule 8: whatever a row is, it stops nobody else. Rows that make no sense are put between good ones,
 * in every list of Humaans; the good ones are read as if nothing were beside them.
 */
import fc from 'fast-check';
import { isExplained } from '../../nodes/core/errors';
import { createRequester } from '../../nodes/services/http/requester';
import { HumaansClient } from '../../nodes/services/humaans/client';
import { getManyPeople } from '../../nodes/services/humaans/getMany';
import { readByIds } from '../../nodes/services/humaans/readByIds';
import { PERSON_STATUSES } from '../../nodes/core/person/personRow';
import { HumaansWorld, watch, type Row } from './humaansTriggerWorld';
import { sized } from '../harness/sample';

const NOW = new Date('2026-03-02T09:00:00.000Z');

/** Three people with all that belongs to them. */
function company() {
	const world = new HumaansWorld();
	world.now = NOW;
	world.locations = [{ id: 'l1', label: 'Porto', timezone: 'Europe/Lisbon' }];
	world.customFields = [{ id: 'f1', name: 'T-shirt' }];
	for (const status of PERSON_STATUSES) {
		const id = world.hire({ status, locationId: 'l1', employeeId: `E-${status}` });
		world.giveRole(id, { reportingTo: world.people[0]!.id });
		world.customValues.push({ id: `v-${id}`, personId: id, customFieldId: 'f1', value: 'M' });
	}
	return world;
}
const GOOD = company().people.map(({ id }) => id);

/** Anything that JSON can hold. */
const odd = fc.oneof(
	fc.constantFrom<unknown>(
		...[null, '', ' ', 0, -1, true, [], {}, [null], [[]], '2026-02-30', '\u200b', '__proto__'],
		...['constructor', { toString: 'x' }, { then: 'x' }, '<html>', '\ud800', 'x'.repeat(99)],
		JSON.parse('{"__proto__": {"id": "p"}}'),
	),
	fc.jsonValue({ maxDepth: 2 }),
);
/** A row that looks like a good one in part: some of its values are odd. @param of Whose it is */
const halfOdd = (keys: readonly string[], of: object = {}) =>
	fc
		.record(
			Object.fromEntries(
				keys.map((key) => [key, fc.oneof(odd, fc.constantFrom(...GOOD, 'l1', 'f1', 'active'))]),
			),
			{ requiredKeys: [] },
		)
		.map((row) => ({ ...row, ...of }));
/** Whose rows are odd too. */
const ODD_ONE = { personId: GOOD[1]! };

const PERSON_KEYS = [
	...['status', 'firstName', 'email', 'employeeId', 'role', 'locationId', 'timezone', 'teams'],
	...['workingDays', 'employmentStartDate', 'countryCode', 'companyId', 'isVerified', 'updatedAt'],
];
const ROLE_KEYS = ['id', 'jobTitle', 'department', 'reportingTo', 'effectiveDate', 'endDate'];
const VALUE_KEYS = ['customFieldId', 'value'];

/** Rows of each list that are nobody's and belong to nothing that is there. */
const junk = fc.record({
	people: fc.array(fc.oneof(odd, halfOdd(PERSON_KEYS)), { maxLength: 4 }),
	jobRoles: fc.array(fc.oneof(odd, halfOdd(ROLE_KEYS), halfOdd(ROLE_KEYS, ODD_ONE)), {
		maxLength: 4,
	}),
	locations: fc.array(fc.oneof(odd, halfOdd(['label', 'city', 'timezone'])), { maxLength: 3 }),
	customFields: fc.array(fc.oneof(odd, halfOdd(['id', 'name'])), { maxLength: 3 }),
	customValues: fc.array(fc.oneof(odd, halfOdd(VALUE_KEYS), halfOdd(VALUE_KEYS, ODD_ONE)), {
		maxLength: 3,
	}),
});
type Junk = typeof junk extends fc.Arbitrary<infer T> ? T : never;

/** Nothing with an ID: that could be the ID of something good, and a list names each once. */
const isNameless = (row: unknown): boolean =>
	typeof (row as { id?: unknown } | null)?.id !== 'string';

function withJunk(rows: Junk, at: number): HumaansWorld {
	const world = company();
	for (const list of ['jobRoles', 'locations', 'customFields', 'customValues'] as const)
		world[list].splice(at % 4, 0, ...(rows[list].filter(isNameless) as Row[]));
	// Everybody is in the list of all, so also a row that has no status.
	world.people.splice(1 + (at % 3), 0, ...(rows.people.filter(isNameless) as Row[]));
	return world;
}

const INCLUDE = ['jobRoles', 'locations', 'customFields'] as const;

test('rows that make no sense are named, and everybody else is read as without them', async () => {
	const alone = await getManyPeople(company().client, PERSON_STATUSES, {
		...company().options(),
		include: INCLUDE,
	});
	await fc.assert(
		fc.asyncProperty(junk, fc.nat({ max: 11 }), async (rows, at) => {
			const world = withJunk(rows, at);
			const options = { ...world.options(), include: INCLUDE };
			const read = await getManyPeople(world.client, PERSON_STATUSES, options);
			const added = world.people.length - GOOD.length;
			const good = read.filter(({ personId }) => GOOD.includes(personId ?? ''));
			const others = good.filter(({ personId }) => personId !== ODD_ONE.personId);
			expect(good).toHaveLength(GOOD.length);
			expect(others.map(({ person }) => withoutUnknownFields(person))).toEqual(
				alone
					.filter(({ personId }) => personId !== ODD_ONE.personId)
					.map(({ person }) => withoutUnknownFields(person)),
			);
			// Everything else is there too, as a problem: people in = people out.
			expect(read).toHaveLength(GOOD.length + added);
			for (const subject of read.filter((one) => !good.includes(one))) {
				expect(subject.problem).toMatch(/^Humaans returned a person this package cannot read/);
				expect(subject.complete).toBe(false);
			}
			expect(new Set(read.map(({ peopleRead }) => peopleRead))).toEqual(
				new Set([GOOD.length + added]),
			);
			expect(read.every(({ complete }) => complete === (added === 0))).toBe(true);
		}),
		{ numRuns: sized(80, 400), seed: 7 },
	);
});

/** Custom fields that junk brought are everybody's, and empty or unknown. */
function withoutUnknownFields(person: unknown): unknown {
	const { customFields, ...rest } = person as { customFields?: Record<string, unknown> };
	return { ...rest, tShirt: customFields?.['T-shirt'] };
}

test('the trigger tells nothing of them but that they cannot be read, once', async () => {
	await fc.assert(
		fc.asyncProperty(junk, fc.nat({ max: 11 }), async (rows, at) => {
			const world = withJunk(rows, at);
			const node = watch(world);
			await node.poll({ includeCustomFields: true });
			expect(await node.poll({ includeCustomFields: true })).toEqual([]);
			world.people = company().people;
			expect(await node.poll({ includeCustomFields: true })).toEqual([]);
			world.edit(GOOD[2]!, { city: 'Porto' });
			expect(await node.poll({ includeCustomFields: true })).toMatchObject([
				{ personId: GOOD[2], changedFields: ['city'] },
			]);
		}),
		{ numRuns: sized(40, 200), seed: 7 },
	);
});

test('one person by ID, whatever is answered: read, a problem, or an error that says what to do', async () => {
	await fc.assert(
		fc.asyncProperty(fc.oneof(odd, halfOdd(['id', ...PERSON_KEYS])), async (row) => {
			const world = company();
			const [owner, , asked] = GOOD as [string, string, string];
			world.people = world.people.map((one) => (one.id === asked ? (row as Row) : one));
			const request = createRequester({
				service: 'Humaans',
				attempts: 1,
				sleep: async () => undefined,
				send: async ({ body: _, ...one }) => ({
					status: 200,
					headers: {},
					body:
						one.path === `/people/${asked}`
							? row
							: await world.request({ ...one, repeat: 'safe', expect: 'object' }),
				}),
			});
			const client = new HumaansClient(request, { now: () => NOW, fixedZone: 'UTC' });
			const read = await readByIds(client, [owner, asked], world.options()).catch(
				(error: unknown) => error,
			);
			if (!Array.isArray(read)) return void expect(isExplained(read)).toBe(true);
			expect(read[0]).toMatchObject({ personId: owner, person: { id: owner } });
			// A person is only who was asked for, and nobody is gone by an answer that is none.
			expect(read[1].person === undefined || read[1].person?.id === asked).toBe(true);
			expect(read[1].person === undefined).toBe(typeof read[1].problem === 'string');
		}),
		{ numRuns: sized(80, 400), seed: 7 },
	);
});
