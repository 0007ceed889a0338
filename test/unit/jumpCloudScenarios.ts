/** One scenario a write operation: what is there before, and the operation as the node runs it. */
import { activateAccount, resendInvite } from '../../nodes/services/jumpcloud/activate';
import {
	deleteAccount,
	reactivateAccount,
	suspendAccount,
} from '../../nodes/services/jumpcloud/changeState';
import { createAccount } from '../../nodes/services/jumpcloud/create';
import { changeMembership } from '../../nodes/services/jumpcloud/groups';
import type { Written } from '../../nodes/services/jumpcloud/guard';
import { createTyped, updateTyped } from '../../nodes/services/jumpcloud/typed';
import { updateAccount } from '../../nodes/services/jumpcloud/update';
import type { JumpCloudClient } from '../../nodes/services/jumpcloud/client';
import type { Account, Desired, InviteRecipient, Subject } from '../../nodes/core/subject';
import { generateCompany, startSandbox, type Company, type Sandbox } from '../sandbox';

export const NOW = new Date('2026-11-24T09:00:00Z');
export const ids = {
	nora: 'aaaaaaaaaaaaaaaaaaaaaaaa',
	newcomer: 'personNewcomer0000000001',
	chosen: 'bbbbbbbbbbbbbbbbbbbbbbbb',
	staged: 'cccccccccccccccccccccccc',
	suspended: 'dddddddddddddddddddddddd',
	foreign: 'eeeeeeeeeeeeeeeeeeeeeeee',
	admin: 'ffffffffffffffffffffffff',
	group: '111111111111111111111111',
};

const account = (id: string, name: string, extra: object = {}): Account & { id: string } => ({
	_id: id,
	id,
	username: name,
	email: `${name}@acme.example`,
	alternateEmail: `${name}@home.example`,
	employeeIdentifier: `E-${name}`,
	firstname: name,
	lastname: 'Test',
	jobTitle: 'Engineer',
	department: 'Sales',
	state: 'ACTIVATED',
	suspended: false,
	activated: true,
	manager: null,
	phoneNumbers: [{ type: 'work_fax', number: '+1 9' }],
	addresses: [],
	attributes: [
		{ name: 'badge', value: 'B-7' },
		{ name: 'humaansId', value: `person-${name}` },
	],
	...extra,
});
const link = (name: string, ...more: Array<{ name: string; value: string }>) => ({
	attributes: [
		{ name: 'badge', value: 'B-7' },
		{ name: 'humaansId', value: `person-${name}` },
		...more,
	],
});

/** Seven accounts: enough for every rule, few enough to copy thousands of times. */
export async function smallSandbox(): Promise<Sandbox> {
	const company: Company = {
		...generateCompany(1, { today: '2026-11-24' }),
		groups: [{ id: ids.group, name: 'Engineering', type: 'user_group' }],
	};
	company.accounts = [
		account(ids.nora, 'nora', { manager: ids.chosen }),
		account(ids.chosen, 'chosen'),
		account(ids.staged, 'staged', { state: 'STAGED', activated: false }),
		account(ids.suspended, 'suspended', {
			state: 'SUSPENDED',
			suspended: true,
			...link('suspended', { name: 'humaansDeprovisionedAt', value: '2026-11-01T00:00:00.000Z' }),
		}),
		account(ids.foreign, 'foreign', { attributes: [] }),
		account(ids.admin, 'admin', { admin: '5a2dbc0fe0a1b2c3d4e5f6aa' }),
		account('999999999999999999999999', 'ada', { attributes: [] }),
	] as never;
	return await startSandbox({ company, now: () => NOW });
}

const desired = (attributes: Desired['attributes'], usernames: string[] = []): Desired => ({
	attributes,
	rules: {},
	usernames,
	clearEmpty: true,
	problems: [],
});
const subjectOf = (name: string, accountId: string, extra: Partial<Subject> = {}): Subject => ({
	personId: `person-${name}`,
	account: { _id: accountId } as Account,
	...extra,
});
const byHand = (accountId: string) => ({ accountId, personId: null });
const theirs = (name: string, accountId: string) => ({ accountId, personId: `person-${name}` });
const recipients: InviteRecipient[] = [
	{ kind: 'personal', address: 'staged@home.example' },
	{ kind: 'work', address: 'staged@acme.example' },
];

/**
 * A newcomer whose first username is taken and whose personal e-mail another organisation holds.
 */
const newcomer: Subject = {
	personId: ids.newcomer,
	desired: desired(
		{
			email: 'ada.new@acme.example',
			alternateEmail: 'taken@home.example',
			employeeIdentifier: 'E-77',
			firstname: 'Ada',
			'phoneNumbers.work': '+44 1',
		},
		['ada', 'ada2'],
	),
};

export interface Scenario {
	name: string;
	prepare?: (sandbox: Sandbox) => void;
	run: (client: JumpCloudClient) => Promise<Partial<Written> | string>;
}

export const SCENARIOS: Scenario[] = [
	{
		name: 'create',
		run: async (client) =>
			await createAccount(client, {
				...newcomer,
				desired: desired(
					{ ...newcomer.desired!.attributes, alternateEmail: 'ada.new@home.example' },
					['adanew'],
				),
			}),
	},
	{
		name: 'create, username taken',
		run: async (client) =>
			await createAccount(client, {
				...newcomer,
				desired: desired(
					{ ...newcomer.desired!.attributes, alternateEmail: 'ada.new@home.example' },
					['ada', 'ada2'],
				),
			}),
	},
	{
		name: 'create, username and personal e-mail taken',
		prepare: (sandbox) => (sandbox.quirks.takenElsewhere = ['taken@home.example']),
		run: async (client) => await createAccount(client, newcomer),
	},
	{
		name: 'create, typed',
		run: async (client) =>
			await createTyped(
				client,
				{
					email: 'new.hand@acme.example',
					username: 'new.hand',
					values: new Map([
						['department', 'Sales'],
						['attributes.badge', 'B-9'],
					]),
				},
				'adopt',
			),
	},
	{
		name: 'create, adopting',
		run: async (client) =>
			await createAccount(
				client,
				{
					personId: 'person-foreign',
					person: { id: 'person-foreign', status: 'active', email: 'foreign@acme.example' },
					desired: desired({ email: 'Foreign@acme.example', department: 'Finance' }, ['foreign']),
				},
				'adopt',
			),
	},
	{
		name: 'update',
		run: async (client) =>
			await updateAccount(
				client,
				subjectOf('nora', ids.nora, {
					desired: desired({ department: 'Finance', 'phoneNumbers.work': '+44 20', manager: null }),
				}),
			),
	},
	{
		name: 'update, adopting',
		run: async (client) =>
			await updateAccount(
				client,
				subjectOf('foreign', ids.foreign, { desired: desired({ department: 'Finance' }) }),
			),
	},
	{
		name: 'update, typed',
		run: async (client) =>
			await updateTyped(
				client,
				ids.foreign,
				new Map([
					['jobTitle', 'Chief'],
					['phoneNumbers.home', '+44 3'],
					['attributes.badge', null],
				]),
			),
	},
	{
		name: 'activate',
		run: async (client) =>
			await activateAccount(client, theirs('staged', ids.staged), () => recipients),
	},
	{
		name: 'activate, personal address refused',
		prepare: (sandbox) => (sandbox.quirks.refusedInviteAddresses = ['staged@home.example']),
		run: async (client) =>
			await activateAccount(client, theirs('staged', ids.staged), () => recipients),
	},
	{
		name: 'activate, nobody invited',
		run: async (client) => await activateAccount(client, byHand(ids.staged), () => []),
	},
	{
		name: 'suspend',
		run: async (client) => await suspendAccount(client, theirs('nora', ids.nora), () => NOW),
	},
	{
		name: 'reactivate',
		run: async (client) => await reactivateAccount(client, theirs('suspended', ids.suspended)),
	},
	{ name: 'delete', run: async (client) => await deleteAccount(client, byHand(ids.chosen)) },
	{
		name: 'add to group',
		run: async (client) => await changeMembership(client, ids.group, ids.nora, 'add'),
	},
	{
		name: 'remove from group',
		run: async (client) => await changeMembership(client, ids.group, ids.chosen, 'remove'),
	},
];

/** Sent twice is worse than not sent: it is never repeated, so it has rules of its own. */
export const RESEND: Scenario = {
	name: 'resend invite',
	run: async (client) => await resendInvite(client, byHand(ids.chosen)),
};
