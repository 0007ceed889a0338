import { ACTIONS, type ActionId } from '../core/actions';

/** One output of the node. `summary` is the last one, when it is switched on. */
export interface Output {
	id: ActionId | 'summary';
	label: string;
}

export const OUTPUTS: readonly Output[] = [
	...ACTIONS.map(({ id, label }) => ({ id, label })),
	{ id: 'summary', label: 'Summary' },
];

/** The parameters that decide which outputs there are. */
export interface OutputParameters {
	activationTrigger?: unknown;
	deprovisionHow?: unknown;
	deprovisionWhen?: unknown;
	options?: {
		actionsAllowed?: unknown;
		hideUnusedOutputs?: unknown;
		outOfScope?: unknown;
		rehire?: unknown;
		summaryItem?: unknown;
	};
}

/**
 * The outputs a node shows, in their order: all nine, or those that its settings can ever use. n8n
 * evaluates the source of this function in the editor, so it stands by itself and holds no two
 * closing braces in a row. *Mode* does not count: it is switched back and forth.
 */
export function shownOutputs(parameters: OutputParameters, outputs: readonly Output[]): Output[] {
	const options = parameters.options || {};
	const allowed = Array.isArray(options.actionsAllowed) ? options.actionsAllowed : null;
	const how = parameters.deprovisionHow;
	const leavers = !(
		Array.isArray(parameters.deprovisionWhen) && parameters.deprovisionWhen.length === 0
	);
	const leavesScope = options.outOfScope === 'suspend';
	const disables = how !== 'review' && (leavers || leavesScope);
	return outputs.filter((output) => {
		const id = output.id;
		if (id === 'summary') return options.summaryItem === true;
		if (options.hideUnusedOutputs !== true || id === 'needsReview' || id === 'noAction')
			return true;
		if (id === 'waitUntilStart')
			return (
				(parameters.activationTrigger || 'onStartDate') === 'onStartDate' &&
				(allowed === null || allowed.includes('activate') || allowed.includes('reactivate'))
			);
		if (allowed !== null && !allowed.includes(id)) return false;
		if (id === 'activate') return parameters.activationTrigger !== 'never';
		if (id === 'reactivate') return options.rehire !== 'review';
		if (id === 'delete')
			return disables && leavers && (how === 'delete' || how === 'suspendThenDelete');
		if (id === 'deprovision') return disables && (how !== 'delete' || leavesScope);
		return true;
	});
}
