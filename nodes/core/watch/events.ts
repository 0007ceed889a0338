import { PRINT_STATUSES, ROLE_FIELDS, type Print } from './fields';
import { difference } from './snapshot';

/**
 * What can happen to a person, the most telling first: an item that has several carries the first
 * as its `event`.
 */
export const EVENTS = [
	'deleted',
	'created',
	'offboarded',
	'activated',
	'startDateChanged',
	'roleChanged',
	'changed',
	'updated',
] as const;
export type PersonEvent = (typeof EVENTS)[number];

export interface PersonChange {
	/** In the order of `EVENTS`; empty when nothing happened. */
	events: PersonEvent[];
	changedFields: string[];
}

type PrintStatus = (typeof PRINT_STATUSES)[number];

/**
 * `updated`: any field is another one. `changed`: what the other events do not tell, a rehire for
 * instance.
 */
const HAPPENED: Readonly<
	Record<
		Exclude<PersonEvent, 'deleted' | 'created'>,
		(fields: readonly string[], from: PrintStatus, to: PrintStatus) => boolean
	>
> = {
	offboarded: (_, from, to) => from !== to && to === 'offboarded',
	activated: (_, from, to) => from === 'newHire' && to === 'active',
	startDateChanged: (fields) => fields.includes('employmentStartDate'),
	roleChanged: (fields) => fields.some((field) => ROLE_FIELDS.includes(field)),
	changed: (fields, from, to) =>
		fields.length === 0 ||
		(from !== to && to !== 'offboarded' && !(from === 'newHire' && to === 'active')),
	updated: (fields) => fields.length > 0,
};

/**
 * What happened to a person since the snapshot: nobody before means created, and everything about
 * them is new, so no field is named.
 * @param width Bits of a hash that count in `before`.
 */
export function changeOf(before: Print | undefined, after: Print, width: number): PersonChange {
	const from = PRINT_STATUSES[before?.status ?? 0]!;
	const to = PRINT_STATUSES[after.status]!;
	if (!before || from === 'neverRead') return { events: ['created'], changedFields: [] };
	const { fields, changed } = difference(before, after, width);
	if (from === to && !changed) return { events: [], changedFields: [] };
	const changedFields = [...(from === to ? [] : ['status']), ...fields];
	const events = EVENTS.filter(
		(event) =>
			event !== 'deleted' && event !== 'created' && HAPPENED[event](changedFields, from, to),
	);
	return { events, changedFields };
}
