import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { ONE_MAIN } from '../n8n/connections';
import { itemOf, subjectOf } from '../n8n/eachItem';
import { toNodeError } from '../n8n/errors';
import { hints } from './description/hints';
import { properties } from './description/properties';
import { decideItems } from './run';
import { OUTPUTS, shownOutputs, type OutputParameters } from './outputs';
import { summaryOf } from '../core/policy/summary';

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
		subtitle: '={{ $parameter["mode"] === "review" ? "Review everything" : "Apply" }}',
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
		const options = this.getNodeParameter('options', 0, {}) as Record<string, unknown>;
		const parameter = (name: string) => this.getNodeParameter(name, 0, null);
		const parameters: OutputParameters = {
			activationTrigger: parameter('activationTrigger'),
			deprovisionHow: parameter('deprovisionHow'),
			deprovisionWhen: parameter('deprovisionWhen'),
			options,
		};
		const shown = shownOutputs(parameters, OUTPUTS);
		const outputs: INodeExecutionData[][] = shown.map(() => []);
		if (items.length === 0) return outputs;
		const put = (id: string, item: INodeExecutionData) =>
			outputs[shown.findIndex((output) => output.id === id)]?.push(item);
		try {
			const { decisions, plans, asOf } = decideItems(this, items, options);
			decisions.forEach((decision, index) =>
				put(decision.action, itemOf({ ...subjectOf(items[index]!), decision }, index)),
			);
			const summary = summaryOf(decisions, plans, asOf);
			// Those who come back from a write were counted before: one summary a run, not one a pass.
			if (decisions.some(({ step }) => step === 1)) put('summary', itemOf(summary, 0));
			this.addExecutionHints({
				message: summary.message,
				location: 'outputPane',
				type: plans.length > 0 || asOf ? 'warning' : 'info',
			});
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
		return outputs;
	}
}
