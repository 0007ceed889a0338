import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { decideRun, type RunResult } from '../core/policy/decideRun';
import { readSettings, type PolicySettings } from '../core/policy/settings';
import { UnusableSetting } from '../core/policy/settingKinds';
import { requireSteps } from '../core/policy/wiring';
import type { Refusal } from '../core/review/dates';
import { accessReview, type AccessReview } from '../core/review/review';
import { whatIsMissing } from '../core/review/whole';
import type { Subject } from '../core/subject';
import { typedMoment } from '../core/time';
import { subjectOf } from '../n8n/eachItem';
import { organizationOf, recall, remember } from './memory';
import { oneForAll } from './oneForAll';
import type { Output } from './outputs';
import { scopeOf } from './scope';
import { deadEnds } from './wires';

export interface NodeRun extends RunResult {
	asOf: Date | null;
	/** With *Access Review*. */
	list?: AccessReview;
	/** With *Only Approved Plans*: the settings, and what the run lacks. */
	only?: { settings: PolicySettings; refused: Refusal | null };
}

/** The settings of the node, each the same for everybody. */
export const policySettingsOf = (context: IExecuteFunctions): PolicySettings =>
	readSettings(
		(parameter, label) => oneForAll(context, parameter, label),
		(parameter, label) => oneForAll(context, `options.${parameter}`, label),
	);

/** @throws UnusableSetting where a review could go along with writes, or would be given to nobody */
function requireReviewMode({ accessReview: kind, mode, summaryItem }: PolicySettings): void {
	if (kind === 'none') return;
	if (mode !== 'review') {
		throw new UnusableSetting(
			'Access Review',
			'A review changes nothing: set Mode to Review Everything.',
		);
	}
	if (!summaryItem) {
		throw new UnusableSetting('Access Review', 'The list is in the last item: add Summary Item.');
	}
}

/** Nobody has come back from a write yet. */
const isFirstPass = (subjects: readonly Subject[]): boolean =>
	subjects.some(({ outcome }) => outcome === undefined);

/** A plan of half a company is another plan: without everybody nothing is approved. */
function onlyOf(subjects: readonly Subject[], settings: PolicySettings): Pick<NodeRun, 'only'> {
	if (!settings.onlyApprovedPlans) return {};
	const refused = isFirstPass(subjects) ? whatIsMissing(subjects) : null;
	return { only: { settings, refused } };
}

const NONE_APPROVED = { approvedPlans: new Set<string>() };

/** Reads the parameters, decides everybody, keeps what the next run must know. */
export function decideItems(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	settings: PolicySettings,
	shown: readonly Output[],
): NodeRun {
	const now = new Date();
	const asOf = typedMoment(settings.evaluateAsOf, context.getTimezone());
	requireReviewMode(settings);
	const subjects = items.map(subjectOf);
	requireSteps(subjects, settings);
	const organization = organizationOf(subjects);
	const inScope = scopeOf(context, items);
	const memory = recall(organization);
	const { accessReview: kind } = settings;
	const only = onlyOf(subjects, settings);
	const input = {
		...{ subjects, inScope, now, asOf, memory },
		settings: only.only?.refused ? { ...settings, ...NONE_APPROVED } : settings,
		// A review writes nothing, so nothing can be lost at an output.
		...(kind === 'none' ? { deadEnds: deadEnds(context, shown) } : {}),
	};
	const result = decideRun(input);
	if (!asOf) remember(context, organization, result.memory, now);
	if (kind === 'none') return { ...result, asOf, ...only };
	return { ...result, asOf, list: accessReview(kind, input, context.getTimezone()) };
}
