import fc from 'fast-check';
import { shortHash } from '../../nodes/core/hash';
import { FIELD_NAMES, readableFields } from '../../nodes/core/watch/fields';
import { fieldsThatDiffer, NEVER_READ, printOf, type Print } from '../../nodes/core/watch/print';
import { formatSnapshot, parseSnapshot } from '../../nodes/core/watch/snapshot';
import type { TriggerMemory } from '../../nodes/core/watch/memory';
import { changeOf } from '../../nodes/core/watch/events';
import type { Person } from '../../nodes/core/subject';
import { sized } from '../harness/sample';

const BIG = sized(2_000, 10_000);
const BYTES_A_PERSON = 128;
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
			...(everything ? { customFields: { Size: `${i}` } } : {}),
		};
	});
}

const printsOf = (people: readonly Person[]): Map<string, Print> => {
	const readable = readableFields(people);
	return new Map(people.map((person) => [person.id, printOf(person, readable)]));
};

const remember = (people: readonly Person[]): TriggerMemory => ({
	version: 2,
	readAt: '2026-03-02T09:00:00.000Z',
	company: 'c00000000000000000000001',
	nameless: 0,
	askedUpTo: '',
	...formatSnapshot(printsOf(people)),
});

describe('size in the static data', () => {
	test.each([
		['as most companies are', false],
		['every field filled', true],
	])(`${BIG} people, %s: at most ${BYTES_A_PERSON} bytes a person`, (_, everything) => {
		const people = company(BIG, everything);
		const memory = remember(people);
		const bytes = Buffer.byteLength(JSON.stringify({ memory })) / BIG;
		console.info(`${bytes.toFixed(2)} bytes a person`);
		expect(bytes).toBeLessThanOrEqual(BYTES_A_PERSON);

		// It still finds each change, names all of them, and never names another field.
		const before = parseSnapshot(memory);
		const readable = readableFields(people);
		const changes = people.map((person, index) =>
			changeOf(before.get(person.id), printOf({ ...person, employeeId: `B${index}` }, readable)),
		);
		expect(
			changes.filter(
				({ events, changedFields }) =>
					events.join() !== 'updated' || changedFields.join() !== 'employeeId',
			),
		).toEqual([]);
	});

	test('a hash has 18 bits: another value keeps it by chance once in 262,144 times', () => {
		const readable = FIELD_NAMES.map((name) => name === 'city');
		const place = FIELD_NAMES.indexOf('city') * 3;
		const count = 20_000;
		const hashes = new Set<string>();
		for (let n = 0; n < count; n++) {
			const { marks } = printOf({ id: 'p', status: 'active', city: `City ${n}` }, readable);
			hashes.add(marks.slice(place, place + 3));
		}
		// Of 20,000 values so many share the hash of another one (the birthday problem).
		const shared = count ** 2 / 2 / 2 ** 18;
		expect(Math.abs(count - hashes.size - shared)).toBeLessThan(shared * 0.15);
		// What stands for "none" and "unknown" is the hash of nothing.
		expect([...hashes].filter((hash) => !/^[A-Za-z0-9_-]{3}$/.test(hash))).toEqual([]);
	});

	test('no value of a person is in it', () => {
		const people = company(20, true);
		const text = JSON.stringify(remember(people));
		for (const { personalEmail, phoneNumber, lastName, address } of people)
			for (const value of [personalEmail, phoneNumber, lastName, address])
				expect(text).not.toContain(value);
	});
});

describe('as plain text', () => {
	test('one line a person, by status; who cannot be read is named', () => {
		const people: Person[] = [
			{ id: 'p2', status: 'active', firstName: 'Ana', email: null },
			{ id: 'p1', status: 'active', firstName: 'Bo', email: 'bo@acme.example' },
			{ id: 'p 3', status: 'offboarded', firstName: 'Cy' },
		];
		const prints = printsOf(people);
		prints.set('p 3', { ...prints.get('p 3')!, unreadable: true });
		prints.set('p4', NEVER_READ);
		const text = formatSnapshot(prints);
		// First name, three names unknown, work email, others unknown, no job role, no custom fields.
		const marks = (firstName: string, email: string) =>
			`${firstName}?????????${email}${'???'.repeat(24)}.........???`;
		const hash = (value: string) => shortHash(value, 3);
		expect(text).toEqual({
			active: `p1 ${marks(hash('Bo'), hash('bo@acme.example'))}\np2 ${marks(hash('Ana'), '...')}`,
			newHire: '',
			offboarded: `p%203 ${marks(hash('Cy'), '...')}`,
			unreadable: 'p%203 p4',
		});
		expect(parseSnapshot(text)).toEqual(prints);
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

	test('nobody differs from themselves as text; written again it is the same text', () => {
		fc.assert(
			fc.property(people, fc.func(fc.boolean()), (all: Person[], isUnreadable) => {
				const prints = printsOf(all);
				for (const [id, print] of prints)
					if (isUnreadable(id)) prints.set(id, { ...print, unreadable: true });
				const text = formatSnapshot(prints);
				const parsed = parseSnapshot(text);
				expect(parsed).toEqual(prints);
				for (const [id, print] of prints)
					expect(changeOf(parsed.get(id), print).events).toEqual([]);
				expect(formatSnapshot(parsed)).toEqual(text);
			}),
		);
	});

	test('nobody at all', () => {
		expect(parseSnapshot(formatSnapshot(new Map())).size).toBe(0);
	});

	test('each watched field is told by its own name', () => {
		const person: Person = {
			id: 'p',
			status: 'active',
			...Object.fromEntries(FIELD_NAMES.map((name) => [name, null])),
		};
		const readable = readableFields([person]);
		const before = printOf(person, readable);
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
			const after = printOf({ ...person, [name]: samples[name] ?? 'x' } as Person, readable);
			expect(fieldsThatDiffer(before, after)).toEqual([name]);
		}
	});
});
