/** What a run wrote, by the node that applies what was decided. */
import type { Subject } from '../../nodes/core/subject';
import type { Finished } from './engine';

/** People for whom this action was done, in order. */
export const written = (run: Finished, action: string): Subject[] =>
	run
		.subjects('Apply the Decision')
		.filter(
			({ outcome }) =>
				outcome!.action === action && ['applied', 'adopted', 'partly'].includes(outcome!.status),
		);

export type Table = 'Needs Review' | 'No Action' | 'What Was Done';

/** Rows of a table, as people read them. */
export const rowsOf = (run: Finished, table: Table) =>
	run.items(table).map(({ json }) => json as Record<string, string | number>);

/** The items behind the rows of a table, in the same order: what came into the node. */
export function toldIn(run: Finished, table: Table): Subject[] {
	const { runData } = run.run.data.resultData;
	return (runData[table] ?? []).flatMap(({ source }) => {
		const { previousNode, previousNodeOutput = 0, previousNodeRun = 0 } = source[0]!;
		const items = runData[previousNode]![previousNodeRun]!.data!.main![previousNodeOutput]!;
		return items.map(({ json }) => json as unknown as Subject);
	});
}
