import type { INodeProperties } from 'n8n-workflow';
import { withTypedValues } from './operations';

const typedTextField = (
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
const TYPED_FIELDS: INodeProperties[] = [
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
			typedTextField('Street Address', 'streetAddress'),
			typedTextField('City', 'locality'),
			typedTextField('Region', 'region'),
			typedTextField('Postal Code', 'postalCode'),
			typedTextField('Country', 'country'),
		],
		'One of each type; other addresses of the account stay as they are',
	),
	typedTextField('Company', 'company'),
	typedTextField('Cost Center', 'costCenter'),
	list(
		'Custom Attributes',
		'attributes',
		[
			typedTextField('Name', 'name', {
				placeholder: 'e.g. badge',
				description: 'Letters and digits only',
			}),
			typedTextField('Value', 'value'),
		],
		'The others stay as they are; the attributes of this package cannot be typed in',
	),
	typedTextField('Department', 'department'),
	typedTextField('Description', 'description'),
	typedTextField('Display Name', 'displayname'),
	typedTextField('Employee ID', 'employeeIdentifier'),
	typedTextField('Employee Type', 'employeeType'),
	typedTextField('First Name', 'firstname'),
	typedTextField('Job Title', 'jobTitle'),
	typedTextField('Last Name', 'lastname'),
	typedTextField('Location', 'location'),
	typedTextField('Manager ID', 'manager', {
		placeholder: 'e.g. 5f1b2c3d4e5f6a7b8c9d0e1f',
		description: 'JumpCloud ID of the manager’s account',
	}),
	typedTextField('Middle Name', 'middlename'),
	typedTextField('Personal Email', 'alternateEmail', {
		placeholder: 'name@email.com',
		description: 'JumpCloud takes an address only once in all organizations',
	}),
	list(
		'Phone Numbers',
		'phoneNumbers',
		[
			{ displayName: 'Type', name: 'type', type: 'options', options: PHONE_TYPES, default: 'work' },
			typedTextField('Number', 'number'),
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
		description: 'The work email',
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
		options: TYPED_FIELDS,
	},
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: withTypedValues('update'),
		description: 'A field that you add and leave empty loses its value',
		options: [
			...TYPED_FIELDS,
			typedTextField('Work Email', 'email', { placeholder: 'name@email.com' }),
		],
	},
];
