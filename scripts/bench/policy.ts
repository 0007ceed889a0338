/**
 * Decisions a second on one core for runs of 1,000, 10,000 and 100,000 people, and how the time per
 * decision grows. tsx scripts/bench/policy.ts prints the rows of a table.
 */
import { decideRun } from '../../nodes/core/policy/decideRun';
import { DEFAULT_SETTINGS } from '../../nodes/core/policy/settings';
import type { Account, Desired, Person, Subject } from '../../nodes/core/subject';

export interface PolicyResult {
	what: string;
	subjects: number;
	perSecond: number;
	/** Time per decision, to that of the smallest run. */
	ratio: number;
}

const SHORT = process.argv.includes('--short');
const SIZES = SHORT ? [1_000, 5_000] : [1_000, 10_000, 100_000];
const EVERYBODY = SIZES.at(-1)!;
const ROUNDS = SHORT ? 1 : 7;
const NOW = new Date('2026-11-23T12:00:00.000Z');
const ZONES = [
	'Europe/London',
	'Europe/Berlin',
	'America/New_York',
	'America/Los_Angeles',
	'Asia/Tokyo',
	'Asia/Kolkata',
	'Pacific/Auckland',
	'Pacific/Honolulu',
	'Australia/Sydney',
	'America/Sao_Paulo',
];

/** Of a hundred people: most in step, and each other case that a company has on a day. */
function subjectOf(index: number, fields: number): Subject {
	const kind = index % 100;
	const id = `person${String(index).padStart(18, '0')}`;
	const email = `person.${index}@acme.example`;
	const future = `2026-12-${String(1 + (index % 28)).padStart(2, '0')}`;
	const person: Person = {
		id,
		status: kind < 3 ? 'offboarded' : kind < 8 ? 'newHire' : 'active',
		firstName: 'Ana',
		lastName: `Silva ${index}`,
		email,
		personalEmail: `p${index}@mail.example`,
		timezone: ZONES[index % ZONES.length]!,
		employmentStartDate: kind >= 3 && kind < 8 ? future : '2024-01-15',
		employmentEndDate: kind < 3 ? '2026-11-20' : null,
		lastWorkingDay: null,
	};
	const values: Array<[string, string]> = [
		['email', email],
		['firstname', 'Ana'],
		['lastname', `Silva ${index}`],
		['jobTitle', `Engineer ${index % 50}`],
		['department', `Team ${index % 30}`],
		['employeeIdentifier', `A${index}`],
		['alternateEmail', `p${index}@mail.example`],
		['company', 'Acme'],
		['costCenter', `${index % 40}`],
		['employeeType', 'full-time'],
	];
	const attributes = Object.fromEntries(values.slice(0, fields));
	const desired: Desired = {
		attributes,
		rules: {},
		usernames: [`person.${index}`],
		clearEmpty: false,
		problems: [],
	};
	const state = kind >= 3 && kind < 6 ? 'STAGED' : kind === 10 ? 'SUSPENDED' : 'ACTIVATED';
	const link = [
		{ name: 'humaansId', value: id },
		...(state === 'SUSPENDED'
			? [{ name: 'humaansDeprovisionedAt', value: '2026-11-01T00:00:00.000Z' }]
			: []),
	];
	const account: Account = {
		_id: `account${index}`,
		username: `person.${index}`,
		...(attributes as { email: string }),
		state,
		suspended: state === 'SUSPENDED',
		attributes: kind === 11 ? [] : link,
	};
	if (kind === 12) account.firstname = 'Anna';
	const none = kind === 6 || kind === 7 || kind === 13;
	return {
		personId: id,
		person: kind === 14 ? null : person,
		complete: true,
		readAt: NOW.toISOString(),
		desired,
		account: none ? null : account,
		match: { by: none ? null : 'link', certain: true, candidates: [], accountsInUse: 100_000 },
	};
}

/**
 * Everybody in runs of so many, each person once: what is measured is the size of a run, not how
 * well few people fit a processor's cache.
 */
const runsOf = (everybody: readonly Subject[], size: number): Subject[][] =>
	Array.from({ length: everybody.length / size }, (_, run) =>
		everybody.slice(run * size, (run + 1) * size),
	);

/**
 * Milliseconds of processor time a decision (garbage collection included, whatever else the machine
 * does).
 */
function perDecision(runs: readonly Subject[][]): number {
	const scopes = runs.map((subjects) => subjects.map(() => true));
	const started = process.cpuUsage();
	let actions = 0;
	runs.forEach((subjects, run) => {
		const { decisions } = decideRun({
			subjects,
			inScope: scopes[run]!,
			settings: { ...DEFAULT_SETTINGS, mode: 'apply' },
			now: NOW,
			memory: {},
		});
		for (const { action } of decisions) if (action !== 'noAction') actions++;
	});
	const { user, system } = process.cpuUsage(started);
	if (actions < (EVERYBODY * 8) / 100) throw new Error('Decisions were missed.');
	return (user + system) / 1000 / EVERYBODY;
}

const median = (values: number[]): number =>
	values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

export function measurePolicy(): PolicyResult[] {
	const cases: Array<[string, number]> = [
		['the rules, one field compared', 1],
		['the rules, ten fields compared', 10],
	];
	return cases.flatMap(([what, fields]) => {
		const everybody = Array.from({ length: EVERYBODY }, (_, index) => subjectOf(index, fields));
		const sizes = SIZES.map((size) => ({
			size,
			runs: runsOf(everybody, size),
			times: [] as number[],
		}));
		// In turn, so that what else the machine does meets all sizes alike; the first round warms up.
		for (let round = 0; round <= ROUNDS; round++) {
			for (const { runs, times } of sizes) {
				const ms = perDecision(runs);
				if (round > 0) times.push(ms);
			}
		}
		const [smallest] = sizes.map(({ times }) => median(times));
		return sizes.map(({ size, times }) => ({
			what: `Decisions: ${what}`,
			subjects: size,
			perSecond: Math.round(1000 / median(times)),
			ratio: median(times) / smallest!,
		}));
	});
}

if (require.main === module) {
	console.log(
		'| what | people in the run | a second, one core | time per decision to that at 1,000 |\n|---|---|---|---|',
	);
	for (const { what, subjects, perSecond, ratio } of measurePolicy())
		console.log(
			`| ${what} | ${subjects.toLocaleString('en')} | ${perSecond.toLocaleString('en')} | ${ratio.toFixed(2)} |`,
		);
}
