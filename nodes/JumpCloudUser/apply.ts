import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ActionId } from '../core/actions';
import type { Subject } from '../core/subject';
import { toNodeError } from '../n8n/errors';
import { isServiceFailure, type ServiceFailure } from '../services/http/failure';
import { outcome } from '../services/jumpcloud/guard';

/** Failures that are about one account or one value; any other would meet the next person too. */
const ABOUT_ONE: ReadonlySet<ServiceFailure['kind']> = new Set([
	'refused',
	'duplicate',
	'notFound',
	'changedMeanwhile',
]);

/** Whoever is asked for, the answer would be the same: one person is enough to show it. */
const ABOUT_ALL: ReadonlySet<ServiceFailure['kind']> = new Set([
	'wrongKey',
	'wrongServiceAccount',
	'blocked',
	'signInPage',
	'redirected',
	'down',
	'cancelled',
]);

/**
 * The writes of *Apply Decision* in one run. A person whose write failed goes back to the policy
 * with the others, so that each comes to one end and the run can be summed up. When nobody's write
 * worked, for a reason that is no person's own, the node fails: the key, JumpCloud or the network
 * is what somebody must look at.
 */
export class Failures {
	private readonly errors: unknown[] = [];

	constructor(private readonly context: IExecuteFunctions) {}

	/** The subject as it goes on. */
	noted(error: unknown, subject: Subject, action: ActionId, item: number): Subject {
		this.errors.push(error);
		const { message, description } = toNodeError(this.context.getNode(), error, item);
		const failure = { message, todo: description ?? '' };
		return { ...subject, outcome: { ...outcome(action, 'failed'), failure } };
	}

	/**
	 * One person alone at an output is not everybody: what their account or a moment refused must not
	 * keep the others from being written.
	 * @throws the first failure, when it is everybody's
	 */
	requireSomeDone(items: readonly INodeExecutionData[]): void {
		const [first] = this.errors;
		if (this.errors.length === 0 || this.errors.length < items.length) return;
		const isEverybodys = this.errors.every(
			(error) =>
				isServiceFailure(error) &&
				(ABOUT_ALL.has(error.kind) || (items.length > 1 && !ABOUT_ONE.has(error.kind))),
		);
		if (isEverybodys && !this.context.continueOnFail()) {
			throw toNodeError(this.context.getNode(), first);
		}
	}
}
