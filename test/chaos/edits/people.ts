/** What people do by hand in Humaans. */
import { pick } from '../../sandbox/ids';
import {
	described,
	FIRST,
	inDays,
	isHere,
	LAST,
	newcomer,
	somebody,
	today,
	type Edit,
} from './context';

export const PEOPLE = {
	hire: {
		weight: 8,
		run: (context) => {
			const person = newcomer(context);
			return `hires ${described(person)} for ${person.employmentStartDate}`;
		},
	},
	hireWithoutEmail: {
		weight: 1,
		run: (context) => `hires ${described(newcomer(context, { email: null }))} without a work email`,
	},
	giveEmail: {
		weight: 2,
		run: ({ sandbox, ...rest }) => {
			const person = somebody({ sandbox, ...rest }, (one) => one.email === null);
			if (!person) return null;
			sandbox.admin.change(person.id, { email: `given.${person.id.slice(0, 8)}@acme.example` });
			return `gives ${described(person)} a work email`;
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
	successor: {
		weight: 1,
		run: (context) => {
			const person = somebody(context, (one) => one.status === 'offboarded');
			if (!person) return null;
			const mark = Math.floor(context.random() * 1e9);
			context.sandbox.admin.change(person.id, {
				...{ firstName: pick(context.random, FIRST), lastName: pick(context.random, LAST) },
				...{ email: `next${mark}@acme.example`, personalEmail: `next${mark}@home.example` },
				...{ employeeId: `S${mark}`, status: 'active', employmentStartDate: today(context) },
				...{ employmentEndDate: null, lastWorkingDay: null },
			});
			return `writes a successor into the record of ${described(person)}`;
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
			return `swaps the work emails of ${described(one)} and ${described(other)}`;
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
} satisfies Record<string, Edit>;
