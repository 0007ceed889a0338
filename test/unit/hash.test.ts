/**
 * Hashes are stored: on accounts, in n8n's static data, in ids of plans. Each value here was given
 * by version 0.1.0 (and by a second program in another language), and must stay. Of an id of a plan
 * this version is the first that counts: its minute is part of the hash.
 */
import { isInBatch } from '../../nodes/core/person/batch';
import { valueHash } from '../../nodes/core/account/record';
import { numberHash, sha256, sha256Hex, shortHash } from '../../nodes/core/hash';
import { usernameCandidates } from '../../nodes/core/mapping/username';
import { actionKey, planId } from '../../nodes/core/policy/limits/approval';
import { markOf } from '../../nodes/core/watch/delivery';

test.each([
	['', 2872998923, 'L_wOnTPErL', 'e3b0c442'],
	['a', 444641715, 'ztG3L1gfaE', 'ca978112'],
	['Ana Silva', 2833838057, 'pO_ZO76xo_', 'ad7d6314'],
	['Żółć 💥', 3705894232, 'Y7Vu3g4Dc4', '7d8f0448'],
	['x'.repeat(300), 115736690, 'ysBFgw5ZGY', '0d4e2ca9'],
])('%j: %d, %s, %s', (text, number, short, hex) => {
	expect(numberHash(text)).toBe(number);
	for (let length = 1; length <= short.length; length++)
		expect(shortHash(text, length)).toBe(short.slice(0, length));
	expect(sha256Hex(text, 8)).toBe(hex);
	expect(sha256(text).toString('hex').slice(0, 8)).toBe(hex);
});

test('what is stored with them', () => {
	expect(valueHash('firstname', 'Ana Silva')).toBe('pO_ZO76');
	expect(valueHash('firstname', null)).toBe('bGsbK0e');
	expect(['', 'a', 'Ana Silva'].map((id) => isInBatch(id, { number: 2, of: 7 }))).toEqual([
		false,
		false,
		true,
	]);
	expect(usernameCandidates({ id: 'p1', status: 'active' }, 'workEmail')[0]).toBe('uf64551fc');
	expect(planId(['b', 'a'], new Date(0))).toBe('2e5dfb668a-0');
	const action = { accountId: 'a', value: 'deprovision', personId: 'p', link: 'p' };
	expect(actionKey({ ...action, code: 'limit.deprovisioning' })).toBe('01e505b2c382cc76');
	expect(markOf('s')).toBe('BDpxh3TFcr2KJa2-');
});

test('numbers and characters are spread evenly', () => {
	const buckets = Array.from({ length: 16 }, () => 0);
	const letters = new Map<string, number>();
	for (let n = 0; n < 16_000; n++) {
		buckets[numberHash(`person ${n}`) % 16]!++;
		for (const letter of shortHash(`person ${n}`, 3))
			letters.set(letter, (letters.get(letter) ?? 0) + 1);
	}
	for (const count of buckets) expect(Math.abs(count - 1000)).toBeLessThan(150);
	expect(letters.size).toBe(64);
	for (const count of letters.values()) expect(Math.abs(count - 750)).toBeLessThan(150);
});
