import { ServiceFailure } from '../../nodes/services/http/failure';
import { HumaansClient } from '../../nodes/services/humaans/client';
import type { HttpRequest } from '../../nodes/services/http/requester';
import type { TriggerMemory } from '../../nodes/core/watch/memory';
import { pollPeople, type PollOptions } from '../../nodes/services/humaans/pollPeople';
import { PERSON_EVENTS } from '../../nodes/core/watch/events';

/** Settings of the trigger that a test sets. */
type Changes = Partial<PollOptions> & { includeCustomFields?: boolean };

export type Row = Record<string, unknown> & { id: string };

/** A Humaans in memory behind the real client: rows to edit, a clock to move, requests to lose. */
export class HumaansWorld {
	people: Row[] = [];
	jobRoles: Row[] = [];
	locations: Row[] = [];
	customFields: Row[] = [];
	customValues: Row[] = [];
	scopes = ['public:read', 'private:read'];
	/** Whoever made the token. @default the first person that is there */
	maker: string | undefined;
	/** What the list of people makes of `status=all`. */
	statusAll: 'shown' | 'refused' | 'ignored' | 'unknown' = 'shown';
	now = new Date('2026-03-02T09:00:00.000Z');
	/** Requests that still get through; the next one is lost. */
	through = Infinity;
	/** Ids that cannot be asked for by themselves. */
	closed = new Set<string>();
	/** Ids that the lists leave out although the person is there. */
	unlisted = new Set<string>();
	asked: string[] = [];
	/** Every request: its path, and the status that was asked for. */
	readonly requests: string[] = [];
	private made = 0;

	readonly request = async (request: HttpRequest): Promise<unknown> => await this.answer(request);

	readonly client = new HumaansClient(this.request, {
		now: () => this.now,
		fixedZone: 'UTC',
	});

	/** 24 characters, like Humaans' own. */
	newId(): string {
		return `p${String(++this.made).padStart(23, '0')}`;
	}

	hire(row: Partial<Row> = {}): string {
		const id = row.id ?? this.newId();
		const at = this.now.toISOString();
		this.people.push({
			...BLANK,
			role: this.people.length === 0 ? 'owner' : 'user',
			firstName: 'Ada',
			lastName: 'Holm',
			email: `${id}@acme.example`,
			employmentStartDate: '2026-04-01',
			status: 'newHire',
			createdAt: at,
			updatedAt: at,
			...row,
			id,
		});
		return id;
	}

	row(id: string): Row {
		return this.people.find((person) => person.id === id)!;
	}

	edit(id: string, values: Record<string, unknown>): void {
		Object.assign(this.row(id), values, { updatedAt: this.now.toISOString() });
	}

	giveRole(
		personId: string,
		values: {
			jobTitle?: string;
			department?: string;
			reportingTo?: string | null;
			effectiveDate?: string;
		},
	): void {
		this.jobRoles.push({
			id: `r${String(++this.made).padStart(23, '0')}`,
			personId,
			jobTitle: 'Engineer',
			department: 'Product',
			reportingTo: null,
			effectiveDate: '2020-01-01',
			endDate: null,
			...values,
		});
	}

	remove(id: string): Row {
		const row = this.row(id);
		this.people = this.people.filter((person) => person.id !== id);
		return row;
	}

	pass(days: number): void {
		this.now = new Date(this.now.getTime() + days * 86_400_000);
	}

	options({ includeCustomFields = false, ...changes }: Changes = {}): PollOptions {
		return {
			triggerOn: PERSON_EVENTS,
			firstActivation: 'skip',
			allowPartialView: false,
			include: [
				'jobRoles',
				'locations',
				...(includeCustomFields ? (['customFields'] as const) : []),
			],
			now: () => this.now,
			deadline: Infinity,
			...changes,
		};
	}

	private async answer({ path, query = {} }: HttpRequest): Promise<unknown> {
		if (this.through-- <= 0) throw new ServiceFailure('Humaans', 'network', null);
		this.requests.push([path, query.status].filter(Boolean).join(' '));
		const maker = this.maker ?? this.people[0]?.id;
		if (path === '/token-info') return { scopes: this.scopes, personId: maker };
		if (path === '/me') return this.one(maker!);
		if (path.startsWith('/people/')) return this.one(path.slice('/people/'.length));
		const visible = this.people.filter(
			(row) =>
				!this.unlisted.has(row?.id) &&
				(this.scopes.includes('private:read') || row.status === 'active'),
		);
		const lists: Record<string, Row[]> = {
			'/people': visible.filter((row) => this.isInList(row, query.status)),
			'/job-roles': this.jobRoles.filter(isOf(query.personId)),
			'/locations': this.locations,
			'/custom-fields': this.customFields,
			'/custom-values': this.customValues.filter(isOf(query.personId)),
		};
		const rows = lists[path]!;
		const [skip, limit] = [Number(query.$skip), Number(query.$limit)];
		return structuredClone({
			total: rows.length,
			limit,
			skip,
			data: rows.slice(skip, skip + limit),
		});
	}

	/** A row may be anything: a test puts some there that make no sense. */
	private isInList(row: Row | null, asked: unknown): boolean {
		const status = row?.status;
		if (asked !== 'all') return status === asked;
		if (this.statusAll === 'refused') throw new ServiceFailure('Humaans', 'refused', 422);
		return this.statusAll === 'shown' || (this.statusAll === 'ignored' && status === 'active');
	}

	private one(id: string): unknown {
		this.asked.push(id);
		if (this.closed.has(id)) throw new ServiceFailure('Humaans', 'notAllowed', 403);
		const row = this.people.find((person) => person.id === id);
		if (!row) throw new ServiceFailure('Humaans', 'notFound', 404);
		return structuredClone(row);
	}
}

/** Rows of one person, where the list was asked for theirs. */
const isOf =
	(personId: unknown) =>
	(row: Row): boolean =>
		personId === undefined || row?.personId === personId;

/** What a full token gives of everybody: a key for each field, mostly empty. */
const BLANK = {
	companyId: 'c00000000000000000000001',
	middleName: null,
	preferredName: null,
	personalEmail: null,
	locationId: null,
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
	firstWorkingDay: null,
	employmentEndDate: null,
	lastWorkingDay: null,
	probationEndDate: null,
	leavingReason: null,
	contractType: 'full-time',
	employeeId: null,
	teams: [],
	workingDays: [{ day: 'monday' }, { day: 'tuesday' }],
	isVerified: true,
	source: null,
	sourceId: null,
	timezone: 'Europe/London',
	demo: false,
} as const;

/** A workflow's node: polls and keeps the memory, as n8n does. */
export function watch(world: HumaansWorld) {
	const node = { memory: undefined as TriggerMemory | undefined, poll };
	async function poll(options: Changes = {}) {
		const result = await pollPeople(world.client, node.memory, world.options(options));
		node.memory = result.memory;
		return result.subjects;
	}
	return node;
}

/** A workflow that has been activated on somebody active and so many new hires. */
export async function activated(people = 1) {
	const world = new HumaansWorld();
	world.hire({ status: 'active' });
	const ids = Array.from({ length: people }, () => world.hire());
	const node = watch(world);
	await node.poll();
	world.pass(0.01);
	return { world, node, ids, id: ids[0]! };
}
