import type { Person, Row } from '../types';
import type { World } from '../world';
import { rolesAsOf } from './rolesAsOf';

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

type View = (person: Person) => boolean;

/**
 * Whom the token shows. New hires and leavers are invisible without private:read, so that a missing
 * person proves nothing; and a token never shows more than its maker may see.
 */
export function viewOf(world: World): View {
	const seesAll = hasScope(world, 'private:read');
	const byScope: View = (person) => seesAll || person.status === 'active';
	const maker = world.person(world.tokenInfo.personId);
	if (!maker || hasFullView(world, maker)) return byScope;
	const byMaker = viewOfMaker(world, maker);
	return (person) => person.id === maker.id || (byScope(person) && byMaker(person));
}

export const isVisible = (world: World, person: Person): boolean => viewOf(world)(person);

/** Rows that belong to nobody, or to somebody whom the token shows. */
export function visibleOf<T extends Row>(world: World, rows: readonly T[]): T[] {
	const isShown = viewOf(world);
	const hidden = new Set(
		world.people.filter((person) => !isShown(person)).map((person) => person.id),
	);
	return rows.filter((row) => !hidden.has(String(row.personId)));
}

function hasFullView({ quirks }: World, { role }: Person): boolean {
	return (
		quirks.makerSees === 'everybody' ||
		role === 'owner' ||
		(role === 'admin' && !quirks.adminViewIsPartial)
	);
}

function viewOfMaker(world: World, maker: Person): View {
	if (world.quirks.makerSees === 'themselves') return () => false;
	const roles = new Map(
		rolesAsOf(world.jobRoles, world.today()).map((role) => [role.personId, role]),
	);
	if (world.quirks.makerSees === 'reports')
		return ({ id }) => roles.get(id)?.reportingTo === maker.id;
	const department = roles.get(maker.id)?.department ?? null;
	return ({ id }) => department !== null && roles.get(id)?.department === department;
}

/** A row as the token may see it. */
export function visibleRow(world: World, person: Person): Row {
	if (hasScope(world, 'private:read')) return person;
	return Object.fromEntries(Object.entries(person).filter(([name]) => !PRIVATE_FIELDS.has(name)));
}
