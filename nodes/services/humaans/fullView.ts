/**
 * Whether a token sees everybody. Only then does a missing person mean anything: a token that sees
 * less must never make somebody look as if they had left.
 */
import type { Person } from '../../core/subject';
import { CannotRead } from './cannotRead';
import type { HumaansClient } from './client';

/** Without this scope new hires and leavers are invisible. */
export const FULL_VIEW_SCOPE = 'private:read';

export interface ViewOptions {
	/** Go on with a token that does not see everybody; then nobody counts as gone. */
	allowPartialView: boolean;
}

const OR_ALLOW =
	'or switch on "Allow a Partial View": then nobody is ever suspended or reported as deleted.';

/** By the token's scopes; one that lacks the scope is refused, unless that is allowed. */
export async function hasFullScope(
	client: HumaansClient,
	{ allowPartialView }: ViewOptions,
): Promise<boolean> {
	if ((await client.scopes()).includes(FULL_VIEW_SCOPE)) return true;
	if (allowPartialView) return false;
	throw new CannotRead(
		`The Humaans access token cannot see new hires and leavers, because it lacks the scope ${FULL_VIEW_SCOPE}.`,
		`Make a token with ${FULL_VIEW_SCOPE} in Humaans, ${OR_ALLOW}`,
	);
}

/** Permission roles of people who see everybody. There are others, also ones a company makes. */
const FULL_VIEW_ROLES: ReadonlySet<string> = new Set(['owner', 'admin']);

export const isFullViewRole = (role: string): boolean => FULL_VIEW_ROLES.has(role);

/** By the role of whoever made the token; any role that is not known is refused, unless allowed. */
function roleSeesAll(role: string | null, { allowPartialView }: ViewOptions): boolean {
	if (role !== null && isFullViewRole(role)) return true;
	if (allowPartialView) return false;
	throw new CannotRead(
		role === null
			? 'Humaans does not say who made the access token, so it may not show everybody.'
			: 'The Humaans access token was made by somebody who is neither owner nor administrator, so ' +
					'it may not show everybody.',
		`Let an owner or administrator of Humaans make the token, ${OR_ALLOW}`,
	);
}

/**
 * Whether a token with the full scope (or not) sees everybody: then a 404 proves that there is
 * nobody, and of somebody who left it is known who else has their work email.
 * @param people Who was read already
 */
export const seesEverybody = async (
	client: HumaansClient,
	fullScope: boolean,
	people: readonly Person[],
	options: ViewOptions,
): Promise<boolean> => fullScope && roleSeesAll(await client.makerRole(people), options);
