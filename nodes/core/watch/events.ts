import type { PersonStatus } from '../subject';
import { ROLE_FIELDS } from './fields';
import { fieldsThatDiffer, type Print } from './print';

/**
 * What can happen to a person, the most telling first. To whom several things happened, the first
 * one is the `event` of the item.
 */
export const PERSON_EVENTS = [
	'deleted',
	'created',
	'offboarded',
	'activated',
	'startDateChanged',
	'roleChanged',
	'changed',
	'updated',
] as const;
export type PersonEvent = (typeof PERSON_EVENTS)[number];

export interface PersonChange {
	/** In the order of `PERSON_EVENTS`; empty when nothing happened. */
	events: PersonEvent[];
	changedFields: string[];
}

type KnownChange = { from: PersonStatus | null; to: PersonStatus | null; changedFields: string[] };

const leaves = ({ from, to }: KnownChange): boolean => from !== to && to === 'offboarded';
const begins = ({ from, to }: KnownChange): boolean => from === 'newHire' && to === 'active';

/** For each event, whether a change of somebody who was known before is one. */
const IS_EVENT: Readonly<Record<PersonEvent, (change: KnownChange) => boolean>> = {
	deleted: () => false,
	created: () => false,
	offboarded: leaves,
	activated: begins,
	startDateChanged: ({ changedFields }) => changedFields.includes('employmentStartDate'),
	roleChanged: ({ changedFields }) => changedFields.some((name) => ROLE_FIELDS.includes(name)),
	// Another status that no event above stands for, such as a rehire.
	changed: (change) => change.from !== change.to && !leaves(change) && !begins(change),
	updated: ({ changedFields }) => changedFields.length > 0,
};

/**
 * What happened to a person since the print before. Whoever was never read is created now:
 * everything about them is new, so no field is named.
 */
export function changeOf(before: Print | undefined, after: Print): PersonChange {
	const from = before?.status ?? null;
	if (!before || from === null) return { events: ['created'], changedFields: [] };
	const to = after.status;
	const changedFields = [...(from === to ? [] : ['status']), ...fieldsThatDiffer(before, after)];
	const change = { from, to, changedFields };
	return { events: PERSON_EVENTS.filter((event) => IS_EVENT[event](change)), changedFields };
}
