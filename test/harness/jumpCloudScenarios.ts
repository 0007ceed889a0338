/** One scenario a write operation: what is there before, and the operation as the node runs it. */
import { basisOf } from '../../nodes/core/account/basis';
import { linkOf } from '../../nodes/core/account/link';
import { planUpdate } from '../../nodes/core/account/plan';
import type { WriteActionId } from '../../nodes/core/actions';
import { activateAccount } from '../../nodes/services/jumpcloud/activate';
import { reactivateAccount, suspendAccount } from '../../nodes/services/jumpcloud/changeState';
import type { JumpCloudClient } from '../../nodes/services/jumpcloud/client';
import type { WriteTarget } from '../../nodes/services/jumpcloud/conditionalWrite';
import { createAccount } from '../../nodes/services/jumpcloud/create';
import { deleteAccount } from '../../nodes/services/jumpcloud/delete';
import { changeMembership } from '../../nodes/services/jumpcloud/groups';
import { targetOf, type Written } from '../../nodes/services/jumpcloud/guard';
import { resendInvite } from '../../nodes/services/jumpcloud/resendInvite';
import { createTyped, updateTyped } from '../../nodes/services/jumpcloud/typed';
import { updateAccount } from '../../nodes/services/jumpcloud/update';
import type { Account, Desired, InviteRecipient, Subject } from '../../nodes/core/subject';
import { personIdOf } from './personIds';
import { generateCompany, startSandbox, type Company, type Sandbox } from '../sandbox';

export const NOW = new Date('2026-11-24T09:00:00Z');
export const ids = {
	nora: 'aaaaaaaaaaaaaaaaaaaaaaaa',
	newcomer: 'personnewcomer0000000000',
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
		{ name: 'humaansId', value: personIdOf(name) },
	],
	...extra,
});
const link = (name: string, ...more: Array<{ name: string; value: string }>) => ({
	attributes: [
		{ name: 'badge', value: 'B-7' },
		{ name: 'humaansId', value: personIdOf(name) },
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

/** The accounts of a sandbox as they are now: what Match would have read. */
export type Accounts = ReadonlyArray<{ _id: string }>;

/**
 * A person with their account as it is now, and a decision that rests on it: as Match and the policy
 * would hand it on.
 */
export function decidedFor(
	accounts: Accounts,
	name: string,
	accountId: string,
	action: WriteActionId,
	extra: Partial<Subject> = {},
): Subject {
	const personId = personIdOf(name);
	const found = accounts.find(({ _id }) => _id === accountId);
	const known = structuredClone(found ?? null) as Account | null;
	const { desired: wanted } = extra;
	const changes = known && wanted ? planUpdate(known, wanted, { personId }).changes : [];
	return {
		personId,
		// Somebody who is gone: then the account is decided on as it was last read.
		account: known ?? ({ _id: accountId } as Account),
		match: { ...{ by: 'link', certain: true, candidates: [] }, readAt: NOW.toISOString() },
		decision: {
			...{ action, code: 'drift', reason: '', changes, warnings: [], step: 1 },
			decidedAt: NOW.toISOString(),
			basis: basisOf(known, 'breakGlass'),
		},
		...extra,
	};
}

const decided = (...about: Parameters<typeof decidedFor>): WriteTarget =>
	targetOf(decidedFor(...about));
const byHand = (accountId: string): WriteTarget => ({ accountId, personId: null, basis: null });
const recipients: InviteRecipient[] = [
	{ kind: 'personal', address: 'staged@home.example' },
	{ kind: 'work', address: 'staged@acme.example' },
];

/**
 * A newcomer whose first username is taken and whose personal email another organization holds.
 */
const newcomer: Subject = {
	personId: ids.newcomer,
	person: { id: ids.newcomer, companyId: 'companyA', status: 'active' },
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
const newcomerWith = (alternateEmail: string, usernames: string[]): Subject => ({
	...newcomer,
	desired: desired({ ...newcomer.desired!.attributes, alternateEmail }, usernames),
});

export interface Scenario {
	name: string;
	prepare?: (sandbox: Sandbox) => void;
	run: (client: JumpCloudClient, accounts: Accounts) => Promise<Partial<Written> | string>;
}

/** Creates; where a run before has created the account, what is left is brought into step. */
async function hire(client: JumpCloudClient, subject: Subject, accounts: Accounts) {
	const isTheirs = (account: Accounts[number]): boolean =>
		linkOf(account as Account) === subject.personId;
	const own = accounts.find(isTheirs);
	if (!own) return await createAccount(client, subject);
	const { desired: wanted, person } = subject;
	const extra = { desired: wanted!, person: person! };
	return await updateAccount(
		client,
		decidedFor(accounts, 'newcomer', own._id, 'update', extra),
		NOW,
	);
}

const suspension = { reason: 'leaving', now: () => NOW } as const;

export const SCENARIOS: Scenario[] = [
	{
		name: 'create',
		run: async (client, accounts) =>
			await hire(client, newcomerWith('ada.new@home.example', ['adanew']), accounts),
	},
	{
		name: 'create, username taken',
		run: async (client, accounts) =>
			await hire(client, newcomerWith('ada.new@home.example', ['ada', 'ada2']), accounts),
	},
	{
		name: 'create, username and personal email taken',
		prepare: (sandbox) => (sandbox.quirks.takenElsewhere = ['taken@home.example']),
		run: async (client, accounts) => await hire(client, newcomer, accounts),
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
					personId: personIdOf('foreign'),
					person: { id: personIdOf('foreign'), status: 'active', email: 'foreign@acme.example' },
					desired: desired({ email: 'Foreign@acme.example', department: 'Finance' }, ['foreign']),
				},
				{ onConflict: 'adopt' },
			),
	},
	{
		name: 'update',
		run: async (client, accounts) => {
			const wanted = { department: 'Finance', 'phoneNumbers.work': '+44 20', manager: null };
			const extra = { desired: desired(wanted) };
			const subject = decidedFor(accounts, 'nora', ids.nora, 'update', extra);
			return await updateAccount(client, subject, NOW);
		},
	},
	{
		name: 'update without arrays',
		run: async (client, accounts) => {
			const extra = { desired: desired({ department: 'Finance', jobTitle: 'Lead' }) };
			const subject = decidedFor(accounts, 'nora', ids.nora, 'update', extra);
			return await updateAccount(client, subject, NOW);
		},
	},
	{
		name: 'update, adopting',
		run: async (client, accounts) => {
			const extra = { desired: desired({ department: 'Finance' }) };
			const subject = decidedFor(accounts, 'foreign', ids.foreign, 'update', extra);
			return await updateAccount(client, subject, NOW);
		},
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
		run: async (client, accounts) => {
			const target = decided(accounts, 'staged', ids.staged, 'activate');
			return await activateAccount(client, target, () => recipients);
		},
	},
	{
		name: 'activate, personal address refused',
		prepare: (sandbox) => (sandbox.quirks.refusedInviteAddresses = ['staged@home.example']),
		run: async (client, accounts) => {
			const target = decided(accounts, 'staged', ids.staged, 'activate');
			return await activateAccount(client, target, () => recipients);
		},
	},
	{
		name: 'activate, nobody invited',
		run: async (client) => await activateAccount(client, byHand(ids.staged), () => []),
	},
	{
		name: 'suspend',
		run: async (client, accounts) => {
			const target = decided(accounts, 'nora', ids.nora, 'deprovision');
			return await suspendAccount(client, target, suspension);
		},
	},
	{
		name: 'reactivate',
		run: async (client, accounts) => {
			const target = decided(accounts, 'suspended', ids.suspended, 'reactivate');
			return await reactivateAccount(client, target);
		},
	},
	{
		name: 'delete',
		run: async (client, accounts) =>
			await deleteAccount(client, decided(accounts, 'chosen', ids.chosen, 'delete')),
	},
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
	run: async (client) => await resendInvite(client, ids.chosen),
};
