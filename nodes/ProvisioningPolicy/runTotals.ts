import type { IExecuteFunctions } from 'n8n-workflow';
import { addPass, isFinished, newTotals, summaryOf, type RunSummary } from '../core/policy/summary';
import { planList } from '../core/review/planList';
import { addPlanPass, newPlanTotals, type PlanTotals } from '../core/review/planTotals';
import type { Subject } from '../core/subject';
import type { NodeRun } from './run';

/**
 * Totals of the executions that run now, by execution and node. A run makes several passes through
 * the policy, all of them in one process; only after the last one can it be summed up.
 */
const underWay = new Map<string, UnderWay>();

interface UnderWay {
	totals: ReturnType<typeof newTotals>;
	plans: PlanTotals;
	since: number;
}

/** An execution that was cut off never finishes its totals. In milliseconds. */
const FORGET_AFTER_MS = 24 * 3_600_000;

/** The nodes that write hand their people back to this one. */
function comesBack(context: IExecuteFunctions): boolean {
	const { name } = context.getNode();
	const before = new Set(context.getParentNodes(name).map((node) => node.name));
	return context.getChildNodes(name).some((node) => before.has(node.name));
}

export interface PassTotals {
	/** Which pass of the run this is, from 1. */
	pass: number;
	/** Of the whole run; null as long as writes are under way. */
	summary: RunSummary | null;
}

/** Counts this pass. */
export function countPass(
	context: IExecuteFunctions,
	subjects: readonly Subject[],
	run: NodeRun,
	now: Date,
): PassTotals {
	for (const [key, { since }] of underWay)
		if (now.getTime() - since > FORGET_AFTER_MS) underWay.delete(key);
	const key = `${context.getExecutionId()} ${context.getNode().id}`;
	const { only } = run;
	const { totals, plans } = underWay.get(key) ?? {
		totals: newTotals(run.asOf),
		plans: newPlanTotals(only?.refused ?? null),
	};
	addPass(totals, subjects, run, comesBack(context));
	if (only) addPlanPass(plans, subjects, run);
	if (!isFinished(totals)) {
		underWay.set(key, { totals, plans, since: now.getTime() });
		return { pass: totals.passes, summary: null };
	}
	underWay.delete(key);
	const list = only && planList(plans, { settings: only.settings, now });
	const summary = { ...summaryOf(totals), ...(list ? { list } : {}) };
	return { pass: totals.passes, summary };
}
