import { contractProblems } from '../contract/check';
import { brokenRules, isConflicting } from '../contract/rules';
import { STRING_FIELDS } from '../contract/systemuser';
import { FOREIGN_NOT_FOUND, htmlPage } from '../foreign';
import type { Answer, ApiRequest } from '../http';
import type { RequestLog } from '../requestLog';
import { RateLimiter } from '../rateLimit';
import { Router } from '../router';
import type { Violation } from '../types';
import type { World } from '../world';
import { refuse, WRONG_KEY } from './errors';
import {
	changeMembers,
	createGroup,
	deleteGroup,
	getGroup,
	listGroups,
	listMembers,
	memberOf,
} from './groups';
import { listAccounts, searchAccounts } from './listing';
import { giveToken, SERVICE_TOKEN, TOKEN_PATH } from './serviceAccount';
import { activate, resendInvites, suspend } from './stateVerbs';
import { createAccount, deleteAccount, getAccount, updateAccount } from './systemusers';

export const API_KEY = 'sandbox-jumpcloud-key';
/** Organization of the sandbox; answers to GET /organizations carry it. */
export const ORGANIZATION = '5a2dbc0fe0a1b2c3d4e5f607';

const SIGN_IN_PATH = '/login';
/** A client that follows it gets a page with 200, and the project never follows. */
const TO_SIGN_IN: Answer = {
	status: 302,
	headers: { location: SIGN_IN_PATH, 'content-type': 'text/plain; charset=utf-8' },
	text: `Found. Redirecting to ${SIGN_IN_PATH}`,
};

export class JumpCloud {
	readonly router = new Router();
	/** Problems found at arrival, kept until the request is answered. */
	private readonly problems = new WeakMap<ApiRequest, string[]>();
	private readonly limiter = new RateLimiter(refuse);

	constructor(
		private readonly world: World,
		private readonly log: RequestLog,
	) {
		this.router
			.on('GET /api/systemusers', (request) => listAccounts(world, request))
			.on('POST /api/search/systemusers', (request) => searchAccounts(world, request))
			.on('POST /api/systemusers', (request) => createAccount(world, world.organization, request))
			.on('POST /api/systemusers/reactivate', (request) => resendInvites(world, request))
			.on('GET /api/systemusers/{id}', (request, { id }) =>
				getAccount(world, id as string, request),
			)
			.on('PUT /api/systemusers/{id}', (request, { id }) =>
				updateAccount(world, id as string, request),
			)
			.on('DELETE /api/systemusers/{id}', (request, { id }) =>
				deleteAccount(world, id as string, request),
			)
			.on('POST /api/systemusers/{id}/state/activate', (request, { id }) =>
				activate(world, id as string, request),
			)
			.on('POST /api/systemusers/{id}/state/suspend', (_request, { id }) =>
				suspend(world, id as string),
			)
			.on('GET /api/organizations', () => this.organizations())
			.on('GET /api/organizations/{id}', (_request, { id }) => this.organization(id as string))
			.on('GET /api/v2/usergroups', (request) => listGroups(world, request))
			.on('POST /api/v2/usergroups', (request) => createGroup(world, request))
			.on('DELETE /api/v2/usergroups/{id}', (_request, { id }) => deleteGroup(world, id as string))
			.on('GET /api/v2/usergroups/{id}', (_request, { id }) => getGroup(world, id as string))
			.on('GET /api/v2/usergroups/{id}/members', (request, { id }) =>
				listMembers(world, id as string, request),
			)
			.on('POST /api/v2/usergroups/{id}/members', (request, { id }) =>
				changeMembers(world, id as string, request),
			)
			.on('GET /api/v2/users/{id}/memberof', (request, { id }) =>
				memberOf(world, id as string, request),
			);
	}

	/** Holds every request against the contract and the rules, whether or not a fault answers it. */
	inspect(request: ApiRequest): void {
		// Another server gives the tokens; the contract is about the API.
		if (request.path === TOKEN_PATH) return;
		const problems = contractProblems(
			this.withoutQuirkyNulls(request),
			this.world.quirks.putAcceptsUnlistedFields,
		);
		if (request.method === 'PUT' && isConflicting(request.body))
			problems.push('body: state and suspended conflict');
		this.problems.set(request, problems);
		for (const message of problems) this.violate(request, 'contract', message);
		for (const message of brokenRules(request)) this.violate(request, 'rule', message);
	}

	handle(request: ApiRequest): Answer {
		return (
			this.gateway(request) ??
			this.unauthorised(request) ??
			this.limiter.answer(this.world.quirks.jumpCloudRateLimit) ??
			this.outside(request) ??
			this.router.handle(request, () => refuse(404, 'Not Found'))
		);
	}

	/** What answers before JumpCloud's API does. */
	private gateway(request: ApiRequest): Answer | undefined {
		const { path } = request;
		if (path === TOKEN_PATH) return giveToken(request);
		if (path === SIGN_IN_PATH) return htmlPage(200, 'JumpCloud Console');
		const { foreignNotFound } = this.world.quirks;
		return foreignNotFound && path.includes(foreignNotFound.path)
			? FOREIGN_NOT_FOUND[foreignNotFound.body]
			: undefined;
	}

	private unauthorised(request: ApiRequest): Answer | undefined {
		const { 'x-api-key': key, authorization } = request.headers;
		if (!key && authorization !== undefined) {
			if (authorization !== `Bearer ${SERVICE_TOKEN}`) return WRONG_KEY;
		} else if (!key) return this.world.quirks.withoutKey === 302 ? TO_SIGN_IN : WRONG_KEY;
		else if (key !== API_KEY) return WRONG_KEY;
		const organization = request.headers['x-org-id'];
		if (organization === undefined || organization === '') return undefined;
		if (!/^[0-9a-f]{24}$/.test(String(organization)))
			return refuse(400, 'Bad Request: x-org-id is malformed');
		if (organization !== this.world.organization) return refuse(404, 'Organization not found');
		return undefined;
	}

	private outside(request: ApiRequest): Answer | undefined {
		const problems = this.problems.get(request) ?? [];
		return problems.length > 0 ? refuse(400, problems.join('; ')) : undefined;
	}

	/** With the quirk on, null in a string field is no violation but a way to clear. */
	private withoutQuirkyNulls(request: ApiRequest): ApiRequest {
		if (request.method !== 'PUT' || this.world.quirks.nullClearsStrings === '400' || !request.body)
			return request;
		const body = Object.entries(request.body).filter(
			([name, value]) => !(value === null && STRING_FIELDS.includes(name)),
		);
		return { ...request, body: Object.fromEntries(body) };
	}

	private violate({ n, method, path }: ApiRequest, kind: Violation['kind'], message: string): void {
		this.log.violations.push({ n, method, path, message, kind });
	}

	private organizations(): Answer {
		if (this.world.quirks.organizationsForbidden) return refuse(403, 'Forbidden');
		const { organization } = this.world;
		return {
			status: 200,
			body: {
				totalCount: 1,
				results: [{ _id: organization, id: organization, displayName: 'Sandbox' }],
			},
		};
	}

	private organization(id: string): Answer {
		if (this.world.quirks.organizationsForbidden) return refuse(403, 'Forbidden');
		if (id !== this.world.organization) return refuse(404, 'Not Found');
		const settings = {
			newSystemUserStateDefaults: {
				manualEntry: this.world.quirks.defaultState,
				csvImport: this.world.quirks.defaultState,
			},
		};
		return {
			status: 200,
			body: { _id: id, id, displayName: 'Sandbox', settings },
		};
	}
}
