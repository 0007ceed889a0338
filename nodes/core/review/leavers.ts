/** When each leaver's access ended, held against the end of their last day. */
import { stateOf } from '../account/link';
import { stampOf } from '../account/stamp';
import { sameEmail } from '../email';
import { nameOf } from '../policy/explain/words';
import type { Account, Decision, Subject } from '../subject';
import { dateWords, endOfLocalDay, inZone, localToday, zoneOf } from '../time';
import { hasLeft, lastDayText, ownerIds, peopleById, whyOf } from './accounts';
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
	/** Other accounts that fit them, are of nobody, and are active. */
	open: readonly OpenAccount[];
}

interface OpenAccount {
	account: Account;
	/** It has their work email, and fits nobody who works here. */
	isTheirs: boolean;
}

/** Humaans id → active accounts of nobody that fit this person. */
function openAccounts({ subjects, settings, clock }: Reviewed): Map<string, OpenAccount[]> {
	const people = peopleById(subjects);
	const open = new Map<string, OpenAccount[]>();
	for (const subject of subjects) {
		const { account } = subject;
		if (!account || stateOf(account) !== 'ACTIVATED') continue;
		const owners = ownerIds(subject).flatMap((id) => people.get(id) ?? []);
		const allLeft = owners.every((owner) => hasLeft(owner, settings, clock));
		for (const { personId, person } of owners) {
			const isTheirs = allLeft && sameEmail(account.email, person?.email);
			open.set(personId!, [...(open.get(personId!) ?? []), { account, isTheirs }]);
		}
	}
	return open;
}

function leaverOf(
	subject: Subject,
	decision: Decision,
	open: readonly OpenAccount[],
	{ settings }: Reviewed,
): Leaver {
	const lastDay = lastDayText(subject);
	const zone = subject.person ? zoneOf(subject.person, settings.fixedZone).zone : 'UTC';
	const { account } = subject;
	const isSuspended = account && stateOf(account) === 'SUSPENDED';
	return {
		...{ subject, decision, lastDay, zone, open },
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

interface LeaverVerdict {
	within: string;
	hours: Cell;
	reason: string;
}

/** With another account still open, access has not ended, or nobody can say so. */
function withOpenAccounts(
	verdict: LeaverVerdict,
	{ open, end }: Leaver,
	{ settings, clock }: Reviewed,
): LeaverVerdict {
	if (open.length === 0) return verdict;
	const isOver =
		end === null || clock.getTime() - end.getTime() > settings.hoursAllowed * MS_AN_HOUR;
	const isTheirs = open.some((one) => one.isTheirs);
	const names = open.map(({ account }) => account.username).join(', ');
	const words =
		open.length === 1
			? `Another account with their work email or employee ID is still active: ${names}.`
			: `Other accounts with their work email or employee ID are still active: ${names}.`;
	const within = isTheirs ? (isOver ? 'no' : 'not over yet') : 'cannot be shown';
	return {
		...verdict,
		within: verdict.within === 'no' ? 'no' : within,
		reason: [words, verdict.reason].filter(Boolean).join(' '),
	};
}

/** Whether access ended in time, hours from the end of the last day, and why not. */
function verdictOn(
	{ subject, decision, end, stamp }: Leaver,
	{ settings, clock }: Reviewed,
): LeaverVerdict {
	const { account } = subject;
	if (!account && (subject.match?.candidates ?? []).length > 0) {
		const names = subject.match!.candidates.map(({ username }) => username).join(', ');
		const reason = `It is not certain which account is theirs: ${names}.`;
		return { within: 'cannot be shown', hours: '', reason };
	}
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
	...['Access Ended', 'Hours', 'In Time', 'Reason', 'Humaans ID', 'JumpCloud ID'],
];
const LEAVER_ON_PAGE = [
	...['Person', 'Account', 'Last Day Ended', 'Humaans Said So', 'Access Ended', 'Hours', 'In Time'],
	'Reason',
];

function leaverRow(leaver: Leaver, reviewed: Reviewed): Record<string, Cell> {
	const { subject, lastDay, end, zone, stamp } = leaver;
	const { account, person, personId } = subject;
	const verdict = withOpenAccounts(verdictOn(leaver, reviewed), leaver, reviewed);
	const gone = person === null ? ' (deleted in Humaans)' : '';
	return {
		Person: `${nameOf(subject)}${gone}`,
		...{ 'Work Email': person?.email ?? account?.email ?? '', Account: account?.username ?? '' },
		...{ 'Last Day': lastDay ?? '', 'Last Day Ended': end ? inZone(end, zone) : 'not known' },
		// Humaans does not say since when, and executions are not kept.
		'Humaans Said So': 'not known',
		'Access Ended': stamp ? inZone(stamp, 'UTC') : '',
		...{ Hours: verdict.hours, 'In Time': verdict.within, Reason: verdict.reason },
		...{ 'Humaans ID': personId ?? '', 'JumpCloud ID': account?._id ?? '' },
	};
}

const VERDICTS: ReadonlyArray<readonly [name: string, within: readonly string[]]> = [
	['Access did not end in time', ['no']],
	['Still active, and the allowed hours are not over', ['not over yet']],
	['Access ended in time', ['yes']],
	['What cannot be shown', ['cannot be shown']],
];

/** Everybody who left in the period. */
export function reviewLeavers(reviewed: Reviewed): ReviewPart {
	const { subjects, decisions, settings, clock, period } = reviewed;
	const open = openAccounts(reviewed);
	const leavers = subjects.flatMap((subject, place) =>
		hasLeft(subject, settings, clock)
			? [leaverOf(subject, decisions[place]!, open.get(subject.personId ?? '') ?? [], reviewed)]
			: [],
	);
	const undated = leavers.filter(isUndated);
	const inPeriod = leavers.filter((leaver) => isInPeriod(leaver, reviewed));
	const rows = [...inPeriod, ...undated]
		.sort((a, b) => (a.end?.getTime() ?? 0) - (b.end?.getTime() ?? 0))
		.map((leaver) => leaverRow(leaver, reviewed));
	const groups = VERDICTS.map(([name, within]) => ({
		name,
		rows: rows.filter((row) => within.includes(String(row['In Time']))),
	}));
	const { from, until } = period!;
	return {
		notes: [
			`Leavers whose last day, or whose end of access, is from ${dateWords(from)} to ${dateWords(until)}; ` +
				`${settings.hoursAllowed} hours are allowed after the end of the last day.`,
			'When access ended is written on the account. Nothing keeps when Humaans first said that ' +
				'somebody leaves.',
			'Not shown: accounts that were deleted, because nothing of them is left; people who came ' +
				'back; and people deleted in Humaans whose account is gone or not linked.',
			...(undated.length > 0
				? [
						`Leavers without a last day and without a stamp: ${undated.length}. It is not known when they left.`,
					]
				: []),
		],
		groups: groups.filter((group) => group.rows.length > 0),
		columns: LEAVER_COLUMNS,
		onPage: LEAVER_ON_PAGE,
	};
}
