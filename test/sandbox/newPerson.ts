import { humaansId } from './ids';
import type { Person } from './types';
import type { World } from './world';

const DEFAULT_DOMAIN = 'acme.example';

/** Letters of a name as they may stand in an address. */
export const plain = (name: string): string =>
	name
		.normalize('NFD')
		.replace(/[^A-Za-z0-9]/g, '')
		.toLowerCase();

const employeeNumber = (number: number): string => `S${String(number).padStart(5, '0')}`;

/**
 * A complete row of /people for somebody new; what the patch does not say is filled in. The status
 * is the caller's.
 */
export function newPerson(world: World, patch: Partial<Person>): Person {
	const at = world.now().toISOString();
	const taken = new Set(world.people.map((person) => person.employeeId));
	let number = world.people.length + 1;
	while (taken.has(employeeNumber(number))) number++;
	const firstName = patch.firstName ?? 'New';
	const lastName = patch.lastName ?? `Hire${number}`;
	const employmentStartDate = patch.employmentStartDate ?? world.today();
	const location = world.locations[0];
	const domain =
		world.people.find((person) => person.email)?.email?.split('@')[1] ?? DEFAULT_DOMAIN;
	const id = humaansId(world.random);
	return {
		id,
		companyId: world.people[0]?.companyId ?? 'company'.padEnd(24, '0'),
		firstName,
		middleName: null,
		lastName,
		preferredName: null,
		email: `${plain(firstName) || 'p'}.${plain(lastName) || String(number)}@${domain}`,
		personalEmail: `${plain(firstName) || 'p'}.${plain(lastName) || String(number)}@home.example`,
		locationId: location?.id ?? 'remote',
		remoteCity: null,
		remoteRegionCode: null,
		remoteCountryCode: null,
		remoteTimezone: null,
		phoneNumber: null,
		formattedPhoneNumber: null,
		personalPhoneNumber: null,
		formattedPersonalPhoneNumber: null,
		address: null,
		city: null,
		state: null,
		postcode: null,
		countryCode: null,
		country: null,
		employmentStartDate,
		firstWorkingDay: employmentStartDate,
		employmentEndDate: null,
		lastWorkingDay: null,
		probationEndDate: null,
		leavingReason: null,
		contractType: 'full-time',
		employeeId: employeeNumber(number),
		teams: [],
		workingDays: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => ({ day })),
		isVerified: true,
		role: 'user',
		source: null,
		sourceId: null,
		timezone: location?.timezone ?? 'Europe/London',
		demo: false,
		// As in the real rows: what the nodes must drop.
		taxId: `SECRET-TAX-${id}`,
		taxCode: 'SECRET-1257L',
		calendarFeedToken: `SECRET-FEED-${id}`,
		nationality: 'SECRET-NATIONALITY',
		birthday: '1990-01-01',
		gender: 'SECRET-GENDER',
		createdAt: at,
		updatedAt: at,
		...patch,
		status: patch.status ?? 'active',
	};
}
