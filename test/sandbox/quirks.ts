import type { RateLimit } from './rateLimit';

/**
 * How sure the default of a switch is. proven: seen on a live tenant, in a test that JumpCloud runs
 * on one, or in a document of the service; the other values are for a tenant that differs. likely:
 * sources point to it, nobody has shown it. unknown: no source says, and the default is a guess.
 * setting: no question about the service, but a situation that a test makes.
 */
export type Certainty = 'proven' | 'likely' | 'unknown' | 'setting';

export interface Switch<T> {
	readonly certainty: Certainty;
	readonly default: T;
	/** The other values, or examples of them where there are endless ones. */
	readonly others: readonly T[];
}

/** The words in which JumpCloud refuses a value, see `refusedValues`. */
export type RefusalWords = 'named' | 'details' | 'vague' | 'exist' | 'unique';

export interface RefusedValue {
	/** Which values; a predicate gets what stands at the place. */
	values: readonly unknown[] | ((value: unknown) => boolean);
	/** @default named */
	words?: RefusalWords;
}

/** The form in which JumpCloud keeps a text, see `keptForms`. */
export type KeptForm =
	| 'withoutSpaces'
	| 'digitsOnly'
	| 'lowerCase'
	| 'composed'
	| ((value: string) => string);

const row = <T>(certainty: Certainty, standard: T, ...others: readonly T[]): Switch<T> => ({
	certainty,
	default: standard,
	others,
});

/**
 * Everything about the two services that the nodes must survive either way, one row a switch: how
 * sure, the default, the other values.
 */
export const SWITCHES = {
	// ── JumpCloud: lists ──
	/** Most rows of a page of POST /search/systemusers. */
	searchPageLimit: row<number>('proven', 1000, 100),
	/** A search that asks for more: gets the most, or is refused with 400. */
	searchOverLimit: row<'clamp' | 'refuse'>('unknown', 'refuse', 'clamp'),
	/** Most rows of a page of GET /systemusers; no current client asks for more. */
	getPageLimit: row<number>('likely', 100, 1000),
	/**
	 * A GET that asks for more: gets the most, or is refused with 400. Another list of the API
	 * refused it in 2019 (TheJumpCloud/jcapi-python, issue 38).
	 */
	getOverLimit: row<'clamp' | 'refuse'>('likely', 'refuse', 'clamp'),
	/** Most rows that either list gives, without a word, whatever else holds. */
	jumpCloudPageLimit: row<number>('setting', 1000, 40),
	/**
	 * Where a search takes limit, skip and sort from: the body, else the query string; or from one of
	 * them only. Official clients send limit and skip in both.
	 */
	searchPageFrom: row<'both' | 'body' | 'query'>('likely', 'both', 'body', 'query'),
	/** `fields` of a search has no effect. */
	searchFieldsIgnored: row<boolean>('proven', false, true),
	/**
	 * A filter on `attributes.…` (custom attributes), as two official scripts send it: finds who has
	 * it, finds nobody, is refused, or has no effect.
	 */
	customAttributeFilter: row<'works' | 'nothing' | '400' | 'everything'>(
		'likely',
		'works',
		'nothing',
		'400',
		'everything',
	),
	/**
	 * A created account is missing from list and search for so many milliseconds; get by id finds it
	 * at once. Unknown: nobody has measured it.
	 */
	searchLagMs: row<number>('unknown', 0, 60_000),

	// ── JumpCloud: rows of answers ──
	/** A text that is not set, but for the next two. */
	unsetText: row<'empty' | 'null' | 'absent'>('likely', 'empty', 'null', 'absent'),
	/** An employeeIdentifier that is not set. */
	unsetEmployeeIdentifier: row<'null' | 'empty' | 'absent'>('likely', 'null', 'empty', 'absent'),
	/** An alternateEmail that is not set, in list and search; alone, it is as `unsetText` says. */
	unsetAlternateEmail: row<'absent' | 'null' | 'empty'>('likely', 'absent', 'null', 'empty'),

	// ── JumpCloud: states and mail ──
	/** Addresses that state/activate refuses to mail, with 400; nothing is activated. */
	refusedInviteAddresses: row<string[]>('setting', [], ['refused@home.example']),
	/** state/activate on an ACTIVATED account without a password. */
	activateActivated: row<200 | 400 | 409>('proven', 200, 400, 409),
	/** Whether state/activate, accepted on an account that is not STAGED, mails again. */
	activateMailsAgain: row<boolean>('likely', true, false),
	/**
	 * state/activate on a SUSPENDED account, or on an ACTIVATED one with a password: refused;
	 * accepted, and the account is ACTIVATED; or answered with 200 and nothing happens. Unknown.
	 */
	activateNotStaged: row<400 | 409 | 'accepted' | 'ignored'>(
		'unknown',
		400,
		409,
		'accepted',
		'ignored',
	),
	/** Which address the mail at creation of an ACTIVATED account goes to when both are set. */
	createMailGoesTo: row<'email' | 'alternateEmail'>('unknown', 'email', 'alternateEmail'),
	/** Which address /systemusers/reactivate mails when both are set. Unknown. */
	resendGoesTo: row<'email' | 'alternateEmail'>('unknown', 'email', 'alternateEmail'),
	/** State of an account created without `state`: the organization's setting. */
	defaultState: row<'ACTIVATED' | 'STAGED'>('setting', 'ACTIVATED', 'STAGED'),
	/**
	 * PUT {state: ACTIVATED} on a STAGED account: mails like a bare activation, says nothing, or is
	 * refused. Unknown.
	 */
	putActivatesStaged: row<'with-mail' | 'silently' | '400'>(
		'unknown',
		'with-mail',
		'silently',
		'400',
	),
	/**
	 * A PUT of another state: works; is answered with 200 and the old state, as one operator reported;
	 * or the answer shows the new state and every later read the old one. Other fields are written.
	 */
	putStateChange: row<'works' | 'ignored' | 'shownOnce'>('likely', 'works', 'ignored', 'shownOnce'),
	/** POST /systemusers/{id}/state/suspend: answers the user, nothing, or is not there. */
	suspendVerb: row<'user' | 'empty' | 404>('likely', 'user', 'empty', 404),

	// ── JumpCloud: values ──
	/** Status of a duplicate on create and update. */
	duplicateStatus: row<400 | 409>('likely', 400, 409),
	/**
	 * plain: {message} names the field; details: google.rpc fieldViolationsList; vague: no word about
	 * a duplicate. Unknown.
	 */
	duplicateMessage: row<'plain' | 'details' | 'vague'>('unknown', 'plain', 'details', 'vague'),
	/**
	 * Email addresses held by ANOTHER organization: refused as duplicates (email and
	 * alternateEmail), found by no lookup.
	 */
	takenElsewhere: row<string[]>('setting', [], ['taken@elsewhere.example']),
	/**
	 * Values that create and update refuse with 400, by field or by a path such as
	 * phoneNumbers.number. Which values, and the words, are unknown: named: the message names the
	 * field; details: fieldViolationsList does; vague: nothing does; exist, unique: the message has
	 * that word, although nobody else holds the value.
	 */
	refusedValues: row<Record<string, RefusedValue>>(
		'setting',
		{},
		{ department: { values: ['Refused'], words: 'vague' } },
	),
	/**
	 * Texts that JumpCloud keeps in another form than they were sent, by field or by a path such as
	 * phoneNumbers.number. Which, is unknown.
	 */
	keptForms: row<Record<string, KeptForm>>('setting', {}, { 'phoneNumbers.number': 'digitsOnly' }),
	/** PUT of "" to an ordinary string field. */
	emptyStringClears: row<'clears' | 'ignored' | '400'>('likely', 'clears', 'ignored', '400'),
	/** PUT of "" to alternateEmail or employeeIdentifier (unique fields). Unknown. */
	emptyUniqueClears: row<'clears' | 'ignored' | '400'>('unknown', 'clears', 'ignored', '400'),
	/** PUT of null to a string field other than manager; 400 also records a violation. Unknown. */
	nullClearsStrings: row<'400' | 'clears' | 'ignored'>('unknown', '400', 'clears', 'ignored'),
	/** PUT of a field that restrictedFields gives to another directory. Unknown. */
	restrictedFieldWrites: row<'400' | 'ignored' | 'accepted'>(
		'unknown',
		'400',
		'ignored',
		'accepted',
	),
	/** PUT may carry recoveryEmail and passwordless_sudo, which its schema lacks. */
	putAcceptsUnlistedFields: row<boolean>('proven', true, false),
	/** A username can no longer be changed once the account was activated. Unknown. */
	usernameImmutable: row<boolean>('unknown', false, true),

	// ── JumpCloud: the rest ──
	/** A request without a key: sent to the sign-in page /login, or refused. */
	withoutKey: row<302 | 401>('proven', 302, 401),
	/**
	 * A gateway before JumpCloud answers everything whose path contains `path` with a 404 that has
	 * none of JumpCloud's words. For the next so many requests: the faults 404-html, 404-json,
	 * 404-text.
	 */
	foreignNotFound: row<{ path: string; body: 'html' | 'json' | 'text' } | null>('setting', null, {
		path: '/api/systemusers/',
		body: 'json',
	}),
	/** Deleting a manager without cascade_manager. */
	deleteManagerWithoutCascade: row<409 | 200>('likely', 409, 200),
	/** Adding by hand to a group whose members a rule computes. Unknown. */
	dynamicGroupAdd: row<400 | 204>('unknown', 400, 204),
	/** GET /organizations… is forbidden to the key (narrow roles). */
	organizationsForbidden: row<boolean>('setting', false, true),
	/** What exceeds so many JumpCloud requests is refused with 429. Unknown: no number is public. */
	jumpCloudRateLimit: row<RateLimit | null>('unknown', null, { requests: 20, perMs: 200 }),

	// ── Humaans: people ──
	/** ?status=… on /people has no effect. */
	statusFilterIgnored: row<boolean>('proven', false, true),
	/** ?status=all: everybody; refused; or unknown and without effect, as a bare list. */
	statusAll: row<'all' | 'refused' | 'ignored'>('likely', 'all', 'refused', 'ignored'),
	/** Which people GET /people returns when no status is asked for. */
	bareListReturns: row<'active' | 'all'>('proven', 'active', 'all'),
	/**
	 * Whom a token shows whose maker is neither owner nor admin, whatever the maker's role is called:
	 * the maker only; everybody its scopes allow; the maker's department; those who report to the
	 * maker. Roles can be made to any of them, so which one is unknown.
	 */
	makerSees: row<'themselves' | 'everybody' | 'department' | 'reports'>(
		'unknown',
		'themselves',
		'everybody',
		'department',
		'reports',
	),
	/** The role says admin, and yet the token shows only what `makerSees` says. Unknown. */
	adminViewIsPartial: row<boolean>('unknown', false, true),
	/**
	 * When an offboarding makes somebody `offboarded`: when the last working day is over, or at once,
	 * also when that day is yet to come. Unknown. A last day of today counts as over here.
	 */
	statusTurns: row<'afterLastDay' | 'atOffboarding'>('unknown', 'afterLastDay', 'atOffboarding'),
	/**
	 * The status of people follows their dates by the clock; otherwise as given, until
	 * admin.applyDates().
	 */
	statusFollowsDates: row<boolean>('setting', false, true),
	/**
	 * So many times (Infinity allowed): somebody is hired between two pages of a people sweep, so
	 * that total changes.
	 */
	totalChangesMidSweep: row<number>('setting', 0, 1),
	/** A new or changed job role bumps the person's updatedAt. Unknown. */
	roleChangeBumpsPerson: row<boolean>('unknown', false, true),

	// ── Humaans: lists ──
	/** $sort[field]=1 or -1 has an effect. Unknown. */
	sortSupported: row<boolean>('unknown', false, true),
	/** updatedAt[$gte] and the like have an effect; else they are an unknown filter. Unknown. */
	updatedAtFilterSupported: row<boolean>('unknown', false, true),
	/** A filter on a field that the rows do not have, or an unknown operator or $parameter. */
	unknownFilter: row<'ignored' | '400'>('unknown', 'ignored', '400'),
	/** Status of every validation error, also of those that other switches call 400. */
	errorStatusValidation: row<400 | 422>('likely', 422, 400),
	/** $limit above 250: served as 250, or refused. Unknown. */
	overLimit: row<'clamp' | '400'>('unknown', 'clamp', '400'),
	/** Most rows that a list gives, however many are asked for. */
	humaansPageLimit: row<number>('setting', 250, 40),
	/**
	 * Order of a list that nobody asked to be sorted: as entered, the other way round, or whatever
	 * changed last at the top. Unknown.
	 */
	humaansListOrder: row<'oldestFirst' | 'newestFirst' | 'lastChangedFirst'>(
		'unknown',
		'oldestFirst',
		'newestFirst',
		'lastChangedFirst',
	),
	/** What exceeds so many Humaans requests is refused with 429. Unknown: no number is public. */
	humaansRateLimit: row<RateLimit | null>('unknown', null, { requests: 8, perMs: 100 }),
	/** $asOf on /job-roles has an effect. */
	asOfSupported: row<boolean>('proven', true, false),

	// ── Humaans: webhooks ──
	/** POST /webhooks: works for a token with webhooks:manage, or is refused altogether. */
	webhookCreation: row<'works' | 403 | 404 | 422>('likely', 'works', 403, 404, 422),
	/** POST /webhooks without `events` is refused; else it then means every event. */
	webhookEventsRequired: row<boolean>('likely', true, false),
	/**
	 * Where the secret of a webhook comes from: the service makes one that no answer shows (an
	 * administrator sees it under Settings); it makes one and the answer to the creation shows it; or
	 * the one that the client sends is used and shown.
	 */
	webhookSecret: row<'nowhere' | 'answer' | 'client'>('likely', 'nowhere', 'answer', 'client'),
	/** Header of a webhook delivery that carries the signature. */
	webhookSignatureHeader: row<string>('likely', 'X-Humaans-Signature', 'X-Signature'),
	webhookSignatureEncoding: row<'hex' | 'base64'>('likely', 'hex', 'base64'),
	/** Text before the signature, such as sha256= . Unknown. */
	webhookSignaturePrefix: row<string>('unknown', '', 'sha256='),
	/** Where a delivery carries the person's id. Unknown. */
	webhookBody: row<'data.id' | 'data.personId' | 'personId' | 'none'>(
		'unknown',
		'data.id',
		'data.personId',
		'personId',
		'none',
	),
	/** Pause before the first repetition of a failed delivery; it doubles each time. */
	webhookRetryMs: row<number>('setting', 50, 1),
};

/** Every switch as it stands; may be changed while the sandbox runs. */
export type Quirks = {
	-readonly [Name in keyof typeof SWITCHES]: (typeof SWITCHES)[Name]['default'];
};

export const DEFAULT_QUIRKS = Object.fromEntries(
	Object.entries(SWITCHES).map(([name, { default: standard }]) => [name, standard]),
) as unknown as Readonly<Quirks>;
