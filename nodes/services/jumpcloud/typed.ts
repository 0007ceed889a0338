import { isUsername } from '../../core/mapping/username';
import { attempt } from '../http/failure';
import type { AccountKeys, JumpCloudClient } from './client';
import { isEmail, sameEmail } from '../../core/email';
import { isAdministrator, isOwnAttribute } from '../../core/account/link';
import { bodyFor, type SlotChange } from '../../core/account/body';
import {
	addressOver,
	isMappable,
	isNeverEmptied,
	parseSlot,
	readSlot,
	sameSlotValue,
} from '../../core/account/slots';
import type { Account, SlotValue } from '../../core/subject';
import { cleanText } from '../../core/text';
import { conditionalWrite, inTurn } from './conditionalWrite';
import { inUse, inUseElsewhere, obstacleAmong, type Obstacle } from './conflict';
import type { OnConflict } from './create';
import { Declined, mayBeTaken, outcome, type ProtectedAccounts, type Written } from './guard';
import { retryUnsafeWrite } from './retryUnsafeWrite';

/**
 * Values typed into the node, by slot (`jobTitle`, `phoneNumbers.work`, `attributes.badge`); null
 * empties.
 */
export type TypedValues = ReadonlyMap<string, SlotValue | null>;

const EMAILS = ['email', 'alternateEmail'];

/** What may be typed: anything but the link, and addresses that are addresses. */
function requireAllowed(values: TypedValues): void {
	for (const [slot, value] of values) {
		const { root, key } = parseSlot(slot);
		if (root === 'attributes' && isOwnAttribute(key ?? '')) {
			throw new Declined(
				`The custom attribute ${key} is kept by this package and cannot be typed in.`,
				'Let Match, Create and Update link accounts to people.',
			);
		}
		if (root === 'attributes' && !/^[A-Za-z0-9]{1,31}$/.test(key ?? '')) {
			throw new Declined(
				'The name of a custom attribute may hold letters and digits only, at most 31.',
				'Correct the name in the node.',
			);
		}
		if (!isMappable(slot))
			throw new Declined(
				'A field that was typed in is not one that can be written.',
				'Choose the fields from the list.',
			);
		if (value === null && isNeverEmptied(slot))
			throw new Declined(
				'Names and the work email cannot be emptied.',
				'Type a value, or take the field away.',
			);
		if (EMAILS.includes(slot) && value !== null && !(typeof value === 'string' && isEmail(value))) {
			throw new Declined(
				'An email that was typed in is not an email address.',
				'Correct it in the node.',
			);
		}
	}
}

const typedText = (values: TypedValues, slot: string): string | null => {
	const value = values.get(slot);
	return typeof value === 'string' ? value : null;
};

export interface NewUser {
	email: string;
	username: string;
	values: TypedValues;
}

/**
 * Creates a STAGED account from typed values. It carries no link, so the accounts are read first:
 * when the answer is lost and there is an account with this email and username afterwards, it is
 * the one just created.
 */
export async function createTyped(
	client: JumpCloudClient,
	user: NewUser,
	onConflict: OnConflict,
	protectedAccounts: ProtectedAccounts = new Set(),
): Promise<Written> {
	const [email, username] = [cleanText(user.email), cleanText(user.username)];
	if (!isEmail(email))
		throw new Declined('The email is not an email address.', 'Correct the parameter Email.');
	if (!isUsername(username)) {
		throw new Declined(
			'JumpCloud does not take that username.',
			'It starts with a letter, holds letters, digits, ".", "-" and "_", and has at most 30 characters.',
		);
	}
	requireAllowed(user.values);
	const set = new Map([...user.values].filter(([, value]) => value !== null));
	const changes = new Map([...set].map(([slot, value]) => [slot, { value, current: null }]));
	const body = { username, email, state: 'STAGED', suspended: false, ...bodyFor({}, changes) };
	const keys: AccountKeys = {
		email,
		username,
		employeeIdentifier: typedText(set, 'employeeIdentifier'),
		alternateEmail: typedText(set, 'alternateEmail'),
	};
	const isThis = (account: Account) =>
		sameEmail(account.email, email) && account.username.toLowerCase() === username.toLowerCase();

	const before = obstacleAmong(await client.find(keys), keys, () => false);
	if (before.kind === 'workEmail' && onConflict === 'adopt' && before.holders.length === 1) {
		const holder = before.holders[0]!;
		if (sameEmail(holder.email, email) && mayBeTaken(holder, protectedAccounts))
			return { account: holder, outcome: outcome('create', 'unchanged') };
	}
	if (before.kind !== 'unknown' && before.kind !== 'mine') throw conflictOf(before);

	let doubted = false;
	const created = async () => {
		doubted = true;
		return (await client.find(keys)).find(isThis);
	};
	const sent = await attempt(
		retryUnsafeWrite((attempts) => client.create(body, attempts), created),
	);
	if (sent.ok) return { account: sent.value, outcome: outcome('create', 'applied') };
	if (doubted && sent.failure.uncertain) {
		throw new Declined(
			`It is not known whether the account was created: ${sent.failure.message}`,
			'Look for it in JumpCloud, or run again with the option "When the Account Exists Already: Adopt It".',
		);
	}
	if (sent.failure.kind !== 'duplicate' && sent.failure.kind !== 'refused') throw sent.failure;
	// Somebody else may have created it between the look-up and now: another run with the same
	// values, for one.
	const now = obstacleAmong(await client.find(keys), keys, isThis);
	if (now.kind === 'mine')
		return { account: now.account, outcome: outcome('create', doubted ? 'applied' : 'unchanged') };
	if (now.kind !== 'unknown') throw conflictOf(now);
	throw sent.failure.kind === 'duplicate' ? inUseElsewhere() : sent.failure;
}

const conflictOf = (obstacle: Exclude<Obstacle, { kind: 'mine' | 'unknown' }>): Declined =>
	inUse(obstacle.kind, 'holders' in obstacle ? obstacle.holders : []);

/** The values that differ from what the account holds. */
function differing(account: Account, values: TypedValues): Map<string, SlotChange> {
	const different = new Map<string, SlotChange>();
	for (const [slot, typed] of values) {
		const current = readSlot(account, slot);
		const value = typeof typed === 'object' && typed !== null ? addressOver(typed, current) : typed;
		if (!sameSlotValue(slot, current, value)) different.set(slot, { value, current });
	}
	return different;
}

/**
 * Changes typed values of an account: arrays are merged with what is there, and nothing is sent
 * when nothing differs.
 */
export async function updateTyped(
	client: JumpCloudClient,
	accountId: string,
	values: TypedValues,
): Promise<Written> {
	requireAllowed(values);
	const change = async (account: Account): Promise<Written> => {
		const different = differing(account, values);
		if (different.size === 0) return { account, outcome: outcome('update', 'unchanged') };
		if (different.has('email') && isAdministrator(account)) {
			throw new Declined(
				'The account belongs to a JumpCloud administrator, so its work email is not changed.',
				'Change it by hand in JumpCloud.',
			);
		}
		const updated = await client.update(account._id, bodyFor(account, different));
		return { account: updated, outcome: outcome('update', 'applied') };
	};
	const target = { accountId, personId: null, basis: null };
	const result = await inTurn(
		accountId,
		async () => await conditionalWrite(client, target, change),
	);
	if (result.kind === 'done') return result.value;
	throw new Declined(
		'There is no JumpCloud account with that ID.',
		'Check the ID and the region in the credential.',
	);
}
