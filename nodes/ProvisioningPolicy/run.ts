import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { subjectOf } from '../n8n/eachItem';
import { typedMoment } from '../core/time';
import { decideRun, type RunResult } from '../core/policy/decideRun';
import { readSettings, UnusableSetting } from '../core/policy/readSettings';
import { recall, remember } from './memory';
import { scopeOf } from './scope';

export interface NodeRun extends RunResult {
	asOf: Date | null;
}

/** Reads the parameters, decides everybody, keeps what the next run must know. */
export function decideItems(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	options: Record<string, unknown>,
): NodeRun {
	const settings = readSettings(
		(name) => context.getNodeParameter(name, 0, null),
		(name) => options[name],
	);
	const asOf = asOfMoment(options.evaluateAsOf, context.getTimezone());
	// Kept between runs of a published workflow, so that many small runs do not add up to a large
	// one.
	const memory = recall(context);
	const result = decideRun({
		subjects: items.map(subjectOf),
		inScope: scopeOf(context, items),
		settings,
		now: new Date(),
		asOf,
		memory,
	});
	if (!asOf) remember(context, result.memory);
	return { ...result, asOf };
}

function asOfMoment(value: unknown, zone: string): Date | null {
	if (value === undefined || value === null || value === '') return null;
	const moment = typedMoment(value, zone);
	if (moment === null)
		throw new UnusableSetting(
			'Evaluate As Of',
			'Give a date and time, for example 2026-12-01T09:00:00.',
		);
	return moment;
}
