import { ACTIONS, type ActionId } from '../actions';
import type { Decision } from '../subject';
import type { HeldPlan } from './limits';

/** What a run came to, as one item, ready for a message. */
export interface RunSummary {
	people: number;
	/** By action, every action named. */
	counts: Record<ActionId, number>;
	/** Actions that were held and wait for a person, by code. */
	held: Record<string, number>;
	plans: HeldPlan[];
	/** When time alone will change a decision next (UTC), or null. */
	nextDueAt: string | null;
	evaluatedAsOf?: string;
	/** "5 people: 3 Create, 2 No Action. Next due: 2026-12-01T00:00:00.000Z." */
	message: string;
}

export function summaryOf(
	decisions: readonly Decision[],
	plans: HeldPlan[],
	asOf: Date | null = null,
): RunSummary {
	const counts = Object.fromEntries(ACTIONS.map(({ id }) => [id, 0])) as Record<ActionId, number>;
	const held: Record<string, number> = {};
	let nextDueAt: string | null = null;
	for (const { action, code, blockedAction, dueAt } of decisions) {
		counts[action]++;
		if (action === 'needsReview' && blockedAction) held[code] = (held[code] ?? 0) + 1;
		if (dueAt && (nextDueAt === null || dueAt < nextDueAt)) nextDueAt = dueAt;
	}
	const people = decisions.length;
	const said = ACTIONS.filter(({ id }) => counts[id] > 0).map(
		({ id, label }) => `${counts[id]} ${label}`,
	);
	const sentences = [
		asOf ? `As of ${asOf.toISOString()}, nothing is written` : '',
		`${people} ${people === 1 ? 'person' : 'people'}: ${said.join(', ') || 'nobody'}`,
		...plans.map(({ sentence }) => sentence.replace(/\.$/, '')),
		nextDueAt ? `Next due: ${nextDueAt}` : '',
	];
	const message = sentences
		.filter(Boolean)
		.map((sentence) => `${sentence}.`)
		.join(' ');
	return {
		people,
		counts,
		held,
		plans,
		nextDueAt,
		...(asOf ? { evaluatedAsOf: asOf.toISOString() } : {}),
		message,
	};
}
