import { shortHash } from '../hash';
import type { Person, PersonStatus } from '../subject';
import { FIELD_NAMES, fieldTexts } from './fields';

/**
 * One person as hashes: no value of theirs can be read from it.
 *
 * A hash has 18 bits. So another value in place of a value goes unseen by chance once in 262,144
 * times. A value that comes or goes, and a change of status, is always seen.
 */
export interface Print {
	/** `null` as long as the person's row could never be read. */
	status: PersonStatus | null;
	/** For each watched field, in the order of `FIELD_NAMES`, three characters: see `markAt`. */
	marks: string;
	/** The row cannot be read at present, and that has been told. */
	unreadable: boolean;
}

/** Characters a field. */
const MARK_LENGTH = 3;
/** Nobody knows the value: the token may not read the field. No hash has these characters. */
const UNKNOWN = '???';
/** There is no value. No hash has these characters. */
const NO_VALUE = '...';

/** The hash of a field's value in the alphabet of base64url, or `UNKNOWN`, or `NO_VALUE`. */
const markAt = ({ marks }: Print, field: number): string =>
	marks.slice(MARK_LENGTH * field, MARK_LENGTH * (field + 1));

export const NEVER_READ: Print = {
	status: null,
	marks: UNKNOWN.repeat(FIELD_NAMES.length),
	unreadable: true,
};

/** @param readable Whether the read could see a field, for each watched field. */
export function printOf(person: Person, readable: readonly boolean[]): Print {
	const marks = fieldTexts(person).map((text, field) => {
		if (!readable[field]) return UNKNOWN;
		return text === '' ? NO_VALUE : shortHash(text, MARK_LENGTH);
	});
	return { status: person.status, marks: marks.join(''), unreadable: false };
}

/** Names of the fields that changed. An unknown value is never a change. */
export function fieldsThatDiffer(before: Print, after: Print): string[] {
	if (before.marks === after.marks) return [];
	return FIELD_NAMES.filter((_, field) => {
		const [old, now] = [markAt(before, field), markAt(after, field)];
		return old !== UNKNOWN && now !== UNKNOWN && old !== now;
	});
}

/** Whether one of these people has a value in one of these fields. */
export function anybodyHas(names: readonly string[], prints: Iterable<Print>): boolean {
	const fields = names.map((name) => FIELD_NAMES.indexOf(name));
	for (const print of prints)
		if (fields.some((field) => ![UNKNOWN, NO_VALUE].includes(markAt(print, field)))) return true;
	return false;
}

/** Whether an earlier read could see a field, for each watched field: somebody's is known. */
export function knownFields(prints: Iterable<Print>): boolean[] {
	const unknown = new Set(FIELD_NAMES.keys());
	for (const print of prints) {
		if (unknown.size === 0) break;
		for (const field of unknown) if (markAt(print, field) !== UNKNOWN) unknown.delete(field);
	}
	return FIELD_NAMES.map((_, field) => !unknown.has(field));
}

export const samePrint = (a: Print, b: Print): boolean =>
	a.status === b.status && a.marks === b.marks && a.unreadable === b.unreadable;

/** A value is known in both, and is the same. */
function agree(a: Print, b: Print, name: string): boolean {
	const field = FIELD_NAMES.indexOf(name);
	const mark = markAt(a, field);
	return mark !== UNKNOWN && mark !== NO_VALUE && mark === markAt(b, field);
}

/**
 * Of somebody who is gone: ids of people, not offboarded, with the same work email and the same
 * first or last name. It may be one human whose record was made anew.
 */
export function heirsOf(gone: Print, people: ReadonlyMap<string, Print>): string[] {
	return [...people].flatMap(([id, print]) => {
		if (print === gone || print.status === 'offboarded' || !agree(gone, print, 'email')) return [];
		return agree(gone, print, 'firstName') || agree(gone, print, 'lastName') ? [id] : [];
	});
}
