import type { IExecuteFunctions } from 'n8n-workflow';
import type { SyncRule } from '../core/subject';
import type { CustomMapping, MapperSettings } from '../core/mapping/desired';
import {
	USERNAME_LIMIT,
	USERNAME_LIMIT_WINDOWS,
	type UsernameStrategy,
} from '../core/mapping/username';
import { DEFAULT_PATTERN, type WorkEmailSettings } from '../core/mapping/workEmail';

interface Options {
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
	workEmailDomain?: string;
	workEmailPattern?: string;
}

/** The node's parameters for one item: expressions are worked out item by item. */
export function settingsOf(context: IExecuteFunctions, index: number): MapperSettings {
	const options = context.getNodeParameter('options', index, {}) as Options;
	return {
		fields: context.getNodeParameter('fields', index) as string[],
		rule: context.getNodeParameter('syncRule', index) as SyncRule,
		fieldRules: Object.fromEntries(
			(options.fieldRules?.rule ?? []).map(({ field, syncRule }) => [field, syncRule]),
		),
		clearEmpty: options.clearEmpty ?? false,
		customMappings: (options.customMappings?.mapping ?? []).map(
			({ target, attributeName, value, rule }) => ({
				slot: target === 'custom' ? `attributes.${(attributeName ?? '').trim()}` : target,
				value,
				rule,
			}),
		),
		username: {
			strategy: options.usernameStrategy ?? 'workEmail',
			typed: options.usernameExpression,
			limit: options.usernameForWindows ? USERNAME_LIMIT_WINDOWS : USERNAME_LIMIT,
		},
		workEmail: {
			missing: options.missingWorkEmail ?? 'review',
			pattern: options.workEmailPattern ?? DEFAULT_PATTERN,
			domain: options.workEmailDomain ?? '',
		},
	};
}
