/** Whoever must wait sleeps in an execution of their own, which does nothing but call the workflow. */
import { linksOf, nodesOf, type TemplateRule } from './template';

/** Called by other workflows, which hand in what somebody approved; nobody waits in it. */
const CALLED_BY_OTHERS = ['approve-held-plan'];

export const waiting: TemplateRule = (template, file) => {
	const links = linksOf(template);
	const count = (type: string) => nodesOf(template, type).length;
	const kinds = ['wait', 'executeWorkflow', 'executeWorkflowTrigger'];
	if (kinds.every((type) => count(type) === 0)) return [];
	if (CALLED_BY_OTHERS.includes(file) && kinds.map(count).join() === '0,0,1') return [];
	if (kinds.some((type) => count(type) !== 1))
		return ['waiting needs one node that waits, one that calls, and one that is called'];
	const [sleep] = nodesOf(template, 'wait');
	const [call] = nodesOf(template, 'executeWorkflow');
	const { workflowId, options } = call!.parameters as {
		workflowId?: { mode?: string; value?: string };
		options?: { waitForSubWorkflow?: boolean };
	};
	const callsItself = workflowId?.mode === 'id' && workflowId.value === '={{ $workflow.id }}';
	const after = links.filter(({ from }) => from === sleep!.name).map(({ to }) => to);
	return [
		...(callsItself ? [] : [`${call!.name} does not call this workflow`]),
		...(options?.waitForSubWorkflow === false ? [] : [`${call!.name} waits for what it called`]),
		// n8n hands on the list itself, and an error output takes every item out of it: nobody would
		// wait, and nobody would say so (2.41).
		...(call!.onError === 'continueRegularOutput' ? [] : [`${call!.name} hands on an empty list`]),
		...(after.join() === call!.name ? [] : [`${sleep!.name} goes on with settings of then`]),
	];
};
