/**
 * What people do by hand in Humaans and in JumpCloud. Each edit picks whom it is about from the
 * world as it is then, and says what it did.
 */
import type { Account, Person, Sandbox } from '../sandbox';
import { objectId, pick, type Random } from '../sandbox/ids';
import { accountDefaults } from '../sandbox/jumpcloud/account';
import { dayAfter, iso } from './clock';

export interface EditContext {
	sandbox: Sandbox;
	random: Random;
	/** Milliseconds since 1970. */
	now: number;
	/** Somebody suspended (true) or opened (false) an account by hand. */
	byHand: (account: Account, suspended: boolean) => void;
	/** Somebody activated a staged account by hand. */
	activatedByHand: (account: Account) => void;
	/** Two people or accounts have held this address. */
	contest: (address: string | null | undefined) => void;
}

interface Edit {
	/** How often, against the others. */
	weight: number;
	/** What was done, or null when there was nobody to do it to. */
	run: (context: EditContext) => string | null;
}

const ZONES = [
	'Europe/London',
	'Europe/Lisbon',
	'America/New_York',
	'Pacific/Auckland',
	'Asia/Tokyo',
	'Pacific/Honolulu',
	'Asia/Kolkata',
];
const FIRST = ['Ada', 'Bea', 'Zoë', 'Dina', 'Łukasz', 'Ana'];
const LAST = ['Abel', 'Berg', 'Silva', 'O’Neil', 'García', 'Costa'];

const today = ({ now }: EditContext): string => iso(now).slice(0, 10);
const inDays = (context: EditContext, from: number, to: number): string =>
	dayAfter(today(context), from + Math.floor(context.random() * (to - from + 1)));
const linkOf = (account: Account): string | undefined =>
	account.attributes.find(({ name }) => name === 'humaansId')?.value;

/** Somebody for whom it holds; never the owner of the token. */
function somebody(
	{ sandbox, random }: EditContext,
	holds: (person: Person) => boolean,
): Person | undefined {
	const people = sandbox.humaans.people.slice(1).filter(holds);
	return people.length === 0 ? undefined : pick(random, people);
}

function someAccount(
	{ sandbox, random }: EditContext,
	holds: (account: Account) => boolean,
): Account | undefined {
	const accounts = sandbox.jumpCloud.accounts.filter(
		(account) => holds(account) && linkOf(account) !== sandbox.humaans.people[0]?.id,
	);
	return accounts.length === 0 ? undefined : pick(random, accounts);
}

const isHere = (person: Person): boolean => person.status !== 'offboarded';
const plain = (text: string): string =>
	text
		.normalize('NFD')
		.replace(/[^A-Za-z]/g, '')
		.toLowerCase();

/** Names repeat, addresses do not, unless it is wanted. */
function newcomer(context: EditContext, more: Partial<Person> = {}): Person {
	const { random, sandbox } = context;
	const [firstName, lastName] = [pick(random, FIRST), pick(random, LAST)];

	const mark = `${sandbox.humaans.people.length}x${Math.floor(random() * 1e6)}`;
	return sandbox.admin.hire({
		firstName,
		lastName,
		// The same letters before the @ as somebody else: usernames collide.
		email: `${plain(firstName)}.${plain(lastName)}@${mark}.example`,
		personalEmail:
			random() < 0.15
				? null
				: random() < 0.1
					? 'not an address'
					: `${plain(firstName)}.${mark}@home.example`,
		employeeId: random() < 0.1 ? null : `C${mark}`,
		employmentStartDate: inDays(context, -5, 9),
		timezone: pick(random, ZONES),
		jobTitle: pick(random, ['Engineer', 'Nurse', 'Clerk']),
		department: pick(random, ['North', 'South']),
		...more,
	} as Partial<Person>);
}

const described = (person: Person): string => `${person.id.slice(0, 6)} (${person.status})`;

export type EditName = keyof typeof EDITS;

export const EDITS = {
	hire: {
		weight: 8,
		run: (context) => {
			const person = newcomer(context);
			return `hires ${described(person)} for ${person.employmentStartDate}`;
		},
	},
	hireWithoutEmail: {
		weight: 1,
		run: (context) =>
			`hires ${described(newcomer(context, { email: null }))} without a work e-mail`,
	},
	giveEmail: {
		weight: 2,
		run: ({ sandbox, ...rest }) => {
			const person = somebody({ sandbox, ...rest }, (one) => one.email === null);
			if (!person) return null;
			sandbox.admin.change(person.id, { email: `given.${person.id.slice(0, 8)}@acme.example` });
			return `gives ${described(person)} a work e-mail`;
		},
	},
	moveStart: {
		weight: 4,
		run: (context) => {
			const person = somebody(context, (one) => one.status === 'newHire');
			if (!person) return null;
			context.sandbox.admin.change(person.id, { employmentStartDate: inDays(context, -1, 8) });
			return `moves the start of ${described(person)} to ${person.employmentStartDate}`;
		},
	},
	postpone: {
		weight: 1,
		run: (context) => {
			const person = somebody(context, (one) => one.status === 'active' && !one.employmentEndDate);
			if (!person) return null;
			context.sandbox.admin.change(person.id, {
				employmentStartDate: inDays(context, 3, 8),
				status: 'newHire',
			});
			return `postpones the start of ${described(person)}, who was active, to ${person.employmentStartDate}`;
		},
	},
	cancelHire: {
		weight: 2,
		run: (context) => {
			const person = somebody(context, (one) => one.status === 'newHire');
			if (!person) return null;
			if (context.random() < 0.5) context.sandbox.admin.remove(person.id);
			else
				context.sandbox.admin.change(person.id, {
					status: 'offboarded',
					employmentEndDate: person.employmentStartDate,
					lastWorkingDay: person.employmentStartDate,
				});
			return `cancels the hire of ${described(person)}`;
		},
	},
	offboard: {
		weight: 4,
		run: (context) => {
			const person = somebody(
				context,
				(one) =>
					one.status === 'active' &&
					!one.employmentEndDate &&
					one.employmentStartDate < today(context),
			);
			if (!person) return null;
			const last = context.random() < 0.5 ? today(context) : inDays(context, -3, 5);
			context.sandbox.admin.offboard(
				person.id,
				last < person.employmentStartDate ? today(context) : last,
			);
			return `offboards ${described(person)}, last day ${person.lastWorkingDay}`;
		},
	},
	cancelOffboarding: {
		weight: 2,
		run: (context) => {
			const person = somebody(
				context,
				(one) => one.employmentEndDate !== null && one.status === 'offboarded',
			);
			if (!person) return null;
			context.sandbox.admin.change(person.id, {
				status: 'active',
				employmentEndDate: null,
				lastWorkingDay: null,
			});
			return `cancels the offboarding of ${described(person)}`;
		},
	},
	rehire: {
		weight: 2,
		run: (context) => {
			const person = somebody(context, (one) => one.status === 'offboarded');
			if (!person) return null;
			const start = inDays(context, -1, 5);
			context.sandbox.admin.change(person.id, {
				status: start > today(context) ? 'newHire' : 'active',
				employmentStartDate: start,
				employmentEndDate: null,
				lastWorkingDay: null,
			});
			return `hires ${described(person)} again for ${start}`;
		},
	},
	remove: {
		weight: 2,
		run: (context) => {
			const person = somebody(context, () => true);
			if (!person) return null;
			context.sandbox.admin.remove(person.id);
			return `deletes ${described(person)} in Humaans`;
		},
	},
	rename: {
		weight: 2,
		run: (context) => {
			const person = somebody(context, isHere);
			if (!person) return null;
			context.sandbox.admin.change(person.id, {
				lastName: pick(context.random, LAST),
				firstName: pick(context.random, FIRST),
			});
			return `renames ${described(person)}`;
		},
	},
	changeEmail: {
		weight: 2,
		run: (context) => {
			const person = somebody(context, (one) => isHere(one) && one.email !== null);
			if (!person) return null;
			const email = `mail${Math.floor(context.random() * 1e9)}@acme.example`;
			context.sandbox.admin.change(
				person.id,
				context.random() < 0.7 ? { email } : { personalEmail: email },
			);
			return `changes an address of ${described(person)}`;
		},
	},
	swapEmails: {
		weight: 0.5,
		run: (context) => {
			const one = somebody(context, (person) => isHere(person) && person.email !== null);
			const other = somebody(
				context,
				(person) => isHere(person) && person.email !== null && person !== one,
			);
			if (!one || !other) return null;
			const [mine, theirs] = [one.email, other.email];
			for (const address of [mine, theirs]) context.contest(address);
			context.sandbox.admin.change(one.id, { email: theirs });
			context.sandbox.admin.change(other.id, { email: mine });
			return `swaps the work e-mails of ${described(one)} and ${described(other)}`;
		},
	},
	changeRole: {
		weight: 4,
		run: (context) => {
			const person = somebody(context, isHere);
			if (!person) return null;
			context.sandbox.admin.change(person.id, {
				department: pick(context.random, ['East', 'West', 'Centre']),
				jobTitle: pick(context.random, ['Lead', 'Engineer', 'Clerk']),
				roleEffectiveDate: inDays(context, 0, 4),
			});
			return `gives ${described(person)} another role`;
		},
	},
	changePhone: {
		weight: 1,
		run: (context) => {
			const person = somebody(context, isHere);
			if (!person) return null;
			context.sandbox.admin.change(person.id, {
				phoneNumber: `+49${Math.floor(context.random() * 1e9)}`,
				address: `${Math.floor(context.random() * 99)} New Street`,
				city: 'Bonn',
				countryCode: 'DE',
			});
			return `changes phone and address of ${described(person)}`;
		},
	},
	contractorToEmployee: {
		weight: 1,
		run: (context) => {
			const old = somebody(context, (one) => one.status === 'active' && one.email !== null);
			if (!old) return null;
			context.contest(old.email);
			context.contest(old.personalEmail);
			const { firstName, lastName, email, personalEmail, timezone } = old;
			const person = newcomer(context, {
				firstName,
				lastName,
				email,
				personalEmail,
				timezone,
				employmentStartDate: today(context),
			});
			if (context.random() < 0.5)
				context.sandbox.admin.change(old.id, {
					status: 'offboarded',
					employmentEndDate: today(context),
					lastWorkingDay: today(context),
				});
			return `makes ${described(old)} an employee: a second record, ${described(person)}`;
		},
	},
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
