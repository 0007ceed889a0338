import type { Account, Mail } from '../types';
import type { World } from '../world';

/** Loose on purpose: one @, no white space, a dot in the domain. */
export const isEmail = (value: string): boolean =>
	/^[^\s@<>,;]+@[^\s@<>,;.]+(\.[^\s@<>,;.]+)+$/.test(value);

export function send(world: World, to: string, kind: Mail['kind'], account: Account): void {
	world.outbox.push({ at: world.now().toISOString(), to, kind, accountId: account._id });
	world.touch();
}

/**
 * The mail of an activation. With a password: a welcome to the given address, else the primary one.
 * Without: an activation mail to the given address, else the alternate one, else the primary one.
 */
export function sendActivation(world: World, account: Account, given: string | undefined): void {
	if (world.withPassword.has(account._id)) send(world, given ?? account.email, 'welcome', account);
	else send(world, given ?? (account.alternateEmail || account.email), 'activation', account);
}
