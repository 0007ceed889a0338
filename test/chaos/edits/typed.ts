/** Values as people type them: placeholders, addresses of others, hidden letters, what is refused. */
import { pick } from '../../sandbox/ids';
import { described, isHere, someAccount, somebody, type Edit } from './context';

/** Values that begin so are refused by JumpCloud in the chaos test. */
export const REFUSED = 'Refused';

export const TYPED = {
	placeholderIds: {
		weight: 1,
		run: (context) => {
			const people = context.sandbox.humaans.people
				.slice(1)
				.filter(() => context.random() < 0.3)
				.slice(0, 3);
			context.contest('TBC');
			for (const { id } of people) context.sandbox.admin.change(id, { employeeId: 'TBC' });
			return people.length === 0 ? null : `gives ${people.map(described).join(', ')} the ID TBC`;
		},
	},
	takenEmployeeId: {
		weight: 1,
		run: (context) => {
			const account = someAccount(context, (one) => Boolean(one.employeeIdentifier));
			const person = somebody(context, isHere);
			if (!account || !person) return null;
			const { employeeIdentifier: employeeId } = account;
			context.contest(employeeId);
			context.sandbox.admin.change(person.id, { employeeId });
			return `gives ${described(person)} the employee ID of ${account.username}`;
		},
	},
	joinersAddressAsPersonal: {
		weight: 1,
		run: (context) => {
			const { sandbox } = context;
			const joiner = somebody(
				context,
				(one) => isHere(one) && one.email !== null && !sandbox.admin.accountByHumaansId(one.id),
			);
			const person = somebody(context, (one) => isHere(one) && one !== joiner);
			if (!joiner || !person) return null;
			context.contest(joiner.email);
			sandbox.admin.change(person.id, { personalEmail: joiner.email });
			return `gives ${described(person)} the work email of ${described(joiner)} as personal email`;
		},
	},
	colleaguesPersonalEmail: {
		weight: 1,
		run: (context) => {
			const person = somebody(context, isHere);
			const colleague = somebody(context, (one) => isHere(one) && one !== person);
			const address = pick(context.random, [colleague?.email, colleague?.personalEmail]);
			if (!person || !address) return null;
			context.contest(address);
			context.sandbox.admin.change(person.id, { personalEmail: address });
			return `gives ${described(person)} an address of ${described(colleague!)} as personal email`;
		},
	},
	hiddenLetters: {
		weight: 1,
		run: (context) => {
			const person = somebody(context, (one) => isHere(one) && one.email !== null);
			if (!person) return null;
			const hidden = pick(context.random, ['\u200b', '\u00ad', '\ufeff', '\u202a', '\ufe0f']);
			context.sandbox.admin.change(person.id, {
				firstName: `${hidden}${person.firstName}`,
				email: `${person.email}${hidden}`,
				jobTitle: `Chief${hidden} Clerk`,
			});
			return `types hidden letters into ${described(person)}`;
		},
	},
	hugeTitle: {
		weight: 0.5,
		run: (context) => {
			const person = somebody(context, isHere);
			if (!person) return null;
			context.sandbox.admin.change(person.id, { jobTitle: 'very '.repeat(10_000) });
			return `gives ${described(person)} a job title of 50,000 letters`;
		},
	},
	refusedValue: {
		weight: 2,
		run: (context) => {
			const person = somebody(context, isHere);
			if (!person) return null;
			const value = `${REFUSED} ${Math.floor(context.random() * 1e6)}`;
			const field = pick(context.random, ['jobTitle', 'phoneNumber', 'department']);
			context.sandbox.admin.change(person.id, { [field]: value });
			return `gives ${described(person)} a ${field} that JumpCloud refuses`;
		},
	},
	oddAttributes: {
		weight: 1,
		run: (context) => {
			const account = someAccount(context, () => true);
			if (!account) return null;
			const odd = [
				{ name: 'badge', value: null },
				{ name: 'floor', value: 7 },
				{ name: 'empty', value: '' },
			] as never[];
			const own = account.attributes.filter(({ name }) => name.startsWith('humaans'));
			context.sandbox.admin.setAccount(account._id, { attributes: [...own, ...odd] });
			return `puts odd custom attributes on ${account.username}`;
		},
	},
} satisfies Record<string, Edit>;
