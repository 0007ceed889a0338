import { sameEmail } from '../../core/email';
import type { Account, Desired } from '../../core/subject';
import type { AccountKeys, JumpCloudClient } from './client';
import { Declined } from './guard';

/**
 * Why an account cannot be created: who already has one of the unique values that were sent. `mine`
 * is the same person's account; `unknown` says that nobody has any of them.
 */
export type Obstacle =
	| { kind: 'mine'; account: Account }
	| { kind: 'workEmail'; holders: Account[] }
	| { kind: 'employeeIdentifier'; holders: Account[] }
	| { kind: 'personalEmail'; holders: Account[] }
	| { kind: 'username' }
	| { kind: 'unknown' };

/** A text that the account should hold; null for none. */
export function desiredText(desired: Desired, slot: string): string | null {
	const value = desired.attributes[slot];
	return typeof value === 'string' ? value : null;
}

const sameUsername = (a: string | null | undefined, b: string | null | undefined): boolean =>
	Boolean(a) && a?.toLowerCase() === b?.toLowerCase();

const holdsAddress =
	(address: string | null | undefined) =>
	({ email, alternateEmail }: Account): boolean =>
		sameEmail(email, address) || sameEmail(alternateEmail, address);

export function obstacleAmong(
	found: readonly Account[],
	wanted: AccountKeys,
	isMine: (account: Account) => boolean,
): Obstacle {
	const mine = found.find(isMine);
	if (mine) return { kind: 'mine', account: mine };
	const byEmail = found.filter(holdsAddress(wanted.email));
	if (byEmail.length > 0) return { kind: 'workEmail', holders: byEmail };
	const id = wanted.employeeIdentifier;
	const byId = found.filter(({ employeeIdentifier }) => Boolean(id) && employeeIdentifier === id);
	if (byId.length > 0) return { kind: 'employeeIdentifier', holders: byId };
	if (found.some(({ username }) => sameUsername(username, wanted.username))) {
		return { kind: 'username' };
	}
	const byPersonal = found.filter(holdsAddress(wanted.alternateEmail));
	if (byPersonal.length > 0) return { kind: 'personalEmail', holders: byPersonal };
	return { kind: 'unknown' };
}

export const obstacleTo = async (
	client: JumpCloudClient,
	wanted: AccountKeys,
	isMine: (account: Account) => boolean,
): Promise<Obstacle> => obstacleAmong(await client.find(wanted), wanted, isMine);

const NAMES = {
	workEmail: 'work email',
	employeeIdentifier: 'employee ID',
	username: 'username',
	personalEmail: 'personal email',
} as const;

/** @param holders who has it; by ID, because a message must name nobody */
export function inUse(kind: keyof typeof NAMES, holders: readonly Account[] = []): Declined {
	const ids = holders.map(({ _id }) => _id).join(', ');
	const who = ids === '' ? 'Another JumpCloud account' : `The JumpCloud account ${ids}`;
	return new Declined(
		`${who} has the same ${NAMES[kind]}, so none was created.`,
		'Look whose account that is. If it is this person’s, set its custom attribute humaansId to their ' +
			'Humaans ID; otherwise free the value there, or choose another one.',
	);
}

export const inUseElsewhere = (): Declined =>
	new Declined(
		'JumpCloud says a value is in use, and no account here has it. Email addresses are unique ' +
			'across all JumpCloud organizations.',
		'Ask JumpCloud support which organization holds the work email, or use another address.',
	);
