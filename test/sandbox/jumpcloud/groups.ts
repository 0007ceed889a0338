import type { Answer, ApiRequest } from '../http';
import { objectId } from '../ids';
import type { UserGroup } from '../types';
import type { World } from '../world';
import { NOT_FOUND, refuse } from './errors';

const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 100;

function slice<T>(request: ApiRequest, rows: readonly T[]): Answer {
	const limit = Number(request.query.get('limit') ?? DEFAULT_LIMIT);
	const skip = Number(request.query.get('skip') ?? 0);
	if (limit > MAX_LIMIT) return refuse(400, `limit must be at most ${MAX_LIMIT}`);
	return {
		status: 200,
		body: rows.slice(skip, skip + limit),
		headers: { 'x-total-count': String(rows.length) },
	};
}

/** v2 filters: field:op:value, operators without $, case sensitive. */
function groupFilter(filter: string): (group: UserGroup) => boolean {
	const [field = '', operator = '', ...rest] = filter.split(':');
	const wanted = rest.join(':');
	const value = (group: UserGroup): string => String(group[field] ?? '');
	switch (operator) {
		case 'eq':
			return (group) => value(group) === wanted;
		case 'ne':
			return (group) => value(group) !== wanted;
		case 'search':
			return (group) => value(group).toLowerCase().includes(wanted.toLowerCase());
		case 'in':
			return (group) => wanted.split('|').includes(value(group));
		default:
			return () => false;
	}
}

/** GET /v2/usergroups: a bare array; clients go on until a short page. */
export function listGroups(world: World, request: ApiRequest): Answer {
	const filters = [...request.query]
		.filter(([key]) => key.startsWith('filter'))
		.map(([, value]) => groupFilter(value));
	const rows = world.groups.filter((group) => filters.every((matches) => matches(group)));
	const sort = request.query.get('sort') ?? '';
	const name = sort.replace(/^-/, '');
	if (name)
		rows.sort(
			(a, b) =>
				String(a[name] ?? '').localeCompare(String(b[name] ?? '')) *
				(sort.startsWith('-') ? -1 : 1),
		);
	return slice(request, rows);
}

export function getGroup(world: World, id: string): Answer {
	const group = world.groups.find((candidate) => candidate.id === id);
	return group ? { status: 200, body: group } : NOT_FOUND;
}

export function createGroup(world: World, request: ApiRequest): Answer {
	const asked = request.body as Pick<UserGroup, 'name'> & Partial<UserGroup>;
	if (world.groups.some(({ name }) => name === asked.name)) return refuse(409, 'Already Exists');
	const group: UserGroup = {
		description: '',
		membershipMethod: 'STATIC',
		...asked,
		id: objectId(world.random),
		type: 'user_group',
	};
	world.groups.push(group);
	world.touch();
	return { status: 201, body: group };
}

export function deleteGroup(world: World, id: string): Answer {
	const at = world.groups.findIndex((group) => group.id === id);
	const [group] = at < 0 ? [] : world.groups.splice(at, 1);
	if (!group) return NOT_FOUND;
	world.members.delete(id);
	world.touch();
	return { status: 200, body: group };
}

export function listMembers(world: World, groupId: string, request: ApiRequest): Answer {
	if (!world.groups.some((group) => group.id === groupId)) return NOT_FOUND;
	return slice(
		request,
		[...(world.members.get(groupId) ?? [])].map((id) => ({
			to: { id, type: 'user', attributes: null },
			attributes: null,
		})),
	);
}

export function changeMembers(world: World, groupId: string, request: ApiRequest): Answer {
	const group = world.groups.find((candidate) => candidate.id === groupId);
	const { op, id } = request.body as { op: 'add' | 'remove' | 'update'; id: string };
	if (!group || !world.account(id)) return NOT_FOUND;
	const members = world.members.get(groupId) ?? new Set<string>();
	world.members.set(groupId, members);
	if (op === 'add') {
		if (group.membershipMethod?.startsWith('DYNAMIC') && world.quirks.dynamicGroupAdd === 400) {
			return refuse(400, 'Members of a dynamic group are computed');
		}
		if (members.has(id)) return refuse(409, 'Already Exists');
		members.add(id);
	} else {
		if (!members.has(id)) return NOT_FOUND;
		if (op === 'remove') members.delete(id);
	}
	world.touch();
	return { status: 204 };
}

/** GET /v2/users/{id}/memberof: ids only, no names. */
export function memberOf(world: World, accountId: string, request: ApiRequest): Answer {
	if (!world.account(accountId)) return NOT_FOUND;
	const ids = [...world.members]
		.filter(([, members]) => members.has(accountId))
		.map(([group]) => group);
	return slice(
		request,
		ids.map((id) => ({
			id,
			type: 'user_group',
			compiledAttributes: null,
			paths: [[{ to: { id, type: 'user_group', attributes: null }, attributes: null }]],
		})),
	);
}
