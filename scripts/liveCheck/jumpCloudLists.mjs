/** What is assumed about the key of JumpCloud, and about lists of accounts. */
import { inGroup, notSeen } from './assumption.mjs';

/** @typedef {import('./assumption.mjs').Context} Context */
/** @typedef {import('./jumpCloud.mjs').Row} Row */

const LARGE = 1000;
const SMALL = 100;
const MANY = 'it needs more than 100 accounts';
const TOO_FEW = 'it needs two accounts';

const ids = (/** @type {Row[]} */ rows) => rows.map(({ _id }) => String(_id));
const isAscending = (/** @type {string[]} */ list) =>
	list.every((id, at) => at === 0 || String(list[at - 1]) < id);

const key = inGroup({ service: 'JumpCloud', group: 'JumpCloud: the key', needs: 'read' }, [
	{
		id: 'withoutKey',
		says: 'A request without a key is sent to the sign-in page',
		switches: ['withoutKey'],
		expected: '302 to /login',
		look: async ({ jumpCloud }) => {
			const { status, headers } = await jumpCloud.get('/systemusers', {
				...{ query: { limit: 1 }, headers: {}, anyAnswer: true },
			});
			const isSignIn = /\/login\b/.test(headers.get('location') ?? '');
			return isSignIn ? `${status} to /login` : String(status);
		},
		means: 'Nothing: a missing key is told either way.',
	},
	{
		id: 'wrongKey',
		says: 'A wrong key is refused with 401',
		switches: [],
		expected: '401',
		look: async ({ jumpCloud }) => String((await jumpCloud.wrong()).status),
		means: 'A wrong key is told in other words than "wrong key". Please tell us.',
	},
	{
		id: 'jumpCloudErrorBody',
		says: 'A refusal has a message or an error text',
		switches: [],
		expected: 'it has',
		look: async ({ jumpCloud }) => {
			const tooMany = { limit: LARGE + 1, sort: '_id', fields: 'state' };
			const answers = [
				await jumpCloud.wrong(),
				await jumpCloud.get('/systemusers', { query: tooMany }),
			];
			const hasText = (/** @type {import('./service.mjs').Answer} */ { status, json }) =>
				status < 300 || typeof json?.message === 'string' || typeof json?.error === 'string';
			return answers.every(hasText) ? 'it has' : 'it has none';
		},
		means: 'Failures are told by their status alone, and a 404 proves nothing. Please tell us.',
	},
	{
		id: 'organizations',
		says: 'The key may read its organization',
		switches: ['organizationsForbidden'],
		expected: 'it may',
		look: async ({ jumpCloud }) => {
			const { status, json } = await jumpCloud.get('/organizations', { query: { limit: 1 } });
			return status >= 300 ? `refused (${status})` : json?.results ? 'it may' : 'another answer';
		},
		means: 'Nothing: each account names its organization.',
	},
	{
		id: 'groupList',
		says: 'The list of user groups is a bare array',
		switches: [],
		expected: 'a bare array',
		look: async ({ jumpCloud }) => {
			const { status, json } = await jumpCloud.get('/v2/usergroups', { query: { limit: 1 } });
			return status >= 300
				? `refused (${status})`
				: Array.isArray(json)
					? 'a bare array'
					: 'another';
		},
		means: 'Joining a group by its name does not work with this key. Nothing else uses groups.',
	},
]);

const pages = inGroup(
	{ service: 'JumpCloud', group: 'JumpCloud: lists of accounts', needs: 'read' },
	[
		{
			id: 'searchPage',
			says: 'A search gives a page of 1,000 accounts',
			switches: ['searchPageLimit', 'jumpCloudPageLimit'],
			expected: 'as many as asked for',
			look: async ({ jumpCloud }) => {
				const { list } = await jumpCloud.searchPage(LARGE);
				if (!list) return 'refused';
				const { rows, total } = list;
				if (rows.length < Math.min(total, LARGE)) return `${rows.length} at most`;
				return total > SMALL ? 'as many as asked for' : notSeen(MANY);
			},
			means: 'Accounts are read in pages of 100: ten times as many calls, and the same result.',
		},
		{
			id: 'searchOver',
			says: 'A search for more than 1,000 a page is refused',
			switches: ['searchOverLimit'],
			expected: 'refused',
			look: async ({ jumpCloud }) =>
				(await jumpCloud.searchPage(LARGE + 1)).list ? 'served' : 'refused',
			means: 'Nothing: never more than 1,000 are asked for.',
		},
		{
			id: 'searchPageFrom',
			says: 'A search takes its limit from the body and from the query string',
			switches: ['searchPageFrom'],
			expected: 'from both',
			look: async ({ jumpCloud }) => {
				const page = { limit: 1, sort: '_id' };
				const body = await jumpCloud.search({ ...page, fields: 'state' });
				const query = await jumpCloud.search({ fields: 'state' }, page);
				if ((body.list?.total ?? 0) < 2) return notSeen(TOO_FEW);
				const fromBody = body.list?.rows.length === 1;
				const fromQuery = query.list?.rows.length === 1;
				if (fromBody && fromQuery) return 'from both';
				return fromBody ? 'from the body' : fromQuery ? 'from the query' : 'from neither';
			},
			means:
				'Nothing: they are sent in both. From neither: reads stop as incomplete, and nothing is done.',
		},
		{
			id: 'searchFields',
			says: 'A search gives only the fields that are named',
			switches: ['searchFieldsIgnored'],
			expected: 'only these',
			look: async ({ jumpCloud }) => {
				const { list } = await jumpCloud.search({
					...{ fields: 'username', limit: 1, skip: 0, sort: '_id' },
				});
				const [row] = list?.rows ?? [];
				if (!row) return list ? notSeen('there is no account') : 'refused';
				if (row.username === undefined) return 'not even these';
				return row.email === undefined && row.state === undefined ? 'only these' : 'others too';
			},
			means: 'Answers are larger, and reads of many accounts take longer. The result is the same.',
		},
		{
			id: 'getPage',
			says: 'GET gives a page of 100 accounts and not more',
			switches: ['getPageLimit', 'jumpCloudPageLimit'],
			expected: '100',
			look: async ({ jumpCloud }) => {
				const small = (await jumpCloud.listPage(SMALL)).list;
				if (!small) return 'refused';
				if (small.rows.length < Math.min(small.total, SMALL)) return String(small.rows.length);
				const large = (await jumpCloud.listPage(LARGE)).list;
				if (!large) return '100';
				if (small.total <= SMALL) return notSeen(MANY);
				return large.rows.length > SMALL ? 'more than 100' : '100';
			},
			means:
				'Nothing: GET is asked for 100 at most. With fewer, there are more calls, and the same result.',
		},
		{
			id: 'getOver',
			says: 'GET of more than it gives is refused',
			switches: ['getOverLimit'],
			expected: 'refused',
			look: async ({ jumpCloud }) =>
				(await jumpCloud.listPage(LARGE + 1)).list ? 'served' : 'refused',
			means: 'Nothing: GET is asked for 100 at most.',
		},
		{
			id: 'accountsOrder',
			says: 'Lists and searches sorted by _id are in that order',
			switches: [],
			expected: 'in order',
			look: async ({ jumpCloud }) => {
				const lists = [
					(await jumpCloud.listPage(SMALL)).list,
					(await jumpCloud.searchPage(SMALL)).list,
				];
				if (lists.some((list) => !list)) return 'refused';
				if (lists.some((list) => (list?.total ?? 0) < 2)) return notSeen(TOO_FEW);
				return lists.every((list) => isAscending(ids(list?.rows ?? [])))
					? 'in order'
					: 'not in order';
			},
			means:
				'A list without an order is read until two readings agree; in a large company that can ' +
				'fail. Please tell us.',
		},
		{
			id: 'accountsSkip',
			says: 'skip goes on with the next account',
			switches: [],
			expected: 'the next one',
			look: async ({ jumpCloud }) => {
				const second = ids((await jumpCloud.searchPage(SMALL)).list?.rows ?? [])[1];
				if (second === undefined) return notSeen(TOO_FEW);
				const next = [
					(await jumpCloud.searchPage(SMALL, 1)).list?.rows[0]?._id,
					(await jumpCloud.listPage(SMALL, 1)).list?.rows[0]?._id,
				];
				return next.every((id) => id === second) ? 'the next one' : 'another one';
			},
			means:
				'Accounts cannot be read page by page, so every run stops as incomplete. Please tell us.',
		},
		{
			id: 'accountsTotal',
			says: 'Beyond the end, totalCount is still the whole count',
			switches: [],
			expected: 'the whole count',
			look: async ({ jumpCloud }) => {
				const total = await jumpCloud.total();
				const { list } = await jumpCloud.searchPage(SMALL, total + LARGE);
				return !list ? 'refused' : list.total >= total ? 'the whole count' : 'another count';
			},
			means: 'When an account goes while a list is read, the read begins again. Nothing else.',
		},
		{
			id: 'accountsByEmail',
			says: 'GET with a filter on the email finds that account',
			switches: [],
			expected: 'that account',
			look: async (context) => await foundBy(context, filterOnEmail),
			means: 'Nothing: accounts are looked up by a search.',
		},
		{
			id: 'accountsAnyCase',
			says: 'A search by an expression finds an email in any case of letters',
			switches: [],
			expected: 'that account',
			look: async (context) => await foundBy(context, searchInCapitals),
			means:
				'An account with the same email in other letters is not found before a creation; ' +
				'JumpCloud refuses the second one. ' +
				'Please tell us.',
		},
		{
			id: 'accountsByAttribute',
			says: 'A filter on a custom attribute finds the account that has the value',
			switches: ['customAttributeFilter'],
			expected: 'that account',
			look: attributeFilter,
			means:
				'The account of a person is looked for among all accounts: more calls, and the same result.',
		},
	],
);

/** The account that a look-up by email is tried with. @param {Context} context */
async function foundBy(
	{ jumpCloud },
	/** @type {(jumpCloud: Context['jumpCloud'], email: string) => Promise<import('./jumpCloud.mjs').List>} */ ask,
) {
	const one = (await jumpCloud.sample()).find(({ email }) => /^[a-z]/i.test(String(email ?? '')));
	if (!one) return notSeen('there is no account with an email');
	const { list } = await ask(jumpCloud, String(one.email));
	if (!list) return 'refused';
	if (!list.rows.some(({ _id }) => _id === one._id)) return 'not found';
	const same = (/** @type {Row} */ { email }) =>
		String(email).toLowerCase() === String(one.email).toLowerCase();
	return list.rows.every(same) ? 'that account' : 'others too';
}

/** @param {Context['jumpCloud']} jumpCloud @param {string} email */
const filterOnEmail = async (jumpCloud, email) =>
	await jumpCloud.list({ filter: `email:$eq:${email}`, sort: '_id', limit: 10, fields: 'email' });

/** @param {Context['jumpCloud']} jumpCloud @param {string} email */
const searchInCapitals = async (jumpCloud, email) => {
	const pattern = email.toUpperCase().replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
	const or = [{ email: { $regex: `(?i)(^${pattern}$)` } }];
	return await jumpCloud.search({
		...{ filter: { or }, limit: 10, skip: 0, sort: '_id', fields: 'email' },
	});
};

/**
 * By a value that some account has; where none has any, by that of the test account.
 * @param {Context} context
 */
async function attributeFilter({ jumpCloud, account }) {
	const all = await jumpCloud.everyAccount();
	const items = [...all, ...(account?.created ? [account.created] : [])].flatMap((row) =>
		(Array.isArray(row.attributes) ? row.attributes : []).map((/** @type {Row} */ { value }) => {
			return { _id: row._id, value: String(value ?? '') };
		}),
	);
	const holders = new Map(items.map(({ value }) => [value, 0]));
	for (const { value } of items) holders.set(value, (holders.get(value) ?? 0) + 1);
	// A value that one account alone has: the answer is then one page.
	const one = items.find(({ value }) => holders.get(value) === 1 && /^\w{4,}$/.test(value));
	if (!one) return notSeen('no account has a custom attribute of its own (the test account would)');
	const { value } = one;
	const { list } = await jumpCloud.list({
		...{ filter: `attributes.value:$eq:${value}`, sort: '_id', limit: SMALL, fields: 'attributes' },
	});
	if (!list) return 'refused';
	if (!list.rows.some(({ _id }) => _id === one._id)) return list.total === 0 ? 'nobody' : 'others';
	const has = (/** @type {Row} */ { attributes }) =>
		attributes?.some((/** @type {Row} */ item) => item.value === value);
	return list.rows.every(has) ? 'that account' : 'others too';
}

export const JUMPCLOUD_LISTS = [...key, ...pages];
