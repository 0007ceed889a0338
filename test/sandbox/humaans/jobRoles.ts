import type { Answer, ApiRequest } from '../http';
import type { World } from '../world';
import { invalid, list } from './feathers';
import { visibleOf } from './permissions';
import { rolesAsOf } from './rolesAsOf';

/**
 * GET /job-roles, with $asOf where the quirk lets it work. A role of an invisible person is
 * invisible too.
 */
export function listJobRoles(world: World, request: ApiRequest): Answer {
	const visible = visibleOf(world, world.jobRoles);
	const asOf = request.query.get('$asOf');
	if (asOf !== null && !/^\d{4}-\d{2}-\d{2}$/.test(asOf)) return invalid(world.quirks, ['$asOf']);
	const roles = asOf !== null && world.quirks.asOfSupported ? rolesAsOf(visible, asOf) : visible;
	return list(roles, request.query, world.quirks, {
		fields: Object.keys(world.jobRoles[0] ?? { personId: '' }),
	});
}
