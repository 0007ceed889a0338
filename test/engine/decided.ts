/** What Provisioning Policy decided in a run, wherever the items go from there. */
import type { INodeExecutionData } from 'n8n-workflow';
import type { Decision, Subject } from '../../nodes/core/subject';
import type { Sandbox } from '../sandbox';
import type { Finished } from '../harness/engine';

export type Decided = Subject & { decision: Decision };

const isDecided = ({ json }: INodeExecutionData): boolean => 'decision' in json;

/** Everybody's decisions over all passes, in order. */
export const decidedIn = ({ run }: Finished): Decided[] =>
	(run.data.resultData.runData.Decide ?? [])
		.flatMap((pass) => (pass.data?.main ?? []).flatMap((items) => items ?? []))
		.filter(isDecided)
		.map(({ json }) => json as unknown as Decided);

/** Those of one action. */
export const decidedTo = (run: Finished, action: Decision['action']): Decided[] =>
	decidedIn(run).filter(({ decision }) => decision.action === action);

/** Yesterday by the company's clock: a last day that is over wherever somebody is but in Honolulu. */
export const OVER = '2026-11-21';

/** Offboards so many people who work here; their IDs. */
export function offboardSome(sandbox: Sandbox, howMany: number, apartFrom?: string): string[] {
	const active = new Set(
		sandbox.humaans.people.filter(({ status }) => status === 'active').map(({ id }) => id),
	);
	const people = sandbox.admin
		.linked()
		.filter(({ state, admin, _id }) => state === 'ACTIVATED' && !admin && _id !== apartFrom)
		.map(({ attributes }) => attributes.find(({ name }) => name === 'humaansId')!.value)
		.filter((id) => active.has(id))
		.slice(0, howMany);
	for (const id of people) sandbox.admin.offboard(id, OVER);
	return people;
}

/** What failed writes say: at an error output, or in the outcome that goes back to the policy. */
export function failuresIn({ run }: Finished): string[] {
	const items = Object.values(run.data.resultData.runData)
		.flat()
		.flatMap((pass) => (pass.data?.main ?? []).flatMap((list) => list ?? []));
	return items.flatMap(({ json }) => {
		const { failure } = (json as unknown as Subject).outcome ?? {};
		if (failure) return [`${failure.message} ${failure.todo}`];
		return typeof json.error === 'string' ? [`${json.error} ${String(json.details)}`] : [];
	});
}
