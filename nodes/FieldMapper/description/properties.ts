import type { INodeProperties } from 'n8n-workflow';
import { DEFAULT_FIELD_IDS, FIELDS } from '../../core/mapping/fields';
import { CUSTOM_TARGETS } from '../../core/mapping/targets';
import { DEFAULT_PATTERN, PATTERN_PARTS } from '../../core/mapping/workEmail';

const alphabetically = (a: { name: string }, b: { name: string }): number =>
	a.name < b.name ? -1 : a.name > b.name ? 1 : 0;

const FIELD_OPTIONS = FIELDS.map((field) => ({ name: field.label, value: field.id })).sort(
	alphabetically,
);

const RULE_CHOICES = [
	{
		name: 'Always Match Humaans',
		value: 'always',
		description: 'Whatever differs is put back to what Humaans says',
	},
	{
		name: 'Only Fill Empty',
		value: 'fillEmpty',
		description: 'Written when JumpCloud has nothing there',
	},
	{
		name: 'Only on Creation',
		value: 'onCreate',
		description: 'Written once, when the account is created',
	},
	{
		name: 'Only When Changed in Humaans',
		value: 'whenChanged',
		description: 'An edit in JumpCloud stays until Humaans changes that field',
	},
];

const CUSTOM_TARGET_OPTIONS = [
	{ name: 'Custom Attribute (Name Below)', value: 'custom' },
	...[...CUSTOM_TARGETS].map(([slot, { label }]) => ({ name: label, value: slot })),
].sort(alphabetically);

const CUSTOM_MAPPINGS: INodeProperties = {
	displayName: 'Custom Mappings',
	name: 'customMappings',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Mapping',
	default: {},
	description:
		'Any expression into any JumpCloud attribute. Where a ticked field has the same attribute, this ' +
		'one is used. Passwords cannot be mapped: JumpCloud controls them.',
	options: [
		{
			displayName: 'Mapping',
			name: 'mapping',
			values: [
				{
					displayName: 'JumpCloud Attribute',
					name: 'target',
					type: 'options',
					options: CUSTOM_TARGET_OPTIONS,
					default: 'custom',
				},
				{
					displayName: 'Custom Attribute Name',
					name: 'attributeName',
					type: 'string',
					default: '',
					placeholder: 'e.g. tshirtSize',
					description: 'Letters and digits only, under 32 characters',
					displayOptions: { show: { target: ['custom'] } },
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. {{ $json.person.customFields["T-shirt size"] }}',
					description:
						'Several values are joined by a comma. Custom fields are known when the Humaans node includes them.',
				},
				{
					displayName: 'Sync Rule',
					name: 'rule',
					type: 'options',
					options: [...RULE_CHOICES, { name: 'As Set Above', value: 'default' }],
					default: 'default',
				},
			],
		},
	],
};

const FIELD_RULES: INodeProperties = {
	displayName: 'Rules for Single Fields',
	name: 'fieldRules',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Rule',
	default: {},
	description: 'For fields that are ticked above and follow another rule than the others',
	options: [
		{
			displayName: 'Rule',
			name: 'rule',
			values: [
				{
					displayName: 'Field',
					name: 'field',
					type: 'options',
					options: FIELD_OPTIONS,
					default: 'department',
				},
				{
					displayName: 'Sync Rule',
					name: 'syncRule',
					type: 'options',
					options: RULE_CHOICES,
					default: 'whenChanged',
				},
			],
		},
	],
};

export const properties: INodeProperties[] = [
	{
		displayName: 'Fields to Sync',
		name: 'fields',
		type: 'multiOptions',
		options: FIELD_OPTIONS,
		default: [...DEFAULT_FIELD_IDS],
		description: 'What JumpCloud gets from Humaans',
	},
	{
		displayName: 'Sync Rule',
		name: 'syncRule',
		type: 'options',
		options: RULE_CHOICES,
		default: 'always',
		description: 'How changes in Humaans are reflected in JumpCloud profiles',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Clear Empty Values',
				name: 'clearEmpty',
				type: 'boolean',
				default: false,
				description:
					'Whether a value that is empty in Humaans empties the one in JumpCloud too; never names and the work email',
			},
			CUSTOM_MAPPINGS,
			{
				displayName: 'Missing Work Email',
				name: 'missingWorkEmail',
				type: 'options',
				options: [
					{
						name: 'Review: You Decide',
						value: 'review',
						description: 'No account is created; the policy says Needs Review',
					},
					{
						name: 'Make It From the Name',
						value: 'pattern',
						description: 'By the pattern and the domain set below, for new accounts only',
					},
				],
				default: 'review',
				description: 'What to do for people who have no work email in Humaans yet',
			},
			FIELD_RULES,
			{
				displayName: 'Username',
				name: 'usernameStrategy',
				type: 'options',
				options: [
					{ name: 'Expression', value: 'expression' },
					{ name: 'first.last', value: 'firstDotLast' },
					{ name: 'Initial and Last Name', value: 'initialLast' },
					{ name: 'Work Email', value: 'workEmail', description: 'What stands before the @' },
				],
				default: 'workEmail',
				description:
					'For new accounts only; an existing username never changes. A number follows when it is taken.',
			},
			{
				displayName: 'Username Expression',
				name: 'usernameExpression',
				type: 'string',
				default: '',
				placeholder: 'e.g. {{ $json.person.preferredName }}',
				description: 'Used when Username is set to Expression',
			},
			{
				displayName: 'Usernames for Windows',
				name: 'usernameForWindows',
				type: 'boolean',
				default: false,
				description: 'Whether usernames are kept to 20 characters, as Windows needs, instead of 30',
			},
			{
				displayName: 'Work Email Domain',
				name: 'workEmailDomain',
				type: 'string',
				default: '',
				placeholder: 'e.g. example.com',
				description: 'Used when Missing Work Email is set to Make It From the Name',
			},
			{
				displayName: 'Work Email Pattern',
				name: 'workEmailPattern',
				type: 'string',
				default: DEFAULT_PATTERN,
				description: `What stands before the @, with the parts ${PATTERN_PARTS.join(', ')}; {f} and {l} are initials`,
			},
		],
	},
];
