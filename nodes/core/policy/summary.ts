/** What a run came to, over all its passes through the policy, as one item ready for a message. */
import { WRITE_ACTIONS, isWriteAction, type WriteActionId } from '../actions';
import { isAdoption } from '../account/link';
import { sha256Hex } from '../hash';
import type { Decision, Subject } from '../subject';
import { earliest, inZone } from '../time';
import type { DecisionCode } from './codes';
import type { PlanList } from '../review/planList';
import type { AccessReview } from '../review/review';
import type { HeldPlan } from './limits/limits';
import { writtenRow, type WrittenRow } from './row';

type Counts = Partial<Record<WriteActionId, number>>;

export interface RunSummary {
	/** The rest in plain sentences. */
	message: string;
	people: number;
	/** People whom Humaans had when everybody was read, where fewer came here; null: nobody is left out. */
	peopleRead: number | null;
	/** Writes that were made, by action. */
	done: Counts;
	/** Writes that *Mode: Review Everything* kept from being made, by action: a joiner can have two. */
	would: Counts;
	/** Existing accounts that were linked, or in review would be; they are among the updates. */
	adopted: number;
	/** Activations with an invite, or in review those that would be; they are among the activations. */
	invited: number;
	failed: number;
	/** People about whom somebody must decide; what *Mode* or a failure held is not among them. */
	needDecision: number;
	/** Everybody at Needs Review, by code. */
	review: Partial<Record<DecisionCode, number>>;
	/** Another one when other people, or for other reasons, are at Needs Review; '' for nobody. */
	reviewId: string;
	waiting: number;
	/** When time alone will change a decision next (UTC), or null. */
	nextDueAt: string | null;
	plans: HeldPlan[];
	/** Each write that was made, in order, as a row of a table that people read. */
	written: WrittenRow[];
	evaluatedAsOf?: string;
	/** With *Access Review*, or with *Only Approved Plans*. */
	list?: AccessReview | PlanList;
}

/** What is known of a run after some of its passes. */
export interface RunTotals {
	passes: number;
	people: number;
	/** The most that a read of everybody behind this run saw. */
	read: number;
	done: Counts;
	adopted: number;
	invited: number;
	plans: HeldPlan[];
	written: WrittenRow[];
	asOf: Date | null;
	/** The last decision about each person. */
	ends: Map<string, Decision>;
	/** People with a write under way. */
	open: Set<string>;
}

export const newTotals = (asOf: Date | null = null): RunTotals => ({
	...{ passes: 0, people: 0, read: 0, done: {}, adopted: 0, invited: 0 },
	...{ plans: [], written: [], asOf },
	ends: new Map(),
	open: new Set(),
});

const add = (counts: Counts, action: WriteActionId): void => {
	counts[action] = (counts[action] ?? 0) + 1;
};

/** What the write before this pass came to. */
function addOutcome(totals: RunTotals, subject: Subject): void {
	const { outcome, decision } = subject;
	if (!outcome || !decision || !isWriteAction(decision.action)) return;
	if (!['applied', 'adopted', 'partly'].includes(outcome.status)) return;
	add(totals.done, decision.action);
	totals.written.push(writtenRow(subject, decision.action));
	if (isAdoption(decision.changes)) totals.adopted++;
	if (outcome.invitedTo && outcome.invitedTo !== 'none') totals.invited++;
}

/**
 * Counts a pass.
 * @param comesBack the writes hand their people back to the policy
 */
export function addPass(
	totals: RunTotals,
	subjects: readonly Subject[],
	{ decisions, plans }: { decisions: readonly Decision[]; plans: readonly HeldPlan[] },
	comesBack: boolean,
): void {
	totals.passes++;
	totals.plans.push(...plans);
	decisions.forEach((decision, place) => {
		const subject = subjects[place]!;
		// Not another person, or no person at all.
		if (['person.twice', 'account.ofNobody'].includes(decision.code)) return;
		const person = subject.personId ?? `${totals.passes} ${place}`;
		addOutcome(totals, subject);
		const { event, part, peopleRead = 0 } = subject;
		// The trigger hands on who changed, a batch its own people: that is as it should be.
		if (event === undefined && part === undefined) totals.read = Math.max(totals.read, peopleRead);
		if (!totals.ends.has(person)) totals.people++;
		totals.ends.set(person, decision);
		if (comesBack && isWriteAction(decision.action)) totals.open.add(person);
		else totals.open.delete(person);
	});
}

/** Everybody's last decision is known. */
export const isFinished = ({ open }: RunTotals): boolean => open.size === 0;

const VERBS: Readonly<Record<WriteActionId, readonly [would: string, done: string]>> = {
	create: ['create', 'created'],
	activate: ['activate', 'activated'],
	update: ['update', 'updated'],
	reactivate: ['reactivate', 'reactivated'],
	deprovision: ['suspend', 'suspended'],
	delete: ['delete', 'deleted'],
};

const count = (number: number, one: string, many: string): string =>
	`${number} ${number === 1 ? one : many}`;
const sentence = (words: string): string =>
	words === '' ? '' : `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

const ofThem = (number: number, what: string): string =>
	number > 0 ? ` (${number} of them ${what})` : '';

/** "created 2, updated 65 (3 of them adopted)" */
function listOf(counts: Counts, form: 0 | 1, { adopted = 0, invited = 0 }): string {
	const asides: Partial<Record<WriteActionId, string>> = {
		update: ofThem(adopted, 'adopted'),
		activate: ofThem(invited, 'invited'),
	};
	return WRITE_ACTIONS.filter((action) => counts[action])
		.map((action) => `${VERBS[action][form]} ${counts[action]}${asides[action] ?? ''}`)
		.join(', ');
}

function messageOf(summary: Omit<RunSummary, 'message'>): string {
	const { people, peopleRead, done, would, adopted, invited, failed, needDecision, waiting } =
		summary;
	const { nextDueAt, plans, evaluatedAsOf } = summary;
	const wouldList = listOf(would, 0, { adopted, invited });
	const doneList = listOf(done, 1, { adopted, invited });
	const isQuiet = wouldList === '' && doneList === '';
	const quiet = plans.length > 0 ? 'nothing was changed' : 'nothing to change';
	const sentences = [
		evaluatedAsOf ? `As of ${inZone(new Date(evaluatedAsOf), 'UTC')}; nothing is written.` : '',
		wouldList === '' ? '' : `Review only, nothing changed. Would ${wouldList}.`,
		sentence(doneList),
		isQuiet ? `${count(people, 'person', 'people')} looked at, ${quiet}.` : '',
		peopleRead === null
			? ''
			: `Only ${people} of the ${peopleRead} people who were read came here; a node before it left ` +
				'the others out.',
		...plans.map((plan) => plan.sentence),
		failed > 0 ? `${count(failed, 'write', 'writes')} failed.` : '',
		needDecision > 0
			? `${needDecision === 1 ? '1 person needs' : `${needDecision} people need`} your decision.`
			: '',
		waiting > 0
			? `${waiting === 1 ? '1 person waits' : `${waiting} people wait`} for a day to come.`
			: '',
		nextDueAt ? `Next due: ${inZone(new Date(nextDueAt), 'UTC')}.` : '',
	];
	return sentences.filter(Boolean).join(' ');
}

function reviewIdOf(ends: RunTotals['ends']): string {
	const asked = [...ends].flatMap(([person, { action, code, blockedAction }]) =>
		action === 'needsReview' ? [[person, code, blockedAction].join(' ')] : [],
	);
	return asked.length > 0 ? sha256Hex(asked.sort().join('\n'), 16) : '';
}

export function summaryOf(totals: RunTotals): RunSummary {
	const { people, read, done, plans, written, asOf, ends } = totals;
	let { adopted, invited } = totals;
	const would: Counts = {};
	const review: RunSummary['review'] = {};
	let waiting = 0;
	let asked = 0;
	for (const { action, code, blockedAction, changes, would: held } of ends.values()) {
		if (action === 'needsReview') review[code] = (review[code] ?? 0) + 1;
		if (code === 'mode.review') {
			const writes = held?.actions ?? [blockedAction!].filter(isWriteAction);
			for (const write of writes) add(would, write);
			if (isAdoption(changes)) adopted++;
			if (held?.invites) invited++;
			if (held?.end === 'needsReview') asked++;
		}
		if ([action, blockedAction, held?.end].includes('waitUntilDue')) waiting++;
	}
	const nextDueAt =
		earliest([...ends.values()].flatMap(({ dueAt, would: held }) => [dueAt, held?.dueAt])) ?? null;
	const failed = review['write.failed'] ?? 0;
	const all = [...ends.values()].filter(({ action }) => action === 'needsReview').length;
	const needDecision = all - failed - (review['mode.review'] ?? 0) + asked;
	const summary = {
		...{
			people,
			peopleRead: people < read ? read : null,
			done,
			would,
			adopted,
			invited,
			failed,
			needDecision,
			review,
		},
		...{ reviewId: reviewIdOf(ends), waiting, nextDueAt, plans, written },
		...(asOf ? { evaluatedAsOf: asOf.toISOString() } : {}),
	};
	return { message: messageOf(summary), ...summary };
}
