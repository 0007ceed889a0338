/** What is assumed about states, groups and deletion, in the order in which it is tried. */
import { randomBytes } from 'node:crypto';
import { inGroup, notSeen, taken } from './assumption.mjs';
import { isOwnNotFound } from './jumpCloud.mjs';

/** @typedef {import('./assumption.mjs').Context} Context */
/** @typedef {import('./testAccount.mjs').TestAccount} TestAccount */
/** @typedef {Record<string, any>} Row */

const NOT_SUSPENDED = 'the account could not be suspended';

const states = inGroup(
	{ service: 'JumpCloud', group: 'Test account: states', needs: 'testAccount' },
	[
		{
			id: 'suspend',
			says: 'An update with SUSPENDED suspends',
			switches: ['putStateChange'],
			expected: 'it does',
			look: async ({ account }) => {
				if ((await account.state()) === 'SUSPENDED') return notSeen('it was suspended before');
				const answer = await account.put({ state: 'SUSPENDED', suspended: true });
				if (answer.status >= 300) return taken(answer);
				if ((await account.state()) === 'SUSPENDED') return 'it does';
				return answer.json?.state === 'SUSPENDED' ? 'only the answer says so' : 'no effect';
			},
			means:
				'The state is read after a suspension, and the other verb is tried. When neither works, ' +
				'it is said that nothing was done: ' +
				'suspend leavers by hand.',
		},
		{
			id: 'stagedComesBack',
			says: 'Reactivated after a suspension, a STAGED account is ACTIVATED',
			switches: ['putStateChange'],
			expected: 'ACTIVATED',
			look: async ({ account }) => {
				if (!(await account.suspended())) return notSeen(NOT_SUSPENDED);
				const answer = await account.put({ state: 'ACTIVATED', suspended: false });
				return answer.status >= 300 ? taken(answer) : await account.state();
			},
			means:
				'The state is read after a reactivation. When it is not ACTIVATED, it is said that it was ' +
				'not reactivated.',
		},
		{
			id: 'suspendVerb',
			says: 'The call state/suspend suspends, and answers the account',
			switches: ['suspendVerb'],
			expected: 'answers the account',
			look: async ({ account }) =>
				(await account.trySuspendVerb()) ?? notSeen('it stays suspended'),
			means:
				'Nothing, as long as an update suspends: this is the second way, and the state is read after it.',
		},
		{
			id: 'suspendedAlone',
			says: 'An update with suspended: false alone reactivates',
			switches: ['putStateChange'],
			expected: 'ACTIVATED',
			look: async ({ account }) => {
				if (!(await account.suspended())) return notSeen(NOT_SUSPENDED);
				const answer = await account.put({ suspended: false });
				return answer.status >= 300 ? taken(answer) : await account.state();
			},
			means: 'Nothing, as long as an update with the state reactivates: this is the second way.',
		},
	],
);

/** A group of the check's own, by its random name. @param {Context} context @param {Row} more */
async function ownGroup({ jumpCloud, made }, more = {}) {
	const name = `live-check-${randomBytes(4).toString('hex')}`;
	const body = { name, memberSuggestionsNotify: false, ...more };
	const { thing, answer } = await made.make(
		'group',
		name,
		async () => await jumpCloud.service.ask('POST', '/v2/usergroups', { body, once: true }),
	);
	const member = async (/** @type {'add' | 'remove'} */ op, /** @type {string} */ id) => {
		const path = `/v2/usergroups/${thing.id}/members`;
		return await jumpCloud.service.ask('POST', path, { body: { op, type: 'user', id } });
	};
	return thing.id === null ? { status: answer.status } : { thing, member, status: answer.status };
}

/**
 * Does something twice.
 * @param {(op: 'add' | 'remove', id: string) => Promise<{ status: number }>} member
 * @param {'add' | 'remove'} op
 * @param {string} id
 */
const twice = async (member, op, id) =>
	`${(await member(op, id)).status}, then ${(await member(op, id)).status}`;

/**
 * One look at a group that is made for it and deleted again.
 * @param {Context} context
 * @param {Row} more
 * @param {(group: Required<Awaited<ReturnType<typeof ownGroup>>>) => Promise<string>} look
 */
async function inOwnGroup(context, more, look) {
	const group = await ownGroup(context, more);
	if (!group.thing || !group.member)
		return notSeen(`no such group could be made (${group.status})`);
	try {
		return await look({ ...group, thing: group.thing, member: group.member });
	} finally {
		if (!context.jumpCloud.stop.isAsked) await context.made.delete(group.thing);
	}
}

const groups = inGroup(
	{ service: 'JumpCloud', group: 'Test account: groups', needs: 'testAccount' },
	[
		{
			id: 'groupAdd',
			says: 'Joining a group answers 204, and joining again 409',
			switches: [],
			expected: '204, then 409',
			look: async (context) =>
				await inOwnGroup(context, {}, async ({ member }) =>
					twice(member, 'add', context.account.id),
				),
			means: 'Nothing, when both are taken; otherwise joining a group fails. Please tell us.',
		},
		{
			id: 'groupLeave',
			says: 'Leaving a group answers 204, and leaving again 404',
			switches: [],
			expected: '204, then 404',
			look: async (context) =>
				await inOwnGroup(context, {}, async ({ member }) => {
					await member('add', context.account.id);
					return twice(member, 'remove', context.account.id);
				}),
			means: 'Nothing, when both are taken; otherwise leaving a group fails. Please tell us.',
		},
		{
			id: 'dynamicGroup',
			says: 'Nobody can be added by hand to a group whose members a rule computes',
			switches: ['dynamicGroupAdd'],
			expected: 'refused',
			look: async (context) =>
				await inOwnGroup(context, dynamicRule(context.account), async ({ member }) =>
					taken(await member('add', context.account.id)),
				),
			means: 'Nothing: JumpCloud says whether somebody joined, and that is passed on.',
		},
	],
);

/** A rule that fits nobody. @param {TestAccount} account */
const dynamicRule = ({ name }) => ({
	membershipMethod: 'DYNAMIC_AUTOMATED',
	memberQuery: {
		queryType: 'FilterQuery',
		filters: [{ field: 'department', operator: 'eq', value: `${name}-nobody` }],
	},
});

const deletion = inGroup(
	{ service: 'JumpCloud', group: 'Test account: deletion', needs: 'testAccount' },
	[
		{
			id: 'deleted',
			says: 'A deleted account is answered with 404, in the words of JumpCloud',
			switches: [],
			expected: '404 of JumpCloud',
			look: async ({ account, jumpCloud }) => {
				const { id } = account;
				const answer = await account.delete();
				if (!answer || answer.status >= 300) return `deletion: ${answer?.status ?? 'no id'}`;
				const after = await jumpCloud.get(`/systemusers/${id}`);
				if (after.status !== 404) return String(after.status);
				return isOwnNotFound(after) ? '404 of JumpCloud' : '404 of somebody else';
			},
			means: 'That an account is gone is not seen. Please tell us.',
		},
	],
);

export const TEST_ACCOUNT_STATES = [...states, ...groups, ...deletion];

/** On a second account with the same address, made when the first one is gone. */
export const MAIL_ASSUMPTIONS = inGroup(
	{ service: 'JumpCloud', group: 'Test account: the one mail', needs: 'mail' },
	[
		{
			id: 'activate',
			says: 'state/activate activates, and mails the address that is given',
			switches: ['refusedInviteAddresses'],
			expected: 'ACTIVATED',
			look: async ({ account, mailTo }) => {
				const answer = await account.activate(mailTo);
				return answer.status >= 300 ? taken(answer) : await account.state();
			},
			means:
				'The next address of the person is tried, and each attempt is shown in the outcome. ' +
				'Please look whether the mail came.',
		},
		{
			id: 'activateAgain',
			says: 'state/activate is taken for an ACTIVATED account without a password',
			switches: ['activateActivated'],
			expected: '200',
			look: async ({ account }) => {
				if ((await account.state()) !== 'ACTIVATED') return notSeen('it is not activated');
				return String((await account.activate(false)).status);
			},
			means: 'Sending an invite again to another address does not work; the usual resend does.',
		},
		{
			id: 'activateSuspended',
			says: 'state/activate is refused for a SUSPENDED account',
			switches: ['activateNotStaged'],
			expected: '400',
			look: async ({ account }) => {
				if (!(await account.suspended())) return notSeen(NOT_SUSPENDED);
				const { status } = await account.activate(false);
				if (status >= 300) return String(status);
				return (await account.state()) === 'SUSPENDED' ? 'taken, no effect' : 'taken, it activates';
			},
			means: 'Nothing: it is never called for a suspended account.',
		},
	],
);
