/**
 * A stand-in for Humaans and JumpCloud over real HTTP on 127.0.0.1: every request is logged and
 * held against a contract, faults can be injected, and what no source settles is a switchable
 * quirk.
 *
 * @example
 * const sandbox = await startSandbox({ shiftToToday: true });
 * sandbox.faults.add({ service: 'jumpCloud', kind: '429-retry-after-seconds' });
 * … sandbox.writes(), sandbox.outbox, sandbox.violations
 * await sandbox.stop();
 */
import { createAdmin, type Admin } from './admin';
import { startApiServer, type ApiServer } from './apiServer';
import { loadCompany, shiftCompany } from './company';
import { FaultBook, type ActiveFault } from './faults';
import { generateCompany } from './generate';
import { Humaans, TOKEN } from './humaans/service';
import { Webhooks, type Delivery } from './humaans/webhooks';
import { API_KEY, JumpCloud, ORGANIZATION } from './jumpcloud/service';
import { CLIENT_ID, CLIENT_SECRET, SERVICE_TOKEN, TOKEN_PATH } from './jumpcloud/serviceAccount';
import { startPage } from './page/server';
import { DEFAULT_QUIRKS, type Quirks } from './quirks';
import { RequestLog } from './requestLog';
import { watched } from './watch';
import type {
	Account,
	Company,
	Fault,
	JobRole,
	LoggedRequest,
	Mail,
	Person,
	Row,
	SandboxOptions,
	UserGroup,
	Violation,
} from './types';
import { World, type Webhook, type WorldState } from './world';

export interface Sandbox {
	humaans: {
		/** http://127.0.0.1:P/api */
		baseUrl: string;
		token: string;
		/** Scopes of the token from now on, whose it is, and the maker's role: any text. */
		setToken(scopes: string[], personId?: string, role?: string): void;
		readonly people: Person[];
		readonly jobRoles: JobRole[];
		readonly locations: Row[];
		readonly webhooks: Webhook[];
		/** Attempts to deliver webhooks. */
		readonly deliveries: Delivery[];
		/** Resolves when no delivery is on its way. */
		settled(): Promise<void>;
		/** Header and value that sign a webhook body under the present quirks. */
		sign(body: string, secret: string): { header: string; value: string };
		/** Most requests in flight at once; set peak to 0 to measure anew. */
		load: ApiServer['load'];
	};
	jumpCloud: {
		/** Origin only, http://127.0.0.1:Q; the API is under /api and /api/v2. */
		baseUrl: string;
		apiKey: string;
		/** Another way in: exchanged at `tokenUrl` for a token that is sent as Bearer. */
		serviceAccount: { clientId: string; clientSecret: string; tokenUrl: string };
		orgId: string;
		/** Live rows; change them through admin.setAccount. */
		readonly accounts: Account[];
		readonly groups: UserGroup[];
		/** Ids of the accounts in a group. */
		members(groupId: string): string[];
		load: ApiServer['load'];
	};
	pageUrl: string;
	admin: Admin;
	log: LoggedRequest[];
	/** JumpCloud requests that are not reads. */
	writes(): LoggedRequest[];
	outbox: Mail[];
	violations: Violation[];
	faults: { add(fault: Fault): ActiveFault; clear(): void };
	/** May be changed at any time. */
	quirks: Quirks;
	/** The day the company describes, and its named cases (test/data/acme/cases.json). */
	asOf: string;
	cases: Row[];
	/** Empties the log and the violations; outbox and state stay. */
	clearLog(): void;
	snapshot(): WorldState;
	restore(state: WorldState): void;
	stop(): Promise<void>;
}

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const now = options.now ?? (() => new Date());
	const today = now().toISOString().slice(0, 10);
	const company = companyOf(options, today);
	const quirks: Quirks = { ...structuredClone(DEFAULT_QUIRKS), ...options.quirks };
	const world = new World(
		company,
		now,
		quirks,
		options.seed ?? 1,
		options.organization ?? ORGANIZATION,
	);
	const log = new RequestLog(() => [
		TOKEN,
		API_KEY,
		CLIENT_SECRET,
		SERVICE_TOKEN,
		...world.webhooks.map((webhook) => webhook.secret),
	]);
	const faults = new FaultBook();
	const webhooks = new Webhooks(world);
	const admin = createAdmin(world, webhooks);
	const jumpCloud = new JumpCloud(world, log);
	const humaans = new Humaans(world, webhooks, () => void admin.hire());
	const shared = {
		world,
		log,
		faults,
		latencyMs: () => options.latencyMs ?? 0,
		intercept: options.intercept,
	};
	const started: Array<{ stop(): Promise<void> }> = [];
	const keep = async <T extends { stop(): Promise<void> }>(starting: Promise<T>): Promise<T> => {
		try {
			const server = await starting;
			started.push(server);
			return server;
		} catch (error) {
			// A port that is taken must not leave the other servers behind.
			await Promise.all(started.map((server) => server.stop()));
			throw error;
		}
	};
	const humaansServer = await keep(
		startApiServer({
			...shared,
			service: 'humaans',
			port: options.ports?.humaans ?? 0,
			handle: (request) => humaans.handle(request),
		}),
	);
	const jumpCloudServer = await keep(
		startApiServer({
			...shared,
			service: 'jumpCloud',
			port: options.ports?.jumpCloud ?? 0,
			handle: (request) =>
				options.onWrite
					? watched(world, request, () => jumpCloud.handle(request), options.onWrite)
					: jumpCloud.handle(request),
			inspect: (request) => jumpCloud.inspect(request),
		}),
	);
	const page = await keep(startPage({ port: options.ports?.page ?? 0, world, log, admin }));

	return {
		humaans: {
			baseUrl: `${humaansServer.origin}/api`,
			token: TOKEN,
			setToken: (scopes, personId = world.tokenInfo.personId, role) => {
				world.tokenInfo = { ...world.tokenInfo, scopes: [...scopes], personId };
				const maker = world.person(personId);
				if (maker && role !== undefined) maker.role = role;
			},
			people: world.people,
			jobRoles: world.jobRoles,
			locations: world.locations,
			webhooks: world.webhooks,
			deliveries: webhooks.deliveries,
			settled: () => webhooks.settled(),
			sign: (body, secret) => webhooks.signature(body, secret),
			load: humaansServer.load,
		},
		jumpCloud: {
			baseUrl: jumpCloudServer.origin,
			apiKey: API_KEY,
			serviceAccount: {
				clientId: CLIENT_ID,
				clientSecret: CLIENT_SECRET,
				tokenUrl: jumpCloudServer.origin + TOKEN_PATH,
			},
			orgId: world.organization,
			accounts: world.accounts,
			groups: world.groups,
			members: (groupId) => [...(world.members.get(groupId) ?? [])],
			load: jumpCloudServer.load,
		},
		pageUrl: page.origin,
		admin,
		log: log.entries,
		writes: () => log.writes(),
		outbox: world.outbox,
		violations: log.violations,
		faults,
		quirks,
		asOf: company.asOf,
		cases: company.cases,
		clearLog: () => log.clear(),
		snapshot: () => world.snapshot(),
		restore: (state) => world.load(state),
		stop: async () => {
			webhooks.stop();
			await Promise.all(started.map((server) => server.stop()));
		},
	};
}

function companyOf(options: SandboxOptions, today: string): Company {
	if (options.people !== undefined) {
		const { seed, accounts } = options;
		return generateCompany(options.people, {
			today,
			...(seed === undefined ? {} : { seed }),
			...(accounts === undefined ? {} : { accounts }),
		});
	}
	const company =
		typeof options.company === 'object' ? options.company : loadCompany(options.company);
	return options.shiftToToday ? shiftCompany(company, today) : company;
}

export { generateCompany } from './generate';
export { loadCompany, shiftCompany, DEFAULT_COMPANY } from './company';
export {
	DEFAULT_QUIRKS,
	SWITCHES,
	type Certainty,
	type Quirks,
	type RefusedValue,
	type Switch,
} from './quirks';
export type { Admin, PersonPatch, RolePatch } from './admin';
export type { ActiveFault } from './faults';
export type { WorldState } from './world';
export type {
	Account,
	AppliedWrite,
	Company,
	Fault,
	FaultKind,
	JobRole,
	LoggedRequest,
	Mail,
	Person,
	SandboxOptions,
	Service,
	UserGroup,
	Violation,
} from './types';
