/** What is assumed about lists and refusals of Humaans. */
import { inGroup, notSeen } from './assumption.mjs';

const TOO_FEW = 'fewer than two people are shown';
const NO_LIST = 'the list was refused';

const text = (/** @type {unknown} */ value) => (typeof value === 'string' ? value : '');

const lists = inGroup({ service: 'Humaans', group: 'Humaans: lists', needs: 'read' }, [
	{
		id: 'otherLists',
		says: 'Job roles, locations and custom fields can be read',
		switches: [],
		expected: 'all of them',
		look: async ({ humaans }) => {
			const paths = ['job-roles', 'locations', 'custom-fields', 'custom-values'];
			const answers = await Promise.all(paths.map(async (path) => await humaans.first(`/${path}`)));
			const not = paths.flatMap((path, at) =>
				answers[at]?.list ? [] : `${path} (${answers[at]?.status})`,
			);
			return not.length === 0 ? 'all of them' : `not ${not.join(', ')}`;
		},
		means:
			'Job title, department, manager, location or custom fields are missing. Give the ' +
			'token the scopes public:read and private:read.',
	},
	{
		id: 'peoplePage',
		says: 'A page has up to 250 rows',
		switches: ['humaansPageLimit'],
		expected: '250',
		look: async ({ humaans }) => {
			const { list } = await humaans.people('active');
			if (!list) return notSeen(NO_LIST);
			if (list.rows.length < list.total) return String(list.rows.length);
			return typeof list.limit === 'number' ? String(list.limit) : notSeen('it needs 250 people');
		},
		means:
			'Reading goes on with the number of rows that come: another number of calls, and the same result.',
	},
	{
		id: 'peopleOver',
		says: 'A page of more than 250 rows is served as far as it goes',
		switches: ['overLimit'],
		expected: 'served',
		look: async ({ humaans }) =>
			(await humaans.list('/people', { $limit: 251 })).list ? 'served' : 'refused',
		means: 'Nothing: never more than 250 are asked for.',
	},
	{
		id: 'peopleSkip',
		says: '$skip goes on with the next row',
		switches: [],
		expected: 'the next row',
		look: async ({ humaans }) => {
			const { list } = await humaans.people();
			if (!list) return notSeen(NO_LIST);
			if (list.rows.length < 2) return notSeen(TOO_FEW);
			const next = (await humaans.list('/people', { $limit: 1, $skip: 1 })).list?.rows[0];
			return next?.id === list.rows[1]?.id ? 'the next row' : 'another row';
		},
		means:
			'A list without an order is read until two readings agree; with many people that can ' +
			'fail, and then nothing is done. Please tell us.',
	},
	{
		id: 'peopleOrder',
		says: 'A list begins with whoever was entered first',
		switches: ['humaansListOrder'],
		expected: 'oldest first',
		look: async ({ humaans }) => {
			const rows = (await humaans.people()).list?.rows ?? [];
			const inOrder = (/** @type {string} */ field, /** @type {number} */ sign) =>
				rows.every(
					(row, at) =>
						at === 0 || text(row[field]).localeCompare(text(rows[at - 1]?.[field])) * sign >= 0,
				);
			const isMixed = (/** @type {string} */ field) =>
				new Set(rows.map((row) => row[field])).size > 1;
			if (!isMixed('createdAt')) return notSeen('everybody was entered at the same time');
			if (inOrder('createdAt', 1)) return 'oldest first';
			if (inOrder('createdAt', -1)) return 'newest first';
			return isMixed('updatedAt') && inOrder('updatedAt', -1)
				? 'last changed first'
				: 'no such order';
		},
		means: 'Nothing, as long as the order stays while a list is read. It is checked at every read.',
	},
	{
		id: 'peopleSort',
		says: '$sort has no effect',
		switches: ['sortSupported', 'unknownFilter'],
		expected: 'no effect',
		look: async ({ humaans }) => {
			const sorted = async (/** @type {number} */ direction) =>
				(await humaans.list('/people', { '$sort[id]': direction, $limit: 250 })).list;
			const [up, down] = [await sorted(1), await sorted(-1)];
			if (!up || !down) return 'refused';
			if (up.rows.length < 2) return notSeen(TOO_FEW);
			return up.rows[0]?.id === down.rows[0]?.id ? 'no effect' : 'it sorts';
		},
		means: 'Nothing: it is never asked for.',
	},
	{
		id: 'updatedAt',
		says: 'A filter on updatedAt has no effect',
		switches: ['updatedAtFilterSupported', 'unknownFilter'],
		expected: 'no effect',
		look: async ({ humaans }) => {
			const { list } = await humaans.list('/people', {
				'updatedAt[$gte]': '2999-01-01',
				$limit: 1,
			});
			return !list ? 'refused' : list.total === 0 ? 'it filters' : 'no effect';
		},
		means:
			'Nothing: everybody is read each time, because a change of a job role may not show there.',
	},
	{
		id: 'unknownFilter',
		says: 'A filter that is not known has no effect',
		switches: ['unknownFilter'],
		expected: 'no effect',
		look: async ({ humaans }) => {
			const { list } = await humaans.list('/people', { liveCheckUnknown: 'x', $limit: 1 });
			return !list ? 'refused' : list.total === 0 ? 'nobody is shown' : 'no effect';
		},
		means: 'Nothing: only known filters are sent, and every row is checked.',
	},
	{
		id: 'rolesAsOf',
		says: '$asOf shows the job roles of a day',
		switches: ['asOfSupported'],
		expected: 'of that day',
		look: async ({ humaans }) => {
			const roles = (await humaans.first('/job-roles')).list;
			if (!roles || roles.total === 0) return notSeen('no job roles are shown');
			const { list } = await humaans.list('/job-roles', { $asOf: '1900-01-01', $limit: 1 });
			return !list ? 'refused' : list.total === 0 ? 'of that day' : 'all of them';
		},
		means: 'Nothing: the role of the day is also worked out here.',
	},
	{
		id: 'rolesOfOne',
		says: 'Job roles can be asked for by person',
		switches: [],
		expected: 'of that person',
		look: async ({ humaans }) => {
			const personId = (await humaans.first('/job-roles')).list?.rows[0]?.personId;
			if (!personId) return notSeen('no job roles are shown');
			const { list } = await humaans.list('/job-roles', { personId, $limit: 250 });
			if (!list) return 'refused';
			if (list.rows.length === 0) return 'none';
			return list.rows.every((row) => row.personId === personId) ? 'of that person' : 'others too';
		},
		means:
			'Only rows of the person count; when others come too, one person costs as much as all. Please tell us.',
	},
	{
		id: 'webhooks',
		says: 'A token with webhooks:manage may read the list of webhooks',
		switches: [],
		expected: 'a list',
		look: async ({ humaans }) => {
			if (!humaans.token.scopes.includes('webhooks:manage'))
				return notSeen('the token lacks webhooks:manage');
			const { status, list } = await humaans.first('/webhooks');
			return list ? 'a list' : `refused (${status})`;
		},
		means: 'The webhook of the trigger is added by hand in Humaans; polling goes on in any case.',
	},
]);

const refusals = inGroup({ service: 'Humaans', group: 'Humaans: refusals', needs: 'read' }, [
	{
		id: 'wrongToken',
		says: 'A wrong token is refused with 401',
		switches: [],
		expected: '401',
		look: async ({ humaans }) =>
			String(
				(
					await humaans.get('/token-info', {
						headers: { authorization: 'Bearer wrong' },
						anyAnswer: true,
					})
				).status,
			),
		means: 'A wrong token is told in other words than "wrong token". Please tell us.',
	},
	{
		id: 'noToken',
		says: 'A request without a token is refused with 401',
		switches: [],
		expected: '401',
		look: async ({ humaans }) =>
			String((await humaans.get('/token-info', { headers: {}, anyAnswer: true })).status),
		means: 'A missing token is told in other words. Please tell us.',
	},
	{
		id: 'unknownPerson',
		says: 'A person who is not there is answered with 404, in the words of Humaans',
		switches: [],
		expected: '404 of Humaans',
		look: async ({ humaans }) => {
			const { status, json } = await humaans.get(`/people/${'0'.repeat(24)}`);
			if (status !== 404) return String(status);
			const isOwn = typeof json?.name === 'string' && (json.code ?? json.id) !== undefined;
			return isOwn ? '404 of Humaans' : '404 of somebody else';
		},
		means:
			'Such an answer proves nothing, so people who were deleted in Humaans keep their ' +
			'accounts. Please tell us.',
	},
	{
		id: 'humaansValidation',
		says: 'A value that cannot be is refused with 422',
		switches: ['errorStatusValidation'],
		expected: '422',
		look: async ({ humaans }) => {
			const { status } = await humaans.get('/people', { query: { $limit: 'many' } });
			return status < 300 ? 'taken' : String(status);
		},
		means: 'Nothing: 400 and 422 are both read as a refusal.',
	},
	{
		id: 'humaansErrorBody',
		says: 'A refusal has a name, a code and a message',
		switches: [],
		expected: 'all three',
		look: async ({ humaans }) => {
			const { json } = await humaans.get(`/people/${'0'.repeat(24)}`);
			const has = ['name', 'code', 'message'].filter((key) => json?.[key] !== undefined);
			return has.length === 3 ? 'all three' : has.length > 0 ? `only ${has.join(', ')}` : 'none';
		},
		means: 'Failures are told by their status alone. Please tell us.',
	},
]);

export const HUMAANS_LISTS = [...lists, ...refusals];

/** Looked at when everything else is done. */
export const HUMAANS_PACE = inGroup({ service: 'Humaans', group: 'Pace', needs: 'read' }, [
	{
		id: 'humaansPace',
		says: 'Humaans does not limit as few requests as these',
		switches: ['humaansRateLimit'],
		expected: 'no 429',
		look: async ({ humaans }) => (humaans.service.tooMany > 0 ? 'some 429' : 'no 429'),
		means: 'The pace that is allowed is learned, and kept: large reads take longer.',
	},
]);
