/**
 * Shapes shared by both halves of the sandbox. Dates are YYYY-MM-DD, timestamps ISO 8601 in UTC,
 * durations milliseconds.
 */
import type { Quirks } from './quirks';

export type Service = 'humaans' | 'jumpCloud';
export type Row = Record<string, unknown>;

/** A raw row of Humaans' /people: fields that must never leave the edge included. */
export interface Person extends Row {
	id: string;
	firstName: string;
	lastName: string;
	email: string | null;
	personalEmail: string | null;
	employmentStartDate: string;
	lastWorkingDay: string | null;
	employmentEndDate: string | null;
	status: 'active' | 'newHire' | 'offboarded';
	updatedAt: string;
}

/** A raw row of /job-roles. */
export interface JobRole extends Row {
	id: string;
	personId: string;
	jobTitle: string | null;
	department: string | null;
	reportingTo: string | null;
	effectiveDate: string;
}

/** What /token-info says about the token. */
export interface TokenInfo extends Row {
	id: string;
	personId: string;
	label: string;
	scopes: string[];
}

/** A row of JumpCloud's /systemusers. */
export interface Account extends Row {
	_id: string;
	id: string;
	username: string;
	email: string;
	alternateEmail: string;
	employeeIdentifier: string;
	state: 'STAGED' | 'ACTIVATED' | 'SUSPENDED';
	suspended: boolean;
	/** JumpCloud: true once a password exists. */
	activated: boolean;
	manager: string | null;
	attributes: Array<{ name: string; value: string }>;
}

/** A row of JumpCloud's /v2/usergroups. */
export interface UserGroup extends Row {
	id: string;
	name: string;
	type: string;
	membershipMethod?: string;
}

/** One company as both services hold it: the content of a folder such as test/data/acme. */
export interface Company {
	/** The day the rows describe. */
	asOf: string;
	people: Person[];
	jobRoles: JobRole[];
	locations: Row[];
	customFields: Row[];
	customValues: Row[];
	tokenInfo: TokenInfo;
	accounts: Account[];
	groups: UserGroup[];
	cases: Row[];
}

export interface LoggedRequest {
	/** Running number, never reused, also after clearLog(). */
	n: number;
	at: string;
	service: Service;
	method: string;
	/** Path without the query, such as /api/systemusers. */
	path: string;
	/** Decoded query; a repeated key holds an array. */
	query: Record<string, string | string[]>;
	/**
	 * Parsed JSON, or the text when it is not JSON; undefined without a body. Passwords and secrets
	 * are masked.
	 */
	body: unknown;
	/** 0 while unanswered, and when the connection was cut. */
	status: number;
	fault?: string;
	/** Milliseconds from arrival to answer. */
	tookMs: number;
	/** Milliseconds since the sandbox started, by a monotonic clock. */
	startedMs: number;
}

export interface Mail {
	at: string;
	to: string;
	kind: 'activation' | 'welcome' | 'passwordReset';
	accountId: string;
}

export interface Violation {
	/** Number of the request in the log. */
	n: number;
	method: string;
	path: string;
	message: string;
	/**
	 * contract: outside the API, answered 400. rule: JumpCloud would take it, this project must not
	 * send it.
	 */
	kind: 'contract' | 'rule';
}

export type FaultKind =
	| '429'
	| '429-retry-after-seconds'
	| '429-retry-after-date'
	| '500-html'
	| '503-html'
	| 'html-200'
	| '404-html'
	| '404-text'
	| '404-json'
	| 'cut'
	| 'cut-mid-body'
	| 'lost-answer'
	| '500-after-apply'
	| 'slow'
	| 'truncated-json'
	| 'empty-list'
	| '401'
	| '403';

/**
 * Something that goes wrong with the requests it matches; see faults.ts for what each kind does.
 */
export interface Fault {
	service?: Service;
	method?: string;
	/** A string matches when the path contains it. */
	path?: RegExp | string;
	/** Let so many matching requests pass first. @default 0 */
	skip?: number;
	/** @default 1 */
	times?: number;
	kind: FaultKind;
	/** For the two retry-after kinds. @default 1 */
	retryAfterSeconds?: number;
	/** For slow. @default 1000 */
	delayMs?: number;
}

export interface SandboxOptions {
	/** A folder such as test/data/acme, or a company object. @default test/data/acme */
	company?: string | Company;
	/** Instead of a company: generate so many people. Same seed, same people. */
	people?: number;
	/** With `people`: a linked account for everybody who is active. @default false */
	accounts?: boolean;
	/** @default 1 */
	seed?: number;
	/** ID of the JumpCloud organization: 24 hexadecimal digits. @default always the same */
	organization?: string;
	/** The sandbox's clock. */
	now?: () => Date;
	/** Shift every date of the company by whole days, so that its asOf is today (UTC). */
	shiftToToday?: boolean;
	/** 0 or absent: any free port. */
	ports?: { humaans?: number; jumpCloud?: number; page?: number };
	quirks?: Partial<Quirks>;
	/** Added to every answer of the two APIs. @default 0 */
	latencyMs?: number;
	/** Asked before the added faults: what goes wrong with this request, if anything. */
	intercept?: (
		request: Pick<LoggedRequest, 'n' | 'service' | 'method' | 'path'>,
	) => Fault | undefined;
	/** Told of every JumpCloud write that the service took, whether or not its answer arrives. */
	onWrite?: (write: AppliedWrite) => void;
}

/** One write that JumpCloud took, and what it did to the account. */
export interface AppliedWrite {
	n: number;
	method: string;
	path: string;
	body: unknown;
	/** The account before and after; undefined when there was none, or is none any more. */
	before: Account | undefined;
	after: Account | undefined;
}
