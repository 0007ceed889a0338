/** What a day to come brings: each person is followed from due moment to due moment. */
import { isWriteAction, type ActionId } from '../actions';
import { lastDayOf } from '../person/lastDay';
import { decide } from '../policy/decide';
import { afterwards, isInvite } from '../policy/explain/steps';
import { nameOf } from '../policy/explain/words';
import { rowOf } from '../policy/row';
import { runFacts } from '../policy/run';
import type { Case } from '../policy/verdict';
import type { Decision, Person, Subject } from '../subject';
import { dateWords, endOfLocalDay, isCalendarDate, localMoment, localToday, zoneOf } from '../time';
import type { ReviewGroup, ReviewPart, Reviewed } from './reviewed';

/** More moments than a year can bring for one person. */
const MOST_MOMENTS = 20;
/** Writes at one moment; see MAX_STEPS of the policy. */
const MOST_WRITES = 6;

interface Foreseen {
	at: Date;
	decision: Decision;
	/** Writes of the same kind that follow it at once. */
	then: Decision[];
	/** As they are at that moment. */
	subject: Subject;
}

/** The start and the end of somebody's work, as moments; null where Humaans does not say. */
function momentsOf(person: Person, fixedZone: string): { start: Date | null; end: Date | null } {
	const { zone } = zoneOf(person, fixedZone);
	const first = person.employmentStartDate;
	const day = lastDayOf(person);
	const isKnown = day !== null && day !== 'unusable' && !day.doubtful;
	return {
		start: first && isCalendarDate(first) ? localMoment(first, zone) : null,
		end: isKnown ? endOfLocalDay(day.date, zone) : null,
	};
}

/** Humaans is taken to change a status on its day. */
function personAt(person: Person, at: Date, fixedZone: string): Person {
	const { start, end } = momentsOf(person, fixedZone);
	if (end !== null && end <= at) return { ...person, status: 'offboarded' };
	const hasBegun = person.status === 'newHire' && start !== null && start <= at;
	return hasBegun ? { ...person, status: 'active' } : person;
}

/** The next moment at which something can change for this person, or null. */
function nextMoment({ subject, settings, now }: Case, { dueAt }: Decision): Date | null {
	const { start, end } = subject.person
		? momentsOf(subject.person, settings.fixedZone)
		: { start: null, end: null };
	const due = dueAt === undefined ? null : new Date(dueAt);
	const later = [due, start, end].filter((at): at is Date => at !== null && at > now);
	return later.sort((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

/** Writes at one moment, one after the other, and where they end. */
function writesAt(facts: Case): { writes: Foreseen[]; end: Decision; subject: Subject } {
	const writes: Foreseen[] = [];
	let { subject } = facts;
	for (;;) {
		const decision = decide({ ...facts, subject });
		if (!isWriteAction(decision.action) || writes.length >= MOST_WRITES) {
			return { writes, end: decision, subject };
		}
		const last = writes.at(-1);
		if (last && kindOf(last.decision) === kindOf(decision)) last.then.push(decision);
		else writes.push({ at: facts.now, decision, then: [], subject });
		subject = afterwards(subject, decision, facts.now);
	}
}

/** Everything that would be done for one person until then, in order, and what is held up. */
function aheadUntil(facts: Case, until: Date): Foreseen[] {
	const found: Foreseen[] = [];
	const { fixedZone } = facts.settings;
	let { subject } = facts;
	let now: Date | null = facts.now;
	let lastHeld: string | null = null;
	for (let moment = 0; now !== null && now <= until && moment < MOST_MOMENTS; moment++) {
		const { person } = subject;
		// Another run: it knows nothing of the writes of the one before.
		const later = moment > 0 && person ? { person: personAt(person, now, fixedZone) } : {};
		const at: Case = {
			...{ ...facts, now },
			subject: { ...subject, ...later, decision: undefined, outcome: undefined },
		};
		const { writes, end, subject: after } = writesAt(at);
		found.push(...writes);
		if (end.action === 'needsReview' && end.code !== lastHeld) {
			found.push({ at: now, decision: end, then: [], subject: after });
			lastHeld = end.code;
		}
		subject = after;
		now = nextMoment({ ...at, subject }, end);
	}
	return found;
}

const EVENTS: ReadonlyArray<{ name: string; actions: readonly ActionId[] }> = [
	{ name: 'Joiners', actions: ['create', 'activate', 'reactivate'] },
	{ name: 'Leavers', actions: ['deprovision'] },
	{ name: 'Deletions', actions: ['delete'] },
	{ name: 'Changes', actions: ['update'] },
];
const QUESTIONS = 'Questions for you';

/** What is done, or would be done if nothing held it. */
const kindOf = ({ action, blockedAction = action }: Decision): string =>
	EVENTS.find(({ actions }) => actions.includes(blockedAction))?.name ?? QUESTIONS;

/** What does not happen by itself is a question. */
const groupOf = (decision: Decision): string =>
	decision.action === 'needsReview' ? QUESTIONS : kindOf(decision);

/** What a joiner still lacks. */
function missingFor({ subject, decision }: Foreseen): string {
	const { person, desired, match } = subject;
	if (!person || kindOf(decision) !== 'Joiners') return '';
	const lacks: Array<[boolean, string]> = [
		[typeof (desired?.attributes.email ?? person.email) !== 'string', 'work email'],
		[!person.personalEmail, 'personal email'],
		[!person.employmentStartDate, 'start date'],
		[
			typeof desired?.attributes.manager === 'string' && !match?.managerAccountId,
			'linked account of the manager',
		],
	];
	return lacks
		.filter(([isMissing]) => isMissing)
		.map(([, what]) => what)
		.join(', ');
}

const FORECAST_COLUMNS = [
	...['Day', 'What', 'Person', 'Action', 'Why', 'Missing', 'Changes', 'Work Email', 'Account'],
	'Humaans ID',
];
const FORECAST_ON_PAGE = ['Day', 'Person', 'Action', 'Missing', 'Why'];

/** "Create, Activate, Invite" */
function actionsOf({ decision, then, subject }: Foreseen): string {
	const cells = [decision, ...then].map((one) => rowOf(subject, one).Action);
	const invites = [decision, ...then].some(isInvite);
	return [...cells, ...(invites ? ['Invite'] : [])].join(', ');
}

function foreseenRow(ahead: Foreseen, fixedZone: string): Record<string, string> {
	const { at, decision, subject } = ahead;
	const { person, personId } = subject;
	const row = rowOf(subject, decision);
	const zone = person ? zoneOf(person, fixedZone).zone : 'UTC';
	return {
		...{ Day: localToday(at, zone), What: groupOf(decision), Person: nameOf(subject) },
		...{ Action: actionsOf(ahead), Why: row.Why },
		...{ Missing: missingFor(ahead), Changes: row.Changes },
		...{ 'Work Email': row['Work Email'], Account: row.Account, 'Humaans ID': personId ?? '' },
	};
}

/** An item that nobody can read is a question, and never stops the others. */
function safely(facts: Case, until: Date, decision: Decision): Foreseen[] {
	try {
		return aheadUntil(facts, until);
	} catch {
		return [{ at: facts.now, decision, then: [], subject: facts.subject }];
	}
}

/** "joiners: 12 people" */
function peopleWords({ name, rows }: ReviewGroup): string {
	const people = new Set(rows.map((row) => row['Humaans ID'] || row.Account)).size;
	return `${name.toLowerCase()}: ${people} ${people === 1 ? 'person' : 'people'}`;
}

/** @param reviewed `now` is the day until which; `clock` is where the view ahead begins */
export function reviewForecast(reviewed: Reviewed): ReviewPart {
	const { subjects, decisions, inScope, settings, now: until, clock } = reviewed;
	const run = runFacts(subjects.filter((_, place) => decisions[place]!.code !== 'person.twice'));
	const rows = subjects.flatMap((subject, place) => {
		const facts: Case = {
			...{ subject, settings, now: clock, clock, run },
			inScope: inScope[place] ?? true,
		};
		const decision = decisions[place]!;
		if (decision.code === 'person.twice') return [];
		return safely(facts, until, decision).map((ahead) => foreseenRow(ahead, settings.fixedZone));
	});
	rows.sort((a, b) => (a.Day! < b.Day! ? -1 : a.Day! > b.Day! ? 1 : 0));
	const names = [...EVENTS.map(({ name }) => name), QUESTIONS];
	const groups = names.map(
		(name): ReviewGroup => ({ name, rows: rows.filter(({ What }) => What === name) }),
	);
	return {
		notes: [
			`From now until ${dateWords(until.toISOString().slice(0, 10))}: ` +
				`${groups.map(peopleWords).join(', ')}. One person can have several rows: created today, ` +
				'activated on another day. A day is the day where the person is.',
			'Humaans is taken to have people as active from their first day and as offboarded after ' +
				'their last one. What nobody has typed yet cannot be foreseen. Limits are not looked at.',
		],
		groups: groups.filter((group) => group.rows.length > 0),
		columns: FORECAST_COLUMNS,
		onPage: FORECAST_ON_PAGE,
	};
}
