/** What the writes make of a decision. */
import { requireDecision, targetOf } from '../../nodes/services/jumpcloud/guard';
import { basisOf } from '../../nodes/core/account/basis';
import type { Decision, Subject } from '../../nodes/core/subject';
import { NOW, decideAll, leaver, matched, staged, subject } from './policyWorld';

const decided = (asOf: Date | null) => {
	const one = subject({ account: staged() });
	return { ...one, decision: decideAll([one], {}, { asOf }).decisions[0]! };
};
const later = (ms: number) => new Date(NOW.getTime() + ms);
const DAY = 24 * 3_600_000;

it('a fresh decision is accepted for exactly its action', () => {
	const one = decided(null);
	expect(requireDecision(one, 'activate', NOW)).toBe(one.decision);
	expect(() => requireDecision(one, 'deprovision', NOW)).toThrow(
		'This person is at Activate, not at Suspend.',
	);
	expect(targetOf(one)).toEqual({
		...{ personId: one.personId, accountId: 'account1' },
		basis: basisOf(one.account!, null),
	});
});

it('for a day, to the moment', () =>
	expect(() => requireDecision(decided(null), 'activate', later(DAY))).not.toThrow());

it('a decision for another time is accepted by no write, groups included', () => {
	const one = decided(NOW);
	const message = 'The decision was made for another time (Evaluate As Of), so nothing is written.';
	expect(() => requireDecision(one, 'activate', NOW)).toThrow(message);
	expect(() => targetOf(one)).toThrow(message);
});

it('a target that nobody decided on rests on nothing', () =>
	expect(targetOf(subject())).toEqual({
		...{ personId: subject().personId, accountId: 'account1', basis: null },
	}));

it('what a limit held is accepted by no write', () => {
	const leavers = [1, 2, 3, 4].map((index) => leaver(index));
	const [decision] = decideAll(leavers).decisions;
	expect(() =>
		requireDecision({ ...leavers[0]!, decision: decision! }, 'deprovision', NOW),
	).toThrow('This person is at Needs Review, not at Suspend.');
});

it.each<[Partial<Subject>, Date, string, string]>([
	[
		{ decision: undefined },
		NOW,
		'No policy decided about this person.',
		'Connect this node to an output of Provisioning Policy.',
	],
	[
		{ decision: { ...decided(null).decision, action: 'deprovision' } },
		NOW,
		'This person is at Suspend, not at Activate.',
		'Connect this node to the output Activate, or use the operation Apply Decision for all outputs.',
	],
	[
		{},
		later(DAY + 1),
		'The decision is more than a day old.',
		'Read the person again and let the policy decide anew.',
	],
	[
		{ decision: { ...decided(null).decision, basis: undefined } },
		NOW,
		'The decision does not say what it rests on.',
		'Let Provisioning Policy of this version decide anew.',
	],
	[
		{ decision: decided(NOW).decision },
		NOW,
		'The decision was made for another time (Evaluate As Of), so nothing is written.',
		'Remove Evaluate As Of from the options of Provisioning Policy.',
	],
	[
		{ personId: undefined },
		NOW,
		'The item has no person.',
		'Put Humaans Trigger or Humaans in front of this node.',
	],
	[
		{ account: null, match: matched({ by: null }) },
		NOW,
		'The item has no account.',
		'Put JumpCloud User: Match in front of this node.',
	],
])('S1: %j: nothing is written, and it is said what to do', (patch, now, message, todo) => {
	const one = { ...decided(null), ...patch };
	const write = (): [Decision, unknown] => [requireDecision(one, 'activate', now), targetOf(one)];
	expect(write).toThrow(expect.objectContaining({ name: 'Declined', message, todo }));
});
