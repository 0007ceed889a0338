import { isEmail } from '../email';
import type { Person } from '../subject';
import {
	countryProblem,
	customField,
	fullAddress,
	oneLine,
	phone,
	type SourceValue,
} from './sources';

/** What the Humaans node must include for a field to be known. */
export type Needs = 'jobRoles' | 'locations' | 'customFields';

export interface SyncField {
	/** Stable id: the value stored in a workflow. */
	id: string;
	/** What the admin ticks. */
	label: string;
	/** Where the value comes from, in words for the docs. */
	source: string;
	/**
	 * Slot in JumpCloud: an attribute, `phoneNumbers.<type>`, `addresses.<type>` or
	 * `attributes.<name>`.
	 */
	slot: string;
	/** What is done to the value on its way, in words for the docs. */
	normalisation: string;
	/** Ticked in a new node. */
	default: boolean;
	/**
	 * Longest value JumpCloud takes, in characters (jumpcloud-v1 swagger; employeeIdentifier 256); of
	 * an address, its longest part.
	 */
	limit: number;
	/** False: an empty value in Humaans never empties JumpCloud, whatever the settings. */
	clearable: boolean;
	/** Unknown without this in the Humaans node's Include. */
	needs?: Needs;
	read: (person: Person) => SourceValue;
	/** A sentence when the value cannot be used; it is not sent then. */
	check?: (value: SourceValue, person: Person) => string | null;
	/** A sentence about a part of the value that is left out; the rest is sent. */
	remark?: (person: Person) => string | null;
}

const LONG = 1024;
const LINE = 'one line';
const AS_IS = 'as it is';

const emailCheck = (what: string) => (value: SourceValue) =>
	typeof value !== 'string' || isEmail(value)
		? null
		: `The ${what} in Humaans is not a valid e-mail address.`;
const ownManager = (value: SourceValue, person: Person) =>
	value === person.id ? 'Humaans names this person as their own manager.' : null;

/**
 * The one table of fields: what can be ticked in Field Mapper, where it goes, what is done to it,
 * how long it may be and whether it may be cleared. The UI, the mapping, the docs and the tests
 * read it; a new field is a new row.
 */
export const FIELDS: readonly SyncField[] = [
	{
		id: 'firstName',
		label: 'First Name',
		source: 'firstName',
		slot: 'firstname',
		normalisation: LINE,
		default: true,
		limit: LONG,
		clearable: false,
		read: (p) => oneLine(p.firstName),
	},
	{
		id: 'lastName',
		label: 'Last Name',
		source: 'lastName',
		slot: 'lastname',
		normalisation: LINE,
		default: true,
		limit: LONG,
		clearable: false,
		read: (p) => oneLine(p.lastName),
	},
	{
		id: 'workEmail',
		label: 'Work Email',
		source: 'email',
		slot: 'email',
		normalisation: 'a valid address; upper and lower case count as equal',
		default: true,
		limit: LONG,
		clearable: false,
		read: (p) => oneLine(p.email),
		check: emailCheck('work e-mail'),
	},
	{
		id: 'personalEmail',
		label: 'Personal Email',
		source: 'personalEmail',
		slot: 'alternateEmail',
		normalisation: 'a valid address; upper and lower case count as equal',
		default: true,
		limit: LONG,
		clearable: true,
		read: (p) => oneLine(p.personalEmail),
		check: emailCheck('personal e-mail'),
	},
	{
		id: 'jobTitle',
		label: 'Job Title',
		source: 'job role in force: jobTitle',
		slot: 'jobTitle',
		normalisation: LINE,
		default: true,
		limit: LONG,
		clearable: true,
		needs: 'jobRoles',
		read: (p) => oneLine(p.jobTitle),
	},
	{
		id: 'department',
		label: 'Department',
		source: 'job role in force: department',
		slot: 'department',
		normalisation: LINE,
		default: true,
		limit: LONG,
		clearable: true,
		needs: 'jobRoles',
		read: (p) => oneLine(p.department),
	},
	{
		id: 'employeeId',
		label: 'Employee ID',
		source: 'employeeId',
		slot: 'employeeIdentifier',
		normalisation: LINE,
		default: true,
		limit: 256,
		clearable: true,
		read: (p) => oneLine(p.employeeId),
	},
	{
		id: 'phoneNumber',
		label: 'Phone Number',
		source: 'phoneNumber, or formattedPhoneNumber when that is all the token reads',
		slot: 'phoneNumbers.work',
		normalisation: 'one line; the entry of type work',
		default: true,
		limit: LONG,
		clearable: true,
		read: (p) => phone(p.phoneNumber, p.formattedPhoneNumber),
	},
	{
		id: 'personalPhoneNumber',
		label: 'Personal Phone Number',
		source: 'personalPhoneNumber, or formattedPersonalPhoneNumber',
		slot: 'phoneNumbers.mobile',
		normalisation: 'one line; the entry of type mobile',
		default: true,
		limit: LONG,
		clearable: true,
		read: (p) => phone(p.personalPhoneNumber, p.formattedPersonalPhoneNumber),
	},
	{
		id: 'fullAddress',
		label: 'Full Address',
		source: 'address, city, state, postcode, countryCode or country',
		slot: 'addresses.home',
		normalisation:
			'street, locality, region and postal code, one line each; the country as ISO 3166-1 ' +
			'code; the entry of type home, as a whole',
		default: true,
		limit: LONG,
		clearable: true,
		read: fullAddress,
		remark: countryProblem,
	},
	{
		id: 'companyName',
		label: 'Company',
		source: 'custom field "Company"',
		slot: 'company',
		normalisation: 'one line; several values joined by ", "',
		default: false,
		limit: LONG,
		clearable: true,
		needs: 'customFields',
		read: (p) => customField(p, 'Company'),
	},
	{
		id: 'costCentre',
		label: 'Cost Centre',
		source: 'custom field "Cost centre" or "Cost center"',
		slot: 'costCenter',
		normalisation: 'one line; several values joined by ", "',
		default: false,
		limit: LONG,
		clearable: true,
		needs: 'customFields',
		read: (p) => customField(p, 'Cost centre', 'Cost center'),
	},
	{
		id: 'displayName',
		label: 'Display Name',
		source: 'preferredName',
		slot: 'displayname',
		normalisation: LINE,
		default: false,
		limit: LONG,
		clearable: true,
		read: (p) => oneLine(p.preferredName),
	},
	{
		id: 'employeeType',
		label: 'Employee Type',
		source: 'contractType',
		slot: 'employeeType',
		normalisation: LINE,
		default: false,
		limit: LONG,
		clearable: true,
		read: (p) => oneLine(p.contractType),
	},
	{
		id: 'location',
		label: 'Location',
		source: 'location.name',
		slot: 'location',
		normalisation: LINE,
		default: false,
		limit: LONG,
		clearable: true,
		needs: 'locations',
		read: (p) => (p.location === undefined ? undefined : oneLine(p.location?.name ?? null)),
	},
	{
		id: 'manager',
		label: 'Manager',
		source: 'job role in force: reportingTo',
		slot: 'manager',
		normalisation: 'the JumpCloud id of the account that is linked to the manager',
		default: false,
		limit: LONG,
		clearable: true,
		needs: 'jobRoles',
		read: (p) => (p.manager === undefined ? undefined : oneLine(p.manager?.id ?? null)),
		check: ownManager,
	},
	{
		id: 'middleName',
		label: 'Middle Name',
		source: 'middleName',
		slot: 'middlename',
		normalisation: LINE,
		default: false,
		limit: LONG,
		clearable: true,
		read: (p) => oneLine(p.middleName),
	},
	{
		id: 'startDate',
		label: 'Start Date',
		source: 'employmentStartDate',
		slot: 'attributes.startDate',
		normalisation: `${AS_IS}: YYYY-MM-DD`,
		default: false,
		limit: LONG,
		clearable: true,
		read: (p) => oneLine(p.employmentStartDate),
	},
];

export const DEFAULT_FIELD_IDS: readonly string[] = FIELDS.filter((field) => field.default).map(
	(field) => field.id,
);
const BY_ID = new Map(FIELDS.map((field) => [field.id, field]));
export const fieldById = (id: string): SyncField | undefined => BY_ID.get(id);
