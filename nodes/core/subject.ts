/**
 * The subject: one n8n item, one person, on the way through Field Mapper → Match → Provisioning
 * Policy → a write. Dates are `YYYY-MM-DD`, times are ISO 8601 in UTC, zones are IANA names.
 */
import type { Decision, Outcome } from './decision';

export type * from './decision';

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
	/** The WORK email; may be null for new hires. */
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

	/** Ids of other people, not offboarded, with the same work email; at most ten. */
	sharesWorkEmailWith?: string[];
	/** Those of them who can be the same human by their name; only where there are some. */
	sameNameAndEmailAs?: string[];
	/**
	 * Ids of people who have left and still have the same work email, at most ten; only where there
	 * are some.
	 */
	hasWorkEmailOfLeavers?: string[];
	/**
	 * Of somebody offboarded: ids of others of the same name who are not → their work emails; at most
	 * ten, only where there are some.
	 */
	sameNameAs?: Record<string, string>;
	/**
	 * Ids of other people whose work email is this person's personal email, at most ten; only where
	 * there are some. Somebody of the same name who has left is not among them.
	 */
	personalEmailIsWorkEmailOf?: string[];
	/**
	 * True when the domain of this personal email is the company's: a tenth of the people have it at
	 * work, and three times as many as at home. Only where everybody was read.
	 */
	personalEmailIsOfCompany?: true;
	/**
	 * Ids of other people, not offboarded, with the same employee ID, at most ten; only where there
	 * are some and everybody was read.
	 */
	sharesEmployeeIdWith?: string[];
	/**
	 * True when only this person was read, so that nothing is known of the others but who has the
	 * same work email; in other capital letters too only after *Confirm Missing*.
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

/** What speaks for an account being a person's. `name`: first and last name agree. */
export type Evidence = MatchKey | 'name';

/** An account in short, for a person who has to choose between several. */
export interface AccountName {
	id: string;
	username: string;
	email?: string;
	employeeIdentifier?: string | null;
	state?: 'STAGED' | 'ACTIVATED' | 'SUSPENDED';
	/** Humaans id, or null. */
	linkedTo: string | null;
	by: Evidence[];
}

export interface Match {
	by: MatchKey | null;
	/** True when the answer can be acted on: one account or proven absence, and no other claim. */
	certain: boolean;
	candidates: AccountName[];
	conflict?: 'twoCandidates' | 'twoClaimants';
	/** Humaans ids of everybody who claims the account, when there are several. */
	claimants?: string[];
	/** Sentences about accounts that fit in part and are surely somebody else's. */
	notes?: string[];
	/** Accounts that hold the work email which a creation would use. */
	emailHeldBy?: AccountName[];
	/**
	 * JumpCloud id of the manager's account: null = the manager has left, absent = not known, or none
	 * yet.
	 */
	managerAccountId?: string | null;
	/**
	 * Slots whose value was left off as one that another account may have, and which none has now;
	 * when all accounts were read.
	 */
	freeAgain?: string[];
	/**
	 * The account has another email than the person's work email, and no other person has it as work
	 * email; when everybody was in the run.
	 */
	emailIsNobodyElses?: true;
	/** The people in the run who have it as work email instead. */
	emailIsOf?: string[];
	/**
	 * Of somebody offboarded: who among the others of the same name has a linked account; when all
	 * accounts were read.
	 */
	namesakesWithAccount?: string[];
	/** When the account was read, by the clock here (ISO). */
	readAt?: string;
	/** How many linked accounts of this company are in use, when all accounts were read. */
	accountsInUse?: number;
	/** Nobody in the run has this account for certain; *Include Accounts of Nobody* gives it. */
	ofNobody?: true;
	/**
	 * Of an account of nobody: Humaans ids of people whose work email or employee ID it has and whose
	 * it is not for certain, because another account is theirs. At most ten, those who work here
	 * first. For a review only.
	 */
	fits?: string[];
	/** How many accounts JumpCloud has, where *Include Accounts of Nobody* asked for all of them. */
	accountsRead?: number;
	/**
	 * Linked accounts that this package suspended lately, and when (ISO), beside somebody who may
	 * have left; when all accounts were read.
	 */
	suspendedLately?: Record<string, string>;
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
	 * such as `2/6` (batch.ts).
	 */
	part?: string;
	/** When the person was read (UTC). */
	readAt?: string;
	/** How many people Humaans had in all when the person was read, where everybody was read. */
	peopleRead?: number;
	/**
	 * Of somebody who is gone: Humaans id of the company that knows nobody with this id. Only its own
	 * accounts are anybody's who is gone.
	 */
	companyAsked?: string;
	/**
	 * Of somebody who is gone: ids of people, not offboarded, who have their work email now (or that
	 * of the account), and can be the same human by their name.
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
