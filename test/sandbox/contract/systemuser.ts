import type { FieldSpec } from './schema';

/**
 * Fields of an account in requests: what POST and PUT /systemusers take. Facts: shared notes
 * "systemusers schema".
 */
const text: FieldSpec = { type: 'string', maxLength: 1024 };
const plainText: FieldSpec = { type: 'string' };
const flag: FieldSpec = { type: 'boolean' };
const positive: FieldSpec = { type: 'integer', minimum: 1 };

/** `id` comes back in answers and must not be sent. */
const phoneNumbers: FieldSpec = {
	type: 'array',
	items: { type: 'object', fields: { type: text, number: text } },
};

const addresses: FieldSpec = {
	type: 'array',
	items: {
		type: 'object',
		fields: {
			type: text,
			poBox: text,
			extendedAddress: text,
			streetAddress: text,
			locality: text,
			region: text,
			postalCode: text,
			country: text,
		},
	},
};

/**
 * Names shorter than 32 characters. JumpCloud itself refuses other characters than letters and
 * digits, in words of its own: an account that holds such a name may be sent back as it is.
 */
const attributes: FieldSpec = {
	type: 'array',
	items: {
		type: 'object',
		required: ['name', 'value'],
		fields: { name: { type: 'string', pattern: /^[\s\S]{1,31}$/ }, value: text },
	},
};

export const RESTRICTABLE_FIELDS = [
	'addresses',
	'company',
	'costCenter',
	'department',
	'description',
	'displayname',
	'email',
	'employeeIdentifier',
	'employeeType',
	'firstname',
	'jobTitle',
	'lastname',
	'location',
	'middlename',
	'password',
	'phoneNumbers',
	'sudo',
	'username',
] as const;

const restrictedFields: FieldSpec = {
	type: 'array',
	items: {
		type: 'object',
		fields: {
			field: { type: 'string', maxLength: 32, enum: RESTRICTABLE_FIELDS },
			id: { type: 'string', maxLength: 24 },
			type: {
				type: 'string',
				maxLength: 128,
				enum: ['active_directory', 'federated_identity_provider', 'scim'],
			},
		},
	},
};

/** In both POST and PUT. */
const shared: Record<string, FieldSpec> = {
	username: text,
	email: text,
	firstname: text,
	middlename: text,
	lastname: text,
	displayname: text,
	alternateEmail: plainText,
	jobTitle: text,
	department: text,
	company: text,
	costCenter: text,
	employeeType: text,
	location: text,
	description: text,
	employeeIdentifier: { type: 'string', maxLength: 256 },
	managedAppleId: text,
	manager: { type: 'string', nullable: true },
	phoneNumbers,
	addresses,
	attributes,
	relationships: {
		type: 'array',
		items: { type: 'object', fields: { type: plainText, value: plainText } },
	},
	password: plainText,
	suspended: flag,
	account_locked: flag,
	password_never_expires: flag,
	allow_public_key: flag,
	enable_managed_uid: flag,
	enable_user_portal_multifactor: flag,
	ldap_binding_user: flag,
	samba_service_user: flag,
	sudo: flag,
	disableDeviceMaxLoginAttempts: flag,
	externally_managed: flag,
	unix_uid: positive,
	unix_guid: positive,
	external_dn: plainText,
	external_source_type: plainText,
	external_password_expiration_date: plainText,
	public_key: plainText,
	restrictedFields,
	delegatedAuthority: {
		type: 'object',
		nullable: true,
		fields: { id: plainText, name: { type: 'string', enum: ['ActiveDirectory'] } },
	},
	mfa: {
		type: 'object',
		fields: {
			configured: flag,
			exclusion: flag,
			exclusionDays: positive,
			exclusionUntil: plainText,
		},
	},
};

export const SYSTEMUSER_POST: FieldSpec = {
	type: 'object',
	required: ['email', 'username'],
	fields: {
		...shared,
		state: { type: 'string', enum: ['STAGED', 'ACTIVATED', 'SUSPENDED'] },
		activated: flag,
		passwordless_sudo: flag,
		recoveryEmail: { type: 'object', fields: { address: plainText } },
	},
};

export const SYSTEMUSER_PUT: FieldSpec = {
	type: 'object',
	fields: {
		...shared,
		state: { type: 'string', enum: ['ACTIVATED', 'SUSPENDED'] },
		ssh_keys: {
			type: 'array',
			items: {
				type: 'object',
				required: ['name', 'public_key'],
				fields: { name: plainText, public_key: plainText },
			},
		},
	},
};

/**
 * Official clients send these in a PUT although its schema lacks them; taken with the switch
 * putAcceptsUnlistedFields, as on live tenants.
 */
export const UNLISTED_PUT_FIELDS: Readonly<Record<string, FieldSpec>> = {
	recoveryEmail: { type: 'object', fields: { address: plainText } },
	passwordless_sudo: flag,
};

/** Ordinary strings of an account that a PUT may empty. */
export const STRING_FIELDS = Object.keys(shared).filter(
	(name) => shared[name]?.type === 'string' && name !== 'manager' && name !== 'password',
);
