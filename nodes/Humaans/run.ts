import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { isPersonId } from '../core/account/link';
import { batchText, parseBatch, SOME, type Batch } from '../core/person/batch';
import {
	choosesAll,
	isChosen,
	namesIn,
	ofBatch,
	simplifiedPerson,
	type Choice,
} from '../core/person/choose';
import type { PersonStatus, Subject } from '../core/subject';
import { cleanText } from '../core/text';
import { typedMoment } from '../core/time';
import { failedItem, itemOf, subjectOf } from '../n8n/eachItem';
import { toNodeError } from '../n8n/errors';
import { REQUESTS_AT_ONCE } from '../services/http/concurrency';
import { humaansClient } from '../n8n/transport';
import { CannotRead, noId } from '../services/humaans/cannotRead';
import type { HumaansClient } from '../services/humaans/client';
import { confirmMissing } from '../services/humaans/confirmMissing';
import { getManyPeople } from '../services/humaans/getMany';
import { readByIds } from '../services/humaans/readByIds';
import type { ReadOptions } from '../services/humaans/readEverybody';
import type { Include } from '../services/humaans/related';
import { peopleByWorkEmail } from '../services/humaans/workEmail';

interface HumaansOptions {
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

/** A value that somebody typed, or an expression gave. */
function required(typed: unknown): string {
	const id = cleanText(String(typed ?? ''));
	if (id === '') throw new CannotRead('No person is chosen.', 'Choose one, or put an ID in.');
	return id;
}

/** An ID that somebody typed, or an expression gave. */
function requiredId(typed: unknown): string {
	const id = required(typed);
	if (!isPersonId(id)) throw noId();
	return id;
}

/**
 * A date that was typed or picked. One without a time zone is in that of the workflow.
 * @param name Of the parameter: the message names it, and never the value.
 */
function dateIn(text: string | undefined, name: string, zone: string): Date | null {
	if (text === undefined || text === '') return null;
	const moment = typedMoment(text, zone);
	if (moment === null)
		throw new CannotRead(`'${name}' is not a date.`, 'Write it as 2026-01-31, or pick one.');
	return moment;
}

/**
 * The chosen people. When they are not everybody, `part` says so: whoever gets them must not take
 * the others for gone.
 */
async function getMany(
	context: IExecuteFunctions,
	client: HumaansClient,
	read: ReadOptions,
	options: HumaansOptions,
): Promise<Subject[]> {
	const choice: Choice = {
		departments: namesIn(options.departments ?? ''),
		locations: namesIn(options.locations ?? ''),
		updatedSince: dateIn(options.updatedSince, 'Updated Since', context.getTimezone()),
	};
	// The day as it was typed or picked: a shift between time zones could make it another day.
	const asOf =
		dateIn(options.asOf, 'As of Date', context.getTimezone()) === null
			? undefined
			: String(options.asOf).slice(0, 10);
	const batch = batchIn(options.batch);
	const everybody = await getManyPeople(
		client,
		context.getNodeParameter('statuses', 0) as PersonStatus[],
		read,
		asOf,
	);
	const subjects = batch ? ofBatch(everybody, batch) : everybody;
	const chosen = choosesAll(choice)
		? subjects
		: subjects.filter(({ person }) => !person || isChosen(person, choice));
	const limit =
		context.getNodeParameter('returnAll', 0) === true
			? chosen.length
			: (context.getNodeParameter('limit', 0) as number);
	const all = choosesAll(choice) && limit >= subjects.length;
	const part = !all ? SOME : batch ? batchText(batch) : undefined;
	return part === undefined
		? subjects
		: chosen.slice(0, limit).map((subject) => ({ ...subject, part }));
}

function batchIn(text: string | undefined): Batch | null {
	if (text === undefined || cleanText(text) === '') return null;
	const batch = parseBatch(text);
	if (!batch)
		throw new CannotRead("'Batch' is not a batch.", 'Write it as 2/6, the second of six.');
	return batch;
}

async function idByEmail(client: HumaansClient, email: string): Promise<string> {
	const [person, ...others] = await peopleByWorkEmail(client, email);
	if (!person)
		throw new CannotRead(
			'Nobody in Humaans has that work email.',
			'Check the address, or use the ID. For somebody deleted in Humaans, the ID is on the ' +
				'JumpCloud account, in the custom attribute humaansId.',
		);
	if (others.length > 0)
		throw new CannotRead(
			'More than one person in Humaans has that work email.',
			'Use the ID of the one you mean.',
		);
	return person.id;
}

/** ID of the person that an item is about. */
async function personIdFor(
	context: IExecuteFunctions,
	client: HumaansClient,
	item: INodeExecutionData,
	index: number,
): Promise<string> {
	switch (context.getNodeParameter('personFrom', 0) as string) {
		case 'id':
			return requiredId(context.getNodeParameter('personId', index));
		case 'list':
			return requiredId(
				context.getNodeParameter('personPicked', index, '', { extractValue: true }),
			);
		case 'email':
			return await idByEmail(client, context.getNodeParameter('email', index) as string);
		case 'idOrEmail': {
			const typed = required(context.getNodeParameter('idOrEmail', index));
			return typed.includes('@') ? await idByEmail(client, typed) : requiredId(typed);
		}
		default: {
			const { personId } = subjectOf(item);
			if (!personId)
				throw new CannotRead(
					'The item has no person.',
					'Put Humaans Trigger or Humaans: Get Many in front of this node.',
				);
			return personId;
		}
	}
}

/** The people that the items name. An item that names nobody never stops the others. */
async function get(
	context: IExecuteFunctions,
	client: HumaansClient,
	read: ReadOptions,
): Promise<INodeExecutionData[]> {
	const named = await Promise.allSettled(
		context
			.getInputData()
			.map(async (item, index) => await personIdFor(context, client, item, index)),
	);
	const ids = named.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
	const subjects = await readByIds(client, ids, read);
	return named.map((one, index) => {
		if (one.status === 'fulfilled') return itemOf(subjects.shift()!, index);
		const shown = toNodeError(context.getNode(), one.reason, index);
		if (!context.continueOnFail()) throw shown;
		return failedItem(shown, index);
	});
}

/** Runs the chosen operation over all items. */
export async function run(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const options = context.getNodeParameter('options', 0, {}) as HumaansOptions;
	const client = await humaansClient(context, {
		concurrency: options.concurrency ?? REQUESTS_AT_ONCE,
		signal: context.getExecutionCancelSignal(),
		fixedZone: options.timezone,
	});
	if (context.getNodeParameter('resource', 0) === 'customField') {
		return (await client.customFields()).map((field) => itemOf(field, 0));
	}
	const read: ReadOptions = {
		include: options.include ?? ['jobRoles', 'locations'],
		allowPartialView: options.allowPartialView ?? false,
		now: () => new Date(),
	};
	const operation = context.getNodeParameter('operation', 0) as string;
	if (operation === 'getMany') {
		const simplify = context.getNodeParameter('simplify', 0, false) === true;
		const subjects = await getMany(context, client, read, options);
		return subjects.map((subject) =>
			itemOf(simplify && subject.person ? simplifiedPerson(subject.person) : subject, 0),
		);
	}
	if (operation === 'get') return await get(context, client, read);
	const subjects = await confirmMissing(client, context.getInputData().map(subjectOf), read);
	return subjects.map((subject, index) => itemOf(subject, index));
}
