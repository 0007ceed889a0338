import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { HumaansClient, Include } from '../../shared/clients/humaans';
import { humaansClient } from '../../shared/clients/transport';
import { itemOf, subjectOf } from '../../shared/node/eachItem';
import type { PersonStatus } from '../../shared/subject';
import { CannotRead, confirmMissing, readAgain, readEverybody, type ReadOptions } from '../operations/readPeople';

interface Options {
	allowPartialView?: boolean;
	concurrency?: number;
	include?: Include[];
	timezone?: string;
}

/** Ids of the people to read, one an item. */
async function idsOf(context: IExecuteFunctions, client: HumaansClient): Promise<string[]> {
	const from = context.getNodeParameter('personFrom', 0) as string;
	const ids: string[] = [];
	for (const [index, item] of context.getInputData().entries()) {
		if (from === 'id') ids.push((context.getNodeParameter('personId', index) as string).trim());
		else if (from === 'email') {
			const found = await client.byWorkEmail(context.getNodeParameter('email', index) as string);
			if (found.length !== 1) throw new CannotRead(`${found.length === 0 ? 'Nobody' : 'More than one person'} in Humaans has that work e-mail.`, 'Check the address, or use the ID.');
			ids.push(found[0]!.id);
		} else {
			const id = subjectOf(item).personId;
			if (!id) throw new CannotRead('The item has no person.', 'Put Humaans Trigger or Humaans: Get Many in front of this node.');
			ids.push(id);
		}
	}
	return ids;
}

/** Runs the chosen operation over all items. */
export async function run(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const options = context.getNodeParameter('options', 0, {}) as Options;
	const client = await humaansClient(context, { concurrency: options.concurrency, signal: context.getExecutionCancelSignal(), fixedZone: options.timezone });
	if (context.getNodeParameter('resource', 0) === 'customField') {
		return (await client.customFieldNames()).map((field) => itemOf(field, 0));
	}
	const read: ReadOptions = { include: options.include ?? ['jobRoles', 'locations'], allowPartialView: options.allowPartialView ?? false, now: () => new Date() };
	const operation = context.getNodeParameter('operation', 0) as string;
	if (operation === 'getMany') {
		const subjects = await readEverybody(client, context.getNodeParameter('statuses', 0) as PersonStatus[], read);
		const all = context.getNodeParameter('returnAll', 0) as boolean;
		const some = all ? subjects : subjects.slice(0, context.getNodeParameter('limit', 0) as number).map((subject) => ({ ...subject, complete: false }));
		return some.map((subject) => itemOf(subject, 0));
	}
	const items = context.getInputData();
	const fresh = operation === 'confirmMissing' ? await confirmMissing(client, items.map(subjectOf), read) : await readAgain(client, await idsOf(context, client), read);
	return fresh.map((subject, index) => itemOf(subject as IDataObject, index));
}
