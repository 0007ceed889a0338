import type { IExecuteFunctions } from 'n8n-workflow';
import { SYNC_RULES } from '../core/account/syncRules';
import type { SyncRule } from '../core/subject';
import { cleanText } from '../core/text';
import type { CustomMapping, MapperSettings } from '../core/mapping/desired';
import {
	USERNAME_LIMIT,
	USERNAME_LIMIT_WINDOWS,
	type UsernameStrategy,
} from '../core/mapping/username';
import { DEFAULT_PATTERN, type WorkEmailSettings } from '../core/mapping/workEmail';

interface MapperOptions {
	clearEmpty?: boolean;
	customMappings?: {
		mapping?: Array<{
			target: string;
			attributeName?: string;
			value: unknown;
			rule: CustomMapping['rule'];
		}>;
	};
	fieldRules?: { rule?: Array<{ field: string; syncRule: SyncRule }> };
	missingWorkEmail?: WorkEmailSettings['missing'];
	usernameStrategy?: UsernameStrategy;
	usernameExpression?: unknown;
	usernameForWindows?: boolean;
	workEmailDomain?: unknown;
	workEmailPattern?: unknown;
}

type TypedMapping = NonNullable<NonNullable<MapperOptions['customMappings']>['mapping']>[number];

/** Expressions for one value each: what cannot be worked out for one person costs that value alone. */
interface Failed {
	mappings: ReadonlySet<TypedMapping>;
	username: boolean;
}
const NOTHING_FAILED: Failed = { mappings: new Set(), username: false };

/** The options of one item, each value read by itself. @throws for any other option that fails */
function readOneByOne(
	context: IExecuteFunctions,
	index: number,
): { options: MapperOptions; failed: Failed } {
	const raw = context.getNodeParameter(
		'options',
		index,
		{},
		{ rawExpressions: true },
	) as MapperOptions;
	const read = (path: string): unknown => context.getNodeParameter(`options.${path}`, index);
	const readAll = (from: object, apart: string[], path = ''): object => {
		const names = Object.keys(from).filter((name) => !apart.includes(name));
		return Object.fromEntries(names.map((name) => [name, read(`${path}${name}`)]));
	};
	const tryRead = (path: string): { value: unknown } | null => {
		try {
			return { value: read(path) };
		} catch {
			return null;
		}
	};
	const failed = new Set<TypedMapping>();
	const mapping = (raw.customMappings?.mapping ?? []).map((row, place) => {
		const path = `customMappings.mapping[${place}].`;
		const result = tryRead(`${path}value`);
		const one = { ...readAll(row, ['value'], path), value: result?.value } as TypedMapping;
		if (result === null) failed.add(one);
		return one;
	});
	const { usernameExpression } = raw;
	const username =
		usernameExpression === undefined ? { value: undefined } : tryRead('usernameExpression');
	return {
		options: {
			...readAll(raw, ['customMappings', 'usernameExpression']),
			customMappings: { mapping },
			usernameExpression: username?.value,
		},
		failed: { mappings: failed, username: username === null },
	};
}

function optionsOf(context: IExecuteFunctions, index: number) {
	try {
		const options = context.getNodeParameter('options', index, {}) as MapperOptions;
		return { options, failed: NOTHING_FAILED };
	} catch {
		return readOneByOne(context, index);
	}
}

/** @throws for what is none: a value must never be written by a rule that nobody chose */
function ruleFrom(value: unknown): SyncRule {
	if (SYNC_RULES.includes(value as SyncRule)) return value as SyncRule;
	throw new Error('There is no such sync rule.');
}

const nameFrom = (value: unknown): string => cleanText(String(value ?? ''));

/** @throws for what is no list of texts */
function fieldsFrom(value: unknown): string[] {
	if (Array.isArray(value) && value.every((id) => typeof id === 'string')) return value;
	throw new Error('The fields are no list.');
}

/** The node's parameters for one item: expressions are worked out item by item. */
export function settingsOf(context: IExecuteFunctions, index: number): MapperSettings {
	const { options, failed } = optionsOf(context, index);
	const { fieldRules, customMappings } = options;
	return {
		fields: fieldsFrom(context.getNodeParameter('fields', index)),
		rule: ruleFrom(context.getNodeParameter('syncRule', index)),
		fieldRules: Object.fromEntries(
			(fieldRules?.rule ?? []).map(({ field, syncRule }) => [field, ruleFrom(syncRule)]),
		),
		// A text such as "false" must not empty anything.
		clearEmpty: options.clearEmpty === true,
		customMappings: (customMappings?.mapping ?? []).map((row): CustomMapping => {
			const { target, attributeName, value, rule } = row;
			const slot = target === 'custom' ? `attributes.${nameFrom(attributeName)}` : String(target);
			const known = (rule ?? 'default') === 'default' ? 'default' : ruleFrom(rule);
			return { slot, value, rule: known, ...(failed.mappings.has(row) ? { failed: true } : {}) };
		}),
		username: {
			strategy: options.usernameStrategy ?? 'workEmail',
			typed: options.usernameExpression,
			failed: failed.username,
			limit: options.usernameForWindows ? USERNAME_LIMIT_WINDOWS : USERNAME_LIMIT,
		},
		workEmail: {
			missing: options.missingWorkEmail ?? 'review',
			pattern: String(options.workEmailPattern ?? DEFAULT_PATTERN),
			domain: String(options.workEmailDomain ?? ''),
		},
	};
}
