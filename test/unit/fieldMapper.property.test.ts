/** What must hold of any person, any settings and any account. */
import fc from 'fast-check';
import { mapPerson, type MapperSettings } from '../../nodes/core/mapping/desired';
import { FIELDS } from '../../nodes/core/mapping/fields';
import { CUSTOM_TARGETS } from '../../nodes/core/mapping/targets';
import {
	USERNAME_LIMIT,
	USERNAME_LIMIT_WINDOWS,
	isUsername,
	usernameCandidates,
	type UsernameStrategy,
} from '../../nodes/core/mapping/username';
import { parseAccountRow } from '../../nodes/core/account/accountRow';
import { readSlot, sameSlotValue } from '../../nodes/core/account/slots';
import { MAX_ATTRIBUTE_VALUE } from '../../nodes/core/account/link';
import type { Account, AddressEntry, Desired, SyncRule } from '../../nodes/core/subject';
import { ana, anyPerson, anyText } from './fieldMapperPeople';
import { PERSON_ID, applied, creation, plan, refusing } from './syncWorld';
import { sized } from '../harness/sample';

const RUNS = { numRuns: sized(200, 1_000) };
const rule = fc.constantFrom<SyncRule>('always', 'whenChanged', 'fillEmpty', 'onCreate');
const fieldIds = FIELDS.map((field) => field.id);
const customSlot = fc.oneof(
	fc.constantFrom(...CUSTOM_TARGETS.keys()),
	fc.constantFrom(
		'attributes.badge',
		'attributes.constructor',
		'attributes.humaansId',
		'attributes.password',
		'password',
		'state',
		'__proto__',
		'attributes.no-good',
	),
);
const anyValue = fc.oneof(
	anyText,
	fc.constantFrom(null, undefined, 0, true),
	fc.array(anyText),
	fc.constantFrom({ password: 'x' }, { streetAddress: 'A', country: 'PT' }, new Date(0)),
);

const anySettings: fc.Arbitrary<MapperSettings> = fc.record({
	fields: fc.subarray(fieldIds),
	rule,
	fieldRules: fc.dictionary(fc.constantFrom(...fieldIds), rule),
	clearEmpty: fc.boolean(),
	customMappings: fc.array(
		fc.record({
			slot: customSlot,
			value: anyValue,
			rule: fc.oneof(rule, fc.constant('default' as const)),
		}),
		{ maxLength: 6 },
	),
	username: fc.record({
		strategy: fc.constantFrom(
			'workEmail' as const,
			'firstDotLast' as const,
			'initialLast' as const,
			'expression' as const,
		),
		typed: anyText,
		limit: fc.constantFrom(20, 30),
	}),
	workEmail: fc.record({
		missing: fc.constantFrom('review' as const, 'pattern' as const),
		pattern: fc.constantFrom('{first}.{last}', '{f}{last}', 'x'),
		domain: fc.constantFrom('acme.example', ''),
	}),
});

const entryType = fc.constantFrom('work', 'mobile', 'home', 'work_fax', 'pager');
const someText = fc.string({ minLength: 1, maxLength: 8 });
const anyAccount: fc.Arbitrary<Account> = fc
	.record(
		{
			_id: fc.constant('account1'),
			username: fc.constant('ana'),
			email: fc.constantFrom('ana@acme.example', ''),
			firstname: anyText,
			lastname: anyText,
			jobTitle: anyText,
			department: anyText,
			company: anyText,
			location: anyText,
			manager: fc.constantFrom(null, 'account-of-boss', 'account-of-eve'),
			phoneNumbers: fc.array(
				fc.record({ type: entryType, number: someText, id: fc.constant('x') }),
				{
					maxLength: 5,
				},
			),
			addresses: fc.array(
				fc.record(
					{
						type: fc.constantFrom('home', 'work', 'other'),
						streetAddress: someText,
						poBox: someText,
						id: fc.constant('x'),
					},
					{ requiredKeys: ['type'] },
				),
				{ maxLength: 4 },
			),
			attributes: fc.uniqueArray(
				fc.record({
					name: fc.constantFrom(
						'humaansId',
						'badge',
						'toString',
						'constructor',
						'startDate',
						'vip',
					),
					value: fc.oneof(someText, fc.constant(PERSON_ID), fc.constantFrom<unknown>(null, 5, '')),
				}),
				{ selector: (row) => row.name },
			),
			restrictedFields: fc.array(
				fc.record({ field: fc.constantFrom('jobTitle', 'phoneNumbers', 'addresses', 'email') }),
				{ maxLength: 2 },
			),
		},
		{ requiredKeys: ['_id', 'username', 'email'] },
	)
	.map((row) => parseAccountRow(row)!);
const someSlots = fc
	.option(
		fc.subarray(
			FIELDS.map(({ slot }) => slot).filter((slot) => slot !== 'manager'),
			{ maxLength: 6 },
		),
		{ nil: undefined },
	)
	.map((slots) => slots && new Set(slots));
const anyContext = fc
	.record({
		managerAccountId: fc.constantFrom(undefined, null, 'account-of-boss'),
		kept: someSlots,
		refused: someSlots,
		kind: fc.constantFrom('refused' as const, 'taken' as const),
	})
	.map(({ refused, kind, ...context }) => ({
		...context,
		...(refused ? refusing(refused, kind) : {}),
	}));

const mapping = fc
	.tuple(anyPerson, anySettings)
	.map(([person, settings]) => mapPerson(person, settings));

/** Every key at every depth. */
function keysOf(value: unknown): string[] {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]) => [
		...(Array.isArray(value) ? [] : [key]),
		...keysOf(inner),
	]);
}

/** What is on the account and not among the slots that are mapped. */
function foreign(account: Account, desired: Desired): string[] {
	const ours = (slot: string) => slot in desired.attributes;
	return [
		...(account.phoneNumbers ?? [])
			.filter(({ type }) => !ours(`phoneNumbers.${type}`))
			.map(({ type, number }) => `phone ${type} ${number}`),
		...(account.addresses ?? [])
			.filter(({ type }) => !ours(`addresses.${type}`))
			.map(
				(entry: AddressEntry) =>
					`address ${entry.type} ${[entry.streetAddress, entry.poBox].map((part) => part?.trim()).join('|')}`,
			),
		...(account.attributes ?? [])
			.filter(({ name }) => !ours(`attributes.${name}`) && !name.startsWith('humaans'))
			// What has no value is not sent back: JumpCloud's own client leaves it out too.
			.filter(({ value }) => (value as unknown) !== null)
			.map(({ name, value }) => `attribute ${name} ${value}`),
	].sort();
}

it('mapping twice gives what mapping once gives, and changes nothing of the person', () =>
	fc.assert(
		fc.property(anyPerson, anySettings, (person, settings) => {
			const before = JSON.stringify(person);
			expect(mapPerson(person, settings)).toEqual(mapPerson(person, settings));
			expect(JSON.stringify(person)).toBe(before);
		}),
		RUNS,
	));

it('the diff of equal sides is empty: nothing differs, so nothing changes but the record', () =>
	fc.assert(
		fc.property(mapping, anyContext, (desired, context) => {
			const body = creation(desired, context);
			const account = applied({ _id: 'a', username: '', email: '' }, body);
			expect(
				plan(account, desired, { managerAccountId: context.managerAccountId }).changes,
			).toEqual([]);
		}),
		RUNS,
	));

it('applying a diff and diffing again is empty, whatever was there', () =>
	fc.assert(
		fc.property(mapping, anyAccount, anyContext, (desired, account, context) => {
			const first = plan(account, desired, context);
			const after = applied(account, first.body);
			expect(plan(after, desired, context)).toEqual({
				changes: [],
				values: new Map(),
				body: null,
				warnings: first.warnings,
			});
			// What was refused just now is remembered: the next run does without being told.
			expect(plan(after, desired, { managerAccountId: context.managerAccountId }).body).toBeNull();
			for (const change of first.changes)
				if (!change.attribute.startsWith('humaans'))
					expect(
						sameSlotValue(change.attribute, readSlot(after, change.attribute), change.to),
					).toBe(true);
		}),
		RUNS,
	));

it('no body ever has a password, a state of its own, or anything else that is not ours to write', () =>
	fc.assert(
		fc.property(
			mapping,
			anyAccount,
			anyContext,
			fc.dictionary(
				fc.constantFrom(
					'password',
					'state',
					'suspended',
					'sudo',
					'username',
					'attributes.humaansId',
				),
				fc.constant('x'),
			),
			(desired, account, context, smuggled) => {
				const wanted = { ...desired, attributes: { ...desired.attributes, ...smuggled } };
				const put = plan(account, wanted, context).body ?? {};
				const post = creation(wanted, context);
				expect([...keysOf(put), ...keysOf(post)]).not.toContain('password');
				expect(
					Object.keys(put).filter((key) =>
						['state', 'suspended', 'sudo', 'username'].includes(key),
					),
				).toEqual([]);
				expect(post).toMatchObject({ username: 'ana.silva', state: 'STAGED', suspended: false });
				expect(
					(post.attributes as Array<{ name: string; value: string }>).filter(
						({ name }) => name === 'humaansId',
					),
				).toEqual([{ name: 'humaansId', value: PERSON_ID }]);
			},
		),
		RUNS,
	));

it('what is not ours survives every write, and no array holds an id or null', () =>
	fc.assert(
		fc.property(mapping, anyAccount, anyContext, (desired, account, context) => {
			const { body } = plan(account, desired, context);
			expect(foreign(applied(account, body), desired)).toEqual(foreign(account, desired));
			const arrays = ['phoneNumbers', 'addresses', 'attributes'].flatMap(
				(name) => (body?.[name] as object[] | undefined) ?? [],
			);
			expect(
				arrays.filter((entry) => 'id' in entry || Object.values(entry).includes(null)),
			).toEqual([]);
		}),
		RUNS,
	));

it('the order of arrays never causes a write', () =>
	fc.assert(
		fc.property(mapping, anyAccount, anyContext, (desired, account, { kept: _, ...context }) => {
			const after = {
				phoneNumbers: [],
				addresses: [],
				attributes: [],
				...applied(account, plan(account, desired, context).body),
			} as Account;
			const turned = {
				...after,
				phoneNumbers: [...after.phoneNumbers!].reverse(),
				addresses: [...after.addresses!].reverse(),
				attributes: [...after.attributes!].reverse(),
			};
			expect(plan(turned, desired, context).body).toBeNull();
		}),
		RUNS,
	));

it('the record is never longer than a custom attribute, whatever is mapped', () =>
	fc.assert(
		fc.property(
			fc.array(fc.string({ minLength: 1, maxLength: 12 }), { maxLength: 150 }),
			rule,
			(names, ruleOfAll) => {
				const attributes = Object.fromEntries(
					names.map((name, index) => [`attributes.a${index}`, name]),
				);
				const rules = Object.fromEntries(Object.keys(attributes).map((slot) => [slot, ruleOfAll]));
				const desired: Desired = {
					attributes,
					rules,
					usernames: ['a'],
					clearEmpty: false,
					problems: [],
				};
				const record = (
					creation(desired).attributes as Array<{ name: string; value: string }>
				).find(({ name }) => name === 'humaansSync');
				expect(record?.value.length ?? 0).toBeLessThanOrEqual(MAX_ATTRIBUTE_VALUE);
				expect(record !== undefined).toBe(ruleOfAll === 'whenChanged' && names.length > 0);
			},
		),
		{ numRuns: 200 },
	));

it('no problem says anything of the person', () =>
	fc.assert(
		fc.property(fc.stringMatching(/^[a-z]{12,20}$/), anySettings, (secret, settings) => {
			const person = {
				id: 'p',
				status: 'active' as const,
				firstName: secret,
				lastName: secret,
				email: secret,
				personalEmail: secret,
				employeeId: secret.repeat(40),
				address: secret.repeat(100),
				country: secret,
			};
			const mappings = settings.customMappings.map((custom) => ({
				...custom,
				value: custom.value === undefined ? undefined : secret,
			}));
			for (const problem of mapPerson(person, { ...settings, customMappings: mappings }).problems)
				expect(problem.message).not.toContain(secret);
		}),
		RUNS,
	));

const NAMES = sized(1_000, 10_000);
it(`${NAMES} random Unicode names give valid usernames, all of them different, the same every time`, () => {
	const name = fc.option(
		fc.oneof(
			fc.string({ unit: 'grapheme', maxLength: 60 }),
			fc.string({ unit: 'binary', maxLength: 60 }),
		),
		{ nil: null },
	);
	const strategies = fc.constantFrom<UsernameStrategy>(
		'workEmail',
		'firstDotLast',
		'initialLast',
		'expression',
	);
	fc.assert(
		fc.property(
			name,
			name,
			name,
			strategies,
			fc.constantFrom(USERNAME_LIMIT, USERNAME_LIMIT_WINDOWS),
			(firstName, lastName, email, strategy, limit) => {
				const make = () =>
					usernameCandidates(ana({ firstName, lastName, email }), strategy, {
						limit,
						typed: firstName,
					});
				const names = make();
				return (
					names.every((username) => isUsername(username, limit)) &&
					new Set(names).size === names.length &&
					JSON.stringify(make()) === JSON.stringify(names)
				);
			},
		),
		{ numRuns: NAMES },
	);
});
