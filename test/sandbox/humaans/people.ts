import type { Answer, ApiRequest } from '../http';
import type { World } from '../world';
import { NOT_FOUND } from './errors';
import { list } from './feathers';
import { isVisible, visibleRow } from './permissions';
import { applyDates } from './status';

/** GET /people: raw rows, fields that must never leave the edge included. */
export function listPeople(world: World, request: ApiRequest, hireSomebody: () => void): Answer {
	const { quirks } = world;
	if (quirks.statusFollowsDates) applyDates(world);
	if (quirks.totalChangesMidSweep > 0 && Number(request.query.get('$skip') ?? 0) > 0) {
		quirks.totalChangesMidSweep--;
		hireSomebody();
	}
	const asksForStatus = [...request.query.keys()].some(
		(key) => key === 'status' || key.startsWith('status['),
	);
	const bare = !asksForStatus || quirks.statusFilterIgnored;
	const rows = world.people
		.filter(
			(person) =>
				isVisible(world, person) &&
				!(bare && quirks.bareListReturns === 'active' && person.status !== 'active'),
		)
		.map((person) => visibleRow(world, person));
	return list(rows, request.query, quirks, {
		fields: Object.keys(rows[0] ?? world.people[0] ?? { status: '' }),
		ignored: quirks.statusFilterIgnored ? ['status'] : [],
	});
}

export function getPerson(world: World, id: string): Answer {
	if (world.quirks.statusFollowsDates) applyDates(world);
	const person = world.person(id);
	return person && isVisible(world, person)
		? { status: 200, body: visibleRow(world, person) }
		: NOT_FOUND;
}
