import { WRITE_ACTIONS } from '../actions';
import { isZone } from '../time';
import { DEFAULT_SETTINGS, type DeprovisionEvent, type PolicySettings } from './settings';

/** A setting nobody can act on; the message is the whole explanation. */
export class UnusableSetting extends Error {
	override readonly name = 'UnusableSetting';

	constructor(
		setting: string,
		readonly todo: string,
	) {
		super(`The setting ${setting} cannot be used, so nothing was decided.`);
	}
}

type Read = (name: string) => unknown;

const absent = (value: unknown): boolean => value === undefined || value === null || value === '';

/**
 * One of a list. An expression can give anything, and a slip must not quietly mean "apply" or
 * "delete".
 */
function oneOf<T extends string>(
	name: string,
	value: unknown,
	allowed: readonly T[],
	fallback?: T,
): T {
	if (absent(value) && fallback !== undefined) return fallback;
	if (!allowed.includes(value as T))
		throw new UnusableSetting(name, `Choose one of: ${allowed.join(', ')}.`);
	return value as T;
}

function someOf<T extends string>(
	name: string,
	value: unknown,
	allowed: readonly T[],
	fallback: readonly T[],
): readonly T[] {
	if (absent(value)) return fallback;
	if (!Array.isArray(value) || !value.every((one) => allowed.includes(one as T)))
		throw new UnusableSetting(name, `Choose from: ${allowed.join(', ')}.`);
	return value as T[];
}

function number<T extends number | null>(
	name: string,
	value: unknown,
	[least, most]: readonly [number, number],
	fallback: T,
	whole = true,
): number | T {
	if (absent(value)) return fallback;
	const given = typeof value === 'string' ? Number(value) : value;
	if (
		typeof given !== 'number' ||
		!(given >= least && given <= most) ||
		(whole && !Number.isInteger(given))
	) {
		throw new UnusableSetting(
			name,
			`Give a ${whole ? 'whole number' : 'number'} from ${least} to ${most}.`,
		);
	}
	return given;
}

export function flag(name: string, value: unknown, fallback: boolean): boolean {
	if (absent(value)) return fallback;
	if (typeof value !== 'boolean')
		throw new UnusableSetting(name, 'Switch it on or off (true or false).');
	return value;
}

function zone(name: string, value: unknown, fallback: string): string {
	if (absent(value)) return fallback;
	if (!isZone(value as string))
		throw new UnusableSetting(name, 'Give an IANA time zone, for example Europe/London.');
	return value as string;
}

/** A slip must not quietly protect nobody. */
function textOrNull(name: string, value: unknown): string | null {
	if (absent(value)) return null;
	if (typeof value !== 'string') throw new UnusableSetting(name, 'Give a text.');
	return value.trim() || null;
}

const isName = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';

/**
 * Names in lower case, from a list or a text with commas, semicolons or white space between them.
 */
function names(name: string, value: unknown): ReadonlySet<string> {
	const given: unknown[] = absent(value) ? [] : Array.isArray(value) ? value : [value];
	if (!given.every(isName))
		throw new UnusableSetting(name, 'Give a text; several are separated by commas.');
	return new Set(
		given
			.join(' ')
			.toLowerCase()
			.split(/[,;\s]/)
			.filter(Boolean),
	);
}

const MOST_DAYS: readonly [number, number] = [0, 3650];
const MOST_ACCOUNTS: readonly [number, number] = [0, 1_000_000];
const EVENTS: readonly DeprovisionEvent[] = ['offboarded', 'deleted', 'lastDay'];

/**
 * Settings of the node, wherever they come from; what is absent is the default. `option` reads the
 * Options collection.
 * @throws UnusableSetting for a value that is none of the choices
 */
export function readSettings(parameter: Read, option: Read): PolicySettings {
	const d = DEFAULT_SETTINGS;
	const holds = oneOf('Limits Hold', option('limitHolds'), ['larger', 'smaller'], d.limit.holds);
	const percent = (name: string, value: unknown) =>
		number(name, value, [0, 100], d.limit.percent, false);
	return {
		mode: oneOf('Mode', parameter('mode'), ['apply', 'review']),
		activationTrigger: oneOf(
			'Activation Trigger',
			parameter('activationTrigger'),
			['immediately', 'onStartDate', 'never'],
			d.activationTrigger,
		),
		sendInvite: flag('Send Invite Email', parameter('sendInvite'), d.sendInvite),
		deprovisionWhen: someOf(
			'Deprovision When',
			parameter('deprovisionWhen'),
			EVENTS,
			d.deprovisionWhen,
		),
		deprovisionHow: oneOf(
			'Deprovision How',
			parameter('deprovisionHow'),
			['suspend', 'delete', 'suspendThenDelete', 'review'],
			d.deprovisionHow,
		),
		deleteAfterDays: number(
			'Days Until Deletion',
			parameter('deleteAfterDays'),
			[1, MOST_DAYS[1]],
			d.deleteAfterDays,
		),
		activationHour: number('Activation Hour', option('activationHour'), [0, 23], d.activationHour),
		activationMinute: number(
			'Activation Minute',
			option('activationMinute'),
			[0, 59],
			d.activationMinute,
		),
		fixedZone: zone('Time Zone', option('timezone'), d.fixedZone),
		inviteTo: oneOf(
			'Invite Goes To',
			option('inviteTo'),
			['personalThenWork', 'personal', 'work'],
			d.inviteTo,
		),
		createDaysBefore: number(
			'Create at Most So Many Days Before the Start',
			option('createDaysBefore'),
			MOST_DAYS,
			d.createDaysBefore,
		),
		rehire: oneOf('Rehires', option('rehire'), ['reactivate', 'review'], d.rehire),
		existingAccounts: oneOf(
			'Existing Accounts',
			option('existingAccounts'),
			['adopt', 'review'],
			d.existingAccounts,
		),
		actionsAllowed: someOf(
			'Actions Allowed',
			option('actionsAllowed'),
			WRITE_ACTIONS,
			d.actionsAllowed,
		),
		includeDemoPeople: flag(
			'Include Demo People',
			option('includeDemoPeople'),
			d.includeDemoPeople,
		),
		outOfScope: oneOf(
			'People Who Leave the Scope',
			option('outOfScope'),
			['leave', 'suspend'],
			d.outOfScope,
		),
		protectedAccounts: names('Protected Accounts', option('protectedAccounts')),
		protectedAttribute: textOrNull('Protected Attribute', option('protectedAttribute')),
		apiKeyOwner: textOrNull('API Key Owner', option('keyOwner'))?.toLowerCase() ?? null,
		limit: {
			count: number(
				'Deprovisioning Limit',
				parameter('deprovisioningLimit'),
				MOST_ACCOUNTS,
				d.limit.count,
			),
			percent: percent('Deprovisioning Limit in Percent', option('limitPercent')),
			holds,
		},
		emailLimit: {
			count: number('Email Change Limit', option('emailLimit'), MOST_ACCOUNTS, d.emailLimit.count),
			percent: percent('Email Change Limit in Percent', option('emailLimitPercent')),
			holds,
		},
		approvedPlans: names('Approved Plan', option('approvedPlan')),
		explain: flag('Explain', option('explain'), d.explain),
	};
}
