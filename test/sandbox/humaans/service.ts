import type { Answer, ApiRequest } from '../http';
import { RateLimiter } from '../rateLimit';
import { Router } from '../router';
import type { Row } from '../types';
import type { World } from '../world';
import { NOT_FOUND, refuse } from './errors';
import { list } from './feathers';
import { listJobRoles } from './jobRoles';
import { getMaker, getPerson, listPeople } from './people';
import { hasScope, isVisible, visibleOf, type Scope } from './permissions';
import type { Webhooks } from './webhooks';

export const TOKEN = 'sandbox-humaans-token';

export class Humaans {
	readonly router = new Router();
	private readonly limiter = new RateLimiter(refuse);

	constructor(
		private readonly world: World,
		webhooks: Webhooks,
		hireSomebody: () => void,
	) {
		this.router
			.on(
				'GET /api/people',
				this.scoped('public:read', (request) => listPeople(world, request, hireSomebody)),
			)
			.on(
				'GET /api/people/{id}',
				this.scoped('public:read', (_request, { id }) => getPerson(world, id as string)),
			)
			.on(
				'GET /api/job-roles',
				this.scoped('public:read', (request) => listJobRoles(world, request)),
			)
			.on(
				'GET /api/job-roles/{id}',
				this.scoped('public:read', (_request, { id }) => this.byId(world.jobRoles, id as string)),
			)
			.on(
				'GET /api/locations',
				this.scoped('public:read', (request) => this.rows(world.locations, request)),
			)
			.on(
				'GET /api/locations/{id}',
				this.scoped('public:read', (_request, { id }) => this.byId(world.locations, id as string)),
			)
			.on(
				'GET /api/custom-fields',
				this.scoped('public:read', (request) => this.rows(world.customFields, request)),
			)
			.on(
				'GET /api/custom-values',
				this.scoped('private:read', (request) => this.rows(world.customValues, request)),
			)
			.on(
				'GET /api/me',
				this.scoped('public:read', () => getMaker(world)),
			)
			.on('GET /api/token-info', () => ({ status: 200, body: world.tokenInfo }))
			.on(
				'GET /api/webhooks',
				this.scoped('webhooks:manage', (request) => webhooks.list(request)),
			)
			.on(
				'POST /api/webhooks',
				this.scoped('webhooks:manage', (request) => webhooks.create(request)),
			)
			.on(
				'DELETE /api/webhooks/{id}',
				this.scoped('webhooks:manage', (_request, { id }) => webhooks.remove(id as string)),
			)
			.on(
				'GET /api/webhook-events',
				this.scoped('webhooks:manage', (request) =>
					list(webhooks.deliveries, request.query, world.quirks, {
						fields: ['webhookId', 'event', 'status'],
					}),
				),
			);
	}

	handle(request: ApiRequest): Answer {
		if (request.headers.authorization !== `Bearer ${TOKEN}`)
			return refuse(401, 'Invalid access token');
		const tooMany = this.limiter.answer(this.world.quirks.humaansRateLimit);
		if (tooMany) return tooMany;
		return this.router.handle(request, (reason) =>
			reason === 'unknown' ? NOT_FOUND : refuse(405, 'Method not allowed'),
		);
	}

	private scoped(
		scope: Scope,
		handler: (request: ApiRequest, params: Record<string, string>) => Answer,
	) {
		return (request: ApiRequest, params: Record<string, string>): Answer =>
			hasScope(this.world, scope)
				? handler(request, params)
				: refuse(403, 'Insufficient permissions', [{ name: 'scope', reason: `requires ${scope}` }]);
	}

	private rows(rows: readonly Row[], request: ApiRequest): Answer {
		return list(visibleOf(this.world, rows), request.query, this.world.quirks, {
			fields: Object.keys(rows[0] ?? { id: '' }),
		});
	}

	private byId(rows: readonly Row[], id: string): Answer {
		const row = rows.find((candidate) => candidate.id === id);
		const owner = typeof row?.personId === 'string' ? this.world.person(row.personId) : undefined;
		return row && (!owner || isVisible(this.world, owner)) ? { status: 200, body: row } : NOT_FOUND;
	}
}
