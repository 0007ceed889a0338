import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { ONE_MAIN } from '../shared/node/connections';
import { eachItem, subjectOf } from '../shared/node/eachItem';
import type { SyncRule } from '../shared/subject';
import { mapPerson, type CustomMapping, type MapperSettings } from './desired';
import { properties } from './description/properties';
import { USERNAME_LIMIT, USERNAME_LIMIT_WINDOWS, type UsernameStrategy } from './username';

interface Options {
	clearEmpty?: boolean;
	customMappings?: { mapping?: Array<{ target: string; attributeName?: string; value: unknown; rule: CustomMapping['rule'] }> };
	fieldRules?: { rule?: Array<{ field: string; syncRule: SyncRule }> };
	usernameStrategy?: UsernameStrategy;
	usernameExpression?: string;
	usernameForWindows?: boolean;
}

function settingsOf(context: IExecuteFunctions, index: number): MapperSettings {
	const options = context.getNodeParameter('options', index, {}) as Options;
	return {
		fields: context.getNodeParameter('fields', index) as string[],
		rule: context.getNodeParameter('syncRule', index) as SyncRule,
		fieldRules: Object.fromEntries((options.fieldRules?.rule ?? []).map(({ field, syncRule }) => [field, syncRule])),
		clearEmpty: options.clearEmpty ?? false,
		customMappings: (options.customMappings?.mapping ?? []).map(({ target, attributeName, value, rule }) => ({
			slot: target === 'custom' ? `attributes.${(attributeName ?? '').trim()}` : target,
			value,
			rule,
		})),
		username: {
			strategy: options.usernameStrategy ?? 'workEmail',
			typed: options.usernameExpression,
			limit: options.usernameForWindows ? USERNAME_LIMIT_WINDOWS : USERNAME_LIMIT,
		},
	};
}

export class FieldMapper implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Field Mapper',
		name: 'fieldMapper',
		icon: { light: 'file:../../icons/mapper.svg', dark: 'file:../../icons/mapper.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["fields"].length + " fields" }}',
		description: 'Says what a JumpCloud account should hold for a person in Humaans',
		defaults: { name: 'Field Mapper' },
		usableAsTool: true,
		inputs: ONE_MAIN,
		outputs: ONE_MAIN,
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = await eachItem(this, async (index, item) => {
			const subject = subjectOf(item);
			return subject.person ? { ...subject, desired: mapPerson(subject.person, settingsOf(this, index)) } : subject;
		});
		return [items];
	}
}
