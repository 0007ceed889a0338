import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import pLimit from 'p-limit';
import type { Subject } from '../core/subject';
import { toNodeError } from './errors';

export const subjectOf = (item: INodeExecutionData): Subject => item.json as unknown as Subject;

export const itemOf = (json: object, item: number): INodeExecutionData => ({
	json: json as IDataObject,
	pairedItem: { item },
});

/**
 * What takes the place of an item that failed. With these two keys, and no `error` on the item
 * itself, n8n's error output hands on the item that came in together with them; with one it would
 * hand on the message alone, and nobody could tell whom it is about.
 */
export const failedItem = (
	error: { message: string; description?: string | null },
	item: number,
): INodeExecutionData => itemOf({ error: error.message, details: error.description ?? '' }, item);

/**
 * Works on every item, so many side by side, and keeps their order: one item in, its items out,
 * linked. One bad item never stops the others: with "Continue" or an error output its place is taken
 * by the message; otherwise the first message is thrown when all are done.
 */
export async function eachItem(
	context: IExecuteFunctions,
	atOnce: number,
	work: (index: number, item: INodeExecutionData) => Promise<object | object[]>,
): Promise<INodeExecutionData[]> {
	const limit = pLimit(atOnce);
	const results = await Promise.allSettled(
		context
			.getInputData()
			.map(async (item, index) => await limit(async () => await work(index, item))),
	);
	return results.flatMap((result, index) => {
		if (result.status === 'fulfilled')
			return [result.value].flat().map((json) => itemOf(json, index));
		const error = toNodeError(context.getNode(), result.reason, index);
		if (!context.continueOnFail()) throw error;
		return [failedItem(error, index)];
	});
}
