/**
 * Every action the policy can choose: the outputs of Provisioning Policy, in order, and the values
 * of `decision.action`.
 */
export const ACTIONS = [
	{ id: 'create', label: 'Create', writes: true, verb: 'create the account' },
	{ id: 'activate', label: 'Activate', writes: true, verb: 'activate the account' },
	{
		id: 'waitUntilStart',
		label: 'Wait Until Start',
		writes: false,
		verb: 'wait for the start date',
	},
	{ id: 'update', label: 'Update', writes: true, verb: 'update the account' },
	{ id: 'reactivate', label: 'Reactivate', writes: true, verb: 'reactivate the account' },
	{ id: 'deprovision', label: 'Deprovision', writes: true, verb: 'suspend the account' },
	{ id: 'delete', label: 'Delete', writes: true, verb: 'delete the account' },
	{ id: 'needsReview', label: 'Needs Review', writes: false, verb: 'ask a person' },
	{ id: 'noAction', label: 'No Action', writes: false, verb: 'do nothing' },
] as const;

export type ActionId = (typeof ACTIONS)[number]['id'];
export type WriteActionId = Extract<(typeof ACTIONS)[number], { writes: true }>['id'];

export const WRITE_ACTIONS: readonly WriteActionId[] = ACTIONS.filter(
	(action) => action.writes,
).map((action) => action.id as WriteActionId);

export const actionOf = (id: ActionId) => ACTIONS.find((action) => action.id === id)!;
