import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { HumaansClient, Include } from '../../shared/clients/humaans';
import { humaansClient } from '../../shared/clients/transport';
import { itemOf, subjectOf } from '../../shared/node/eachItem';
import type { PersonStatus, Subject } from '../../shared/subject';
import { batchText, parseBatch, SOME, type Batch } from '../../shared/part';
import { choosesAll, isChosen, namesIn, ofBatch, simplified, type Choice } from '../choose';
import { CannotRead, confirmMissing, readAgain, readEverybody, type ReadOptions } from '../operations/readPeople';

interface Options {
	allowPartialView?: boolean;
	asOf?: string;
	batch?: string;
	concurrency?: number;
	departments?: string;
	include?: Include[];
	locations?: string;
	timezone?: string;
	updatedSince?: string;
}

function required(id: string): string {
	if (id === '') throw new CannotRead('No person is chosen.', 'Choose one, or put an ID in.');
	return id;
}

/** Days and moments as typed or picked; the message names the parameter, never the value. */
function dateIn(text: string | undefined, name: string): Date | null {
	if (text === undefined || text === '') return null;
	const moment = new Date(text);
	if (Number.isNaN(moment.getTime())) throw new CannotRead(`'${name}' is not a date.`, 'Write it as 2026-01-31, or pick one.');
	return moment;
}

/** The chosen people. The read was of everybody all the same, and whoever gets only some of them must not take the others for gone: `part` says so. */
async function getMany(context: IExecuteFunctions, client: HumaansClient, read: ReadOptions, options: Options): Promise<Subject[]> {
	const choice: Choice = { departments: namesIn(options.departments ?? ''), locations: namesIn(options.locations ?? ''), updatedSince: dateIn(options.updatedSince, 'Updated Since') };
	// The date as it was typed or picked, without a shift of zones.
	const asOf = dateIn(options.asOf, 'As of Date') === null ? undefined : String(options.asOf).slice(0, 10);
	const batch = batchIn(options.batch);
	const everybody = await readEverybody(client, context.getNodeParameter('statuses', 0) as PersonStatus[], read, asOf);
	const subjects = batch ? ofBatch(everybody, batch) : everybody;
	const chosen = choosesAll(choice) ? subjects : subjects.filter(({ person }) => !person || isChosen(person, choice));
	const limit = context.getNodeParameter('returnAll', 0) === true ? chosen.length : (context.getNodeParameter('limit', 0) as number);
	const all = choosesAll(choice) && limit >= subjects.length;
	const part = !all ? SOME : batch ? batchText(batch) : undefined;
	return part === undefined ? subjects : chosen.slice(0, limit).map((subject) => ({ ...subject, part }));
}

function batchIn(text: string | undefined): Batch | null {
	if (text === undefined || text.trim() === '') return null;
	const batch = parseBatch(text);
	if (!batch) throw new CannotRead("'Batch' is not a batch.", 'Write it as 2/6, the second of six.');
	return batch;
}

async function idByEmail(client: HumaansClient, email: string): Promise<string> {
	const [person, ...others] = await client.byWorkEmail(email);
	if (!person) throw new CannotRead('Nobody in Humaans has that work e-mail.', 'Check the address, or use the ID. Of somebody deleted in Humaans it is on the JumpCloud account, in the custom attribute humaansId.');
	if (others.length > 0) throw new CannotRead('More than one person in Humaans has that work e-mail.', 'Use the ID of the one you mean.');
	return person.id;
}

/** Ids of the people to read, one an item. */
async function idsOf(context: IExecuteFunctions, client: HumaansClient): Promise<string[]> {
	const from = context.getNodeParameter('personFrom', 0) as string;
	const ids: string[] = [];
	for (const [index, item] of context.getInputData().entries()) {
		if (from === 'id') ids.push(required((context.getNodeParameter('personId', index) as string).trim()));
		else if (from === 'list') ids.push(required(context.getNodeParameter('personPicked', index, '', { extractValue: true }) as string));
		else if (from === 'email') ids.push(await idByEmail(client, context.getNodeParameter('email', index) as string));
		else if (from === 'idOrEmail') {
			const typed = required(String(context.getNodeParameter('idOrEmail', index) ?? '').trim());
			ids.push(typed.includes('@') ? await idByEmail(client, typed) : typed);
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
		const simplify = context.getNodeParameter('simplify', 0, false) === true;
		const subjects = await getMany(context, client, read, options);
		return subjects.map((subject) => itemOf(simplify && subject.person ? simplified(subject.person) : subject, 0));
	}
	const items = context.getInputData();
	const fresh = operation === 'confirmMissing' ? await confirmMissing(client, items.map(subjectOf), read) : await readAgain(client, await idsOf(context, client), read);
	return fresh.map((subject, index) => itemOf(subject as IDataObject, index));
}
