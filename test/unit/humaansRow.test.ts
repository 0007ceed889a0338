import fc from 'fast-check';
import { bySchema, parsePersonRow, personRow } from '../../nodes/core/person/personRow';
import { generateCompany } from '../sandbox/generate';
import { loadCompany } from '../sandbox/company';
import { sized } from '../harness/sample';

const value = fc.oneof(
	fc.constantFrom(
		undefined,
		null,
		'',
		' x ',
		'2026-02-29',
		'2026-02-28T00:00:00Z',
		'gb',
		'active',
		7,
		true,
		NaN,
	),
	fc.anything({ maxDepth: 2 }),
);
const kind = fc.oneof(
	{
		weight: 9,
		arbitrary: fc.constantFrom(
			undefined,
			null,
			'',
			' x\u00a0',
			'2026-02-29',
			'2026-02-28T00:00:00Z',
			'gb',
			7,
		),
	},
	{ weight: 1, arbitrary: value },
);
const names = fc.array(
	fc.oneof(
		fc.string(),
		fc.constantFrom(
			null,
			{},
			{ name: null },
			{ name: 'a' },
			{ day: 'monday' },
			{ name: 3 },
			{ name: 'a', day: 4 },
			{ name: 3, day: 'b' },
		),
	),
	{ maxLength: 3 },
);
const row = fc.record(
	{
		id: fc.constantFrom('p1', ' p2 ', 'p3', '', 7, 'x'.repeat(65)),
		status: fc.constantFrom('active', 'newHire', 'offboarded', 'gone'),
		firstName: kind,
		employmentStartDate: kind,
		countryCode: kind,
		teams: fc.oneof(names, value),
		demo: fc.constantFrom(true, false, null, undefined, 1),
		taxId: value,
	},
	{ requiredKeys: ['id', 'status'] },
);

it('the quick way gives what the schema gives, for any row', () => {
	fc.assert(
		fc.property(fc.oneof(row, value), (one) => expect(parsePersonRow(one)).toEqual(bySchema(one))),
		{ numRuns: sized(600, 3000), seed: 7 },
	);
});

it('and for every row of a company', () => {
	for (const one of [
		...loadCompany().people,
		...generateCompany(300, { today: '2026-03-02' }).people,
	])
		expect(parsePersonRow(one)).toStrictEqual(bySchema(one));
});

it('the rows of a usual company are read the quick way, all of them; only an odd one asks the schema', () => {
	const { people } = generateCompany(10_000, { today: '2026-03-02' });
	const schema = jest.spyOn(personRow, 'safeParse');
	for (const one of people) parsePersonRow(one);
	expect(schema).not.toHaveBeenCalled();
	parsePersonRow({ ...people[0], isVerified: 'yes' });
	expect(schema).toHaveBeenCalledTimes(1);
});
