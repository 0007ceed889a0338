import { LONGEST_TEXT, attributeOf, labelOf } from '../account/attributes';
import { isNeverEmptied } from '../account/slots';
import { domainOf, isEmail, isOfPublicProvider } from '../email';
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
	/**
	 * A sentence when the value cannot be used; it is not sent then.
	 * @param workDomain where work emails are made from a pattern; absent where none are
	 */
	check?: (value: SourceValue, person: Person, workDomain?: string) => string | null;
	/** A sentence about a part of the value that is left out; the rest is sent. */
	remark?: (person: Person) => string | null;
}

type Text = (person: Person) => SourceValue;

const text =
	(key: keyof Person): Text =>
	(person) =>
		oneLine(person[key]);

/** What a row says beyond its place and its source. */
interface Row extends Partial<Pick<SyncField, 'check' | 'remark' | 'needs'>> {
	/** Where the value comes from, in words. */
	from: string;
	read: Text;
	/** What is done to it, in words. @default one line */
	how?: string;
	/** Of a custom attribute; any other is called as ATTRIBUTES says. */
	label?: string;
}

function field(id: string, slot: string, ticked: boolean, row: Row): SyncField {
	const { from, how = 'one line', label = labelOf(slot), read, ...rest } = row;
	const limit = attributeOf(slot)?.limit ?? LONGEST_TEXT;
	const place = { id, label, slot, limit, clearable: !isNeverEmptied(slot) };
	return { ...place, source: from, normalisation: how, default: ticked, read, ...rest };
}

const ticked = (id: string, slot: string, row: Row): SyncField => field(id, slot, true, row);
const offered = (id: string, slot: string, row: Row): SyncField => field(id, slot, false, row);

const role = (key: 'jobTitle' | 'department'): Row => ({
	...{ from: `job role in force: ${key}`, needs: 'jobRoles', read: text(key) },
});

function custom(...names: string[]): Row {
	const from = `custom field ${names.map((name) => `"${name}"`).join(' or ')}`;
	const how = 'one line; several values joined by ", "';
	return { from, how, needs: 'customFields', read: (person) => customField(person, ...names) };
}

const ADDRESS = 'a valid address; upper and lower case count as equal';

const workEmail: Row = {
	...{ from: 'email', how: ADDRESS, read: text('email') },
	check: (value) =>
		typeof value !== 'string' || isEmail(value)
			? null
			: 'The work email in Humaans is not a valid email address.',
};

/**
 * An address that is somebody's work email, or can become one because it is of the company's own
 * domain, would keep that person out of JumpCloud.
 */
const personalEmail: Row = {
	...{
		from: 'personalEmail',
		how: `${ADDRESS}; never one of the company’s own domain, or somebody’s work email`,
	},
	read: text('personalEmail'),
	check: (value, person, workDomain) => {
		if (typeof value !== 'string') return null;
		if (!isEmail(value)) return 'The personal email in Humaans is not a valid email address.';
		const [colleague] = person.personalEmailIsWorkEmailOf ?? [];
		if (colleague !== undefined)
			return `The personal email in Humaans is the work email of ${colleague}, so it is left off.`;
		const work = oneLine(person.email);
		const own = typeof work === 'string' ? domainOf(work) : workDomain && `@${workDomain}`;
		const isOwn = own === domainOf(value) && !isOfPublicProvider(value);
		if (!isOwn && !person.personalEmailIsOfCompany) return null;
		return (
			'The personal email in Humaans is of the company’s own domain, where it can be somebody’s ' +
			'work email, so it is left off.'
		);
	},
};

const WORK_PHONE = 'phoneNumber, or formattedPhoneNumber when that is all the token reads';
const PHONE = 'personalPhoneNumber, or formattedPersonalPhoneNumber';
const HOME = 'address, city, state, postcode, countryCode or country';
const HOME_PARTS =
	'street, locality, region and postal code, one line each; the country as ISO 3166-1 code; the ' +
	'entry of type home, as a whole';

const manager: Row = {
	from: 'job role in force: reportingTo',
	how: 'the JumpCloud id of the account that is linked to the manager',
	needs: 'jobRoles',
	read: ({ manager: boss }) => (boss === undefined ? undefined : oneLine(boss?.id ?? null)),
	check: (value, { id }) =>
		value === id ? 'Humaans names this person as their own manager.' : null,
};
const place: Row = {
	from: 'location.name',
	needs: 'locations',
	read: ({ location }) => (location === undefined ? undefined : oneLine(location?.name ?? null)),
};
const workPhone: Row = {
	...{ from: WORK_PHONE, how: 'one line; the entry of type work' },
	read: (person) => phone(person.phoneNumber, person.formattedPhoneNumber),
};
const personalPhone: Row = {
	...{ from: PHONE, how: 'one line; the entry of type mobile' },
	read: (person) => phone(person.personalPhoneNumber, person.formattedPersonalPhoneNumber),
};
const home: Row = { from: HOME, how: HOME_PARTS, read: fullAddress, remark: countryProblem };
const plainField = (key: keyof Person): Row => ({ from: key, read: text(key) });
const day = (key: keyof Person, label: string): Row => ({
	...{ from: key, how: 'as it is: YYYY-MM-DD', label, read: text(key) },
});

/**
 * The one table of fields: what can be ticked in Field Mapper, and where it goes. The panel, the
 * mapping, the documents and the tests read it; a new field is a new row.
 */
export const FIELDS: readonly SyncField[] = [
	ticked('firstName', 'firstname', plainField('firstName')),
	ticked('lastName', 'lastname', plainField('lastName')),
	ticked('workEmail', 'email', workEmail),
	ticked('personalEmail', 'alternateEmail', personalEmail),
	ticked('jobTitle', 'jobTitle', role('jobTitle')),
	ticked('department', 'department', role('department')),
	ticked('employeeId', 'employeeIdentifier', plainField('employeeId')),
	ticked('phoneNumber', 'phoneNumbers.work', workPhone),
	ticked('personalPhoneNumber', 'phoneNumbers.mobile', personalPhone),
	ticked('fullAddress', 'addresses.home', home),
	offered('companyName', 'company', custom('Company')),
	offered('costCentre', 'costCenter', custom('Cost centre', 'Cost center')),
	offered('displayName', 'displayname', plainField('preferredName')),
	offered('employeeType', 'employeeType', plainField('contractType')),
	offered('location', 'location', place),
	offered('manager', 'manager', manager),
	offered('middleName', 'middlename', plainField('middleName')),
	offered('startDate', 'attributes.startDate', day('employmentStartDate', 'Start Date')),
];

export const DEFAULT_FIELD_IDS: readonly string[] = FIELDS.filter((field) => field.default).map(
	(field) => field.id,
);
const BY_ID = new Map(FIELDS.map((field) => [field.id, field]));
export const fieldById = (id: string): SyncField | undefined => BY_ID.get(id);
