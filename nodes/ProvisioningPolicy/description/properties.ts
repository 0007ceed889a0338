import type { INodeProperties } from 'n8n-workflow';
import type { Panel, Setting } from '../../core/policy/settingKinds';
import { SETTINGS } from '../../core/policy/settings';

const ROWS = Object.values(SETTINGS) as unknown as ReadonlyArray<Setting<unknown>>;

function typeOptions({ minValue, maxValue, precision }: Panel): INodeProperties['typeOptions'] {
	if (minValue === undefined) return undefined;
	return {
		minValue,
		...(maxValue === undefined ? {} : { maxValue }),
		...(precision === undefined ? {} : { numberPrecision: precision }),
	};
}

/** A row of the table of settings as n8n's panel takes it. */
function propertyOf({ label, parameter, panel }: Setting<unknown>): INodeProperties {
	const { type, default: shown, description, placeholder, options, showFor } = panel;
	const limits = typeOptions(panel);
	return {
		...{ displayName: label, name: parameter, type },
		default: (Array.isArray(shown) ? [...shown] : shown) as INodeProperties['default'],
		...(limits ? { typeOptions: limits } : {}),
		...(options ? { options: options.map((option) => ({ ...option })) } : {}),
		...(description ? { description } : {}),
		...(placeholder ? { placeholder } : {}),
		...(showFor ? { displayOptions: { show: copyOf(showFor) } } : {}),
	};
}

const copyOf = (showFor: NonNullable<Panel['showFor']>): Record<string, string[]> =>
	Object.fromEntries(Object.entries(showFor).map(([name, values]) => [name, [...values]]));

const placed = (place: Setting<unknown>['place']): INodeProperties[] =>
	ROWS.filter((row) => row.place === place).map(propertyOf);

export const properties: INodeProperties[] = [
	...placed('first'),
	{
		displayName: 'Only Some People',
		name: 'limitScope',
		type: 'boolean',
		default: false,
		description:
			'Whether only people who meet conditions are provisioned; linked accounts of leavers are ' +
			'always looked after',
	},
	{
		displayName: 'People in Scope',
		name: 'peopleInScope',
		type: 'filter',
		default: {},
		typeOptions: { filter: { version: 2, caseSensitive: false, typeValidation: 'loose' } },
		displayOptions: { show: { limitScope: [true] } },
		description:
			'Conditions on any field of the person, dates too. A person whose field was not read goes ' +
			'to Needs Review.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: placed('options'),
	},
];
