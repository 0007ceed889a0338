/** What one seed is: settings, a company, and what happens when. Everything comes from the seed. */
import {
	generateCompany,
	type Company,
	type Fault,
	type FaultKind,
	type Quirks,
	type Service,
} from '../sandbox';
import { humaansId, objectId, pick, seededRandom, type Random } from '../sandbox/ids';
import { DAY, HOUR, iso } from './clock';
import { EDITS, type EditName } from './edits';
import { ZONES } from './edits/context';
import { REFUSED } from './edits/typed';
import { OTHER_COMPANY } from './world';

/** Settings of *Decide* that the oracle knows; both workflows have the same. */
export interface Settings {
	activationTrigger: 'immediately' | 'onStartDate' | 'never';
	sendInvite: boolean;
	deprovisionWhen: Array<'offboarded' | 'deleted' | 'lastDay'>;
	deprovisionHow: 'suspend' | 'delete' | 'suspendThenDelete';
	deleteAfterDays: number;
	deprovisioningLimit: number;
}

/** How the services behave during one step. */
export interface Weather {
	/** Of a thousand requests so many go wrong. */
	perThousand: number;
	kinds: FaultKind[];
	/** null: both. */
	service: Service | null;
}

export type Step =
	| { at: number; do: 'edit'; edit: EditName; seed: number }
	| { at: number; do: 'applyDates' }
	| { at: number; do: 'restart' }
	| {
			at: number;
			do: 'run';
			what: Array<'poll' | 'reconcile'>;
			weather: Weather;
			/**
			 * n8n is killed at this request of the step: before the service looks at it, or after it did
			 * its work.
			 */
			kill?: { request: number; after: boolean };
			/** Somebody edits while it runs. */
			meanwhile?: { request: number; edit: EditName; seed: number };
			/** The run takes so long that the clock moves on by so many milliseconds at this request. */
			lag?: { request: number; ms: number };
	  };

export interface Plan {
	seed: number;
	start: number;
	days: number;
	company: Company;
	settings: Settings;
	quirks: Partial<Quirks>;
	/**
	 * Statuses follow the dates by themselves, at midnight UTC; otherwise once a day, when Humaans
	 * gets to it.
	 */
	steps: Step[];
	/** The last reconciliation comes after a day of rest, so that the limit counts anew. */
	rest: boolean;
}

const CALM: Weather = { perThousand: 0, kinds: [], service: null };
const PASSING: FaultKind[] = [
	'429',
	'429-retry-after-seconds',
	'429-retry-after-date',
	'500-html',
	'503-html',
	'html-200',
	'cut',
	'lost-answer',
	'cut-mid-body',
	'500-after-apply',
	'slow',
	'truncated-json',
];
const REFUSALS: FaultKind[] = ['401', '403'];
const LIES: FaultKind[] = ['empty-list'];

function weatherOf(random: Random): Weather {
	const draw = random();
	if (draw < 0.35) return CALM;
	const service = random() < 0.4 ? null : random() < 0.3 ? 'humaans' : 'jumpCloud';
	if (draw < 0.65) return { perThousand: 50 + Math.floor(random() * 150), kinds: PASSING, service };
	if (draw < 0.8)
		return {
			perThousand: 60 + Math.floor(random() * 200),
			kinds: ['lost-answer', '500-after-apply', 'cut-mid-body', 'truncated-json'],
			service,
		};
	if (draw < 0.9) return { perThousand: 100 + Math.floor(random() * 300), kinds: LIES, service };
	if (draw < 0.95)
		return { perThousand: 100 + Math.floor(random() * 200), kinds: REFUSALS, service };
	return { perThousand: 500 + Math.floor(random() * 450), kinds: PASSING, service };
}

const pickName = (random: Random): EditName => {
	const names = Object.keys(EDITS) as EditName[];
	const total = names.reduce((sum, name) => sum + EDITS[name].weight, 0);
	let draw = random() * total;
	return names.find((name) => (draw -= EDITS[name].weight) < 0) ?? names[0]!;
};

function companyOf(random: Random, seed: number, today: string): Company {
	const company = generateCompany(5 + Math.floor(random() * 25), {
		seed,
		accounts: random() < 0.7,
		today,
	});
	for (const person of company.people) if (random() < 0.4) person.timezone = pick(random, ZONES);
	for (const account of company.accounts) {
		const draw = random();
		// There before this package was.
		if (draw < 0.12) account.attributes = [];
		if (draw > 0.97) Object.assign(account, { state: 'SUSPENDED', suspended: true });
		if (draw > 0.94 && draw < 0.96) account.admin = { id: 'a', roleName: 'Help Desk' };
		if (draw > 0.85 && draw < 0.9) account.department = 'Somewhere else';
	}
	return company;
}

function settingsOf(random: Random): Settings {
	const rare = (share: number) => random() < share;
	return {
		activationTrigger: rare(0.75) ? 'onStartDate' : rare(0.6) ? 'immediately' : 'never',
		sendInvite: !rare(0.1),
		deprovisionWhen: rare(0.35) ? ['offboarded', 'deleted', 'lastDay'] : ['offboarded', 'deleted'],
		deprovisionHow: rare(0.7) ? 'suspend' : rare(0.5) ? 'delete' : 'suspendThenDelete',
		deleteAfterDays: 2,
		deprovisioningLimit: pick(random, [3, 3, 3, 1, 2, 5, 1000]),
	};
}

function quirksOf(random: Random): Partial<Quirks> {
	const statusFilterIgnored = random() < 0.2;
	return {
		statusFollowsDates: random() < 0.7,
		searchPageLimit: random() < 0.3 ? 100 : 1000,
		duplicateStatus: pick(random, [400, 409]),
		duplicateMessage: pick(random, ['plain', 'details', 'vague']),
		activateNotStaged: pick(random, [400, 409]),
		putActivatesStaged: pick(random, ['with-mail', 'silently', '400']),
		errorStatusValidation: pick(random, [400, 422]),
		statusFilterIgnored,
		// Both at once, and no list would ever show a new hire.
		bareListReturns: statusFilterIgnored ? 'all' : pick(random, ['all', 'active']),
		unknownFilter: pick(random, ['ignored', '400']),
		asOfSupported: random() < 0.5,
		deleteManagerWithoutCascade: pick(random, [409, 200]),
	};
}

/**
 * What stands beside the company: accounts of another one in the same JumpCloud, and people who left
 * long ago. Drawn apart, so that a seed is what it was before.
 */
function addOthers({ people, accounts }: Company, seed: number): void {
	const random = seededRandom(seed * 15_485_863 + 3);
	const template = accounts.find(({ attributes }) => attributes.length > 0);
	if (!template || accounts.length < 8) return;
	const add = (more: Partial<Company['accounts'][number]>, link: string, company?: string) => {
		const id = objectId(random);
		accounts.push({
			...structuredClone(template),
			...{ _id: id, id, username: `of${id.slice(0, 12)}`, email: `${id}@other.example` },
			...{ alternateEmail: null, employeeIdentifier: null, admin: null },
			attributes: [
				{ name: 'humaansId', value: link },
				...(company ? [{ name: 'humaansCompany', value: company }] : []),
			],
			...more,
		} as Company['accounts'][number]);
	};
	if (random() < 0.3)
		for (let n = 0; n < 4; n++) add({ state: 'ACTIVATED' }, humaansId(random), OTHER_COMPANY);
	if (random() < 0.1) {
		const stamp = { name: 'humaansDeprovisionedAt', value: '2025-01-01T00:00:00.000Z leaving' };
		for (let n = 0; n < 100; n++) {
			const left = { ...structuredClone(people.at(-1)!), id: humaansId(random) };
			people.push({
				...left,
				...{ email: `left${n}@acme.example`, personalEmail: null, employeeId: `L${n}` },
				status: 'offboarded',
				...{ employmentStartDate: '2020-01-01', employmentEndDate: '2024-12-31' },
				lastWorkingDay: '2024-12-31',
			});
			add({ state: 'SUSPENDED', suspended: true }, left.id);
			accounts.at(-1)!.attributes.push(stamp);
		}
	}
}

/** What no source settles about states and values. Drawn apart. */
function unsettledOf(seed: number): Partial<Quirks> {
	const random = seededRandom(seed * 32_452_843 + 7);
	const words = pick(random, ['named', 'details', 'vague', 'exist', 'unique'] as const);
	const refused = {
		values: (value: unknown) => typeof value === 'string' && value.startsWith(REFUSED),
		words,
	};
	const ignored = random() < 0.15;
	return {
		refusedValues: { jobTitle: refused, department: refused, 'phoneNumbers.number': refused },
		putStateChange: ignored ? 'ignored' : 'works',
		// With both verbs dead nobody could be suspended.
		suspendVerb: ignored ? pick(random, ['user', 'empty']) : pick(random, ['user', 'empty', 404]),
		activateActivated: pick(random, [200, 400, 409]),
		unsetText: pick(random, ['empty', 'null', 'absent']),
		unsetEmployeeIdentifier: pick(random, ['null', 'empty', 'absent']),
		statusAll: pick(random, ['all', 'all', 'refused', 'ignored']),
		statusTurns: pick(random, ['afterLastDay', 'atOffboarding']),
		humaansListOrder: pick(random, ['oldestFirst', 'newestFirst', 'lastChangedFirst']),
		searchPageFrom: pick(random, ['both', 'body', 'query']),
		searchFieldsIgnored: random() < 0.3,
		customAttributeFilter: pick(random, ['works', 'nothing', '400', 'everything']),
	};
}

/**
 * How many rows a page holds: mostly so few that even a small company fills several. Drawn apart,
 * so that a seed is what it was before.
 */
function pagesOf(seed: number): Partial<Quirks> {
	const random = seededRandom(seed * 104_729 + 5);
	return {
		humaansPageLimit: pick(random, [2, 4, 7, 250]),
		jumpCloudPageLimit: pick(random, [2, 5, 9, 1000]),
	};
}

/** Together, some of them would hide new hires from every list. */
const settle = (quirks: Partial<Quirks>): Partial<Quirks> =>
	quirks.statusFilterIgnored && quirks.bareListReturns === 'all'
		? { ...quirks, statusAll: quirks.statusAll === 'refused' ? 'all' : quirks.statusAll }
		: quirks;

export function planOf(seed: number): Plan {
	const random = seededRandom(seed * 7919 + 17);
	const start = Date.parse('2026-11-23T00:00:00Z') + Math.floor(random() * 20) * DAY;
	const days = 4 + Math.floor(random() * 9);
	const steps: Step[] = [];
	const some = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
	const anyTime = (day: number) => start + day * DAY + Math.floor(random() * 24 * 60) * 60_000;
	for (let day = 0; day < days; day++) {
		for (let n = some(0, 4); n > 0; n--) {
			// Now and then it is many at once.
			const wave = random() < 0.06 ? some(3, 6) : 1;
			const at = anyTime(day);
			const edit =
				wave > 1 ? pick(random, ['offboard', 'remove', 'changeEmail'] as const) : pickName(random);
			for (let of = wave; of > 0; of--)
				steps.push({ at, do: 'edit', edit, seed: Math.floor(random() * 2 ** 31) });
		}
		for (let n = some(2, 5); n > 0; n--) {
			const draw = random();
			const what: Array<'poll' | 'reconcile'> =
				draw < 0.55
					? ['poll']
					: draw < 0.85
						? ['reconcile']
						: random() < 0.5
							? ['poll', 'reconcile']
							: ['reconcile', 'reconcile'];
			const step: Step = {
				at: anyTime(day),
				do: 'run',
				what,
				weather: day === 0 ? CALM : weatherOf(random),
			};
			if (random() < 0.15) step.kill = { request: some(1, 40), after: random() < 0.5 };
			if (random() < 0.15)
				step.meanwhile = {
					request: some(1, 30),
					edit: pickName(random),
					seed: Math.floor(random() * 2 ** 31),
				};
			if (random() < 0.05) step.lag = { request: some(1, 30), ms: some(1, 30) * HOUR };
			steps.push(step);
		}
		steps.push({ at: anyTime(day), do: 'applyDates' });
		if (random() < 0.1) steps.push({ at: anyTime(day), do: 'restart' });
	}
	steps.sort((a, b) => a.at - b.at);
	const settings = {
		company: companyOf(random, seed, iso(start).slice(0, 10)),
		settings: settingsOf(random),
		quirks: settle({ ...quirksOf(random), ...pagesOf(seed), ...unsettledOf(seed) }),
		steps,
	};
	addOthers(settings.company, seed);
	return { seed, start, days, ...settings, rest: random() < 0.5 };
}

/**
 * A number from 0 to 1 that hangs on the words alone, whatever the order in which requests arrive.
 */
function chance(...words: Array<string | number>): number {
	let hash = 0x811c9dc5;
	for (const letter of words.join(' ')) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
	return seededRandom(hash >>> 0)();
}

/** What goes wrong with the nth request of its kind in a step. */
export function faultFor(
	seed: number,
	step: number,
	weather: Weather,
	{ service, method, path }: { service: Service; method: string; path: string },
	nth: number,
): Fault | undefined {
	if (weather.perThousand === 0 || (weather.service !== null && weather.service !== service))
		return undefined;
	const words = [seed, step, service, method, path, nth];
	if (chance(...words) * 1000 >= weather.perThousand) return undefined;
	const kind = weather.kinds[Math.floor(chance(...words, 'kind') * weather.kinds.length)]!;
	return {
		kind,
		delayMs: 5 + Math.floor(chance(...words, 'delay') * 25),
		retryAfterSeconds: 1 + Math.floor(chance(...words, 'after') * 3),
	};
}
