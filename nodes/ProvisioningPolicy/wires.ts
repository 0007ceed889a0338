/** What is connected behind the policy. */
import type { IExecuteFunctions } from 'n8n-workflow';
import { isWriteAction, type ActionId } from '../core/actions';
import { connectedOutputs, endOfRun } from '../n8n/connections';
import type { Output } from './outputs';

/**
 * Writes, and Needs Review, whose output is connected to nothing, where another one is. A node that
 * stands alone, and a run that somebody ends at a step, are there to be looked at: nothing is
 * missing.
 */
export function deadEnds(
	context: IExecuteFunctions,
	shown: readonly Output[],
): ReadonlySet<ActionId> {
	const connected = connectedOutputs(context);
	if (connected.size === 0 || endOfRun(context) !== null) return new Set();
	return new Set(
		shown.flatMap(({ id }, place) =>
			id !== 'summary' && (isWriteAction(id) || id === 'needsReview') && !connected.has(place)
				? [id]
				: [],
		),
	);
}

/** Operations of JumpCloud User that change nothing. */
const READING_OPERATIONS: readonly unknown[] = ['get', 'getMany', 'match'];

/** A node that writes what is decided here stands behind this one, and this run comes to it. */
export function isWrittenBehind(context: IExecuteFunctions): boolean {
	const { name } = context.getNode();
	if (endOfRun(context) === name) return false;
	return context
		.getChildNodes(name, { includeNodeParameters: true })
		.some(
			({ type, disabled, parameters }) =>
				type.endsWith('.jumpCloudUser') &&
				!disabled &&
				!READING_OPERATIONS.includes(parameters?.operation),
		);
}
