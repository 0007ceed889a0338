/**
 * Each field × each rule × each situation, with the whole body of the request as expectation.
 * UPDATE_DOCS=1 rewrites the page.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FIELDS, fieldById } from '../../nodes/core/mapping/fields';
import { formatRecord, valueHash } from '../../nodes/core/account/record';
import { parseSlot } from '../../nodes/core/account/slots';
import type { Account, Desired, Person, SyncRule } from '../../nodes/core/subject';
import { map } from './fieldMapperPeople';
import { upToDate } from './fieldMapperPage';
import {
	MANAGER_ACCOUNTS,
	RULES,
	SAMPLES,
	SITUATIONS,
	effectOn,
	whyOf,
	type Effect,
	type FieldSample,
	type Holding,
	type Situation,
} from './fieldMapperTruth';
import { PERSON_ID, creation, plan } from './syncWorld';

const UNKNOWN: Partial<Person> = { firstName: undefined, lastName: undefined, email: undefined };
type Named = { name?: string; type?: string };
const keyOf = (entry: Named) => entry.name ?? entry.type ?? '';
const inOrder = (body: object): object =>
	Object.fromEntries(
		Object.entries(body).map(([name, value]) => [
			name,
			Array.isArray(value)
				? [...(value as Named[])].sort((a, b) => keyOf(a).localeCompare(keyOf(b)))
				: value,
		]),
	);

/** What is not ours and has to be there after every write. */
const FOREIGN: Record<string, Named[]> = {
	phoneNumbers: [{ type: 'home', number: '+1 555' } as Named],
	addresses: [{ type: 'work', streetAddress: 'Dock 1' } as Named],
	attributes: [
		{ name: 'badge', value: '77' } as Named,
		{ name: 'humaansId', value: PERSON_ID } as Named,
	],
};

/** The one value that a holding is about. */
function valueIn(holding: Holding, slot: string): unknown {
	const { root, key } = parseSlot(slot);
	if (key === null) return holding[root];
	const {
		name: _name,
		type: _type,
		...rest
	} = (holding[root] as Array<Named & Record<string, unknown>>)[0]!;
	return root === 'addresses' ? rest : (rest.number ?? rest.value);
}

const desiredFor = (
	id: string,
	rule: SyncRule,
	person: Partial<Person>,
	clearEmpty = false,
): Desired => map({ ...UNKNOWN, ...person }, { fields: [id], rule, clearEmpty });
const contextFor = (desired: Desired) => ({
	managerAccountId: MANAGER_ACCOUNTS[String(desired.attributes.manager)],
});

/** Only "Only When Changed in Humaans" needs to remember what Humaans said. */
function recordOf(id: string, rule: SyncRule, person: Partial<Person>): string | null {
	if (rule !== 'whenChanged') return null;
	const { slot } = fieldById(id)!;
	const hash = valueHash(slot, desiredFor(id, rule, person).attributes[slot]!);
	return formatRecord([{ slot, memory: { kind: 'last', hash } }]).text;
}
const recordEntry = (record: string | null): Named[] =>
	record === null ? [] : [{ name: 'humaansSync', value: record } as Named];

function accountOf(id: string, rule: SyncRule, sample: FieldSample, situation: Situation): Account {
	const holds: Holding =
		situation.jumpCloud === null
			? {}
			: { was: sample.wasHolds, now: sample.nowHolds, edited: sample.editedHolds }[
					situation.jumpCloud
				];
	const record =
		situation.remembered === null
			? []
			: recordEntry(recordOf(id, rule, sample[situation.remembered]));
	const arrays = Object.entries(FOREIGN).map(([name, foreign]) => [
		name,
		[
			...foreign,
			...((holds[name] as Named[] | undefined) ?? []),
			...(name === 'attributes' ? record : []),
		],
	]);
	const restrictedFields = situation.restricted
		? [{ field: parseSlot(fieldById(id)!.slot).root, type: 'scim' }]
		: [];
	return {
		_id: 'account1',
		username: 'ana',
		email: '',
		...holds,
		...Object.fromEntries(arrays),
		restrictedFields,
	} as Account;
}

/**
 * The whole body: what is ours, merged with what is not, and the record when it says something new.
 */
function expectedBody(
	id: string,
	rule: SyncRule,
	sample: FieldSample,
	situation: Situation,
	account: Account,
	effect: Effect,
): object | null {
	if (effect === 'none') return null;
	const holds = effect === 'write' ? sample.nowHolds : effect === 'clear' ? sample.cleared! : {};
	const body: Record<string, unknown> = { ...holds };
	for (const name of ['phoneNumbers', 'addresses'])
		if (name in holds) body[name] = [...FOREIGN[name]!, ...(holds[name] as Named[])];
	const record = account.attributes!.find((attribute) => attribute.name === 'humaansSync');
	const before = record?.value ?? null;
	const after = recordOf(id, rule, situation.humaans === 'empty' ? sample.empty : sample.now);
	if ('attributes' in holds || before !== after) {
		const ours =
			'attributes' in holds
				? (holds.attributes as Named[])
				: account.attributes!.filter(
						(attribute) => attribute.name === parseSlot(fieldById(id)!.slot).key,
					);
		body.attributes = [...FOREIGN.attributes!, ...ours, ...recordEntry(after)];
	}
	return inOrder(body);
}

const TABLE = FIELDS.flatMap(({ id }) =>
	RULES.flatMap(({ rule }) =>
		SITUATIONS.map((situation) => ({ id, rule, situation, label: situation.label })),
	),
);

it('has a sample of every field, and no other', () =>
	expect(Object.keys(SAMPLES).sort()).toEqual(FIELDS.map((field) => field.id).sort()));

it.each(TABLE)('$id · $rule · $label', ({ id, rule, situation }) => {
	const sample = SAMPLES[id]!;
	const person =
		situation.humaans === 'now' ? sample.now : situation.humaans === 'empty' ? sample.empty : {};
	const desired = desiredFor(id, rule, person, situation.clearEmpty);
	const account = accountOf(id, rule, sample, situation);
	const { body, changes, warnings } = plan(account, desired, contextFor(desired));
	const effect = effectOn(sample, situation, rule);
	expect(body === null ? null : inOrder(body)).toEqual(
		expectedBody(id, rule, sample, situation, account, effect),
	);
	// Restricted or not is said only where a write would have come.
	const reported = situation.restricted && (rule === 'always' || rule === 'whenChanged');
	expect(warnings).toHaveLength(reported ? 1 : 0);
	if (effect === 'write' || effect === 'clear') {
		const { slot } = fieldById(id)!;
		const to = effect === 'write' ? valueIn(sample.nowHolds, slot) : null;
		const from =
			situation.jumpCloud === null
				? null
				: valueIn(
						{ was: sample.wasHolds, now: sample.nowHolds, edited: sample.editedHolds }[
							situation.jumpCloud
						],
						slot,
					);
		expect(changes).toEqual([{ attribute: slot, from, to, rule, why: whyOf(situation, rule) }]);
	} else expect(changes).toHaveLength(effect === 'remember' ? 1 : 0);
});

it.each(FIELDS.flatMap(({ id }) => RULES.map(({ rule }) => ({ id, rule }))))(
	'$id · $rule · no account yet',
	({ id, rule }) => {
		const sample = SAMPLES[id]!;
		const desired = desiredFor(id, rule, sample.now);
		const own = [
			{ name: 'humaansId', value: PERSON_ID },
			...recordEntry(recordOf(id, rule, sample.now)),
			{ name: 'humaansInvite', value: '0' },
		];
		expect(inOrder(creation(desired, contextFor(desired)))).toEqual(
			inOrder({
				username: 'ana.silva',
				state: 'STAGED',
				suspended: false,
				...sample.nowHolds,
				attributes: [...((sample.nowHolds.attributes as Named[] | undefined) ?? []), ...own],
			}),
		);
	},
);

it.each(FIELDS.map(({ id }) => ({ id })))(
	'$id: an account is not created with an empty value',
	({ id }) => {
		const desired = desiredFor(id, 'always', SAMPLES[id]!.empty, true);
		expect(creation(desired)).toEqual({
			username: 'ana.silva',
			state: 'STAGED',
			suspended: false,
			attributes: [
				{ name: 'humaansId', value: PERSON_ID },
				{ name: 'humaansInvite', value: '0' },
			],
		});
	},
);

it('docs/field-mapping.md shows these tables (UPDATE_DOCS=1 rewrites them)', () => {
	const path = join(__dirname, '..', '..', 'docs', 'field-mapping.md');
	const page = readFileSync(path, 'utf8');
	const wanted = upToDate(page);
	if (process.env.UPDATE_DOCS === '1') writeFileSync(path, wanted);
	else expect(page).toBe(wanted);
});
