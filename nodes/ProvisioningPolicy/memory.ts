import type { IExecuteFunctions } from 'n8n-workflow';
import type { Memory } from '../core/policy/limits';

/**
 * What policies of this process know, by workflow and node. Not n8n's static data: n8n writes that
 * whole at the end of an execution, from what the execution saw at its start, and a worker in queue
 * mode sees none of it (n8n 2.41). A policy that wrote there would wipe out what Humaans Trigger
 * remembers. After a restart, suspensions of the last 24 hours are known by the stamps on the
 * accounts.
 */
const known = new Map<string, Memory>();

const keyOf = (context: IExecuteFunctions): string =>
	`${context.getWorkflow().id ?? ''} ${context.getNode().id}`;

/** What the runs before left. */
export const recall = (context: IExecuteFunctions): Memory => known.get(keyOf(context)) ?? {};

/** For the runs of the published workflow that come; a run by hand leaves nothing behind. */
export function remember(context: IExecuteFunctions, memory: Memory): void {
	if (context.getMode() !== 'manual') known.set(keyOf(context), memory);
}
