import type { Answer, ApiRequest } from '../http';
import type { World } from '../world';
import { NOT_FOUND } from './errors';
import { invalid, list } from './feathers';
import { isVisible, viewOf, visibleRow } from './permissions';
import { applyDates } from './status';

/** GET /people: raw rows, fields that must never leave the edge included. */
export function listPeople(world: World, request: ApiRequest, hireSomebody: () => void): Answer {
	const { quirks } = world;
	if (quirks.statusFollowsDates) applyDates(world);
	if (quirks.totalChangesMidSweep > 0 && Number(request.query.get('$skip') ?? 0) > 0) {
		quirks.totalChangesMidSweep--;
		hireSomebody();
	}
	const asksForAll = request.query.get('status') === 'all' && !quirks.statusFilterIgnored;
	if (asksForAll && quirks.statusAll === 'refused') return invalid(quirks, ['status']);
	const asksForStatus = [...request.query.keys()].some(
		(key) => key === 'status' || key.startsWith('status['),
	);
	const isIgnored = quirks.statusFilterIgnored || (asksForAll && quirks.statusAll === 'ignored');
	const activeOnly = (!asksForStatus || isIgnored) && quirks.bareListReturns === 'active';
	const isShown = viewOf(world);
	const rows = world.people
		.filter((person) => isShown(person) && !(activeOnly && person.status !== 'active'))
		.map((person) => visibleRow(world, person));
	return list(rows, request.query, quirks, {
		fields: Object.keys(rows[0] ?? world.people[0] ?? { status: '' }),
		// What is asked for as all, or in vain, is no filter on the rows.
		ignored: isIgnored || asksForAll ? ['status'] : [],
	});
}

export function getPerson(world: World, id: string): Answer {
	if (world.quirks.statusFollowsDates) applyDates(world);
	const person = world.person(id);
	return person && isVisible(world, person)
		? { status: 200, body: visibleRow(world, person) }
		: NOT_FOUND;
}

/** GET /me: the maker of the token, role included. */
export function getMaker(world: World): Answer {
	if (world.quirks.statusFollowsDates) applyDates(world);
	const maker = world.person(world.tokenInfo.personId);
	return maker ? { status: 200, body: visibleRow(world, maker) } : NOT_FOUND;
}
