/** What the policy says of a subject, and what the writes made of it. */
import type { ActionId, WriteActionId } from './actions';
import type { DecisionCode } from './policy/codes';
import type { SlotValue, SyncRule } from './subject';

/** One attribute that would change: what, from, to, by which rule and why. */
export interface Change {
	attribute: string;
	from: SlotValue | null;
	to: SlotValue | null;
	rule: SyncRule;
	why: string;
}

export interface InviteRecipient {
	/** `other`: an address typed into the node. */
	kind: 'personal' | 'work' | 'other';
	address: string | null;
}

/** What a decision rests on; see account/basis.ts. */
export interface Basis {
	accountId: string | null;
	link?: string | null;
	state?: 'STAGED' | 'ACTIVATED' | 'SUSPENDED';
	/** This package's own stamp on a suspended account, or null. */
	stamp?: string | null;
	administrator?: boolean;
	username?: string;
	email?: string;
	/** Name and value of the custom attribute that protects accounts, when there is one. */
	protection?: [name: string, value: string | null];
}

/** What *Mode: Review Everything* kept from being done, if each write does what it says. */
export interface Would {
	/** In order. */
	actions: WriteActionId[];
	/** Of all of them. */
	changes: Change[];
	/** A mail would go out with them. */
	invites: boolean;
	/** Where they end: a wait, a question, or nothing left. */
	end: ActionId;
	/** When time alone would change that (UTC). */
	dueAt?: string;
}

/**
 * What to do about one person, and the sentence that says why. Codes are stable; see
 * docs/behaviour.md.
 */
export interface Decision {
	action: ActionId;
	code: DecisionCode;
	reason: string;
	changes: Change[];
	decidedAt: string;
	warnings: string[];
	/** Recipients in order; an empty list means: activate without an email. */
	invite?: { recipients: InviteRecipient[] };
	/** What the decision rests on: a write that finds something else does nothing. */
	basis?: Basis;
	/**
	 * When the waiting items of this run are looked at again: the earliest `dueAt` of them all (UTC).
	 */
	resumeAt?: string;
	/** The action that would have been taken, when something held it. */
	blockedAction?: ActionId;
	/** Why that action, when something held it; `reason` begins with what held it. */
	because?: string;
	/**
	 * The decision in short, for a table that people read: one row. It is a list, because n8n's *Split
	 * Out* makes the rows of many people from lists at once, where an expression takes a millisecond each.
	 */
	rows?: [DecisionRow];
	/** How many decisions this subject had in this run. */
	step: number;
	/** When time alone will change this decision: a start, a last day, a deletion (UTC). */
	dueAt?: string;
	/**
	 * Id of the plan that a limit held; typed into *Approved Plan* it lets exactly its actions
	 * through.
	 */
	plan?: string;
	/** Id of the approved plan under which a limit let the action through. */
	approvedPlan?: string;
	/** The rules that were tried, in order, with *Explain*. */
	trace?: RuleTried[];
	/** What was done for this person in this run before this decision, with *Explain*. */
	history?: Step[];
	/**
	 * What *Mode: Review Everything* kept from being done: this action and those that would follow
	 * it, with *Explain*.
	 */
	ahead?: Step[];
	/** The same in short, always. */
	would?: Would;
	/** All of it as a page for people, with *Explain*. */
	explanation?: Explanation;
	/** The time this was decided for, with *Evaluate As Of*: no write accepts it (UTC). */
	evaluatedAsOf?: string;
}

/** Columns of the table in which people read decisions; "–" where there is nothing. */
export interface DecisionRow {
	Person: string;
	/** Create, Adopt, Suspend …; "You decide" is a question. */
	Action: string;
	Why: string;
	/** "Department: – → Sales; …" */
	Changes: string;
	'Work Email': string;
	/** "ana.silva (active)" */
	Account: string;
	/** These are for searches and approvals: empty where there is nothing. */
	'Humaans ID': string;
	Code: string;
	Plan: string;
}

/** One write of a person's chain: done, with what came of it, or ahead. */
export interface Step {
	action: ActionId;
	code: DecisionCode;
	reason: string;
	changes: Change[];
	invite?: Decision['invite'];
	trace?: RuleTried[];
	outcome?: Outcome;
}

/**
 * Ready to be shown: `html` has every value escaped and is a part of a page (h3, p, ul, table),
 * `text` is the same for a message.
 */
export interface Explanation {
	title: string;
	html: string;
	text: string;
}

/**
 * A rule of the policy and what it said: the code of its answer, or null when it left the matter to
 * the next.
 */
export interface RuleTried {
	rule: string;
	code: string | null;
}

/**
 * `partly`: all but the values that JumpCloud refused. `outdated`: nothing, because the account was
 * no longer what the decision rests on; the person is to be decided anew. `failed`: *Apply Decision*
 * could not do it; `failure` says why.
 */
export type OutcomeStatus = 'applied' | 'adopted' | 'unchanged' | 'partly' | 'outdated' | 'failed';

/** A value that JumpCloud refused, and that was left off. */
export interface RefusedValue {
	/** The slot; see account/slots.ts. */
	attribute: string;
	reason: string;
}

export interface InviteAttempt {
	kind: InviteRecipient['kind'];
	/** `of another account`: it is the work email of another account. */
	result: 'sent' | 'missing' | 'malformed' | 'refused' | 'of another account';
}

export type ReminderState =
	| 'notNeeded'
	| 'begun'
	| 'wouldBegin'
	| 'waiting'
	| 'wouldSend'
	| 'sent'
	| 'handOver';

/** What became of a reminder of the invite, and why. */
export interface Reminder {
	/** `begun`: the days count from now on. `wouldBegin`, `wouldSend`: held, because Mode is review. */
	state: ReminderState;
	/** The state in words. */
	label: string;
	reason: string;
	/** Reminders that count as sent, this one included. */
	sent: number;
	/** The earliest time of the next one (UTC). */
	dueAt?: string;
}

/** What a write did. */
export interface Outcome {
	action: string;
	status: OutcomeStatus;
	invitedTo?: InviteRecipient['kind'] | 'none';
	attempts: InviteAttempt[];
	warnings: string[];
	refused?: RefusedValue[];
	/** Of a failed write: what happened, and what to do next. */
	failure?: { message: string; todo: string };
	/** Resend Invite, sent as a reminder. */
	reminder?: Reminder;
}
