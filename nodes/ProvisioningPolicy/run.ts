import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { decideRun, type RunResult } from '../core/policy/decideRun';
import { readSettings, type PolicySettings } from '../core/policy/settings';
import { requireSteps } from '../core/policy/wiring';
import { typedMoment } from '../core/time';
import { subjectOf } from '../n8n/eachItem';
import { organizationOf, recall, remember } from './memory';
import { oneForAll } from './oneForAll';
import type { Output } from './outputs';
import { scopeOf } from './scope';
import { deadEnds } from './wires';

export interface NodeRun extends RunResult {
	asOf: Date | null;
}

/** The settings of the node, each the same for everybody. */
export const policySettingsOf = (context: IExecuteFunctions): PolicySettings =>
	readSettings(
		(parameter, label) => oneForAll(context, parameter, label),
		(parameter, label) => oneForAll(context, `options.${parameter}`, label),
	);

/** Reads the parameters, decides everybody, keeps what the next run must know. */
export function decideItems(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	settings: PolicySettings,
	shown: readonly Output[],
): NodeRun {
	const now = new Date();
	const asOf = typedMoment(settings.evaluateAsOf, context.getTimezone());
	const subjects = items.map(subjectOf);
	requireSteps(subjects, settings);
	const organization = organizationOf(subjects);
	const inScope = scopeOf(context, items);
	const memory = recall(context, organization);
	const result = decideRun({
		...{ subjects, inScope, settings, now, asOf, memory },
		deadEnds: deadEnds(context, shown),
	});
	if (!asOf) remember(context, organization, result.memory, now);
	return { ...result, asOf };
}
