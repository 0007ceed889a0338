import { PERSON_STATUSES } from '../person/personRow';
import type { PersonStatus } from '../subject';
import { NEVER_READ, type Print } from './print';

/** The print of each person, by ID. */
export type Snapshot = ReadonlyMap<string, Print>;

/**
 * A snapshot as plain text. Each status has one line a person, `<id> <marks>`, in the order of the
 * IDs. With IDs of 24 characters, as Humaans has them, that is 126 bytes a person in JSON.
 */
export interface SnapshotText extends Record<PersonStatus, string> {
	/**
	 * IDs of people whose row cannot be read at present, a space between. Their lines above tell how
	 * they were; who has none there was never read.
	 */
	unreadable: string;
}

/** IDs hold no white space here; Humaans' own IDs stay as they are. */
const encodeId = (id: string): string => id.replace(/[%\s]/g, encodeURIComponent);
const parts = (text: string, between: string): string[] => (text === '' ? [] : text.split(between));

export function formatSnapshot(people: Snapshot): SnapshotText {
	const lines: Record<PersonStatus, string[]> = { active: [], newHire: [], offboarded: [] };
	const unreadable: string[] = [];
	for (const id of [...people.keys()].sort()) {
		const print = people.get(id)!;
		if (print.status !== null) lines[print.status].push(`${encodeId(id)} ${print.marks}`);
		if (print.unreadable) unreadable.push(encodeId(id));
	}
	return {
		active: lines.active.join('\n'),
		newHire: lines.newHire.join('\n'),
		offboarded: lines.offboarded.join('\n'),
		unreadable: unreadable.join(' '),
	};
}

export function parseSnapshot(text: SnapshotText): Map<string, Print> {
	const people = new Map<string, Print>();
	for (const status of PERSON_STATUSES)
		for (const line of parts(text[status], '\n')) {
			const [id, marks] = line.split(' ') as [string, string];
			people.set(decodeURIComponent(id), { status, marks, unreadable: false });
		}
	for (const encoded of parts(text.unreadable, ' ')) {
		const id = decodeURIComponent(encoded);
		people.set(id, { ...(people.get(id) ?? NEVER_READ), unreadable: true });
	}
	return people;
}
