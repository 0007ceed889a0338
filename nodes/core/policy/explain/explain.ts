import type { Decision, Step, Subject } from '../../subject';
import { nameOfAccount } from '../preconditions';
import type { Case } from '../verdict';
import { pageOf, type Block, type Section } from './page';
import { historyOf, type Ahead } from './steps';
import {
	accountFacts,
	actionWords,
	chainWords,
	changeRow,
	inviteAhead,
	nameOf,
	outcomeWords,
	personFacts,
} from './words';

const CHANGES_HEAD = ['Field', 'Before', 'After', 'Why'];

const changesOf = ({ changes }: Pick<Step, 'changes'>): Block[] =>
	changes.length > 0 ? [{ head: CHANGES_HEAD, table: changes.map(changeRow) }] : [];

/** One write: what, why, before → after, and what came of it. */
const stepBlocks = (step: Step, index: number): Block[] => [
	{ words: `${index + 1}. ${actionWords(step)}. ${step.reason}` },
	...changesOf(step),
	...(step.outcome
		? [{ list: outcomeWords(step) }]
		: [inviteAhead(step)].filter(Boolean).map((words) => ({ words }))),
];

export const isPreview = ({ code }: Pick<Decision, 'code'>): boolean => code === 'mode.review';

const LEFT: Partial<Record<Decision['action'], string>> = {
	needsReview: 'you need to decide',
	noAction: 'nothing to do',
	waitUntilDue: 'waits until it is due',
};

/** A write that failed, or was not made because the account had changed, has done nothing. */
const isDone = ({ outcome }: Step): boolean =>
	outcome?.status !== 'failed' && outcome?.status !== 'outdated';

/** "Ada Lovelace: the account was created, then activated". */
function titleOf(
	name: string,
	decision: Decision,
	done: readonly Step[],
	ahead: Ahead | null,
): string {
	if (ahead)
		return `${name}: the account would be ${chainWords(ahead.steps)} (preview, nothing was changed)`;
	const left =
		decision.blockedAction === 'waitUntilDue' ? LEFT.waitUntilDue : LEFT[decision.action];
	if (done.length === 0)
		return `${name}: ${left ?? `the account is to be ${chainWords([decision])}`}`;
	const then =
		decision.action === 'noAction' ? '' : (left ?? `it is to be ${chainWords([decision])}`);
	return `${name}: the account was ${chainWords(done)}${then ? `; ${then}` : ''}`;
}

function decisionSection(decision: Decision, done: readonly Step[]): Section {
	const { action, reason } = decision;
	const what = action === 'needsReview' ? 'You need to decide' : actionWords(decision);
	const words = `${action === 'noAction' ? 'Nothing to do' : what}. ${reason}`;
	return {
		heading: done.length > 0 ? 'What is left' : 'Decision',
		blocks: [{ words }, ...changesOf(decision), ...warningBlocks(decision)],
	};
}

const warningBlocks = ({ warnings }: Decision): Block[] =>
	warnings.length > 0 ? [{ list: warnings }] : [];

function previewed(decision: Decision, { steps, end }: Ahead): Section {
	const after: Block = { words: `After that: ${end.reason}` };
	return {
		heading: 'What would be done',
		blocks: [...steps.flatMap(stepBlocks), after, ...warningBlocks(decision)],
	};
}

function accountSection({ account, match }: Subject): Section {
	const found: Block[] = account
		? [{ facts: accountFacts(account, match?.by) }]
		: [{ words: match?.conflict ? 'Not certain which one.' : 'None.' }];
	const candidates = match?.conflict ? match.candidates.map(nameOfAccount) : [];
	return {
		heading: 'Account in JumpCloud',
		blocks: [...found, ...(candidates.length > 0 ? [{ list: candidates }] : [])],
	};
}

function personSection(subject: Subject): Section {
	const gone: Block[] =
		subject.person === null
			? [{ words: 'Humaans has nobody with this ID: deleted, or never there.' }]
			: [];
	return { heading: 'Person', blocks: [...gone, { facts: personFacts(subject) }] };
}

/** The rule that answered, with the code that docs/behaviour.md explains. `trace` has them all. */
function ruleRow({ trace, ...step }: Pick<Step, 'action' | 'changes' | 'trace'>): string[] {
	const { rule, code } = trace!.find((tried) => tried.code !== null)!;
	return [actionWords(step), rule, code!];
}

/** Of each write, and of where they end. */
function rulesSection(done: readonly Step[], decision: Decision, ahead: Ahead | null): Section {
	const chain = ahead ? [...ahead.steps, ahead.end] : [decision];
	const rows = [...done, ...chain].filter(({ trace }) => trace !== undefined).map(ruleRow);
	return {
		heading: 'Which rule decided',
		blocks: [{ head: ['What', 'Rule', 'Code'], table: rows }],
	};
}

/**
 * The decision with everything *Explain* adds. Pure; to be called last, when no limit changes the
 * decision any more.
 * @param ahead what *Mode: Review Everything* kept from being done, or null
 */
export function explained(decision: Decision, facts: Case, ahead: Ahead | null): Decision {
	const { subject } = facts;
	const done = historyOf(subject);
	const sections = [
		...(done.length > 0 ? [{ heading: 'What was done', blocks: done.flatMap(stepBlocks) }] : []),
		ahead ? previewed(decision, ahead) : decisionSection(decision, done),
		personSection(subject),
		accountSection(subject),
		rulesSection(done, decision, ahead),
	];
	return {
		...decision,
		history: done,
		...(ahead ? { ahead: ahead.steps } : {}),
		explanation: pageOf(titleOf(nameOf(subject), decision, done.filter(isDone), ahead), sections),
	};
}
