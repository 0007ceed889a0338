/**
 * S11: whatever stands in a field, and however long it is: mapping and matching take time that grows
 * with its length and no faster. These tests would not end in time otherwise.
 */
import { isEmail } from '../../nodes/core/email';
import { cleanText, onOneLine } from '../../nodes/core/text';
import { mapPerson, type MapperSettings } from '../../nodes/core/mapping/desired';
import { FIELDS } from '../../nodes/core/mapping/fields';
import { CUSTOM_TARGETS } from '../../nodes/core/mapping/targets';
import { nameWord } from '../../nodes/core/mapping/username';
import { indexAccounts } from '../../nodes/core/matching/accountIndex';
import { matchAll } from '../../nodes/core/matching/match';
import { maybeSameHuman, namesOfPerson } from '../../nodes/core/person/names';
import type { Person } from '../../nodes/core/subject';
import { linkedTo } from './syncWorld';
import { sized } from '../harness/sample';

/** Time that grew with its square would show with the fewer, too. */
const MANY = sized(60_000, 300_000);

describe(`S11: a value of ${MANY} characters`, () => {
	const HUGE: Record<string, string> = {
		'spaces inside': `a${' '.repeat(MANY)}b`,
		'line breaks inside': `a${'\n'.repeat(MANY)}b`,
		'spaces and line breaks in turn': `a${' \n'.repeat(MANY / 2)}b`,
		'spaces at the end': `a@b.example${' '.repeat(MANY)}`,
		'no-break spaces': `a${'\u00a0'.repeat(MANY)}b`,
		'zero-width spaces': `a${'\u200b'.repeat(MANY)}b`,
		'marks on one letter': `a${'\u0301'.repeat(MANY)}b`,
		'marks of two kinds': `a${'\u0301\u0327'.repeat(MANY / 2)}b`,
		'many letters with thirty marks': `a${'\u0301\u0327'.repeat(15)}`.repeat(MANY / 31),
		'separators of usernames': `a${'-._'.repeat(MANY / 3)}b`,
		'hyphens and letters': 'a-'.repeat(MANY / 2),
		'at signs': '@'.repeat(MANY),
		'an address that is all dots': `a@${'.'.repeat(MANY)}b`,
		'braces of a pattern': '{first}'.repeat(MANY / 7),
		'lone surrogates': '\ud800'.repeat(MANY),
		letters: 'x'.repeat(MANY),
		digits: '7'.repeat(MANY),
	};
	const settings: MapperSettings = {
		...{ fields: FIELDS.map(({ id }) => id), rule: 'always', fieldRules: {}, clearEmpty: true },
		customMappings: [],
		username: { strategy: 'firstDotLast', limit: 30 },
		workEmail: { missing: 'pattern', pattern: '{first}.{last}', domain: 'acme.example' },
	};
	it.each(Object.keys(HUGE))('%s: cleaned, mapped and matched', (what) => {
		const text = HUGE[what]!;
		cleanText(text);
		onOneLine(text);
		nameWord(text);
		isEmail(text);
		const person = Object.fromEntries(
			[
				...['firstName', 'lastName', 'preferredName', 'middleName', 'personalEmail', 'address'],
				...['city', 'state', 'postcode', 'countryCode', 'phoneNumber', 'employeeId', 'jobTitle'],
			].map((name) => [name, text]),
		) as Partial<Person>;
		const ana: Person = { id: 'ana', status: 'active', email: null, ...person };
		const custom = [...CUSTOM_TARGETS.keys()].map((slot) => ({
			slot,
			value: text,
			rule: 'default' as const,
		}));
		mapPerson(ana, settings);
		mapPerson(
			{ ...ana, email: text },
			{ ...settings, workEmail: { missing: 'pattern', pattern: text, domain: text } },
		);
		mapPerson(ana, {
			...settings,
			customMappings: custom,
			username: { ...settings.username, strategy: 'expression', typed: text },
		});
		maybeSameHuman(namesOfPerson(ana), namesOfPerson(ana));
		const account = linkedTo('a', '', { email: text, employeeIdentifier: text, firstname: text });
		const found = matchAll(
			[{ personId: 'ana', person: { ...ana, email: text } }],
			indexAccounts([{ ...account, attributes: [] }]),
			{ by: ['employeeIdentifier', 'email'] },
		);
		expect(found).toHaveLength(1);
	});
});
