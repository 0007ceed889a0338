const write = <Id extends string>(id: Id, label: string, verb: string, done: string) =>
	({ id, label, writes: true, verb, done }) as const;
const noWrite = <Id extends string>(id: Id, label: string, verb: string) =>
	({ id, label, writes: false, verb, done: '' }) as const;

/**
 * Every action the policy can choose: the outputs of Provisioning Policy, in order, and the values
 * of `decision.action`. `done` is what became of the account.
 */
export const ACTIONS = [
	write('create', 'Create', 'create the account', 'created'),
	write('activate', 'Activate', 'activate the account', 'activated'),
	noWrite('waitUntilDue', 'Wait Until Due', 'wait'),
	write('update', 'Update', 'update the account', 'updated'),
	write('reactivate', 'Reactivate', 'reactivate the account', 'reactivated'),
	write('deprovision', 'Suspend', 'suspend the account', 'suspended'),
	write('delete', 'Delete', 'delete the account', 'deleted'),
	noWrite('needsReview', 'Needs Review', 'leave it to you'),
	noWrite('noAction', 'No Action', 'do nothing'),
] as const;

export type ActionId = (typeof ACTIONS)[number]['id'];
export type WriteActionId = Extract<(typeof ACTIONS)[number], { writes: true }>['id'];

export const WRITE_ACTIONS: readonly WriteActionId[] = ACTIONS.filter(
	(action) => action.writes,
).map((action) => action.id as WriteActionId);

export const isWriteAction = (id: ActionId): id is WriteActionId =>
	(WRITE_ACTIONS as readonly ActionId[]).includes(id);

export const actionOf = (id: ActionId) => ACTIONS.find((action) => action.id === id)!;
