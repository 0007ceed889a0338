import type { RateLimit } from './rateLimit';

/**
 * Everything about the two services that no source settles, as switches: what the nodes must
 * survive either way.
 */
export interface Quirks {
	// ── JumpCloud ──
	/**
	 * limit up to 1000 is served instead of refused with 400 (the spec says 100; the PowerShell
	 * module asks for 1000).
	 */
	largePages: boolean;
	/** Most rows that a list gives, however many are asked for. */
	jumpCloudPageLimit: number;
	/** Status of a duplicate on create and update. */
	duplicateStatus: 400 | 409;
	/**
	 * plain: {message} names the field; details: google.rpc fieldViolationsList; vague: no word about
	 * a duplicate.
	 */
	duplicateMessage: 'plain' | 'details' | 'vague';
	/**
	 * E-mail addresses held by ANOTHER organisation: refused as duplicates (email and
	 * alternateEmail), found by no lookup.
	 */
	takenElsewhere: string[];
	/** Addresses that state/activate refuses to mail, with 400; nothing is activated. */
	refusedInviteAddresses: string[];
	/** state/activate on an account that is not STAGED. */
	activateNotStaged: 400 | 409;
	/** Which address the mail at creation of an ACTIVATED account goes to when both are set. */
	createMailGoesTo: 'email' | 'alternateEmail';
	/** Which address /systemusers/reactivate mails when both are set. */
	resendGoesTo: 'email' | 'alternateEmail';
	/** State of an account created without `state` (the organisation's setting). */
	defaultState: 'ACTIVATED' | 'STAGED';
	/**
	 * PUT {state: ACTIVATED} on a STAGED account: mails like a bare activation, says nothing, or is
	 * refused.
	 */
	putActivatesStaged: 'with-mail' | 'silently' | '400';
	/** PUT of "" to an ordinary string field. */
	emptyStringClears: 'clears' | 'ignored' | '400';
	/** PUT of "" to alternateEmail or employeeIdentifier (unique fields). */
	emptyUniqueClears: 'clears' | 'ignored' | '400';
	/** PUT of null to a string field other than manager. 400 also records a violation. */
	nullClearsStrings: '400' | 'clears' | 'ignored';
	/** PUT of a field that restrictedFields gives to another directory. */
	restrictedFieldWrites: '400' | 'ignored' | 'accepted';
	/**
	 * PUT may carry recoveryEmail and passwordless_sudo, which official clients send and the schema
	 * lacks.
	 */
	putAcceptsUnlistedFields: boolean;
	/** A username can no longer be changed once the account was activated. */
	usernameImmutable: boolean;
	/** A filter on `attributes.…` (custom attributes). */
	customAttributeFilter: 'nothing' | '400' | 'works';
	/**
	 * A created account is missing from list and search for so many milliseconds; get by id finds it
	 * at once.
	 */
	searchLagMs: number;
	/** Deleting a manager without cascade_manager. */
	deleteManagerWithoutCascade: 409 | 200;
	/** Adding by hand to a group whose members a rule computes. */
	dynamicGroupAdd: 400 | 204;
	/** GET /organizations… is forbidden to the key (narrow roles). */
	organizationsForbidden: boolean;
	/** What exceeds so many JumpCloud requests is refused with 429. */
	jumpCloudRateLimit: RateLimit | null;

	// ── Humaans ──
	/** ?status=… on /people has no effect. */
	statusFilterIgnored: boolean;
	/** Which people GET /people returns when no status is asked for. */
	bareListReturns: 'all' | 'active';
	/** $sort[field]=1 or -1 has an effect. */
	sortSupported: boolean;
	/** updatedAt[$gte] and the like have an effect (otherwise treated as an unknown filter). */
	updatedAtFilterSupported: boolean;
	/** A filter on a field that the rows do not have, or an unknown operator or $parameter. */
	unknownFilter: 'ignored' | '400';
	/** Status of a validation error. */
	errorStatusValidation: 400 | 422;
	/** $limit above 250: served as 250, or refused. */
	overLimit: 'clamp' | '400';
	/** Most rows that a list gives, however many are asked for. */
	humaansPageLimit: number;
	/**
	 * Order of a list that nobody asked to be sorted: as entered, the other way round, or whatever
	 * changed last at the top.
	 */
	humaansListOrder: 'oldestFirst' | 'newestFirst' | 'lastChangedFirst';
	/** What exceeds so many Humaans requests is refused with 429. */
	humaansRateLimit: RateLimit | null;
	/** The token of an ordinary member shows that member only; else everybody its scopes allow. */
	membersSeeThemselvesOnly: boolean;
	/** $asOf on /job-roles has an effect. */
	asOfSupported: boolean;
	/**
	 * So many times (Infinity allowed): somebody is hired between two pages of a people sweep, so
	 * that total changes.
	 */
	totalChangesMidSweep: number;
	/** A new or changed job role bumps the person's updatedAt. */
	roleChangeBumpsPerson: boolean;
	/**
	 * The status of people follows their dates by the clock; otherwise as given, until
	 * admin.applyDates().
	 */
	statusFollowsDates: boolean;
	/** Header of a webhook delivery that carries the signature. */
	webhookSignatureHeader: string;
	webhookSignatureEncoding: 'hex' | 'base64';
	/** Text before the signature, such as sha256= . */
	webhookSignaturePrefix: string;
	/** Where a delivery carries the person's id. */
	webhookBody: 'data.id' | 'data.personId' | 'personId' | 'none';
	/** Pause before the first repetition of a failed delivery; it doubles each time. */
	webhookRetryMs: number;
}

export const DEFAULT_QUIRKS: Readonly<Quirks> = {
	largePages: false,
	jumpCloudPageLimit: 1000,
	duplicateStatus: 400,
	duplicateMessage: 'plain',
	takenElsewhere: [],
	refusedInviteAddresses: [],
	activateNotStaged: 400,
	createMailGoesTo: 'email',
	resendGoesTo: 'email',
	defaultState: 'ACTIVATED',
	putActivatesStaged: 'with-mail',
	emptyStringClears: 'clears',
	emptyUniqueClears: 'clears',
	nullClearsStrings: '400',
	restrictedFieldWrites: '400',
	putAcceptsUnlistedFields: false,
	usernameImmutable: false,
	customAttributeFilter: 'nothing',
	searchLagMs: 0,
	deleteManagerWithoutCascade: 409,
	dynamicGroupAdd: 400,
	organizationsForbidden: false,
	jumpCloudRateLimit: null,
	statusFilterIgnored: false,
	bareListReturns: 'all',
	sortSupported: false,
	updatedAtFilterSupported: false,
	unknownFilter: 'ignored',
	errorStatusValidation: 400,
	overLimit: 'clamp',
	humaansPageLimit: 250,
	humaansListOrder: 'oldestFirst',
	humaansRateLimit: null,
	membersSeeThemselvesOnly: true,
	asOfSupported: true,
	totalChangesMidSweep: 0,
	roleChangeBumpsPerson: false,
	statusFollowsDates: false,
	webhookSignatureHeader: 'X-Humaans-Signature',
	webhookSignatureEncoding: 'hex',
	webhookSignaturePrefix: '',
	webhookBody: 'data.id',
	webhookRetryMs: 50,
};
