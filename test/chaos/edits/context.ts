/** What an edit of the chaos test gets, and how it picks whom it is about. */
import type { Account, Person, Sandbox } from '../../sandbox';
import { pick, type Random } from '../../sandbox/ids';
import { dayAfter, iso } from '../clock';

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

export interface Edit {
	/** How often, against the others. */
	weight: number;
	/** What was done, or null when there was nobody to do it to. */
	run: (context: EditContext) => string | null;
}

/** Where people of the chaos test are. */
export const ZONES = [
	'Europe/London',
	'Europe/Lisbon',
	'America/New_York',
	'Pacific/Auckland',
	'Asia/Tokyo',
	'Pacific/Honolulu',
	'Asia/Kolkata',
];
export const FIRST = ['Ada', 'Bea', 'Zoë', 'Dina', 'Łukasz', 'Ana'];
export const LAST = ['Abel', 'Berg', 'Silva', 'O’Neil', 'García', 'Costa'];

export const today = ({ now }: EditContext): string => iso(now).slice(0, 10);
export const inDays = (context: EditContext, from: number, to: number): string =>
	dayAfter(today(context), from + Math.floor(context.random() * (to - from + 1)));
export const linkOf = (account: Account): string | undefined =>
	account.attributes.find(({ name }) => name === 'humaansId')?.value;

/** Somebody for whom it holds; never the owner of the token. */
export function somebody(
	{ sandbox, random }: EditContext,
	holds: (person: Person) => boolean,
): Person | undefined {
	const people = sandbox.humaans.people.slice(1).filter(holds);
	return people.length === 0 ? undefined : pick(random, people);
}

export function someAccount(
	{ sandbox, random }: EditContext,
	holds: (account: Account) => boolean,
): Account | undefined {
	const accounts = sandbox.jumpCloud.accounts.filter(
		(account) => holds(account) && linkOf(account) !== sandbox.humaans.people[0]?.id,
	);
	return accounts.length === 0 ? undefined : pick(random, accounts);
}

export const isHere = (person: Person): boolean => person.status !== 'offboarded';
const plain = (text: string): string =>
	text
		.normalize('NFD')
		.replace(/[^A-Za-z]/g, '')
		.toLowerCase();

/** Names repeat, addresses do not, unless it is wanted. */
export function newcomer(context: EditContext, more: Partial<Person> = {}): Person {
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

export const described = (person: Person): string => `${person.id.slice(0, 6)} (${person.status})`;
