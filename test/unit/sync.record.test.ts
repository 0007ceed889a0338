/** `humaansSync`: what must be remembered of the values of an account. */
import fc from 'fast-check';
import {
	formatRecord,
	parseRecord,
	remembered,
	valueHash,
	type Memory,
	type SlotMemory,
} from '../../nodes/core/account/record';
import { shortHash } from '../../nodes/core/hash';

/** Written to accounts: a change here makes every account look changed. */
const RECORD = '1 6uBixV4lZjE wzrfXbALOhu';

const hashOf = (slot: string, text: string | null = slot): string => valueHash(slot, text);
const last = (slot: string, text: string | null = slot): SlotMemory => ({
	slot,
	memory: { kind: 'last', hash: hashOf(slot, text) },
});
const refused = (slot: string): SlotMemory => ({
	slot,
	memory: { kind: 'refused', hash: hashOf(slot) },
});
const AWAITED: Memory = { kind: 'awaited' };

describe('the record', () => {
	it('is a version and 12 characters a slot, the same in any order, and never holds a value', () => {
		const { text } = formatRecord([last('jobTitle', 'Wizard'), last('department', 'Sales')]);
		expect(text).toMatch(/^1 [\w-]{11} [\w-]{11}$/);
		const other = formatRecord([last('department', 'Sales'), last('jobTitle', 'Wizard')]);
		expect(other.text).toBe(text);
		expect(text).not.toMatch(/wizard|sales/i);
		expect(text).toBe(RECORD);
	});
	it('is null when there is nothing to remember', () => {
		expect(formatRecord([])).toEqual({ text: null, dropped: [] });
		expect(formatRecord([{ slot: 'jobTitle', memory: null }]).text).toBeNull();
		const before = parseRecord(formatRecord([last('jobTitle')]).text);
		expect(formatRecord([{ slot: 'jobTitle', memory: null }], before).text).toBeNull();
	});
	it('is read back', () => {
		const kept: Memory = { kind: 'kept', hash: hashOf('phone'), form: hashOf('phone', '1') };
		const entries: SlotMemory[] = [
			last('jobTitle'),
			refused('alternateEmail'),
			last('company', null),
			{ slot: 'manager', memory: AWAITED },
			{ slot: 'phoneNumbers.work', memory: kept },
			{ slot: 'location', memory: null },
		];
		const record = parseRecord(formatRecord(entries).text);
		expect(record.size).toBe(5);
		for (const { slot, memory } of entries)
			expect([slot, remembered(record, slot)]).toEqual([slot, memory ?? undefined]);
		expect(remembered(record, 'department')).toBeUndefined();
	});
	it('any memories of any slots are read back as they were written, whatever was there before', () => {
		const hash = fc.string({ unit: fc.constantFrom(...'aZ09-_'), minLength: 7, maxLength: 7 });
		const memory: fc.Arbitrary<Memory | null> = fc.oneof(
			fc.record({
				kind: fc.constantFrom('last' as const, 'refused' as const),
				hash,
			}),
			fc.record({ kind: fc.constantFrom('kept' as const, 'taken' as const), hash, form: hash }),
			fc.constant(AWAITED),
			fc.constant(null),
		);
		const slot = fc.oneof(
			fc.constantFrom('jobTitle', 'phoneNumbers.work', 'addresses.home', 'attributes.badge'),
			fc.string().map((name) => `attributes.${name}`),
		);
		const entries = fc.uniqueArray(fc.record({ slot, memory }), {
			selector: (entry) => entry.slot,
			maxLength: 40,
		});
		fc.assert(
			fc.property(entries, entries, (before, after) => {
				// No text hashes to "awaited", as far as chance goes.
				const isNone = ({ memory: one }: SlotMemory) =>
					one !== null && 'hash' in one && one.hash === '-'.repeat(7);
				fc.pre(![...before, ...after].some(isNone));
				// Two names have one key by chance: one pair of sixteen million.
				const names = [...new Set([...before, ...after].map((entry) => entry.slot))];
				fc.pre(new Set(names.map((name) => shortHash(name, 4))).size === names.length);
				const first = parseRecord(formatRecord(before).text);
				const { text, dropped } = formatRecord(after, first);
				fc.pre(dropped.length === 0);
				const record = parseRecord(text);
				for (const { slot: name, memory: wanted } of after)
					expect(remembered(record, name)).toEqual(wanted ?? undefined);
				const own = new Set(after.map((entry) => entry.slot));
				for (const entry of before.filter((one) => !own.has(one.slot)))
					expect([undefined, entry.memory ?? undefined]).toContainEqual(
						remembered(record, entry.slot),
					);
				expect(text?.length ?? 0).toBeLessThanOrEqual(1024);
			}),
			{ numRuns: 1_000 },
		);
	});
	it.each([
		null,
		'',
		'2 abcdefghijk',
		'nonsense',
		'1',
		'1 short',
		'1 muchtoolongforanentry',
		'1 abcd!short',
		'1 abcd~toolittlehere',
		'1 abcd%abcdefg',
	])('%j remembers nothing', (text) => expect(parseRecord(text).size).toBe(0));
	it('of what somebody typed between good entries, the good ones count', () => {
		const text = `${formatRecord([last('jobTitle')]).text!} nonsense-here  !`;
		expect(remembered(parseRecord(text), 'jobTitle')).toEqual(last('jobTitle').memory);
	});
	it('equal values have one hash: emails in any case, addresses in any order', () => {
		expect(valueHash('email', 'A@b.example')).toBe(valueHash('email', 'a@b.example'));
		expect(valueHash('addresses.home', { locality: 'B', streetAddress: 'A' })).toBe(
			valueHash('addresses.home', { streetAddress: 'A', locality: 'B', region: '' }),
		);
		expect(valueHash('jobTitle', '')).not.toBe(valueHash('jobTitle', null));
		expect(
			new Set(Array.from({ length: 20_000 }, (_, index) => valueHash('jobTitle', `Job ${index}`)))
				.size,
		).toBe(20_000);
		const [, entry] = formatRecord([{ slot: 'jobTitle', memory: AWAITED }]).text!.split(' ');
		expect(entry!.slice(4)).toHaveLength(valueHash('jobTitle', 'x').length);
	});
	it('takes 85 slots and never more than 1,024 characters; the first come first', () => {
		const many = Array.from({ length: 90 }, (_, index) => last(`attributes.a${index}`));
		const { text, dropped } = formatRecord(many);
		expect(text).toHaveLength(1 + 85 * 12);
		expect(dropped).toEqual(many.slice(85).map(({ slot }) => slot));
		expect(formatRecord(many.slice(0, 85)).dropped).toEqual([]);
		// 1,024 is reached exactly with three refused ones.
		const withRefused = (count: number) =>
			many.slice(0, 85).map((row, index) => (index < count ? refused(row.slot) : row));
		expect(formatRecord(withRefused(3)).text).toHaveLength(1024);
		expect(formatRecord(withRefused(4)).dropped).toHaveLength(1);
	});
	it('keeps what it remembers of slots that are not known now, as far as there is room', () => {
		const before = parseRecord(
			formatRecord([last('jobTitle', 'old'), last('company', 'kept')]).text,
		);
		expect(formatRecord([last('jobTitle', 'new')], before).text).toBe(
			formatRecord([last('jobTitle', 'new'), last('company', 'kept')]).text,
		);
		const full = Array.from({ length: 85 }, (_, index) => last(`attributes.a${index}`));
		expect(formatRecord(full, before)).toEqual(formatRecord(full));
	});
});
