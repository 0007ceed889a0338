/** Whether the steps before the policy have done their part for anybody at all. */
import { ExplainedError } from '../errors';
import type { Subject } from '../subject';
import type { PolicySettings } from './settings';

/** A step before the policy is missing, or failed and let its items pass. */
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
