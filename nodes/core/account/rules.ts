import type { SlotValue, SyncRule } from '../subject';

/** How a slot stands on an account whose value differs from what Humaans says. */
export interface Standing {
	/** What the account holds; null = nothing. */
	current: SlotValue | null;
	/**
	 * True: Humaans says something else than when it was last written. Null: this package never wrote
	 * it.
	 */
	changedInHumaans: boolean | null;
	/**
	 * The account was created when the value could not be known yet (a manager without an account).
	 */
	awaited: boolean;
}

const EMPTY = 'empty in JumpCloud';
const CHANGED = 'changed in Humaans';

/**
 * Why a value that differs is written, or null when it is left.
 *
 *   rule ╲ in JumpCloud   empty, never synced   other, never synced   changed in Humaans   edited   emptied
 *   always                write                 write                 write                write    write
 *   whenChanged           write                 leave                 write                leave    leave
 *   fillEmpty             write                 leave                 if empty             leave    write
 *   onCreate              leave, but an awaited value is written once, into an empty place
 */
export function whyWrite(
	rule: SyncRule,
	{ current, changedInHumaans, awaited }: Standing,
): string | null {
	switch (rule) {
		case 'always':
			if (changedInHumaans === true) return CHANGED;
			if (current === null) return EMPTY;
			return changedInHumaans === false ? 'edited in JumpCloud' : 'differs from Humaans';
		case 'whenChanged':
			if (changedInHumaans === true) return CHANGED;
			return changedInHumaans === null && current === null ? EMPTY : null;
		case 'fillEmpty':
			return current === null ? EMPTY : null;
		case 'onCreate':
			return awaited && current === null ? 'was not known at creation' : null;
	}
}
