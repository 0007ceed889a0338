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
	options?: { actionsAllowed?: unknown; hideUnusedOutputs?: unknown; summaryItem?: unknown };
}

/**
 * The outputs a node shows, in their order: all of them, or those of the *Actions Allowed*. No other
 * setting counts: n8n keeps connections by position, so an output that comes or goes moves the
 * others. n8n evaluates the source of this function in the editor, so it stands by itself and holds
 * no two closing braces in a row.
 */
export function shownOutputs(parameters: OutputParameters, outputs: readonly Output[]): Output[] {
	const options = parameters.options || {};
	const allowed = Array.isArray(options.actionsAllowed) ? options.actionsAllowed : null;
	return outputs.filter((output) => {
		const id = output.id;
		if (id === 'summary') return options.summaryItem === true;
		if (options.hideUnusedOutputs !== true || allowed === null) return true;
		if (id === 'needsReview' || id === 'noAction') return true;
		if (id !== 'waitUntilDue') return allowed.includes(id);
		const awaited = ['activate', 'reactivate', 'deprovision', 'delete'];
		return awaited.some((action) => allowed.includes(action));
	});
}

/**
 * Where an item leaves the node. Nobody who comes in may be lost because an output is hidden: who
 * would wait is told at No Action, and a write that has no output is for a person to look at.
 */
export function placeOf(id: Output['id'], shown: readonly Output[]): number {
	const place = shown.findIndex((output) => output.id === id);
	if (place >= 0 || id === 'summary') return place;
	const instead: Output['id'] = id === 'waitUntilDue' ? 'noAction' : 'needsReview';
	return shown.findIndex((output) => output.id === instead);
}
