import fc from 'fast-check';
import { BitReader, BitWriter } from '../../nodes/core/watch/bits';
import { FIELD_NAMES, printOf, seenFields } from '../../nodes/core/watch/fields';
import {
	BYTES_A_PERSON,
	difference,
	EMPTY_SNAPSHOT,
	packSnapshot,
	unpackSnapshot,
} from '../../nodes/core/watch/snapshot';
import type { Memory } from '../../nodes/services/humaans/pollPeople';
import { changeOf } from '../../nodes/core/watch/events';
import type { Person } from '../../nodes/core/subject';

const BIG = 10_000;
const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A repeatable random number below `limit`. */
function randomNumbers(): (limit: number) => number {
	let state = 42;
	return (limit) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * limit);
	};
}

/**
 * A company with most fields filled: `everything` fills every field of everybody, mostly with a
 * value of their own.
 */
function company(count: number, everything: boolean): Person[] {
	const random = randomNumbers();
	const pick = (...values: string[]) => values[random(values.length)]!;
	const date = (year: number) =>
		`${year}-${String(1 + random(12)).padStart(2, '0')}-${String(1 + random(28)).padStart(2, '0')}`;
	const some = (percent: number, value: string) =>
		everything || random(100) < percent ? value : null;
	return Array.from({ length: count }, (_, i): Person => {
		const start = date(2010 + random(16));
		const left = random(10) === 0;
		return {
			id: Array.from({ length: 24 }, () => ALPHANUMERIC[random(62)]).join(''),
			companyId: 'c00000000000000000000001',
			status: left ? 'offboarded' : 'active',
			firstName: `First${random(800)}`,
			middleName: some(10, `Middle${i}`),
			lastName: `Last${random(3000)}`,
			preferredName: some(10, `Preferred${i}`),
			email: `${i}@acme.example`,
			personalEmail: some(95, `${i}@home.example`),
			phoneNumber: some(70, `+44${i}`),
			personalPhoneNumber: some(90, `+45${i}`),
			address: some(95, `${i} Mill Lane`),
			city: some(95, `City${random(60)}`),
			state: some(10, `State${i}`),
			postcode: some(95, `E${i}`),
			countryCode: pick('GB', 'GB', 'DE', 'US'),
			locationId: `l${random(8)}`,
			timezone: pick('Europe/London', 'Europe/London', 'Europe/Berlin', 'America/New_York'),
			employmentStartDate: start,
			firstWorkingDay: start,
			employmentEndDate: left ? '2026-01-31' : some(0, date(2027)),
			lastWorkingDay: left ? '2026-01-30' : some(0, date(2027)),
			probationEndDate: some(0, date(2027)),
			leavingReason: some(0, `Reason${i}`),
			contractType: pick('full-time', 'full-time', 'part-time', 'contractor'),
			employeeId: `A${i}`,
			source: some(0, `Source${i}`),
			teams: [],
			workingDays: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
			isVerified: true,
			role: 'user',
			demo: false,
			jobTitle: `Title${random(300)}`,
			department: `Department${random(20)}`,
			manager: { id: `m${random(900)}`, name: null, email: null },
		};
	});
}

function remember(people: readonly Person[]): Memory {
	const seen = seenFields(people);
	const prints = new Map(people.map((person) => [person.id, printOf(person, seen)]));
	return {
		version: 1,
		readAt: '2026-03-02T09:00:00.000Z',
		company: 'c00000000000000000000001',
		nameless: 0,
		askedUpTo: '',
		...packSnapshot(prints),
	};
}

describe('size in the static data', () => {
	test.each([
		['as most companies are', false, 9],
		['every field filled', true, 6],
	])(`${BIG} people, %s: at most ${BYTES_A_PERSON} bytes a person`, (_, everything, width) => {
		const people = company(BIG, everything);
		const memory = remember(people);
		const bytes = Buffer.byteLength(JSON.stringify({ memory })) / BIG;
		console.info(`${bytes.toFixed(2)} bytes a person, ${memory.width} bits a hash`);
		expect(bytes).toBeLessThanOrEqual(BYTES_A_PERSON);
		expect(memory.width).toBeGreaterThanOrEqual(width);

		// It still finds each change, names almost all of them, and never names another field.
		const before = unpackSnapshot(memory);
		const seen = seenFields(people);
		const changes = people.map((person, index) =>
			changeOf(
				before.people.get(person.id),
				printOf({ ...person, employeeId: `B${index}` }, seen),
				before.width,
			),
		);
		expect(changes.filter(({ events }) => events.length === 0)).toEqual([]);
		expect(changes.filter(({ changedFields }) => changedFields.length === 0).length).toBeLessThan(
			(2 * BIG) / 2 ** memory.width,
		);
		expect(
			changes.every(({ changedFields }) => changedFields.every((field) => field === 'employeeId')),
		).toBe(true);
	});

	test('no value of a person is in it', () => {
		const people = company(20, true);
		const text = JSON.stringify(remember(people));
		for (const { personalEmail, phoneNumber, lastName, address } of people)
			for (const value of [personalEmail, phoneNumber, lastName, address])
				expect(text).not.toContain(value);
	});
});

describe('packing', () => {
	test('bits come back as they were written', () => {
		fc.assert(
			fc.property(
				fc.array(
					fc
						.integer({ min: 1, max: 20 })
						.chain((width) =>
							fc.tuple(fc.integer({ min: 0, max: 2 ** width - 1 }), fc.constant(width)),
						),
				),
				(numbers) => {
					const writer = new BitWriter();
					for (const [value, width] of numbers) writer.write(value, width);
					const reader = new BitReader(writer.finish());
					expect(numbers.map(([, width]) => reader.read(width))).toEqual(
						numbers.map(([value]) => value),
					);
				},
			),
		);
	});

	const value = fc.option(fc.string({ maxLength: 4 }), { nil: null });
	const people = fc.uniqueArray(
		fc.record({
			id: fc.string({ minLength: 1, maxLength: 30 }),
			status: fc.constantFrom('active' as const, 'newHire' as const, 'offboarded' as const),
			firstName: value,
			email: value,
			city: value,
			teams: fc.array(fc.string({ maxLength: 2 }), { maxLength: 2 }),
			demo: fc.boolean(),
		}),
		{ selector: (person) => person.id },
	);

	test('nobody differs from their packed self, at any width; packing again gives the same', () => {
		fc.assert(
			fc.property(people, fc.integer({ min: 6, max: 20 }), (all: Person[], width) => {
				const seen = seenFields(all);
				const prints = new Map(all.map((person) => [person.id, printOf(person, seen)]));
				const packed = packSnapshot(prints, width);
				const unpacked = unpackSnapshot(packed);
				expect([...unpacked.people.keys()].sort()).toEqual([...prints.keys()].sort());
				for (const [id, print] of prints)
					expect(changeOf(unpacked.people.get(id), print, unpacked.width).events).toEqual([]);
				expect(packSnapshot(unpacked.people, unpacked.width)).toEqual(packed);
			}),
		);
	});

	test('an empty snapshot packs and unpacks', () => {
		expect(unpackSnapshot(packSnapshot(EMPTY_SNAPSHOT.people)).people.size).toBe(0);
	});

	test('each watched field is told by its own name', () => {
		const person: Person = {
			id: 'p',
			status: 'active',
			...Object.fromEntries(FIELD_NAMES.map((name) => [name, null])),
		};
		const seen = seenFields([person]);
		const before = printOf(person, seen);
		const samples: Partial<Record<string, unknown>> = {
			teams: ['A'],
			workingDays: ['monday'],
			isVerified: true,
			demo: true,
			manager: { id: 'm' },
			location: { id: 'l', name: 'Porto' },
			customFields: { Size: ['M'] },
		};
		for (const name of FIELD_NAMES) {
			const after = printOf({ ...person, [name]: samples[name] ?? 'x' } as Person, seen);
			expect(difference(before, after, 20)).toEqual({ fields: [name], changed: true });
		}
	});

	test('a change that the short hashes miss is still seen, without a name', () => {
		const person = { id: 'p', status: 'active' as const, city: 'Porto' };
		const before = printOf(person, seenFields([person]));
		expect(changeOf(before, { ...before, digest: before.digest ^ 1 }, 6)).toEqual({
			events: ['changed'],
			changedFields: [],
		});
	});
});
