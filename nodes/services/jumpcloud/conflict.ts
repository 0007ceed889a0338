import type { AccountKeys, JumpCloudClient } from './client';
import { sameEmail } from '../../core/email';
import type { Account } from '../../core/subject';
import { Declined } from './guard';

/** What stands in the way of a creation, found by looking up every unique value that was sent. */
export type Obstacle =
	| { kind: 'mine'; account: Account }
	| { kind: 'workEmail' | 'employeeIdentifier'; holders: Account[] }
	| { kind: 'username' }
	| { kind: 'personalEmail' }
	| { kind: 'unknown' };

const sameText = (a: string | null | undefined, b: string | null | undefined): boolean =>
	Boolean(a) && a?.toLowerCase() === b?.toLowerCase();

export function obstacleAmong(
	found: readonly Account[],
	wanted: AccountKeys,
	isMine: (account: Account) => boolean,
): Obstacle {
	const mine = found.find(isMine);
	if (mine) return { kind: 'mine', account: mine };
	const byEmail = found.filter(
		(account) =>
			sameEmail(account.email, wanted.email) || sameEmail(account.alternateEmail, wanted.email),
	);
	const byId = found.filter(
		(account) =>
			Boolean(wanted.employeeIdentifier) &&
			account.employeeIdentifier === wanted.employeeIdentifier,
	);
	const holders = [...new Set([...byEmail, ...byId])];
	if (byEmail.length > 0) return { kind: 'workEmail', holders };
	if (byId.length > 0) return { kind: 'employeeIdentifier', holders };
	if (found.some((account) => sameText(account.username, wanted.username)))
		return { kind: 'username' };
	const { alternateEmail } = wanted;
	if (
		found.some(
			(account) =>
				sameEmail(account.alternateEmail, alternateEmail) ||
				sameEmail(account.email, alternateEmail),
		)
	)
		return { kind: 'personalEmail' };
	return { kind: 'unknown' };
}

export const obstacleTo = async (
	client: JumpCloudClient,
	wanted: AccountKeys,
	isMine: (account: Account) => boolean,
): Promise<Obstacle> => obstacleAmong(await client.find(wanted), wanted, isMine);

const NAMES = {
	workEmail: 'work e-mail',
	employeeIdentifier: 'employee ID',
	username: 'username',
	personalEmail: 'personal e-mail',
} as const;

export const inUse = (kind: keyof typeof NAMES): Declined =>
	new Declined(
		`Another JumpCloud account has the same ${NAMES[kind]}, so none was created.`,
		'For a person, run again: Match finds that account, and it is adopted or reviewed. Otherwise choose another value.',
	);

export const inUseElsewhere = (): Declined =>
	new Declined(
		'JumpCloud says a value is in use, and no account here has it. E-mail addresses are ' +
			'unique across all JumpCloud organisations.',
		'Ask JumpCloud support which organisation holds the work e-mail, or use another address.',
	);
