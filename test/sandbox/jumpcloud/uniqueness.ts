import type { Quirks } from '../quirks';
import type { Account } from '../types';

export type UniqueField = 'username' | 'email' | 'alternateEmail' | 'employeeIdentifier';

const lower = (value: unknown): string =>
	typeof value === 'string' ? value.trim().toLowerCase() : '';

/**
 * The first field of `wanted` that somebody else holds. Email addresses, work and alternate alike,
 * are unique across all of JumpCloud without regard to case; usernames and employee identifiers
 * within the organization. Fields absent from `wanted` are not looked at; empty ones never collide.
 */
export function takenField(
	wanted: Partial<Record<UniqueField, unknown>>,
	accounts: readonly Account[],
	selfId: string | null,
	quirks: Quirks,
): UniqueField | undefined {
	const username = lower(wanted.username);
	const email = lower(wanted.email);
	const alternateEmail = lower(wanted.alternateEmail);
	const employeeIdentifier =
		typeof wanted.employeeIdentifier === 'string' ? wanted.employeeIdentifier : '';
	const elsewhere = new Set(quirks.takenElsewhere.map(lower));
	let found: UniqueField | undefined = elsewhere.has(email)
		? 'email'
		: elsewhere.has(alternateEmail)
			? 'alternateEmail'
			: undefined;
	for (const account of found ? [] : accounts) {
		if (account._id === selfId) continue;
		if (username && lower(account.username) === username) found = 'username';
		else if (email && (lower(account.email) === email || lower(account.alternateEmail) === email))
			found = 'email';
		else if (
			alternateEmail &&
			(lower(account.email) === alternateEmail || lower(account.alternateEmail) === alternateEmail)
		) {
			found = 'alternateEmail';
		} else if (employeeIdentifier && account.employeeIdentifier === employeeIdentifier)
			found = 'employeeIdentifier';
		if (found) return found;
	}
	return found;
}
