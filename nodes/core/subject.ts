/**
 * The subject: one n8n item, one person, on the way through Field Mapper → Match → Provisioning
 * Policy → a write. Dates are `YYYY-MM-DD`, times are ISO 8601 in UTC, zones are IANA names.
 */
import type { ActionId } from './actions';

export type PersonStatus = 'active' | 'newHire' | 'offboarded';

/**
 * A manager as far as the read knows them; `name` and `email` are null when they were not part of
 * the read.
 */
export interface PersonManager {
	id: string;
	name: string | null;
	email: string | null;
}

export interface PersonLocation {
	id: string;
	name: string | null;
	city: string | null;
	country: string | null;
	timezone: string | null;
}

/**
 * A person of Humaans, flat. Three kinds of value: a value, `null` (Humaans says it is empty) and
 * an absent key (unknown: not readable with this token, or not fetched). Unknown never changes
 * anything in JumpCloud.
 */
export interface Person {
	id: string;
	companyId?: string | null;
	status: PersonStatus;
	firstName?: string | null;
	middleName?: string | null;
	lastName?: string | null;
	preferredName?: string | null;
	/** The WORK e-mail; may be null for new hires. */
	email?: string | null;
	personalEmail?: string | null;
	locationId?: string | null;
	remoteCity?: string | null;
	remoteRegionCode?: string | null;
	remoteCountryCode?: string | null;
	remoteTimezone?: string | null;
	phoneNumber?: string | null;
	formattedPhoneNumber?: string | null;
	personalPhoneNumber?: string | null;
	formattedPersonalPhoneNumber?: string | null;
	address?: string | null;
	city?: string | null;
	state?: string | null;
	postcode?: string | null;
	countryCode?: string | null;
	country?: string | null;
	employmentStartDate?: string | null;
	firstWorkingDay?: string | null;
	employmentEndDate?: string | null;
	lastWorkingDay?: string | null;
	probationEndDate?: string | null;
	leavingReason?: string | null;
	contractType?: string | null;
	employeeId?: string | null;
	teams?: string[];
	workingDays?: string[];
	isVerified?: boolean | null;
	/** The permission role in Humaans, not the job. */
	role?: string | null;
	source?: string | null;
	sourceId?: string | null;
	timezone?: string | null;
	demo?: boolean | null;
	createdAt?: string | null;
	updatedAt?: string | null;

	/**
	 * From the job role in force today in the person's zone; absent when the person has no job role.
	 */
	jobTitle?: string | null;
	department?: string | null;
	manager?: PersonManager | null;
	location?: PersonLocation | null;
	customFields?: Record<string, string | string[] | null>;

	/** Ids of other people, not offboarded, with the same work e-mail. */
	sharesWorkEmailWith?: string[];
	/**
	 * Ids of other people, not offboarded, with the same employee ID; only where there are some and
	 * everybody was read.
	 */
	sharesEmployeeIdWith?: string[];
	/**
	 * True when only this person was read, so that nothing is known of the others but who has the
	 * same work e-mail.
	 */
	readAlone?: true;
	/**
	 * Fields whose value Humaans gave but nobody can use, e.g. `employmentStartDate` = "31/31/2026".
	 */
	unusable?: string[];
}

export type SyncRule = 'always' | 'whenChanged' | 'fillEmpty' | 'onCreate';

export interface PhoneEntry {
	type: string;
	number: string;
}

export interface AddressEntry {
	type: string;
	streetAddress?: string;
	extendedAddress?: string;
	poBox?: string;
	locality?: string;
	region?: string;
	postalCode?: string;
	country?: string;
}

export interface CustomAttribute {
	name: string;
	value: string;
}

/**
 * A problem with one field of one person; the other fields go on. `blocking` problems stop a
 * creation.
 */
export interface FieldProblem {
	field: string;
	message: string;
	blocking?: boolean;
}

/**
 * What the Field Mapper says JumpCloud should hold. `attributes` is keyed by slot: a JumpCloud
 * attribute (`jobTitle`), one entry of an array (`phoneNumbers.work`, `addresses.home`) or a custom
 * attribute (`attributes.startDate`). A `null` value is explicitly empty.
 */
export interface Desired {
	attributes: Record<string, SlotValue | null>;
	/** Per slot: how strongly. */
	rules: Record<string, SyncRule>;
	/** Username candidates in order; used for a creation only, an existing username never changes. */
	usernames: string[];
	clearEmpty: boolean;
	problems: FieldProblem[];
}

export type SlotValue = string | Omit<AddressEntry, 'type'>;

/** A JumpCloud system user as the API returns it; only what this package reads is named. */
export interface Account {
	_id: string;
	username: string;
	email: string;
	state?: 'STAGED' | 'ACTIVATED' | 'SUSPENDED';
	suspended?: boolean;
	activated?: boolean;
	admin?: unknown;
	alternateEmail?: string | null;
	employeeIdentifier?: string | null;
	manager?: string | null;
	attributes?: CustomAttribute[];
	phoneNumbers?: PhoneEntry[];
	addresses?: AddressEntry[];
	restrictedFields?: Array<{ field: string; type?: string }>;
	[attribute: string]: unknown;
}

export type MatchKey = 'link' | 'employeeIdentifier' | 'email';

/** A short name of an account, for a person who has to choose between several. */
export interface AccountName {
	id: string;
	username: string;
	linkedTo: string | null;
	by: MatchKey[];
}

export interface Match {
	by: MatchKey | null;
	/** True when the answer can be acted on: one account or proven absence, and no other claim. */
	certain: boolean;
	candidates: AccountName[];
	conflict?: 'twoCandidates' | 'twoClaimants' | 'linkedToAnother';
	/** Humaans ids of everybody who claims the account, when there are several. */
	claimants?: string[];
	/**
	 * JumpCloud id of the manager's account: null = the manager has left (it is suspended), absent =
	 * not looked up, or none yet.
	 */
	managerAccountId?: string | null;
	/** How many accounts carry a link, when all accounts were read. */
	linkedAccounts?: number;
	/**
	 * Linked accounts that this package suspended lately, and when (ISO), beside somebody who may
	 * have left; when all accounts were read.
	 */
	suspendedLately?: Record<string, string>;
}

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

/**
 * What to do about one person, and the sentence that says why. Codes are stable; see
 * docs/behaviour.md.
 */
export interface Decision {
	action: ActionId;
	code: string;
	reason: string;
	changes: Change[];
	decidedAt: string;
	warnings: string[];
	/** Recipients in order; an empty list means: activate without an e-mail. */
	invite?: { recipients: InviteRecipient[] };
	/** When this person's account is due to be activated (UTC). */
	activateAt?: string;
	/**
	 * When the waiting items of this run are looked at again: the earliest `activateAt` of them all
	 * (UTC).
	 */
	resumeAt?: string;
	/** The action that would have been taken, when something held it. */
	blockedAction?: ActionId;
	/** How many decisions this subject had in this run. */
	step: number;
	/** When time alone will change this decision: a start, a last day, a deletion (UTC). */
	dueAt?: string;
	/**
	 * Id of the plan that a limit held; typed into *Approved Plan* it lets exactly its actions
	 * through.
	 */
	plan?: string;
	/** The rules that were tried, in order, with *Explain*. */
	trace?: RuleTried[];
	/** What was done for this person in this run before this decision, with *Explain*. */
	history?: Step[];
	/**
	 * What *Mode: Review Everything* kept from being done: this action and those that would follow
	 * it, with *Explain*.
	 */
	ahead?: Step[];
	/** All of it as a page for people, with *Explain*. */
	explanation?: Explanation;
	/** The time this was decided for, with *Evaluate As Of*: no write accepts it (UTC). */
	evaluatedAsOf?: string;
}

/** One write of a person's chain: done, with what came of it, or ahead. */
export interface Step {
	action: ActionId;
	code: string;
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

export type OutcomeStatus = 'applied' | 'adopted' | 'unchanged';

export interface InviteAttempt {
	kind: InviteRecipient['kind'];
	result: 'sent' | 'missing' | 'malformed' | 'refused';
}

/** What became of a reminder of the invite, and why. */
export interface Reminder {
	/** `begun`: the days count from now on. `wouldSend`: held, because Mode is review. */
	state: 'notNeeded' | 'begun' | 'waiting' | 'wouldSend' | 'sent' | 'handOver';
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
	/** Resend Invite, sent as a reminder. */
	reminder?: Reminder;
}

export interface Subject {
	/** The person's Humaans id; stays when the person is gone. */
	personId?: string;
	/** `null`: confirmed that Humaans no longer has them. Absent: not known. */
	person?: Person | null;
	/** Why the person could not be read, when that is so. */
	problem?: string;
	/** True when the read behind this subject could see everybody, in every status. */
	complete?: boolean;
	/**
	 * Set when that read was of everybody and only some of them are in the run: `some`, or a batch
	 * such as `2/6` (part.ts).
	 */
	part?: string;
	/** When the person was read (UTC). */
	readAt?: string;
	/**
	 * Of somebody who is gone: ids of people, not offboarded, who have the work e-mail of the account
	 * now.
	 */
	accountEmailOf?: string[];
	event?: string;
	changedFields?: string[];
	occurredAt?: string;
	desired?: Desired;
	account?: Account | null;
	match?: Match;
	decision?: Decision;
	outcome?: Outcome;
}
