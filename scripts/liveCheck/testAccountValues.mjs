/** What is assumed about new accounts and their values, in the order in which it is tried. */
import { inGroup, notSeen, taken } from './assumption.mjs';
import { UNIQUE } from './testAccount.mjs';

/** @typedef {import('./assumption.mjs').Context} Context */
/** @typedef {import('./assumption.mjs').Look} Look */
/** @typedef {import('./testAccount.mjs').TestAccount} TestAccount */
/** @typedef {import('./testAccount.mjs').Unique} Unique */
/** @typedef {Record<string, any>} Row */

/** That a value is taken, as `nodes/services/http/failureTable.ts` reads it. */
const DUPLICATE = /\balready\b|duplicate (key|value|e-?mail|user)|\b(is|are) (taken|in use)\b/i;

const distinct = (/** @type {string[]} */ words) => [...new Set(words)].join(' and ');

/** @param {string} id @param {Unique} field @param {string} what @returns {Look} */
const duplicate = (id, field, what) => ({
	id,
	says: `A second account with the same ${what} is refused`,
	switches: [],
	expected: 'refused',
	look: async ({ account }) => {
		const { isMade, status } = await account.provoke(field);
		return isMade ? 'it was made, and deleted' : taken({ status });
	},
	means:
		'Two accounts can hold the same value. It is looked for before a creation, and two accounts ' +
		'that fit one person are for a person to look at. Please tell us.',
});

const creation = inGroup({ service: 'JumpCloud', group: 'Test account', needs: 'testAccount' }, [
	{
		id: 'created',
		says: 'An account can be made STAGED',
		switches: [],
		expected: 'STAGED',
		look: async ({ account }) => {
			const { state, suspended } = account.created ?? {};
			return suspended === false ? String(state ?? 'no state') : `${state}, suspended`;
		},
		means:
			'New accounts would have access at once. Do not use this package on this tenant, and please tell us.',
	},
	{
		id: 'searchLag',
		says: 'A new account is found by a search at once',
		switches: ['searchLagMs'],
		expected: 'at once',
		look: async ({ account }) => (account.isFoundAtOnce ? 'at once' : 'not at once'),
		means:
			'Nothing in a run: the id of the creation is used. Two runs at the same time may both try ' +
			'to create; JumpCloud refuses the second.',
	},
	duplicate('sameEmail', 'email', 'work email'),
	duplicate('sameUsername', 'username', 'username'),
	duplicate('sameEmployeeId', 'employeeIdentifier', 'employee ID'),
	duplicate('samePersonalEmail', 'alternateEmail', 'personal email'),
	{
		id: 'duplicateStatus',
		says: 'A duplicate is refused with 400',
		switches: ['duplicateStatus'],
		expected: '400',
		look: async ({ account }) => {
			const refusals = await refused(account);
			if (refusals.length === 0) return notSeen('no duplicate was refused');
			return distinct(refusals.map(({ status }) => String(status)));
		},
		means: 'Nothing: 400, 409 and 422 are all looked into.',
	},
	{
		id: 'duplicateWords',
		says: 'The message of a duplicate says so',
		switches: ['duplicateMessage'],
		expected: 'it says so',
		look: async ({ account }) => {
			const refusals = await refused(account);
			if (refusals.length === 0) return notSeen('no duplicate was refused');
			return distinct(
				refusals.map(({ words, isInDetails }) =>
					DUPLICATE.test(words) ? 'it says so' : isInDetails ? 'the details do' : 'it does not',
				),
			);
		},
		means: 'Nothing: whoever holds the value is looked for after every refusal.',
	},
]);

/** @param {TestAccount} account */
async function refused(account) {
	const all = [];
	for (const field of UNIQUE) all.push(await account.provoke(field));
	return all.filter(({ isMade }) => !isMade);
}

/** What is written, and must come back the same. */
const SENT = {
	displayname: 'Zoë Łukasz-Check',
	description: 'Two  spaces, a (bracket) and a + sign',
	phoneNumbers: [{ type: 'work', number: '+49 (0)30 123-45 67' }],
	addresses: [
		{ type: 'work', streetAddress: '1 Check Street, 2nd floor', locality: 'Zürich', country: 'CH' },
	],
	attributes: [{ name: 'liveCheck', value: 'Ä value: with, marks; and "quotes"' }],
};

/**
 * Whether all that was sent came back, whatever else did.
 * @param {any} sent
 * @param {any} kept
 * @returns {boolean}
 */
function holds(sent, kept) {
	if (Array.isArray(sent))
		return Array.isArray(kept) && sent.every((item) => kept.some((one) => holds(item, one)));
	if (sent && typeof sent === 'object')
		return Object.entries(sent).every(([name, value]) => holds(value, kept?.[name]));
	return sent === kept;
}

const isUnset = (/** @type {unknown} */ value) =>
	value === '' || value === null || value === undefined;

/**
 * What a PUT of "" or null does to a text that is set.
 * @param {TestAccount} account
 * @param {string} field
 * @param {string | null} empty
 */
async function clearing(account, field, empty) {
	const { [field]: value = account.name } = /** @type {Row} */ (account.values);
	if (isUnset((await account.read())[field])) await account.put({ [field]: value });
	const answer = await account.put({ [field]: empty });
	if (answer.status >= 300) return taken(answer);
	return isUnset((await account.read())[field]) ? 'it clears' : 'no effect';
}

const values = inGroup(
	{ service: 'JumpCloud', group: 'Test account: values', needs: 'testAccount' },
	[
		{
			id: 'partialUpdate',
			says: 'An update changes only the fields that it names',
			switches: [],
			expected: 'only these',
			look: async ({ account }) => {
				const answer = await account.put({ jobTitle: 'Test account, changed' });
				if (answer.status >= 300) return taken(answer);
				const { jobTitle, department } = await account.read();
				if (jobTitle !== 'Test account, changed') return 'not even these';
				return department === account.values.department ? 'only these' : 'others too';
			},
			means:
				'An update would empty other fields. Do not use this package on this tenant, and please tell us.',
		},
		{
			id: 'arraysReplaced',
			says: 'An update replaces a whole list of phone numbers',
			switches: [],
			expected: 'replaced',
			look: async ({ account }) => {
				const numbers = ['work', 'mobile'].map((type) => ({ type, number: '+4930123456' }));
				const both = await account.put({ phoneNumbers: numbers });
				if (both.status >= 300) return taken(both);
				await account.put({ phoneNumbers: numbers.slice(1) });
				const { phoneNumbers } = await account.read();
				return phoneNumbers?.length === 1 ? 'replaced' : 'joined';
			},
			means:
				'Phone numbers, addresses and custom attributes that were taken away would stay. Please tell us.',
		},
		{
			id: 'keptAsSent',
			says: 'Texts, phone numbers, addresses and custom attributes are kept as sent',
			switches: ['keptForms'],
			expected: 'as sent',
			look: async ({ account }) => {
				const answer = await account.put(SENT);
				if (answer.status >= 300) return taken(answer);
				const kept = await account.read();
				const changed = Object.entries(SENT).filter(([name, value]) => !holds(value, kept[name]));
				if (changed.length === 0) return 'as sent';
				return `another form: ${changed.map(([name]) => name).join(', ')}`;
			},
			means:
				'The form that JumpCloud keeps is remembered, so such a value is not written again at each run.',
		},
		{
			id: 'manyAttributes',
			says: 'An account can have more than ten custom attributes',
			switches: [],
			expected: 'it can',
			look: async ({ account }) => {
				const attributes = Array.from({ length: 12 }, (_, at) => {
					return { name: `liveCheck${at}`, value: String(at) };
				});
				const answer = await account.put({ attributes });
				if (answer.status >= 300) return taken(answer);
				return (await account.read()).attributes?.length === 12 ? 'it can' : 'not all are kept';
			},
			means:
				'Six of them are of this package. Where there is no room, that is said, and access ' +
				'does not wait for it.',
		},
		{
			id: 'emptyClears',
			says: 'An empty text clears a field',
			switches: ['emptyStringClears'],
			expected: 'it clears',
			look: async ({ account }) => await clearing(account, 'department', ''),
			means:
				'With Clear Empty Values, what was taken away in Humaans stays in JumpCloud: it is ' +
				'refused and named, or kept and not tried again.',
		},
		{
			id: 'emptyClearsUnique',
			says: 'An empty text clears the personal email and the employee ID',
			switches: ['emptyUniqueClears'],
			expected: 'it clears',
			look: async ({ account }) =>
				distinct([
					await clearing(account, 'alternateEmail', ''),
					await clearing(account, 'employeeIdentifier', ''),
				]),
			means:
				'With Clear Empty Values, what was taken away in Humaans stays in JumpCloud: it is ' +
				'refused and named, or kept and not tried again.',
		},
		{
			id: 'nullClears',
			says: 'null is refused for a text',
			switches: ['nullClearsStrings'],
			expected: 'refused',
			look: async ({ account }) => await clearing(account, 'jobTitle', null),
			means: 'Nothing: null is never sent for a text.',
		},
		{
			id: 'managerCleared',
			says: 'null clears the manager',
			switches: [],
			expected: 'taken',
			look: async ({ account }) => taken(await account.put({ manager: null })),
			means: 'A manager who was taken away in Humaans stays in JumpCloud. Please tell us.',
		},
		{
			id: 'unlistedFields',
			says: 'An update takes fields that its specification leaves out',
			switches: ['putAcceptsUnlistedFields'],
			expected: 'taken',
			look: async ({ account }) => taken(await account.put({ passwordless_sudo: false })),
			means: 'Nothing: none of them is sent.',
		},
		{
			id: 'restrictedFields',
			says: 'A field that another directory owns is refused',
			switches: ['restrictedFieldWrites'],
			expected: 'refused',
			look: restrictedField,
			means: 'Nothing: a field that another directory owns is left alone.',
		},
		{
			id: 'invalidValue',
			says: 'A value that cannot be is refused with 400',
			switches: [],
			expected: '400',
			look: async ({ account }) => {
				const { status } = await account.put({ email: 'no address' });
				if (status >= 300) return String(status);
				await account.put({ email: account.values.email });
				return 'taken';
			},
			means:
				'Nothing, when it is 409 or 422. When it is taken, JumpCloud checks less than was thought.',
		},
	],
);

/** @param {Context} context */
async function restrictedField({ account }) {
	const owned = [{ field: 'costCenter', type: 'scim' }];
	const made = await account.put({ restrictedFields: owned });
	const { restrictedFields } = await account.read();
	if (made.status >= 300 || !holds([{ field: 'costCenter' }], restrictedFields))
		return notSeen('no field of the test account could be given to another directory');
	const answer = await account.put({ costCenter: 'Live check' });
	const { costCenter } = await account.read();
	await account.put({ restrictedFields: [] });
	if (answer.status >= 300) return taken(answer);
	return costCenter === 'Live check' ? 'taken' : 'no effect';
}

export const TEST_ACCOUNT_VALUES = [...creation, ...values];
