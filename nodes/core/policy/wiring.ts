/** Whether the steps before the policy have done their part, and there are some behind it. */
import { actionOf, isWriteAction, type ActionId } from '../actions';
import { ExplainedError } from '../errors';
import type { Decision, Subject } from '../subject';
import type { PolicySettings } from './settings';
import { held } from './verdict';

/** A step before or behind the policy is missing, or failed and let its items pass. */
export class MissingStep extends ExplainedError {
	override readonly name = 'MissingStep';
}

const isKnown = ({ person, problem }: Subject): boolean => person !== undefined && !problem;
const isHere = ({ person }: Subject): boolean => Boolean(person) && person!.status !== 'offboarded';

/** @throws MissingStep when nobody in the run has what a step before must have given them */
export function requireSteps(
	subjects: readonly Subject[],
	{ actionsAllowed }: Pick<PolicySettings, 'actionsAllowed'>,
): void {
	const read = subjects.filter(isKnown);
	if (read.length > 0 && read.every(({ match }) => match === undefined)) {
		throw new MissingStep(
			'No account was looked for, so nothing was decided.',
			'Did the node before this one fail, for example because it has no credential? ' +
				'Or is JumpCloud User: Match missing?',
		);
	}
	const writesFields = actionsAllowed.includes('create') || actionsAllowed.includes('update');
	const here = read.filter(isHere);
	if (writesFields && here.length > 0 && here.every(({ desired }) => desired === undefined)) {
		throw new MissingStep(
			'Nobody has been told what their account should hold, so nothing was decided.',
			'Put Field Mapper before JumpCloud User: Match, and check that it did not fail.',
		);
	}
}

/**
 * A write at an output that is connected to nothing would be lost without a word, a leaver's too. It
 * goes to Needs Review.
 * @throws MissingStep when that is connected to nothing either
 */
export function withoutDeadEnds(
	decisions: readonly Decision[],
	deadEnds: ReadonlySet<ActionId> = new Set(),
): Decision[] {
	return decisions.map((decision) => {
		const { action, trace } = decision;
		if (!isWriteAction(action) || !deadEnds.has(action)) return decision;
		const { label } = actionOf(action);
		const todo =
			`Connect the output ${label} of Provisioning Policy to JumpCloud User: Apply Decision, or take ` +
			`${label} out of the Actions Allowed.`;
		if (deadEnds.has('needsReview')) {
			throw new MissingStep(
				`The output ${label} is connected to nothing, and somebody is at it, so nothing was done.`,
				`${todo} Connect Needs Review too, so that whoever is held is seen.`,
			);
		}
		const code = 'output.notConnected';
		const why = `Nothing was done, because the output ${label} is connected to nothing. ${todo}`;
		const tried = trace ? { trace: [...trace, { rule: 'outputs', code }] } : {};
		return { ...held(decision, code, why), ...tried };
	});
}
