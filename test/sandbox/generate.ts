import { accountDefaults } from './jumpcloud/account';
import { humaansId, objectId, pick, seededRandom, type Random } from './ids';
import type { Account, Company, JobRole, Person, Row } from './types';

const FIRST = [
	'Ada',
	'Bea',
	'Carl',
	'Dina',
	'Emre',
	'Fay',
	'Gus',
	'Hana',
	'Ivo',
	'Jun',
	'Kai',
	'Lena',
	'Milo',
	'Nora',
	'Otto',
	'Pia',
	'Quim',
	'Rosa',
];
const LAST = [
	'Abel',
	'Berg',
	'Costa',
	'Dahl',
	'Evans',
	'Fuchs',
	'Garcia',
	'Holm',
	'Ito',
	'Jansen',
	'Klein',
	'Lopez',
	'Moreau',
	'Novak',
	'Okafor',
];
const TEAMS: ReadonlyArray<readonly [string, readonly string[]]> = [
	['Engineering', ['Software Engineer', 'Site Reliability Engineer', 'Engineering Manager']],
	['Sales', ['Account Executive', 'Sales Manager']],
	['People', ['People Partner', 'Recruiter']],
	['Finance', ['Accountant', 'Controller']],
];
const PLACES = [
	['London HQ', 'London', 'United Kingdom', 'Europe/London', 'GB'],
	['Berlin', 'Berlin', 'Germany', 'Europe/Berlin', 'DE'],
	['New York', 'New York', 'United States', 'America/New_York', 'US'],
	['Tokyo', 'Tokyo', 'Japan', 'Asia/Tokyo', 'JP'],
] as const;

/** Of a hundred people, so many are about to start and so many have left. */
const NEW_HIRES = 5;
const LEAVERS = 8;
const DAY_MS = 86_400_000;

/** A company of so many people. The same count, seed and day give the same company. */
export function generateCompany(
	count: number,
	{ seed = 1, accounts = false, today }: { seed?: number; accounts?: boolean; today: string },
): Company {
	const random = seededRandom(seed);
	const companyId = humaansId(random);
	const at = `${day(today, -30)}T08:00:00.000Z`;
	const locations = PLACES.map(([label, city, country, timezone]): Row => {
		return {
			id: humaansId(random),
			companyId,
			label,
			city,
			country,
			timezone,
			displayName: label,
			createdAt: at,
			updatedAt: at,
		};
	});
	const people: Person[] = [];
	const jobRoles: JobRole[] = [];
	for (let i = 0; i < count; i++) {
		const person = generatePerson(random, i, { companyId, locations, today, at });
		people.push(person);
		jobRoles.push(generateRole(random, person, people));
	}
	return {
		asOf: today,
		people,
		jobRoles,
		locations,
		customFields: [],
		customValues: [],
		tokenInfo: {
			id: humaansId(random),
			personId: people[0]?.id ?? '',
			label: 'provisioning',
			scopes: ['public:read', 'private:read'],
		},
		accounts: accounts ? linkedAccounts(random, people, jobRoles) : [],
		groups: TEAMS.map(([name]) => ({
			id: objectId(random),
			name,
			type: 'user_group',
			description: '',
		})),
		cases: [],
	};
}

const day = (today: string, offset: number): string =>
	new Date(Date.parse(`${today}T00:00:00Z`) + offset * DAY_MS).toISOString().slice(0, 10);

interface Surroundings {
	companyId: string;
	locations: Row[];
	today: string;
	at: string;
}

function generatePerson(
	random: Random,
	i: number,
	{ companyId, locations, today, at }: Surroundings,
): Person {
	const firstName = pick(random, FIRST);
	const lastName = pick(random, LAST);
	const place = Math.floor(random() * PLACES.length);
	const [, city, country, timezone, countryCode] = PLACES[place] as (typeof PLACES)[number];
	// The first person owns the token and stays.
	const draw = i === 0 ? 99 : Math.floor(random() * 100);
	const status: Person['status'] =
		draw < NEW_HIRES ? 'newHire' : draw < NEW_HIRES + LEAVERS ? 'offboarded' : 'active';
	const start =
		status === 'newHire'
			? day(today, 1 + Math.floor(random() * 60))
			: day(today, -200 - Math.floor(random() * 1500));
	const end = status === 'offboarded' ? day(today, -1 - Math.floor(random() * 150)) : null;
	const id = humaansId(random);
	const local = `${firstName}.${lastName}${i}`.toLowerCase();
	return {
		id,
		companyId,
		firstName,
		middleName: null,
		lastName,
		preferredName: null,
		email: `${local}@big.example`,
		personalEmail: `${local}@home.example`,
		locationId: locations[place]?.id as string,
		remoteCity: null,
		remoteRegionCode: null,
		remoteCountryCode: null,
		remoteTimezone: null,
		phoneNumber: `+4420${String(70000000 + i)}`,
		formattedPhoneNumber: null,
		personalPhoneNumber: `+4477${String(10000000 + i)}`,
		formattedPersonalPhoneNumber: null,
		address: `${1 + (i % 90)} Example Street`,
		city,
		state: null,
		postcode: String(10000 + (i % 80000)),
		countryCode,
		country,
		employmentStartDate: start,
		firstWorkingDay: start,
		employmentEndDate: end,
		lastWorkingDay: end,
		probationEndDate: null,
		leavingReason: null,
		contractType: 'full-time',
		employeeId: `G${String(i).padStart(6, '0')}`,
		teams: [],
		workingDays: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((name) => ({
			day: name,
		})),
		status,
		isVerified: true,
		role: i === 0 ? 'owner' : 'user',
		source: null,
		sourceId: null,
		timezone,
		demo: false,
		taxId: `SECRET-TAX-${i}`,
		taxCode: 'SECRET-1257L',
		calendarFeedToken: `SECRET-FEED-${id}`,
		nationality: 'SECRET-NATIONALITY',
		birthday: '1990-01-01',
		gender: 'SECRET-GENDER',
		createdAt: at,
		updatedAt: at,
	};
}

/** Everybody but the first reports to somebody among the first tenth, never to themselves. */
function generateRole(random: Random, person: Person, people: readonly Person[]): JobRole {
	const [department, titles] = pick(random, TEAMS);
	const superiors = people.slice(0, Math.max(1, Math.ceil(people.length / 10)));
	const superior = pick(random, superiors);
	return {
		id: humaansId(random),
		companyId: person.companyId,
		personId: person.id,
		jobTitle: pick(random, titles),
		department,
		reportingTo: superior.id === person.id ? null : superior.id,
		effectiveDate: person.employmentStartDate,
		endDate: null,
		note: null,
		createdAt: person.createdAt,
		updatedAt: person.updatedAt,
	};
}

function linkedAccounts(
	random: Random,
	people: readonly Person[],
	jobRoles: readonly JobRole[],
): Account[] {
	const roles = new Map(jobRoles.map((role) => [role.personId, role]));
	return people
		.filter((person) => person.status === 'active')
		.map((person) => {
			const id = objectId(random);
			const role = roles.get(person.id);
			return {
				...accountDefaults(),
				_id: id,
				id,
				username: (person.email as string).split('@')[0],
				email: person.email,
				alternateEmail: person.personalEmail,
				firstname: person.firstName,
				lastname: person.lastName,
				jobTitle: role?.jobTitle ?? '',
				department: role?.department ?? '',
				employeeIdentifier: person.employeeId,
				attributes: [{ name: 'humaansId', value: person.id }],
				state: 'ACTIVATED',
				suspended: false,
				activated: true,
				created: person.createdAt,
			} as Account;
		});
}
