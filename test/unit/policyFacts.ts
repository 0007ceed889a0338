/**
 * What can be said of a case in words of its own: dates as texts, no calendar, none of the policy's
 * code.
 */
import type { Decision, Evidence, Person, Subject } from '../../nodes/core/subject';
import { ENDS, STARTS, TODAY, type Setting } from './policyStates';

export interface Facts {
	subject: Subject;
	setting: Setting;
	decision: Decision;
}

const usable = (date: string | null | undefined): string | null =>
	!date || date === STARTS.impossible || date === ENDS.impossible ? null : date;

/** The last day to be believed. */
export function lastDay(person: Person): string | null {
	const [start, end, last] = [
		usable(person.employmentStartDate),
		usable(person.employmentEndDate),
		usable(person.lastWorkingDay),
	];
	const isAfterStart = last !== null && (start === null || last > start);
	if (endIsImpossible(person)) return null;
	if (!end) return person.status === 'offboarded' && isAfterStart ? last : null;
	if (start && end < start) return null;
	return isAfterStart && last < end ? last : end;
}
export const endIsImpossible = (person: Person): boolean =>
	Boolean(person.employmentEndDate) && usable(person.employmentEndDate) === null;
export const begun = (person: Person): boolean | null =>
	usable(person.employmentStartDate) ? person.employmentStartDate! <= TODAY : null;
export const hasEnd = (person: Person): boolean => usable(person.employmentEndDate) !== null;

/** Somebody who must lose their access now, beyond doubt; the chosen events say so. */
export function isLeaver({ subject: { person }, setting: { settings } }: Facts): boolean {
	const when = settings.deprovisionWhen;
	if (person === undefined) return false;
	if (person === null) return when.includes('deleted');
	const last = lastDay(person);
	const isOver = last !== null && last < TODAY;
	if (person.status === 'offboarded' && when.includes('offboarded')) {
		return last === null || isOver || settings.lastDayToCome === 'deprovision';
	}
	const start = usable(person.employmentStartDate);
	const isDoubtful = (start === null || last === start) && person.status !== 'offboarded';
	return when.includes('lastDay') && isOver && !isDoubtful;
}

/** Offboarded, and the day they go by is still to come. */
export function isLeavingLater(facts: Facts): boolean {
	const { person } = facts.subject;
	const { deprovisionWhen: when, lastDayToCome } = facts.setting.settings;
	if (!person || person.status !== 'offboarded' || isLeaver(facts)) return false;
	const isComing = (lastDay(person) ?? '') >= TODAY;
	if (!when.includes('offboarded')) return when.includes('lastDay') && isComing;
	return isComing && lastDayToCome === 'wait';
}

const attribute = ({ account }: Subject, name: string): string | null =>
	account?.attributes?.find((one) => one.name === name)?.value ?? null;
export const isLinked = (subject: Subject): boolean => attribute(subject, 'humaansId') !== null;
export const isOurs = (subject: Subject): boolean =>
	subject.account != null && attribute(subject, 'humaansId') === subject.personId;
/** `leaving`, `scope` or `returned`, when this package suspended the account. */
export const stampReason = (subject: Subject): string | null =>
	attribute(subject, 'humaansDeprovisionedAt')?.split(' ')[1] ?? null;
export const isLongAgo = (subject: Subject): boolean =>
	attribute(subject, 'humaansDeprovisionedAt')?.startsWith('2026-01-01') ?? false;
export const isSuspended = ({ account }: Subject): boolean => Boolean(account?.suspended);

export const evidence = ({ account, match }: Subject): readonly Evidence[] =>
	match!.candidates.find(({ id }) => id === account?._id)?.by ?? [];

export const disables = ({ action }: Decision): boolean =>
	action === 'deprovision' || action === 'delete';

/** An administrator's, on the list by whatever name, the key owner's, or with the attribute. */
export function isSheltered({ subject, setting: { settings } }: Facts): boolean {
	const { account } = subject;
	if (!account) return false;
	const { protectedAccounts, protectedAttribute, apiKeyOwner } = settings;
	const names = [
		...[account._id, account.username, account.email],
		attribute(subject, 'humaansProtectedAs') ?? '',
	];
	return (
		Boolean(account.admin) ||
		names.some((name) => protectedAccounts.has(name)) ||
		names.some((name) => name !== '' && name === apiKeyOwner?.toLowerCase()) ||
		(protectedAttribute !== null && attribute(subject, protectedAttribute) !== null)
	);
}
export const mayDo = ({ setting: { settings } }: Facts, action: Decision['action']): boolean =>
	(settings.actionsAllowed as readonly string[]).includes(action);

/** Somebody who works here and is looked after: nothing about them is unknown or held. */
export const isPlainCase = (facts: Facts): boolean =>
	Boolean(facts.subject.person) &&
	facts.subject.person!.status !== 'offboarded' &&
	!hasEnd(facts.subject.person!) &&
	!endIsImpossible(facts.subject.person!) &&
	facts.setting.inScope === true &&
	facts.setting.settings.mode === 'apply' &&
	facts.subject.match!.certain;
