/** Countries by name, and expressions that cannot be worked out for somebody. */
import { countryCodeOf } from '../../nodes/core/mapping/countries';
import { USERNAME_LIMIT, type UsernameStrategy } from '../../nodes/core/mapping/username';
import { map } from './fieldMapperPeople';

describe('a country', () => {
	it.each([
		['US', 'US united states of america|usa|U.S.|u.s.a.|United States'],
		['GB', 'GB uk|Great Britain|United Kingdom'],
		['CZ', 'CZ czech republic|Czechia'],
		['NL', 'NL Holland|The Netherlands|netherlands'],
		['HK', 'HK hong kong'],
		['MO', 'MO Macau|Macao'],
		['TR', 'TR turkey|Türkiye'],
		['RU', 'RU Russian Federation|Russia'],
		['KR', 'KR Republic of Korea|South Korea'],
		['VN', 'VN Viet Nam|Vietnam'],
		['MM', 'MM Myanmar'],
		['CI', 'CI ivory coast|Côte d’Ivoire|cote d`ivoire'],
		['CV', 'CV Cape Verde'],
		['SZ', 'SZ Swaziland'],
		['MK', 'MK Macedonia'],
		['PS', 'PS Palestine'],
		['IE', 'IE republic of ireland|Ireland'],
		['TT', 'TT Trinidad and Tobago|Trinidad & Tobago|trinidad  &\ttobago'],
		['LI', ' li | Liechtenstein\u200b '],
	])('%s: %s', (code, names) => {
		const [first = '', ...rest] = names.replace(/^(\w\w) /, '$1|').split('|');
		for (const name of [first, ...rest]) expect([name, countryCodeOf(name)]).toEqual([name, code]);
	});
	it('is never guessed', () => {
		for (const name of [
			'',
			'XX',
			'Narnia',
			'U S',
			'Wonder land',
			'united',
			`Spain${' '.repeat(96)}`,
		])
			expect([name, countryCodeOf(name)]).toEqual([name, undefined]);
		expect(countryCodeOf(`Spain${' '.repeat(95)}`)).toBe('ES');
	});
});

describe('an expression that cannot be worked out for somebody', () => {
	const failed = (slot: string) =>
		map(
			{},
			{
				fields: ['jobTitle'],
				customMappings: [{ slot, value: 'x', rule: 'default', failed: true }],
			},
		);
	const message = (label: string) =>
		`The expression mapped onto ${label} cannot be worked out for this person, so that value is left as it is.`;
	it('leaves the value as it is, and names the attribute', () => {
		expect(failed('department')).toMatchObject({
			attributes: {},
			problems: [{ field: 'department', message: message('Department') }],
		});
		expect(failed('department').problems[0]!.blocking ?? false).toBe(false);
		expect(failed('attributes.badge').problems).toEqual([
			expect.objectContaining({ field: 'attributes.badge', message: message('badge') }),
		]);
	});
	it('stops the creation where it is the work email', () =>
		expect(failed('email').problems).toEqual([
			{ field: 'email', message: message('Work Email'), blocking: true },
		]));
	it('of the username: another one is made, and that is said', () => {
		const named = (strategy: UsernameStrategy, isFailed: boolean) =>
			map({}, { fields: [], username: { strategy, failed: isFailed, limit: USERNAME_LIMIT } });
		expect(named('expression', true)).toMatchObject({
			usernames: expect.arrayContaining(['ana.silva']),
			problems: [
				{
					field: 'username',
					message:
						'The expression for the username cannot be worked out for this person, so it is made ' +
						'from the work email or the names.',
				},
			],
		});
		// Another strategy does not ask for the expression.
		expect(named('workEmail', true).problems).toEqual([]);
		expect(named('expression', false).problems).toEqual([]);
	});
});
