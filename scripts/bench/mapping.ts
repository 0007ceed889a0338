/**
 * People mapped and compared with their accounts per second on one core, and how the time per
 * person grows from 1,000 people to 100,000. tsx scripts/bench/mapping.ts prints the rows of a
 * table.
 */
import { mapPerson, type MapperSettings } from '../../nodes/core/mapping/desired';
import { DEFAULT_FIELD_IDS, FIELDS } from '../../nodes/core/mapping/fields';
import { USERNAME_LIMIT } from '../../nodes/core/mapping/username';
import { planCreate, planUpdate } from '../../nodes/core/account/plan';
import type { Account, Person, SyncRule } from '../../nodes/core/subject';

export interface MappingResult {
	what: string;
	people: number;
	perSecond: number;
	/** Time per person at 100,000 people, to that at 1,000. */
	ratio: number;
}

const SHORT = process.argv.includes('--short');
const FEW = 1_000;
const MANY = SHORT ? 5_000 : 100_000;
/** One person in so many has a change in Humaans, and one has an edit in JumpCloud. */
const CHANGED_EVERY = 20;
const ROUNDS = SHORT ? 1 : 3;
const FIRST = ['Ana', 'Jürgen', 'Łukasz', 'Mary-Jane', 'Дмитрий', 'Søren', 'Ines', 'Tom'];
const LAST = ['Silva', "O'Neill", 'Kowalska', 'de la Cruz', 'Щукин', 'Ørsted', 'Costa', 'Smith'];

function personOf(index: number): Person {
	const pick = <T>(list: readonly T[], step = 1): T =>
		list[Math.floor(index / step) % list.length]!;
	return {
		id: `person${String(index).padStart(18, '0')}`,
		status: 'active',
		firstName: pick(FIRST),
		middleName: null,
		lastName: pick(LAST, 7),
		preferredName: index % 5 === 0 ? 'Ani' : null,
		email: `person.${index}@acme.example`,
		personalEmail: `p${index}@mail.example`,
		phoneNumber: `+4420794${index}`,
		personalPhoneNumber: `+44770${index}`,
		address: `${index} High Street\nFlat ${index % 9}`,
		city: 'London',
		state: null,
		postcode: `E${index % 20} 4AB`,
		countryCode: 'GB',
		country: 'United Kingdom',
		contractType: 'full-time',
		employeeId: `A${index}`,
		employmentStartDate: '2024-01-24',
		jobTitle: `Engineer ${index % 50}`,
		department: `Team ${index % 30}`,
		manager:
			index === 0
				? null
				: { id: `person${String(index % 100).padStart(18, '0')}`, name: null, email: null },
		location: {
			id: 'l1',
			name: 'London',
			city: 'London',
			country: 'GB',
			timezone: 'Europe/London',
		},
		customFields: {
			Company: 'Acme Ltd',
			'Cost centre': `CC-${index % 40}`,
			Languages: ['English', 'French'],
		},
	};
}

const settingsOf = (fields: readonly string[], rule: SyncRule): MapperSettings => ({
	fields,
	rule,
	fieldRules: {},
	clearEmpty: false,
	customMappings: [],
	username: { strategy: 'workEmail', limit: USERNAME_LIMIT },
});

function world(
	size: number,
	settings: MapperSettings,
): Array<{ person: Person; account: Account }> {
	return Array.from({ length: size }, (_, index) => {
		const person = personOf(index);
		const desired = mapPerson(person, settings);
		const body = planCreate(desired, desired.usernames[0]!, {
			personId: person.id,
			managerAccountId: 'account0',
		});
		const account = { _id: `account${index}`, ...body, state: 'ACTIVATED' } as unknown as Account;
		if (index % CHANGED_EVERY === 1) person.department = 'Legal';
		if (index % CHANGED_EVERY === 2) account.department = 'Treasury';
		return { person, account };
	});
}

/**
 * Milliseconds of processor time (garbage collection included, whatever else the machine does) for
 * everybody once; the changes are counted so that no work can be left out.
 */
function once(
	people: ReadonlyArray<{ person: Person; account: Account }>,
	settings: MapperSettings,
): { ms: number; changes: number } {
	let changes = 0;
	const started = process.cpuUsage();
	for (const { person, account } of people)
		changes += planUpdate(account, mapPerson(person, settings), {
			personId: person.id,
			managerAccountId: 'account0',
		}).changes.length;
	const { user, system } = process.cpuUsage(started);
	return { ms: (user + system) / 1000, changes };
}

/** The median of several rounds, each over the same number of people. */
function perPerson(size: number, settings: MapperSettings): number {
	const people = world(size, settings);
	const passes = MANY / size;
	const rounds = Array.from({ length: ROUNDS }, () => {
		let ms = 0;
		for (let pass = 0; pass < passes; pass++) {
			const result = once(people, settings);
			if (result.changes < size / CHANGED_EVERY) throw new Error('Changes were missed.');
			ms += result.ms;
		}
		return ms / MANY;
	});
	return rounds.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]!;
}

export function measureMapping(): MappingResult[] {
	const all = FIELDS.map((field) => field.id);
	const cases: Array<[string, MapperSettings]> = [
		['ten default fields, Always Match Humaans', settingsOf(DEFAULT_FIELD_IDS, 'always')],
		[
			'ten default fields, Only When Changed in Humaans',
			settingsOf(DEFAULT_FIELD_IDS, 'whenChanged'),
		],
		[`all ${all.length} fields, Only When Changed in Humaans`, settingsOf(all, 'whenChanged')],
	];
	return cases.map(([what, settings]) => {
		perPerson(FEW, settings);
		const few = perPerson(FEW, settings);
		const many = perPerson(MANY, settings);
		return {
			what: `People mapped and compared: ${what}`,
			people: MANY,
			perSecond: Math.round(1000 / many),
			ratio: many / few,
		};
	});
}

if (require.main === module) {
	console.log(
		'| what | people | a second, one core | time per person to that at 1,000 |\n|---|---|---|---|',
	);
	for (const { what, people, perSecond, ratio } of measureMapping())
		console.log(
			`| ${what} | ${people.toLocaleString('en')} | ${perSecond.toLocaleString('en')} | ${ratio.toFixed(2)} |`,
		);
}
