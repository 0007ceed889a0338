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

const isCancelled = (error: unknown): boolean =>
	isServiceFailure(error) && error.kind === 'cancelled';

/** Executions in which a write worked, each with the time of the last one (milliseconds). */
const worked = new Map<string, number>();
/** No execution writes so long without a break. In milliseconds. */
const WRITES_WITHOUT_BREAK_MS = 24 * 3_600_000;

function noteThatOneWorked(execution: string): void {
	const now = Date.now();
	for (const [other, at] of worked) if (now - at > WRITES_WITHOUT_BREAK_MS) worked.delete(other);
	worked.set(execution, now);
}

/**
 * The writes of *Apply Decision* at one output. A person whose write failed goes back to the policy
 * with the others, so that each comes to one end and the run can be summed up. When nobody's write
 * worked, at no output of this execution, for a reason that is no person's own, the node fails: the
 * key, JumpCloud or the network is what somebody must look at. Where others' writes worked, it does
 * not: the tables of what was done and of what failed would stay empty.
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
		const execution = this.context.getExecutionId();
		if (this.errors.length < items.length) noteThatOneWorked(execution);
		if (this.errors.length === 0 || this.errors.length < items.length) return;
		if (worked.has(execution) && !this.errors.some(isCancelled)) return;
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
