/** What the writes make of a decision. */
import { requireDecision, targetOf } from '../../nodes/services/jumpcloud/guard';
import { NOW, decideAll, leaver, staged, subject } from './policyWorld';

const decided = (asOf: Date | null) => {
	const one = subject({ account: staged() });
	return { ...one, decision: decideAll([one], {}, { asOf }).decisions[0]! };
};

it('a fresh decision is accepted for exactly its action', () => {
	const one = decided(null);
	expect(() => requireDecision(one, 'activate', NOW)).not.toThrow();
	expect(() => requireDecision(one, 'deprovision', NOW)).toThrow(
		'The policy decided "activate", not "deprovision".',
	);
	expect(targetOf(one)).toEqual({ personId: one.personId, accountId: 'account1' });
});

it('a decision for another time is accepted by no write, groups included', () => {
	const one = decided(NOW);
	expect(() => requireDecision(one, 'activate', NOW)).toThrow(
		'The decision was made for another time (Evaluate As Of), so nothing is written.',
	);
	expect(() => targetOf(one)).toThrow(
		'The decision was made for another time (Evaluate As Of), so nothing is written.',
	);
});

it('what a limit held is accepted by no write', () => {
	const leavers = [1, 2, 3, 4].map((index) => leaver(index));
	const [decision] = decideAll(leavers).decisions;
	expect(() =>
		requireDecision({ ...leavers[0]!, decision: decision! }, 'deprovision', NOW),
	).toThrow('The policy decided "needsReview", not "deprovision".');
});
