import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { ACTIONS } from '../shared/actions';
import { ONE_MAIN } from '../shared/node/connections';
import { itemOf, subjectOf } from '../shared/node/eachItem';
import { toNodeError } from '../shared/nodeErrors';
import { decideRun, type RunResult } from './decideRun';
import { properties } from './description/properties';
import type { Ledger } from './limit';
import { readSettings } from './readSettings';

function decideItems(context: IExecuteFunctions, items: INodeExecutionData[]): RunResult {
	const options = context.getNodeParameter('options', 0, {}) as Record<string, unknown>;
	const settings = readSettings(
		(name) => context.getNodeParameter(name, 0, null),
		(name) => options[name],
	);
	const limited = context.getNodeParameter('limitScope', 0, false) === true;
	const inScope = items.map((_, index) => !limited || context.getNodeParameter('peopleInScope', index, true, { extractValue: true }) === true);
	// Kept between runs of a published workflow, so that many small runs do not add up to a large one.
	const memory = context.getWorkflowStaticData('node') as { ledger?: Ledger };
	const result = decideRun({ subjects: items.map(subjectOf), inScope, settings, now: new Date(), ledger: memory.ledger ?? {} });
	memory.ledger = result.ledger;
	return result;
}

/** "3 Create, 2 No Action": what a run came to, in the order of the outputs. */
function summary({ decisions, tripped }: RunResult): string {
	const counts = ACTIONS.map((action) => ({ label: action.label, count: decisions.filter((decision) => decision.action === action.id).length }));
	const said = counts.filter(({ count }) => count > 0).map(({ label, count }) => `${count} ${label}`);
	return [said.join(', '), tripped].filter(Boolean).join('. ');
}

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
		outputs: ACTIONS.map((action) => ({ type: NodeConnectionTypes.Main, displayName: action.label })),
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData();
		const outputs: INodeExecutionData[][] = ACTIONS.map(() => []);
		if (items.length === 0) return outputs;
		try {
			const result = decideItems(this, items);
			result.decisions.forEach((decision, index) => {
				const at = ACTIONS.findIndex((action) => action.id === decision.action);
				outputs[at]!.push(itemOf({ ...subjectOf(items[index]!), decision }, index));
			});
			this.addExecutionHints({ message: summary(result), location: 'outputPane', type: result.tripped ? 'warning' : 'info' });
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
		return outputs;
	}
}
