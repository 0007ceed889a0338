import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { ONE_MAIN } from '../n8n/connections';
import { failedItem, itemOf, subjectOf } from '../n8n/eachItem';
import { toNodeError } from '../n8n/errors';
import { hints } from './description/hints';
import { properties } from './description/properties';
import { decideItems, policySettingsOf } from './run';
import { countPass } from './runTotals';
import { OUTPUTS, placeOf, shownOutputs, type Output, type OutputParameters } from './outputs';
import { isWriteAction } from '../core/actions';
import { weightOf } from '../core/policy/row';
import type { RunSummary } from '../core/policy/summary';
import type { Decision } from '../core/subject';

/** n8n evaluates this in the editor as well, so it holds the source of the function. */
const SHOWN = `(${shownOutputs.toString()})($parameter, ${JSON.stringify(OUTPUTS)})`;
const AS_OUTPUT = `(output) => ({ type: '${NodeConnectionTypes.Main}', displayName: output.label })`;
const OUTPUTS_EXPRESSION = `={{ ${SHOWN}.map(${AS_OUTPUT}) }}` as const;

export class ProvisioningPolicy implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Provisioning Policy',
		name: 'provisioningPolicy',
		icon: { light: 'file:../../icons/policy.svg', dark: 'file:../../icons/policy.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["mode"] === "review" ? "Review Everything" : "Apply" }}',
		description: 'Decides what to do about each person’s JumpCloud account, and says why',
		defaults: { name: 'Provisioning Policy' },
		usableAsTool: true,
		inputs: ONE_MAIN,
		outputs: OUTPUTS_EXPRESSION,
		hints,
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData();
		if (items.length === 0) return outputsFor(this).map(() => []);
		try {
			const settings = policySettingsOf(this);
			const shown = outputsFor(this);
			const outputs: INodeExecutionData[][] = shown.map(() => []);
			const put = (id: Output['id'], item: INodeExecutionData) =>
				outputs[placeOf(id, shown)]?.push(item);
			const run = decideItems(this, items, settings, shown);
			const { decisions } = run;
			for (const index of byWeight(decisions)) {
				const decision = decisions[index]!;
				put(decision.action, itemOf({ ...subjectOf(items[index]!), decision }, index));
			}
			const { pass, summary } = countPass(this, items.map(subjectOf), run, new Date());
			const { list } = run;
			if (summary) put('summary', itemOf({ ...summary, ...(list ? { list } : {}) }, 0));
			this.addExecutionHints({
				message: hintOf(pass, summary, decisions),
				location: 'outputPane',
				type: (summary ?? run).plans.length > 0 || run.asOf ? 'warning' : 'info',
			});
			return outputs;
		} catch (error) {
			const why = toNodeError(this.getNode(), error);
			if (!this.continueOnFail()) throw why;
			// n8n would hand everybody on at the first output, as if they were to be created.
			const shown = outputsFor(this);
			const place = placeOf('needsReview', shown);
			return shown.map((_, at) =>
				at === place ? items.map((_item, index) => failedItem(why, index)) : [],
			);
		}
	}
}

/** The node opens on its last pass, so that one tells of the whole run. */
function hintOf(pass: number, summary: RunSummary | null, decisions: readonly Decision[]): string {
	const after = pass > 1 ? `After ${pass} passes: ` : '';
	if (summary) return `${after}${summary.message}`;
	const writes = decisions.filter(({ action }) => isWriteAction(action)).length;
	return (
		`Pass ${pass} of this run: ${writes} of ${decisions.length} people go on to be written, and ` +
		'come back. The last pass sums the run up.'
	);
}

/** Places of the decisions: whoever a person must look at first comes first, else as they came. */
function byWeight(decisions: readonly Decision[]): number[] {
	const weight = (decision: Decision) =>
		decision.action === 'needsReview' ? weightOf(decision) : 0;
	return [...decisions.keys()].sort((a, b) => weight(decisions[a]!) - weight(decisions[b]!));
}

/** The outputs as the editor shows them: by what is set for the first item. */
function outputsFor(context: IExecuteFunctions): Output[] {
	const options = context.getNodeParameter('options', 0, {}) as OutputParameters['options'];
	return shownOutputs({ options: options ?? {} }, OUTPUTS);
}
