import type { SlotValue, SyncRule } from '../subject';

export const SYNC_RULES: readonly SyncRule[] = ['always', 'whenChanged', 'fillEmpty', 'onCreate'];

/** How a slot stands on an account whose value differs from what Humaans says. */
export interface Standing {
	/** What the account holds; null = nothing. */
	current: SlotValue | null;
	/**
	 * True: Humaans says something else than is remembered. Null: nothing is remembered (only
	 * `whenChanged` needs it).
	 */
	changedInHumaans: boolean | null;
	/** The account was created when the value was not known yet (a manager without an account). */
	awaited: boolean;
}

const EMPTY = 'empty in JumpCloud';

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
			return current === null ? EMPTY : 'differs from Humaans';
		case 'whenChanged':
			if (changedInHumaans === true) return 'changed in Humaans';
			return changedInHumaans === null && current === null ? EMPTY : null;
		case 'fillEmpty':
			return current === null ? EMPTY : null;
		case 'onCreate':
			return awaited && current === null ? 'was not known at creation' : null;
	}
}
