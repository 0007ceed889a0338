import type { IExecuteFunctions } from 'n8n-workflow';
import type { Memory } from '../holdOver';

/**
 * What policies of this process know, by workflow and node. Static data alone forgets: n8n writes it whole, so a poll that finds something writes
 * over it what it loaded when the workflow was published, and a wait what it fell asleep with (n8n 2.41).
 */
const known = new Map<string, Memory>();

const keyOf = (context: IExecuteFunctions): string => `${context.getWorkflow().id ?? ''} ${context.getNode().id}`;

/** Of an account in both the later time. */
const later = (a: Record<string, string> = {}, b: Record<string, string> = {}): Record<string, string> =>
	Object.fromEntries([...Object.entries(a), ...Object.entries(b)].sort(([, one], [, other]) => (one < other ? -1 : 1)));

/** What the runs before left: in the static data, and in this process. An approval lasts from its first run on. */
export function recall(context: IExecuteFunctions): Memory {
	const kept = context.getWorkflowStaticData('node') as Memory;
	const own = known.get(keyOf(context));
	if (!own) return kept;
	return { ledger: later(kept.ledger, own.ledger), emailLedger: later(kept.emailLedger, own.emailLedger), approvals: { ...kept.approvals, ...own.approvals } };
}

/** For the runs of the published workflow that come; a run by hand leaves nothing behind, as n8n has it. */
export function remember(context: IExecuteFunctions, memory: Memory): void {
	Object.assign(context.getWorkflowStaticData('node'), memory);
	if (context.getMode() !== 'manual') known.set(keyOf(context), memory);
}
