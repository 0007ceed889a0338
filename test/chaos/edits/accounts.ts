/** What administrators do by hand in JumpCloud. */
import type { Account } from '../../sandbox';
import { objectId } from '../../sandbox/ids';
import { accountDefaults } from '../../sandbox/jumpcloud/account';
import { iso } from '../clock';
import { described, isHere, linkOf, someAccount, somebody, type Edit } from './context';

export const ACCOUNTS = {
	linkToNewRecord: {
		weight: 1,
		run: (context) => {
			const { sandbox } = context;
			const account = someAccount(context, (one) => {
				const old = sandbox.humaans.people.find(({ id }) => id === linkOf(one));
				return (
					old?.status === 'offboarded' &&
					sandbox.humaans.people.some(
						(other) =>
							other.id !== old.id &&
							isHere(other) &&
							other.email !== null &&
							other.email === old.email &&
							!sandbox.admin.accountByHumaansId(other.id),
					)
				);
			});
			if (!account) return null;
			const person = sandbox.humaans.people.find(
				(one) => isHere(one) && one.email?.toLowerCase() === account.email.toLowerCase(),
			);
			if (!person) return null;
			sandbox.admin.setAccount(account._id, {
				attributes: [
					...account.attributes.filter(({ name }) => !name.startsWith('humaans')),
					{ name: 'humaansId', value: person.id },
				],
			});
			return `links ${account.username} to the new record ${described(person)}`;
		},
	},
	suspendForCause: {
		weight: 2,
		run: (context) => {
			const account = someAccount(context, (one) => one.state === 'ACTIVATED');
			if (!account) return null;
			context.byHand(account, true);
			context.sandbox.admin.setAccount(account._id, { state: 'SUSPENDED', suspended: true });
			return `suspends ${account.username} for cause`;
		},
	},
	openByHand: {
		weight: 1,
		run: (context) => {
			const account = someAccount(context, (one) => one.state === 'SUSPENDED');
			if (!account) return null;
			context.byHand(account, false);
			context.sandbox.admin.setAccount(account._id, { state: 'ACTIVATED', suspended: false });
			return `opens ${account.username} by hand`;
		},
	},
	activateByHand: {
		weight: 1,
		run: (context) => {
			const account = someAccount(context, (one) => one.state === 'STAGED');
			if (!account) return null;
			context.activatedByHand(account);
			context.sandbox.admin.setAccount(account._id, { state: 'ACTIVATED', suspended: false });
			return `activates ${account.username} by hand`;
		},
	},
	editAccount: {
		weight: 2,
		run: (context) => {
			const account = someAccount(context, () => true);
			if (!account) return null;
			context.sandbox.admin.setAccount(account._id, {
				department: 'Edited by hand',
				jobTitle: 'Edited by hand',
				phoneNumbers: [{ type: 'work_fax', number: '+1' }],
			});
			return `edits ${account.username} in JumpCloud`;
		},
	},
	setPassword: {
		weight: 3,
		run: (context) => {
			const account = someAccount(context, (one) => one.state === 'ACTIVATED' && !one.activated);
			if (!account) return null;
			context.sandbox.admin.setPassword(account._id);
			return `${account.username} sets a password`;
		},
	},
	deleteAccount: {
		weight: 0.7,
		run: (context) => {
			const account = someAccount(context, () => true);
			if (!account) return null;
			context.sandbox.admin.removeAccount(account._id);
			return `deletes ${account.username} in JumpCloud`;
		},
	},
	createAccount: {
		weight: 1,
		run: (context) => {
			const { sandbox, random, now } = context;
			const person = somebody(
				context,
				(one) =>
					isHere(one) &&
					one.email !== null &&
					!sandbox.admin.accountByHumaansId(one.id) &&
					!sandbox.admin.accountByEmail(one.email),
			);
			if (!person) return null;
			const id = objectId(random);
			const account = {
				...accountDefaults(),
				_id: id,
				id,
				username: `hand${id.slice(0, 8)}`,
				email: person.email!,
				firstname: 'By',
				lastname: 'Hand',
				state: 'ACTIVATED',
				suspended: false,
				activated: true,
				created: iso(now),
				attributes: [],
			} as unknown as Account;
			sandbox.admin.addAccount(account);
			return `creates ${account.username} for ${described(person)} in JumpCloud`;
		},
	},
	makeAdministrator: {
		weight: 0.5,
		run: (context) => {
			const account = someAccount(context, (one) => one.state === 'ACTIVATED');
			if (!account) return null;
			context.sandbox.admin.setAccount(account._id, { admin: { id: 'a', roleName: 'Help Desk' } });
			return `makes ${account.username} an administrator`;
		},
	},
	unlink: {
		weight: 0.3,
		run: (context) => {
			const account = someAccount(
				context,
				(one) => linkOf(one) !== undefined && one.state === 'ACTIVATED',
			);
			if (!account) return null;
			context.sandbox.admin.setAccount(account._id, {
				attributes: account.attributes.filter(({ name }) => !name.startsWith('humaans')),
			});
			return `takes the link off ${account.username}`;
		},
	},
} satisfies Record<string, Edit>;
