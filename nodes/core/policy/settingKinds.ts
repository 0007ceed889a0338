import { howToName, typedNames } from '../account/typedNames';
import { ExplainedError } from '../errors';
import { cleanText } from '../text';
import { isZone, typedMoment } from '../time';

/** A setting nobody can act on. */
export class UnusableSetting extends ExplainedError {
	override readonly name = 'UnusableSetting';

	constructor(setting: string, todo: string) {
		super(`The setting ${setting} cannot be used, so nothing was decided.`, todo);
	}
}

export interface SettingChoice {
	name: string;
	value: string;
	description?: string;
}

/** How a setting is shown in n8n's panel: plain data, in the words of n8n's node properties. */
export interface Panel {
	type: 'options' | 'multiOptions' | 'boolean' | 'number' | 'string' | 'dateTime';
	default: string | number | boolean | readonly string[];
	description?: string;
	placeholder?: string;
	options?: readonly SettingChoice[];
	minValue?: number;
	maxValue?: number;
	/** Digits after the point. */
	precision?: number;
	/** Shown only with these values of other parameters. */
	showFor?: Readonly<Record<string, readonly string[]>>;
}

/** One setting: what people see, what it is when nothing is set, and how it is read. */
export interface Setting<T> {
	/** What people see. */
	label: string;
	/** Name of the parameter in the workflow. */
	parameter: string;
	/** `first`: seen at once; `options`: added by those who need it. */
	place: 'first' | 'options';
	/** When nothing is set. */
	default: T;
	panel: Panel;
	/** @throws UnusableSetting for a value that is none of the choices */
	read: (value: unknown) => T;
}

/** What differs from setting to setting of one kind. */
export interface Shape<T> {
	parameter: string;
	place?: Setting<T>['place'];
	default: T;
	/** What a new node shows. @default the same as `default` */
	shown?: Panel['default'];
	description?: string;
	placeholder?: string;
	showFor?: Panel['showFor'];
}

export const isUnset = (value: unknown): boolean =>
	value === undefined || value === null || value === '';

/** An expression can give anything, and a slip must not quietly mean "apply" or "delete". */
function setting<T>(
	label: string,
	shape: Shape<T>,
	panel: Omit<Panel, 'default'>,
	read: (value: unknown) => T | undefined,
	todo: string,
): Setting<T> {
	const { parameter, place = 'options', default: unset, shown, ...rest } = shape;
	return {
		...{ label, parameter, place, default: unset },
		panel: {
			...panel,
			...(rest.description ? { description: rest.description } : {}),
			...(rest.placeholder ? { placeholder: rest.placeholder } : {}),
			...(rest.showFor ? { showFor: rest.showFor } : {}),
			default: shown ?? (unset as Panel['default']),
		},
		read: (value) => {
			if (isUnset(value)) return unset;
			const usable = read(value);
			if (usable === undefined) throw new UnusableSetting(label, todo);
			return usable;
		},
	};
}

const valuesOf = (options: readonly SettingChoice[]): string[] => options.map(({ value }) => value);

/** One of a list. */
export function choice<T extends string>(
	label: string,
	options: ReadonlyArray<SettingChoice & { value: T }>,
	shape: Shape<T>,
): Setting<T> {
	const values = valuesOf(options);
	const read = (value: unknown) => (values.includes(value as T) ? (value as T) : undefined);
	const todo = `Choose one of: ${values.join(', ')}.`;
	return setting(label, shape, { type: 'options', options }, read, todo);
}

/** Some of a list. */
export function choices<T extends string>(
	label: string,
	options: ReadonlyArray<SettingChoice & { value: T }>,
	shape: Shape<readonly T[]>,
): Setting<readonly T[]> {
	const values = valuesOf(options);
	const read = (value: unknown) =>
		Array.isArray(value) && value.every((one) => values.includes(one as T))
			? (value as T[])
			: undefined;
	const todo = `Choose from: ${values.join(', ')}.`;
	return setting(label, shape, { type: 'multiOptions', options }, read, todo);
}

export const flag = (label: string, shape: Shape<boolean>): Setting<boolean> =>
	setting(
		label,
		shape,
		{ type: 'boolean' },
		(value) => (typeof value === 'boolean' ? value : undefined),
		'Switch it on or off (true or false).',
	);

interface Range {
	from: number;
	to: number;
	/** Digits after the point. @default 0 */
	precision?: number;
}

export function number<T extends number | null>(
	label: string,
	{ from, to, precision = 0 }: Range,
	shape: Shape<T>,
): Setting<number | T> {
	const read = (value: unknown) => {
		const given = typeof value === 'string' ? Number(value) : value;
		const fits = typeof given === 'number' && given >= from && given <= to;
		return fits && (precision > 0 || Number.isInteger(given)) ? given : undefined;
	};
	const panel = {
		type: 'number',
		minValue: from,
		...(precision > 0 ? { precision } : {}),
	} as const;
	const todo = `Give a ${precision > 0 ? 'number' : 'whole number'} from ${from} to ${to}.`;
	// A bound that nobody meets by typing is not worth a place in the panel.
	const bound = to <= 100 ? { maxValue: to } : {};
	return setting<number | T>(label, shape, { ...panel, ...bound }, read, todo);
}

/** An IANA time zone. */
export const zone = (label: string, shape: Shape<string>): Setting<string> =>
	setting(
		label,
		shape,
		{ type: 'string' },
		(value) => (typeof value === 'string' && isZone(value) ? value : undefined),
		'Give an IANA time zone, for example Europe/London.',
	);

/** A text, or null when there is none: a slip must not quietly protect nobody. */
export const optionalText = (label: string, shape: Omit<Shape<string | null>, 'default'>) =>
	setting<string | null>(
		label,
		{ ...shape, default: null, shown: '' },
		{ type: 'string' },
		(value) => (typeof value === 'string' ? cleanText(value) || null : undefined),
		'Give a text.',
	);

const isNameLike = (value: unknown): boolean =>
	typeof value === 'string' || typeof value === 'number';

/** Names in lower case, from a list or a text with commas, semicolons or white space between. */
export const names = (label: string, shape: Omit<Shape<ReadonlySet<string>>, 'default'>) =>
	setting<ReadonlySet<string>>(
		label,
		{ ...shape, default: new Set<string>(), shown: '' },
		{ type: 'string' },
		(value) => {
			const given: unknown[] = Array.isArray(value) ? value : [value];
			if (!given.every(isNameLike)) return undefined;
			const all = cleanText(given.join(' ')).toLowerCase();
			return new Set(all.split(/[,;\s]/).filter(Boolean));
		},
		'Give a text; several are separated by commas.',
	);

/** @throws UnusableSetting when an entry can name no account: it would quietly protect nobody */
function accountsNamed(label: string, value: unknown): ReadonlySet<string> | undefined {
	const typed = typedNames(value);
	if (typed && typed.wrong.length > 0) throw new UnusableSetting(label, howToName(typed.wrong));
	return typed?.names;
}

/** Accounts by ID, username or email, in lower case. */
export const accounts = (label: string, shape: Omit<Shape<ReadonlySet<string>>, 'default'>) =>
	setting<ReadonlySet<string>>(
		label,
		{ ...shape, default: new Set<string>(), shown: '' },
		{ type: 'string' },
		(value) => {
			const named = accountsNamed(label, value);
			return named && new Set([...named].map((name) => name.toLowerCase()));
		},
		'Give a text; several are separated by commas.',
	);

/** One account by ID, username or email, or null. */
export const optionalAccount = (label: string, shape: Omit<Shape<string | null>, 'default'>) =>
	setting<string | null>(
		label,
		{ ...shape, default: null, shown: '' },
		{ type: 'string' },
		(value) => {
			const named = typeof value === 'string' ? accountsNamed(label, value) : undefined;
			return named && (named.size > 1 ? undefined : ([...named][0] ?? null));
		},
		'Give the email or username of one account.',
	);

/** A moment as it was typed or picked; what it means depends on the time zone of the workflow. */
export const moment = (label: string, shape: Omit<Shape<unknown>, 'default'>) =>
	setting<unknown>(
		label,
		{ ...shape, default: null, shown: '' },
		{ type: 'dateTime' },
		(value) => (typedMoment(value, 'UTC') === null ? undefined : value),
		'Give a date and time, for example 2026-12-01T09:00:00.',
	);
