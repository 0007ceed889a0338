/** What a situation of docs/behaviour.md is, and what several of them share. */
import type { PolicySettings } from '../../../nodes/core/policy/settings';
import type { InScope } from '../../../nodes/core/policy/verdict';
import type { Account, AccountName, Evidence, Subject } from '../../../nodes/core/subject';
import { account, foundBy, matched, person, subject } from '../policyWorld';

export interface Scenario {
	situation: string;
	subject: Subject;
	/** As a person reads it; the defaults when absent. */
	setting?: string;
	settings?: Partial<PolicySettings>;
	inScope?: InScope;
}
export interface Section {
	title: string;
	text: string;
	scenarios: Scenario[];
}
type Extra = Omit<Partial<Scenario>, 'subject' | 'situation'>;
/** Settings that differ from the defaults, and how a person reads them. */
type Setting = Required<Pick<Scenario, 'setting' | 'settings'>>;

export const row = (
	situation: string,
	patch: Partial<Subject> = {},
	extra: Extra = {},
): Scenario => ({ situation, subject: subject(patch), ...extra });

export const setting = (words: string, settings: Partial<PolicySettings>): Setting => ({
	setting: words,
	settings,
});

export const IMMEDIATELY = setting('Activation Trigger: Immediately', {
	activationTrigger: 'immediately',
});
export const NEVER = setting('Activation Trigger: Never', { activationTrigger: 'never' });
export const DELETE = setting('Deprovision How: Delete', { deprovisionHow: 'delete' });
export const THEN_DELETE = setting('Deprovision How: Suspend, Then Delete after 30 days', {
	deprovisionHow: 'suspendThenDelete',
});
export const WITH_LAST_DAY = setting('Deprovision When: also End of the Last Working Day', {
	deprovisionWhen: ['offboarded', 'deleted', 'lastDay'],
});
export const ONLY_LAST_DAY = setting('Deprovision When: only End of the Last Working Day', {
	deprovisionWhen: ['lastDay'],
});

export const none = { account: null, match: matched({ by: null }) };
export const hire = person({ status: 'newHire', employmentStartDate: '2026-12-01' });
export const left = person({ status: 'offboarded', employmentEndDate: '2026-11-20' });

/** An account that nobody is linked to, and what speaks for it. */
export const unlinked = (by: Evidence[] = ['email'], patch: Partial<Account> = {}) => ({
	account: account({ attributes: [], ...patch }),
	match: foundBy(...by),
});
export const candidate = (username: string, linkedTo: string | null): AccountName => ({
	...{ id: username, username, linkedTo, by: ['email'] },
});
export const uncertain = (
	conflict: 'twoCandidates' | 'twoClaimants',
	candidates: AccountName[],
	claimants?: string[],
) => ({
	account: null,
	match: matched({
		...{ by: null, certain: false, conflict, candidates },
		...(claimants ? { claimants } : {}),
	}),
});
