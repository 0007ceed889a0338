/** Situations of docs/behaviour.md that only show when several people are decided together. */
import { planId } from '../../../nodes/core/policy/limits/approval';
import type { RunInput } from '../../../nodes/core/policy/decideRun';
import type { PolicySettings } from '../../../nodes/core/policy/settings';
import type { Subject } from '../../../nodes/core/subject';
import {
	OTHER_ID,
	account,
	another,
	desired,
	leaver,
	matched,
	person,
	stamped,
	subject,
	suspended,
} from '../policyWorld';
import { THEN_DELETE, left, none, unlinked } from './scenario';

export interface RunScenario {
	situation: string;
	subjects: Subject[];
	setting?: string;
	settings?: Partial<PolicySettings>;
	/** What else there is to a run: its memory, its time. */
	input?: Partial<RunInput>;
}

const made = desired({ email: 'ana.silva@acme.example' });
const withoutEmail = { ...none, person: person({ email: null }), desired: made };
/** Everybody in Humaans is in the run. */
const everybody = (...subjects: Subject[]): Subject[] =>
	subjects.map((one) => ({ ...one, peopleRead: subjects.length }));
const colleague = another(2);
const namesake = another(2, { person: { ...colleague.person!, email: 'ana.silva@acme.example' } });
const oldRecord = subject({ person: null, desired: undefined });

/** The first person of the run is the one that is told about. */
export const TOGETHER: readonly RunScenario[] = [
	{
		situation:
			'Deleted in Humaans, and made anew with the same name and work email: the old record',
		subjects: [
			oldRecord,
			another(2, { account: null, person: person({ id: colleague.personId! }) }),
		],
	},
	{
		situation: 'Deleted in Humaans; a stranger with another name has the work email now',
		subjects: [
			{ ...oldRecord, account: account({ lastname: 'Silva' }) },
			another(2, {
				person: person({ id: colleague.personId!, firstName: 'Bo', lastName: 'Lind' }),
			}),
		],
	},
	{
		situation: 'Offboarded; the output Suspend is connected to nothing, and others are connected',
		subjects: [leaver(1)],
		input: { deadEnds: new Set(['deprovision']) },
	},
	{
		situation: 'Two people, one account that nobody is linked to',
		subjects: [subject(unlinked()), another(2, unlinked())],
	},
	{
		situation: 'Two people, one account that is linked to the first of them',
		subjects: [subject(), another(2, { account: account() })],
	},
	{
		situation: 'Two people, one account that is linked to the second of them',
		subjects: [another(2, { account: account() }), subject()],
	},
	{
		situation: 'Two new people with the same work email',
		subjects: [
			subject(none),
			another(2, { ...none, person: person({ id: colleague.personId! }), desired: desired() }),
		],
	},
	{
		situation: 'No work email in Humaans, one was made of a pattern; nobody has it',
		subjects: everybody(subject(withoutEmail), another(2)),
	},
	{
		situation: 'No work email in Humaans, one was made of a pattern; a colleague has it',
		subjects: everybody(subject(withoutEmail), namesake),
	},
	{
		situation: 'No work email in Humaans, one was made of a pattern; not everybody is in the run',
		subjects: [subject(withoutEmail), another(2)],
	},
	{
		situation: 'The made work email is in use in JumpCloud',
		subjects: everybody(
			subject({
				...withoutEmail,
				match: {
					...none.match,
					emailHeldBy: [
						{ id: 'x', username: 'asilva', linkedTo: null, state: 'ACTIVATED', by: ['email'] },
					],
				},
			}),
		),
	},
	{
		situation: 'An item that nobody can make sense of; the others go on',
		subjects: [subject({ account: account({ attributes: 'none' as never }) }), another(2)],
	},
	{
		situation: 'Two items for one person: the older one',
		subjects: [subject({ person: null, readAt: '2026-11-23T10:00:00.000Z' }), subject()],
	},
];

const leavers = (count: number, inUse?: number): Subject[] =>
	Array.from({ length: count }, (_, index) =>
		leaver(index, inUse === undefined ? {} : { match: matched({ accountsInUse: inUse }) }),
	);
/** Suspended for leaving, and due to be deleted. */
const longGone = (count: number): Subject[] =>
	Array.from({ length: count }, (_, index) => {
		const one = leaver(index + 20);
		const [link] = one.account!.attributes!;
		const [, stamp] = stamped('2026-10-01T09:00:00.000Z leaving');
		return {
			...one,
			account: suspended({ ...one.account!, ...SUSPENDED, attributes: [link!, stamp!] }),
		};
	});
const SUSPENDED = { state: 'SUSPENDED', suspended: true } as const;
const renamed = Array.from({ length: 4 }, (_, index) => {
	const email = `new${index}@acme.example`;
	const one = another(index, { desired: desired({ email }) });
	return { ...one, person: { ...one.person!, email } };
});
const before = {
	letThrough: {
		'limit.deprovisioning': { x: '2026-11-22T13:00:00.000Z', y: '2026-11-23T09:00:00.000Z' },
	},
};
const aheadOfUs = {
	...subject({ ...left, personId: OTHER_ID, person: person({ id: OTHER_ID }) }),
	account: suspended({
		_id: 'other',
		attributes: [
			{ name: 'humaansId', value: OTHER_ID },
			{ name: 'humaansDeprovisionedAt', value: '2026-11-23T12:02:00.000Z leaving' },
		],
	}),
	person: { ...left, id: OTHER_ID },
};

const ONLY_APPROVED = {
	setting: 'Only Approved Plans: on',
	settings: { onlyApprovedPlans: true },
};

/** @param plan id of the plan that holds four leavers at noon */
export const limitRuns = (plan: string): readonly RunScenario[] => [
	{ situation: '3 leavers', subjects: leavers(3) },
	{ situation: '4 leavers; nobody counted the accounts', subjects: leavers(4) },
	{
		situation: '4 leavers, 100 accounts in use',
		setting: 'default: 3 or 5 %, whichever is larger',
		subjects: leavers(4, 100),
	},
	{ situation: '12 leavers, 80 accounts in use', subjects: leavers(12, 80) },
	{
		situation: '18 leavers, 19 accounts in use; 400 more are suspended',
		subjects: leavers(18, 19),
	},
	{
		situation: '3 leavers, 40 accounts in use',
		setting: 'When Both Limits Are Set: The Smaller',
		settings: { limitHolds: 'smaller' },
		subjects: leavers(3, 40),
	},
	{
		situation: '2 leavers; other workflows let 2 through in the last 24 hours',
		subjects: leavers(2),
		input: { memory: before },
	},
	{
		situation: '3 leavers; a stamp of another machine, whose clock is two minutes ahead',
		subjects: [...leavers(3), aheadOfUs],
	},
	{
		situation: '1 leaver, and 6 suspended accounts that are due to be deleted: the leaver',
		subjects: [...leavers(1), ...longGone(6)],
		...THEN_DELETE,
	},
	{
		situation: '1 leaver, and 6 suspended accounts that are due to be deleted: the deletions',
		subjects: [...longGone(6), ...leavers(1)],
		...THEN_DELETE,
	},
	{
		situation: '4 leavers, the plan was approved',
		setting: `Approved Plan: ${plan}`,
		settings: { approvedPlans: new Set([plan]) },
		subjects: leavers(4),
	},
	{
		situation: '5 leavers, the plan of 4 was approved',
		setting: `Approved Plan: ${plan}`,
		settings: { approvedPlans: new Set([plan]) },
		subjects: leavers(5),
	},
	{
		situation: '4 leavers, the plan was held 25 hours ago',
		setting: `Approved Plan: ${plan}`,
		settings: { approvedPlans: new Set([plan]) },
		subjects: leavers(4).map((one) => ({ ...one, readAt: undefined })),
		input: { now: new Date('2026-11-24T13:00:00.000Z') },
	},
	{
		situation:
			'4 leavers, the plan was held 25 hours ago, and another minute was typed into its ID',
		setting: `Approved Plan: ${retyped(plan)}`,
		settings: { approvedPlans: new Set([retyped(plan)]) },
		subjects: leavers(4).map((one) => ({ ...one, readAt: undefined })),
		input: { now: new Date('2026-11-24T13:00:00.000Z') },
	},
	{ situation: '4 new work emails', subjects: renamed },
	{
		situation: '4 leavers, the plan was approved; nothing else is done',
		setting: `${ONLY_APPROVED.setting}; Approved Plan: ${plan}`,
		settings: { onlyApprovedPlans: true, approvedPlans: new Set([plan]) },
		subjects: leavers(4),
	},
	{ situation: '3 leavers, of whom no plan was made', ...ONLY_APPROVED, subjects: leavers(3) },
	{
		situation: 'A field differs, and 4 leavers, whose plan was approved: the field',
		setting: `${ONLY_APPROVED.setting}; Approved Plan: ${plan}`,
		settings: { onlyApprovedPlans: true, approvedPlans: new Set([plan]) },
		subjects: [
			another(7, { desired: desired({ email: 'p7@acme.example', department: 'Legal' }) }),
		].concat(leavers(4)),
	},
];

/** The same plan with the minute of the run of 24 November. */
function retyped(plan: string): string {
	const [, minute] = planId([], new Date('2026-11-24T13:00:00.000Z')).split('-');
	return `${plan.split('-')[0]}-${minute}`;
}
