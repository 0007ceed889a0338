/** When each leaver's access ended, held against the end of their last day. */
import { stateOf } from '../account/link';
import { stampOf } from '../account/stamp';
import { nameOf } from '../policy/explain/words';
import type { Decision, Subject } from '../subject';
import { dateWords, endOfLocalDay, inZone, localToday, momentWords, zoneOf } from '../time';
import { hasLeft, lastDayText, whyOf } from './accounts';
import type { Cell } from './csv';
import type { ReviewPart, Reviewed } from './reviewed';

const MS_AN_HOUR = 3_600_000;
const hours = (ms: number): number => Math.round((ms / MS_AN_HOUR) * 10) / 10;

/** What is known of one leaver. */
interface Leaver {
	subject: Subject;
	decision: Decision;
	/** `YYYY-MM-DD`, or null: Humaans does not say. */
	lastDay: string | null;
	/** The end of that day where the person is. */
	end: Date | null;
	zone: string;
	/** When this package suspended the account. */
	stamp: Date | null;
}

function leaverOf(subject: Subject, decision: Decision, { settings }: Reviewed): Leaver {
	const lastDay = lastDayText(subject);
	const zone = subject.person ? zoneOf(subject.person, settings.fixedZone).zone : 'UTC';
	const { account } = subject;
	const isSuspended = account && stateOf(account) === 'SUSPENDED';
	return {
		...{ subject, decision, lastDay, zone },
		end: lastDay === null ? null : endOfLocalDay(lastDay, zone),
		stamp: isSuspended ? (stampOf(account)?.at ?? null) : null,
	};
}

/** Their last day is in the period, or their access ended in it. */
function isInPeriod({ lastDay, stamp }: Leaver, { period }: Reviewed): boolean {
	const days = [lastDay, stamp ? localToday(stamp, 'UTC') : null];
	const { from, until } = period!;
	return days.some((day) => day !== null && day >= from && day <= until);
}

/** Nobody can say when: no last day, and no stamp. */
const isUndated = ({ lastDay, stamp }: Leaver): boolean => lastDay === null && stamp === null;

/** Whether access ended in time, hours from the end of the last day, and why not. */
function verdictOn(
	{ subject, decision, end, stamp }: Leaver,
	{ settings, clock }: Reviewed,
): { within: string; hours: Cell; reason: string } {
	const { account } = subject;
	if (!account) {
		const reason =
			'There is no account: it was deleted, or never there. That cannot be told apart.';
		return { within: 'cannot be shown', hours: '', reason };
	}
	const isSuspended = stateOf(account) === 'SUSPENDED';
	if (isSuspended && stamp === null) {
		const reason = 'Somebody else suspended the account, and when is not known.';
		return { within: 'cannot be shown', hours: '', reason };
	}
	if (end === null) {
		const gone = subject.person === null ? 'The person was deleted in Humaans, so the' : 'The';
		const reason = isSuspended ? `${gone} last day is not known.` : whyOf(decision);
		return { within: isSuspended ? 'cannot be shown' : 'no', hours: '', reason };
	}
	const took = (stamp ?? clock).getTime() - end.getTime();
	const isInTime = took <= settings.hoursAllowed * MS_AN_HOUR;
	if (stamp) {
		const late = `Access ended ${hours(took)} hours after the end of the last day.`;
		return { within: isInTime ? 'yes' : 'no', hours: hours(took), reason: isInTime ? '' : late };
	}
	if (stateOf(account) === 'STAGED') {
		const reason = 'The account was staged and never active.';
		return { within: 'yes', hours: '', reason };
	}
	const reason = `The account is still active. ${whyOf(decision)}`;
	return { within: isInTime ? 'not over yet' : 'no', hours: hours(took), reason };
}

const LEAVER_COLUMNS = [
	...['Person', 'Work Email', 'Account', 'Last Day', 'Last Day Ended', 'Humaans Said So'],
	...['Access Ended', 'Hours', 'Within', 'Reason', 'Humaans ID', 'JumpCloud ID'],
];
const LEAVER_ON_PAGE = [
	...['Person', 'Account', 'Last Day Ended', 'Humaans Said So', 'Access Ended', 'Hours', 'Within'],
	'Reason',
];

function leaverRow(leaver: Leaver, reviewed: Reviewed): Record<string, Cell> {
	const { subject, lastDay, end, zone, stamp } = leaver;
	const { account, person, personId } = subject;
	const verdict = verdictOn(leaver, reviewed);
	const gone = person === null ? ' (deleted in Humaans)' : '';
	return {
		Person: `${nameOf(subject)}${gone}`,
		...{ 'Work Email': person?.email ?? account?.email ?? '', Account: account?.username ?? '' },
		...{ 'Last Day': lastDay ?? '', 'Last Day Ended': end ? inZone(end, zone) : 'not known' },
		// Humaans does not say since when, and executions are not kept.
		'Humaans Said So': 'not known',
		'Access Ended': stamp ? momentWords(stamp.toISOString()) : '',
		...{ Hours: verdict.hours, Within: verdict.within, Reason: verdict.reason },
		...{ 'Humaans ID': personId ?? '', 'JumpCloud ID': account?._id ?? '' },
	};
}

const VERDICTS: ReadonlyArray<readonly [name: string, within: readonly string[]]> = [
	['Access did not end in time', ['no']],
	['Within the allowed hours', ['yes', 'not over yet']],
	['What cannot be shown', ['cannot be shown']],
];

/** Everybody who left in the period. */
export function reviewLeavers(reviewed: Reviewed): ReviewPart {
	const { subjects, decisions, settings, clock, period } = reviewed;
	const leavers = subjects.flatMap((subject, place) =>
		hasLeft(subject, settings, clock) ? [leaverOf(subject, decisions[place]!, reviewed)] : [],
	);
	const undated = leavers.filter(isUndated);
	const inPeriod = leavers.filter((leaver) => isInPeriod(leaver, reviewed));
	const rows = [...inPeriod, ...undated]
		.sort((a, b) => (a.end?.getTime() ?? 0) - (b.end?.getTime() ?? 0))
		.map((leaver) => leaverRow(leaver, reviewed));
	const groups = VERDICTS.map(([name, within]) => ({
		name,
		rows: rows.filter((row) => within.includes(String(row.Within))),
	}));
	const { from, until } = period!;
	return {
		notes: [
			`Leavers whose last day, or whose end of access, is from ${dateWords(from)} to ${dateWords(until)}; ` +
				`${settings.hoursAllowed} hours are allowed after the end of the last day.`,
			'When access ended is what stands on the account. When Humaans was first seen to say that ' +
				'somebody leaves is kept nowhere.',
			'Not shown: accounts that were deleted, because nothing of them is left; people who came ' +
				'back; and people deleted in Humaans whose account is gone or not linked.',
			...(undated.length > 0
				? [`${undated.length} of them have neither a last day nor a stamp, whenever they left.`]
				: []),
		],
		groups: groups.filter((group) => group.rows.length > 0),
		columns: LEAVER_COLUMNS,
		onPage: LEAVER_ON_PAGE,
	};
}
