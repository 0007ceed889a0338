/** What is assumed about the token of Humaans, and about people. */
import { inGroup, notSeen } from './assumption.mjs';
import { STATUSES } from './humaans.mjs';

/** @typedef {import('./assumption.mjs').Context} Context */
/** @typedef {import('./humaans.mjs').Row} Row */

const NO_OTHERS = 'the token shows nobody who is a new hire or has left';

/** Permission roles of Humaans itself; a company may make others, with any name. */
const ROLES = new Set(['owner', 'admin', 'user']);

const text = (/** @type {unknown} */ value) => (typeof value === 'string' ? value : '');

/** The last day that somebody works. @param {Row} person */
const lastDay = (person) => text(person.lastWorkingDay || person.employmentEndDate).slice(0, 10);

const token = inGroup({ service: 'Humaans', group: 'Humaans: the token', needs: 'read' }, [
	{
		id: 'tokenScope',
		says: 'The token has the scope private:read',
		switches: [],
		expected: 'it has',
		look: async ({ humaans }) =>
			humaans.token.scopes.includes('private:read') ? 'it has' : 'it has not',
		means:
			'Humaans hides new hires and leavers from this token. Nobody is taken for gone, and full ' +
			'reads are refused. ' +
			'Make a token with private:read.',
	},
	{
		id: 'tokenRole',
		says: 'An owner or an administrator made the token',
		switches: [],
		expected: 'owner or admin',
		look: async ({ humaans }) => {
			const { status, json } = await humaans.get('/me');
			if (status >= 300) return `not shown (${status})`;
			const { role } = json ?? {};
			if (role === 'owner' || role === 'admin') return 'owner or admin';
			return ROLES.has(role) ? role : role ? 'another role' : 'no role shown';
		},
		means:
			'A token shows no more than its maker may see. Nobody is taken for gone. Let an owner or ' +
			'administrator make the token.',
	},
	{
		id: 'tokenView',
		says: 'The token shows more people than its maker',
		switches: ['adminViewIsPartial'],
		expected: 'more people',
		look: async ({ humaans }) => {
			const people = await humaans.everybody();
			return people.length > 1 ? 'more people' : people.length === 1 ? 'one person' : 'nobody';
		},
		means:
			'Although the role says owner or administrator, the token may show a part only, and then ' +
			'everybody else looks as if ' +
			'they had left. Do not run any deprovisioning with it, and please tell us.',
	},
]);

const people = inGroup({ service: 'Humaans', group: 'Humaans: people', needs: 'read' }, [
	{
		id: 'statuses',
		says: 'Everybody is active, newHire or offboarded',
		switches: [],
		expected: 'these three',
		look: async ({ humaans }) => {
			const all = await humaans.everybody();
			return all.every(({ status }) => STATUSES.includes(status))
				? 'these three'
				: 'another one too';
		},
		means:
			'Somebody in another status cannot be read: they are named in Needs Review and left ' +
			'alone. Please tell us.',
	},
	{
		id: 'statusFilter',
		says: 'A list of one status shows that status only',
		switches: ['statusFilterIgnored'],
		expected: 'that status only',
		look: async ({ humaans }) => {
			const lists = await Promise.all(
				STATUSES.map(async (status) => ({ status, list: (await humaans.people(status)).list })),
			);
			if (lists.some(({ list }) => !list)) return 'refused';
			const isKept = lists.every(({ status, list }) =>
				list?.rows.every((row) => row.status === status),
			);
			return isKept ? 'that status only' : 'others too';
		},
		means:
			'Every row is checked here too, so nobody is mixed up. But new hires and leavers may ' +
			'not be seen at all: please tell us before you run anything.',
	},
	{
		id: 'statusAll',
		says: 'status=all shows everybody',
		switches: ['statusAll'],
		expected: 'everybody',
		look: async ({ humaans }) => {
			const first = await humaans.people('all');
			if (!first.list) return 'refused';
			const others = await humaans.notActive();
			if (others === 0) return notSeen(NO_OTHERS);
			const everybody = ((await humaans.count('active')) ?? 0) + others;
			// Somebody may be hired while the lists are read, so it is asked twice.
			const again = (await humaans.list('/people', { status: 'all', $limit: 1 })).list;
			const total = Math.max(first.list.total, again?.total ?? 0);
			return total >= everybody ? 'everybody' : 'fewer people';
		},
		means: 'People are read in three lists, one a status: a few more calls, and the same result.',
	},
	{
		id: 'bareList',
		says: 'A list without a status shows active people only',
		switches: ['bareListReturns'],
		expected: 'active people only',
		look: async ({ humaans }) => {
			const { list } = await humaans.people();
			if (!list) return 'refused';
			const isMixed = list.rows.some(({ status }) => status !== 'active');
			const active = (await humaans.count('active')) ?? 0;
			if (isMixed || list.total > active + 1) return 'others too';
			return (await humaans.notActive()) > 0 ? 'active people only' : notSeen(NO_OTHERS);
		},
		means: 'Nothing: a status is always asked for.',
	},
	{
		id: 'statusTurns',
		says: 'Somebody becomes offboarded after the last day',
		switches: ['statusTurns'],
		expected: 'after the last day',
		look: async ({ humaans, today }) => {
			const leaving = (await humaans.everybody()).filter((one) => lastDay(one) > today);
			if (leaving.some(({ status }) => status === 'offboarded')) return 'before the last day';
			return leaving.some(({ status }) => status === 'active')
				? 'after the last day'
				: notSeen('nobody has a last day that is yet to come');
		},
		means:
			'Access ends when the last day is over where the person is, not when the status turns ' +
			'(Options: Offboarded, Last Day to Come).',
	},
	{
		id: 'peopleByEmail',
		says: 'People can be asked for by work email',
		switches: [],
		expected: 'the right ones',
		look: async ({ humaans }) => {
			const one = (await humaans.people()).list?.rows.find(({ email }) => text(email) !== '');
			if (!one) return notSeen('nobody with a work email is shown');
			const { list } = await humaans.list('/people', { email: one.email, $limit: 250 });
			if (!list) return 'refused';
			const isSame = (/** @type {Row} */ { email }) =>
				text(email).toLowerCase() === text(one.email).toLowerCase();
			if (!list.rows.some(({ id }) => id === one.id)) return 'not found';
			return list.rows.every(isSame) ? 'the right ones' : 'others too';
		},
		means:
			'Whoever shares a work email is looked for among all people: more calls, and the same result.',
	},
]);

export const HUMAANS_PEOPLE = [...token, ...people];
