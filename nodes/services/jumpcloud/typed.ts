import { isUsername } from '../../core/mapping/username';
import { attempt } from '../http/failure';
import type { AccountKeys, JumpCloudClient } from './client';
import { isEmail, sameEmail } from '../../core/email';
import { isOwnAttribute } from '../../core/account/link';
import {
	addressOver,
	bodyFor,
	isMappable,
	NEVER_EMPTIED,
	parseSlot,
	readSlot,
	sameSlotValue,
} from '../../core/account/slots';
import type { Account, SlotValue } from '../../core/subject';
import { inUse, inUseElsewhere, obstacleAmong } from './conflict';
import type { OnConflict } from './create';
import { Declined, mayBeTaken, outcome, type ProtectedAccounts, type Written } from './guard';
import { sendOnce } from './settle';

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
		if (value === null && NEVER_EMPTIED.has(slot))
			throw new Declined(
				'Names and the work e-mail cannot be emptied.',
				'Type a value, or take the field away.',
			);
		if (EMAILS.includes(slot) && value !== null && !(typeof value === 'string' && isEmail(value))) {
			throw new Declined(
				'An e-mail that was typed in is not an e-mail address.',
				'Correct it in the node.',
			);
		}
	}
}

const textOf = (values: TypedValues, slot: string): string | null => {
	const value = values.get(slot);
	return typeof value === 'string' ? value : null;
};

export interface NewUser {
	email: string;
	username: string;
	values: TypedValues;
}

/**
 * Creates a STAGED account from typed values. It carries no link, so what was there before is read
 * first: after a lost answer a new account with this e-mail and username is the one just created.
 */
export async function createTyped(
	client: JumpCloudClient,
	user: NewUser,
	onConflict: OnConflict,
	protectedAccounts: ProtectedAccounts = new Set(),
): Promise<Written> {
	const { username } = user;
	const email = user.email.trim();
	if (!isEmail(email))
		throw new Declined('The e-mail is not an e-mail address.', 'Correct the parameter Email.');
	if (!isUsername(username)) {
		throw new Declined(
			'JumpCloud does not take that username.',
			'It starts with a letter, holds letters, digits, ".", "-" and "_", and has at most 30 characters.',
		);
	}
	requireAllowed(user.values);
	const set = new Map([...user.values].filter(([, value]) => value !== null));
	const body = { username, email, state: 'STAGED', suspended: false, ...bodyFor({}, set) };
	const keys: AccountKeys = {
		email,
		username,
		employeeIdentifier: textOf(set, 'employeeIdentifier'),
		alternateEmail: textOf(set, 'alternateEmail'),
	};
	const isThis = (account: Account) =>
		sameEmail(account.email, email) && account.username.toLowerCase() === username.toLowerCase();

	const before = obstacleAmong(await client.find(keys), keys, () => false);
	if (before.kind === 'workEmail' && onConflict === 'adopt' && before.holders.length === 1) {
		const holder = before.holders[0]!;
		if (sameEmail(holder.email, email) && mayBeTaken(holder, protectedAccounts))
			return { account: holder, outcome: outcome('create', 'unchanged') };
	}
	if (before.kind !== 'unknown' && before.kind !== 'mine') throw inUse(before.kind);

	let doubted = false;
	const created = async () => {
		doubted = true;
		return (await client.find(keys)).find(isThis);
	};
	const sent = await attempt(sendOnce((attempts) => client.create(body, attempts), created));
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
	if (now.kind !== 'unknown') throw inUse(now.kind);
	throw sent.failure.kind === 'duplicate' ? inUseElsewhere() : sent.failure;
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
	const account = await client.get(accountId);
	if (!account)
		throw new Declined(
			'There is no JumpCloud account with that ID.',
			'Check the ID and the region in the credential.',
		);
	const different = new Map<string, SlotValue | null>();
	for (const [slot, typed] of values) {
		const current = readSlot(account, slot);
		const value = typeof typed === 'object' && typed !== null ? addressOver(typed, current) : typed;
		if (!sameSlotValue(slot, current, value)) different.set(slot, value);
	}
	if (different.size === 0) return { account, outcome: outcome('update', 'unchanged') };
	return {
		account: await client.update(account._id, bodyFor(account, different)),
		outcome: outcome('update', 'applied'),
	};
}
