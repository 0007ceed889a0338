/** The rows of GET /people: everybody once, as they are. */
import { parsePersonRow } from '../../core/person/person';
import { PERSON_STATUSES } from '../../core/person/personRow';
import type { Person, PersonStatus } from '../../core/subject';
import { attempt, ServiceFailure, type Attempt } from '../http/failure';
import type { Requester } from '../http/requester';
import { allOrNothing, listRows, rowId, type ListedRow } from './lists';

export interface UnreadablePerson {
	id: string | null;
	problem: string;
}

export type PersonRead = { found: Person } | { unreadable: UnreadablePerson } | { missing: true };

export interface PersonRows {
	people: Person[];
	/** Rows nobody could read, named by ID; the others go on. */
	unreadable: UnreadablePerson[];
}

/** @param id What the row is known by when it does not say so itself */
export function parsedPerson(row: unknown, id: string | null = null): PersonRead {
	const parse = parsePersonRow(row);
	if (parse.ok) return { found: parse.person };
	return { unreadable: { id: parse.id ?? id, problem: parse.problem } };
}

const statusOf = (data: unknown): unknown => (data as { status?: unknown } | null)?.status;

/**
 * Everybody in one sweep, in whatever status. Humaans may refuse `status=all`, or not know it: no
 * documentation says.
 */
async function everyStatusAtOnce(request: Requester): Promise<ListedRow[]> {
	const answer = await attempt(listRows(request)('/people', { status: 'all' }));
	if (answer.ok) return answer.value;
	if (answer.failure.kind === 'refused') return [];
	throw answer.failure;
}

/**
 * The rows of everybody in these statuses. A status that the one sweep did not show has a sweep of
 * its own, so that it never counts as empty because a filter was not understood.
 */
async function rowsIn(
	request: Requester,
	statuses: readonly PersonStatus[],
): Promise<ListedRow[][]> {
	const atOnce = statuses.length === PERSON_STATUSES.length ? await everyStatusAtOnce(request) : [];
	const shown = new Set(atOnce.map(({ data }) => statusOf(data)));
	const list = listRows(allOrNothing(request));
	const apart = await Promise.all(
		statuses
			.filter((status) => !shown.has(status))
			.map(async (status) => await list('/people', { status })),
	);
	return [atOnce, ...apart];
}

/** What a read by ID gave; one that failed is about this person, and never stops the others. */
export function readOrProblem(id: string, answer: Attempt<PersonRead>): PersonRead {
	if (answer.ok) return answer.value;
	if (answer.failure.kind === 'cancelled') throw answer.failure;
	return { unreadable: { id, problem: answer.failure.message } };
}

/** Each row once. `moved`: IDs of rows that stand in two lists with two statuses. */
function unite(lists: readonly ListedRow[][]): { rows: Map<string, unknown>; moved: string[] } {
	const rows = new Map<string, unknown>();
	const moved = new Set<string>();
	lists.forEach((list, index) => {
		for (const { key, data } of list) {
			const own = rowId(data) === null ? `list ${index}, ${key}` : key;
			if (rows.has(own) && statusOf(rows.get(own)) !== statusOf(data)) moved.add(own);
			rows.set(own, data);
		}
	});
	return { rows, moved: [...moved] };
}

/**
 * Everybody in these statuses. Somebody who stands in two lists changed their status meanwhile, and
 * is read by ID: the lists do not say which status is the newer one.
 */
export async function readPeople(
	request: Requester,
	statuses: readonly PersonStatus[],
	readById: (id: string) => Promise<PersonRead>,
): Promise<PersonRows> {
	const { rows, moved } = unite(await rowsIn(request, statuses));
	requireActive(statuses, [...rows.values()]);
	const read: PersonRows = { people: [], unreadable: [] };
	const answers = await Promise.all(moved.map(async (id) => await attempt(readById(id))));
	const reread = new Map(moved.map((id, index) => [id, readOrProblem(id, answers[index]!)]));
	for (const [key, row] of rows) {
		const again = reread.get(key);
		const one = again ?? parsedPerson(row);
		if ('unreadable' in one) read.unreadable.push(one.unreadable);
		// The server may ignore the filter: the status is checked here too.
		else if ('found' in one && statuses.includes(one.found.status)) read.people.push(one.found);
	}
	return read;
}

/**
 * Whoever made the token is active, so a list without anybody active is one that lost its rows; and
 * it would hide who shares a work email with somebody who left.
 */
function requireActive(statuses: readonly PersonStatus[], rows: readonly unknown[]): void {
	const isDue = rows.length > 0 && statuses.includes('active');
	if (isDue && rows.every((row) => statusOf(row) !== 'active'))
		throw new ServiceFailure('Humaans', 'incomplete', null, null, 'It named nobody who is active.');
}
