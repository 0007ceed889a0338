import type { Person, Row } from '../types';
import type { World } from '../world';

export type Scope = 'public:read' | 'private:read' | 'private:write' | 'webhooks:manage';

export const hasScope = (world: World, scope: Scope): boolean =>
	world.tokenInfo.scopes.includes(scope);

/** What a token without private:read does not get to see of somebody it may see. */
const PRIVATE_FIELDS = new Set([
	'personalEmail',
	'personalPhoneNumber',
	'formattedPersonalPhoneNumber',
	'address',
	'city',
	'state',
	'postcode',
	'countryCode',
	'country',
	'employeeId',
	'employmentEndDate',
	'lastWorkingDay',
	'probationEndDate',
	'leavingReason',
	'contractType',
	'taxId',
	'taxCode',
	'nationality',
	'birthday',
	'gender',
	'calendarFeedToken',
]);

/**
 * New hires and leavers are invisible without private:read, so that a missing person proves
 * nothing; a member's token may show only the member.
 */
export function isVisible(world: World, person: Person): boolean {
	const maker = world.quirks.membersSeeThemselvesOnly
		? world.person(world.tokenInfo.personId)
		: undefined;
	if (maker?.role === 'user') return person.id === maker.id;
	return person.status === 'active' || hasScope(world, 'private:read');
}

/** A row as the token may see it. */
export function visibleRow(world: World, person: Person): Row {
	if (hasScope(world, 'private:read')) return person;
	return Object.fromEntries(Object.entries(person).filter(([name]) => !PRIVATE_FIELDS.has(name)));
}
