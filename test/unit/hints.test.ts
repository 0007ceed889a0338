/** Panels say what a setting leads to, while it is set. */
import { NodeHelpers, type IDataObject, type INodeTypeDescription } from 'n8n-workflow';
import { JumpCloudUser } from '../../nodes/JumpCloudUser/JumpCloudUser.node';
import { ProvisioningPolicy } from '../../nodes/ProvisioningPolicy/ProvisioningPolicy.node';

/** The hints that n8n would show: it evaluates the same expression over the node's parameters. */
function shown({ hints, properties }: INodeTypeDescription, set: IDataObject): string[] {
	const $parameter = NodeHelpers.getNodeParameters(
		properties,
		set as never,
		true,
		false,
		{ typeVersion: 1 },
		null,
	)!;
	return hints!
		.filter(({ displayCondition }) => {
			const holds: unknown = new Function(
				'$parameter',
				`return (${/^=\{\{ (.*) \}\}$/.exec(displayCondition!)![1]})`,
			)($parameter);
			if (typeof holds !== 'boolean') throw new Error(`${displayCondition} is ${String(holds)}`);
			return holds;
		})
		.map(({ message }) => message);
}

const policy = (set: IDataObject) => shown(new ProvisioningPolicy().description, set);
const REVIEW = expect.stringContaining('nothing is changed');
const SUSPENDED = expect.stringContaining('JumpCloud still counts it as a user');

it('a new policy says that it changes nothing, and what suspending means', () => {
	expect(policy({})).toEqual([REVIEW, SUSPENDED]);
	expect(policy({ mode: 'apply' })).toEqual([SUSPENDED]);
});

it.each<[string, IDataObject, string]>([
	['review', { mode: 'review' }, 'nothing is changed'],
	['delete', { deprovisionHow: 'delete' }, 'gone for good'],
	['nobody leaves', { deprovisionWhen: [] }, 'stay active'],
	['limit 0', { deprovisioningLimit: 0 }, 'before a plan is approved'],
	['manual activation', { activationTrigger: 'never' }, 'nobody is invited'],
	['scope without a condition', { limitScope: true }, 'The node stops until there is one'],
	['leaving the scope', { limitScope: true, options: { outOfScope: 'suspend' } }, 'loses access'],
	['leaving no scope', { options: { outOfScope: 'suspend' } }, 'has no effect'],
	['another time', { options: { evaluateAsOf: '2026-12-01T00:00:00' } }, 'no write accepts them'],
	[
		'only approved plans',
		{ options: { onlyApprovedPlans: true, approvedPlan: '3f9c21ab77-h8k2a' } },
		'nothing is done but the actions of an Approved Plan',
	],
	['an approved plan', { options: { approvedPlan: '3f9c21ab77-h8k2a' } }, 'Empty it'],
])('%s', (_what, set, words) =>
	expect(policy(set).filter((message) => message.includes(words))).toHaveLength(1),
);

it('delete does not speak of suspending; who never deprovisions is not warned', () => {
	const live = (set: IDataObject) => policy({ mode: 'apply', ...set });
	expect(live({ deprovisionHow: 'delete' })).toEqual([expect.stringContaining('gone for good')]);
	expect(live({ deprovisionWhen: [], options: { actionsAllowed: ['update'] } })).toEqual([]);
	expect(live({ activationTrigger: 'never', sendInvite: false })).toEqual([SUSPENDED]);
});

it('JumpCloud User: delete, and what is done by hand', () => {
	const user = (set: IDataObject) =>
		shown(new JumpCloudUser().description, { resource: 'user', ...set });
	expect(user({ operation: 'match' })).toEqual([]);
	expect(user({ operation: 'match', options: { emitOfNobody: true } })).toEqual([
		expect.stringContaining('Accounts of nobody'),
	]);
	expect(user({ operation: 'suspend' })).toEqual([]);
	expect(user({ operation: 'delete' })).toEqual([expect.stringContaining('gone for good')]);
	expect(user({ operation: 'suspend', userFrom: 'values' })).toEqual([
		expect.stringContaining('policy and limits do not apply'),
		expect.stringContaining('never reactivated'),
	]);
});
