import type { INodeProperties } from 'n8n-workflow';
import { withTypedValues } from './operations';

const text = (
	displayName: string,
	name: string,
	extra: Partial<INodeProperties> = {},
): INodeProperties => ({ displayName, name, type: 'string', default: '', ...extra });

const PHONE_TYPES = [
	{ name: 'Home', value: 'home' },
	{ name: 'Mobile', value: 'mobile' },
	{ name: 'Work', value: 'work' },
	{ name: 'Work Fax', value: 'work_fax' },
	{ name: 'Work Mobile', value: 'work_mobile' },
];
const ADDRESS_TYPES = [
	{ name: 'Home', value: 'home' },
	{ name: 'Work', value: 'work' },
];

const list = (
	displayName: string,
	name: string,
	values: INodeProperties[],
	description: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	description,
	options: [{ displayName: 'Entry', name: 'entry', values }],
});

/** Fields that can be typed in, in the order of their labels. */
const FIELDS: INodeProperties[] = [
	list(
		'Addresses',
		'addresses',
		[
			{
				displayName: 'Type',
				name: 'type',
				type: 'options',
				options: ADDRESS_TYPES,
				default: 'work',
			},
			text('Street Address', 'streetAddress'),
			text('City', 'locality'),
			text('Region', 'region'),
			text('Postal Code', 'postalCode'),
			text('Country', 'country'),
		],
		'One of each type; other addresses of the account stay as they are',
	),
	text('Company', 'company'),
	text('Cost Center', 'costCenter'),
	list(
		'Custom Attributes',
		'attributes',
		[
			text('Name', 'name', { placeholder: 'e.g. badge', description: 'Letters and digits only' }),
			text('Value', 'value'),
		],
		'The others stay as they are; the attributes of this package cannot be typed in',
	),
	text('Department', 'department'),
	text('Description', 'description'),
	text('Display Name', 'displayname'),
	text('Employee ID', 'employeeIdentifier'),
	text('Employee Type', 'employeeType'),
	text('First Name', 'firstname'),
	text('Job Title', 'jobTitle'),
	text('Last Name', 'lastname'),
	text('Location', 'location'),
	text('Manager ID', 'manager', {
		placeholder: 'e.g. 5f1b2c3d4e5f6a7b8c9d0e1f',
		description: 'JumpCloud ID of the manager’s account',
	}),
	text('Middle Name', 'middlename'),
	text('Personal Email', 'alternateEmail', {
		placeholder: 'name@email.com',
		description: 'JumpCloud takes an address only once in all organisations',
	}),
	list(
		'Phone Numbers',
		'phoneNumbers',
		[
			{ displayName: 'Type', name: 'type', type: 'options', options: PHONE_TYPES, default: 'work' },
			text('Number', 'number'),
		],
		'One of each type; other numbers of the account stay as they are',
	),
];

export const fields: INodeProperties[] = [
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		placeholder: 'name@email.com',
		default: '',
		required: true,
		displayOptions: withTypedValues('create'),
		description: 'The work e-mail',
	},
	{
		displayName: 'Username',
		name: 'username',
		type: 'string',
		placeholder: 'e.g. ada.lovelace',
		default: '',
		required: true,
		displayOptions: withTypedValues('create'),
		description: 'Starts with a letter; letters, digits, ".", "-" and "_"; at most 30 characters',
	},
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: withTypedValues('create'),
		options: FIELDS,
	},
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: withTypedValues('update'),
		description: 'A field that is added and left empty is emptied',
		options: [...FIELDS, text('Work Email', 'email', { placeholder: 'name@email.com' })],
	},
];
