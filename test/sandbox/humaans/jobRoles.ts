import type { Answer, ApiRequest } from '../http';
import type { JobRole } from '../types';
import type { World } from '../world';
import { invalid, list } from './feathers';
import { isVisible } from './permissions';

/** Everybody's role on a day: the latest that has taken effect. */
export function rolesAsOf(roles: readonly JobRole[], day: string): JobRole[] {
	const current = new Map<string, JobRole>();
	for (const role of roles) {
		if (role.effectiveDate > day) continue;
		const other = current.get(role.personId);
		if (!other || role.effectiveDate >= other.effectiveDate) current.set(role.personId, role);
	}
	return [...current.values()];
}

/**
 * GET /job-roles, with $asOf where the quirk lets it work. A role of an invisible person is
 * invisible too.
 */
export function listJobRoles(world: World, request: ApiRequest): Answer {
	const hidden = new Set(
		world.people.filter((person) => !isVisible(world, person)).map((person) => person.id),
	);
	const visible = world.jobRoles.filter((role) => !hidden.has(role.personId));
	const asOf = request.query.get('$asOf');
	if (asOf !== null && !/^\d{4}-\d{2}-\d{2}$/.test(asOf)) return invalid(world.quirks, ['$asOf']);
	const roles = asOf !== null && world.quirks.asOfSupported ? rolesAsOf(visible, asOf) : visible;
	return list(roles, request.query, world.quirks, {
		fields: Object.keys(world.jobRoles[0] ?? { personId: '' }),
	});
}
