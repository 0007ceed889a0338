/**
 * The situations of docs/behaviour.md: what is the case, and which settings differ from the
 * defaults.
 */
import { EXISTING, RECORDS, SHARED } from './identity';
import { JOINERS, MOVED_STARTS } from './joiners';
import { LAST_DAYS, LAST_DAY_TO_COME } from './lastDays';
import { DELETION, GONE, LEAVERS } from './leavers';
import { MISSING, MODES } from './modes';
import { REHIRES } from './rehires';
import type { Section } from './scenario';
import { SCOPE } from './scope';

export type { Scenario } from './scenario';

export const SECTIONS: readonly Section[] = [
	JOINERS,
	SHARED,
	EXISTING,
	LEAVERS,
	LAST_DAY_TO_COME,
	LAST_DAYS,
	DELETION,
	GONE,
	REHIRES,
	RECORDS,
	MOVED_STARTS,
	SCOPE,
	MISSING,
	MODES,
];
