import type { IExecuteFunctions } from 'n8n-workflow';
import type { Ledger, Ledgers } from '../core/policy/limits/ledger';
import type { PolicyMemory } from '../core/policy/limits/limits';
import { LIMIT_WINDOW_MS } from '../core/policy/settings';
import type { Subject } from '../core/subject';
import { isWrittenBehind } from './wires';

/**
 * What policies of this process know, by JumpCloud organization. All workflows share what was let
 * through, so that two of them at once stay within one limit, and which plans were approved, so that
 * an id counts once.
 *
 * This is not n8n's static data: n8n writes that whole at the end of an execution, from what the
 * execution saw at its start, and a worker in queue mode sees none of it (n8n 2.41). A policy that
 * wrote there would wipe out what Humaans Trigger remembers. After a restart, suspensions of the
 * last 24 hours are known by the stamps on the accounts.
 */
const letThrough = new Map<string, Ledgers>();
const approvals = new Map<string, PolicyMemory['approvals']>();

/**
 * What a run by hand lets through counts for so long, in milliseconds, when nothing behind the node
 * writes it: it must not use up the limit of the day.
 */
const BY_HAND_COUNTS_MS = 15 * 60_000;

/** The JumpCloud organization of the accounts in a run; '' when no row says it. */
export function organizationOf(subjects: readonly Subject[]): string {
	const named = subjects.map(({ account }) => account?.organization);
	return named.find((name): name is string => typeof name === 'string') ?? '';
}

/** What the runs before left. */
export const recall = (organization: string): PolicyMemory => ({
	letThrough: letThrough.get(organization) ?? {},
	approvals: approvals.get(organization) ?? {},
});

/** Only the entries that are new age at once: the others were let through by published workflows. */
function forAWhile(before: Ledger | undefined, after: Ledger | undefined, now: Date): Ledger {
	const early = new Date(now.getTime() - LIMIT_WINDOW_MS + BY_HAND_COUNTS_MS).toISOString();
	return Object.fromEntries(
		Object.entries(after ?? {}).map(([id, at]) => [
			id,
			at === now.toISOString() ? (before?.[id] ?? early) : at,
		]),
	);
}

/** For the runs that come. */
export function remember(
	context: IExecuteFunctions,
	organization: string,
	memory: Required<PolicyMemory>,
	now: Date,
): void {
	if (context.getMode() !== 'manual' || isWrittenBehind(context)) {
		letThrough.set(organization, memory.letThrough);
		approvals.set(organization, memory.approvals);
		return;
	}
	const before = letThrough.get(organization) ?? {};
	const kinds = Object.keys(memory.letThrough) as Array<keyof Ledgers>;
	const after = kinds.map((kind) => [kind, forAWhile(before[kind], memory.letThrough[kind], now)]);
	letThrough.set(organization, Object.fromEntries(after) as Ledgers);
}
