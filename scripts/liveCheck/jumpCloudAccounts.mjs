/** What is assumed about accounts in JumpCloud, as far as reads show it. */
import { inGroup, notSeen } from './assumption.mjs';
import { isOwnNotFound } from './jumpCloud.mjs';

/** @typedef {import('./jumpCloud.mjs').Row} Row */

/** Texts of an account that are often not set. */
const TEXTS = ['middlename', 'company', 'costCenter', 'employeeType', 'location', 'description'];

/**
 * The forms in which a text that is not set comes back.
 * @param {Row[]} rows
 * @param {string[]} fields
 */
function unsetForms(rows, fields) {
	const forms = new Set(
		rows.flatMap((row) =>
			fields.map((field) =>
				!(field in row)
					? 'absent'
					: row[field] === null
						? 'null'
						: row[field] === ''
							? 'empty'
							: '',
			),
		),
	);
	forms.delete('');
	if (forms.size === 0) return notSeen('every account that was looked at has one');
	return [...forms].sort().join(' and ');
}

const UNSET = 'Nothing: empty, null and absent are read as the same.';

export const JUMPCLOUD_ACCOUNTS = inGroup(
	{ service: 'JumpCloud', group: 'JumpCloud: accounts', needs: 'read' },
	[
		{
			id: 'accountStates',
			says: 'state is STAGED, ACTIVATED or SUSPENDED, and suspended agrees with it',
			switches: [],
			expected: 'they agree',
			look: async ({ jumpCloud }) => {
				const all = await jumpCloud.everyAccount();
				if (all.length === 0) return notSeen('there is no account');
				if (all.some(({ state }) => state === undefined)) return 'no state';
				const known = ['STAGED', 'ACTIVATED', 'SUSPENDED'];
				if (all.some(({ state }) => !known.includes(state))) return 'another state';
				const agrees = (/** @type {Row} */ { state, suspended }) =>
					(state === 'SUSPENDED') === Boolean(suspended);
				return all.every(agrees) ? 'they agree' : 'they differ';
			},
			means:
				'An account whose suspended is true counts as suspended, whatever its state says; ' +
				'another state counts as active. Please tell us.',
		},
		{
			id: 'accountIds',
			says: 'An _id is 24 hexadecimal digits',
			switches: [],
			expected: 'it is',
			look: async ({ jumpCloud }) => {
				const all = await jumpCloud.everyAccount();
				if (all.length === 0) return notSeen('there is no account');
				return all.every(({ _id }) => /^[0-9a-f]{24}$/.test(String(_id))) ? 'it is' : 'it is not';
			},
			means: 'Nothing: an id is taken as it is. Please tell us.',
		},
		{
			id: 'accountOrganization',
			says: 'An account names its organization',
			switches: [],
			expected: 'it does',
			look: async ({ jumpCloud }) => {
				const rows = await jumpCloud.sample();
				if (rows.length === 0) return notSeen('there is no account');
				const names = (/** @type {Row} */ { organization }) => typeof organization === 'string';
				return rows.every(names) ? 'it does' : 'not each one';
			},
			means: 'Two JumpCloud organizations in one n8n share the limit on suspensions.',
		},
		{
			id: 'accountAttributes',
			says: 'A custom attribute is a name and a value, both text',
			switches: [],
			expected: 'both text',
			look: async ({ jumpCloud }) => {
				const items = (await jumpCloud.everyAccount()).flatMap(
					({ attributes }) => attributes ?? [],
				);
				if (items.length === 0) return notSeen('no account has a custom attribute');
				const isText = (/** @type {Row} */ { name, value }) =>
					typeof name === 'string' && typeof value === 'string';
				return items.every(isText) ? 'both text' : 'another shape';
			},
			means: 'Such attributes are passed over; a link of another shape is none. Please tell us.',
		},
		{
			id: 'unsetText',
			says: 'A text that is not set is empty',
			switches: ['unsetText'],
			expected: 'empty',
			look: async ({ jumpCloud }) => unsetForms(await jumpCloud.sample(), TEXTS),
			means: UNSET,
		},
		{
			id: 'unsetEmployeeId',
			says: 'An employee ID that is not set is null',
			switches: ['unsetEmployeeIdentifier'],
			expected: 'null',
			look: async ({ jumpCloud }) => unsetForms(await jumpCloud.sample(), ['employeeIdentifier']),
			means: UNSET,
		},
		{
			id: 'unsetPersonalEmail',
			says: 'A personal email that is not set is absent from a list',
			switches: ['unsetAlternateEmail'],
			expected: 'absent',
			look: async ({ jumpCloud }) => unsetForms(await jumpCloud.sample(), ['alternateEmail']),
			means: UNSET,
		},
		{
			id: 'unknownAccount',
			says: 'An account that is not there is answered with 404, in the words of JumpCloud',
			switches: ['foreignNotFound'],
			expected: '404 of JumpCloud',
			look: async ({ jumpCloud }) => {
				const answer = await jumpCloud.unknown();
				if (answer.status !== 404) return String(answer.status);
				return isOwnNotFound(answer) ? '404 of JumpCloud' : '404 of somebody else';
			},
			means:
				'Something between here and JumpCloud answers in its place, or JumpCloud uses other ' +
				'words. Nobody counts as gone, ' +
				'and accounts may be out of reach. Look for a proxy or gateway.',
		},
	],
);

/** Looked at when everything else is done. */
export const JUMPCLOUD_PACE = inGroup({ service: 'JumpCloud', group: 'Pace', needs: 'read' }, [
	{
		id: 'jumpCloudPace',
		says: 'JumpCloud does not limit as few requests as these',
		switches: ['jumpCloudRateLimit'],
		expected: 'no 429',
		look: async ({ jumpCloud }) => (jumpCloud.service.tooMany > 0 ? 'some 429' : 'no 429'),
		means: 'The pace that is allowed is learned, and kept: large runs take longer.',
	},
	{
		id: 'limitHeaders',
		says: 'Good answers of JumpCloud say nothing about limits on requests',
		switches: [],
		expected: 'nothing',
		look: async ({ jumpCloud }) => {
			const names = [...jumpCloud.service.limitHeaders].sort();
			return names.length === 0 ? 'nothing' : `headers ${names.join(', ')}`;
		},
		means: 'The allowed pace could be read instead of learned. Please tell us the names.',
	},
]);
