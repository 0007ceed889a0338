import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, ApiRequest } from '../http';
import { humaansId } from '../ids';
import type { Row } from '../types';
import type { World, Webhook } from '../world';
import { refuse } from './errors';
import { list } from './feathers';

/** One attempt to deliver an event, as /webhook-events lists it. */
export interface Delivery {
	[key: string]: unknown;
	id: string;
	webhookId: string;
	event: string;
	attempt: number;
	/** 0 when nobody answered. */
	status: number;
	at: string;
}

const ATTEMPTS = 3;
const TIMEOUT_MS = 10_000;

/**
 * Registered webhooks and their deliveries. Only loopback addresses are called: a sandbox must not
 * reach anybody.
 */
export class Webhooks {
	readonly deliveries: Delivery[] = [];
	private readonly pending = new Set<Promise<void>>();
	private readonly stopping = new AbortController();

	constructor(private readonly world: World) {}

	create(request: ApiRequest): Answer {
		const { webhookCreation, webhookEventsRequired, webhookSecret } = this.world.quirks;
		if (webhookCreation !== 'works') return refuse(webhookCreation, 'Webhooks are set up by hand');
		const { url, secret, events } = (request.body ?? {}) as {
			url?: unknown;
			secret?: unknown;
			events?: unknown;
		};
		if (typeof url !== 'string' || !isLoopback(url))
			return this.invalid('url', 'must be an http address on this machine');
		const hasEvents = Array.isArray(events) && events.length > 0;
		if (!hasEvents && webhookEventsRequired)
			return this.invalid('events', 'must name at least one event');
		const webhook: Webhook = {
			id: humaansId(this.world.random),
			url,
			secret:
				webhookSecret === 'client' && typeof secret === 'string'
					? secret
					: `sandbox-webhook-${humaansId(this.world.random)}`,
			events: hasEvents ? events.map(String) : [],
			enabled: true,
			createdAt: this.world.now().toISOString(),
		};
		this.world.webhooks.push(webhook);
		return { status: 201, body: webhookSecret === 'nowhere' ? shown(webhook) : webhook };
	}

	remove(id: string): Answer {
		const at = this.world.webhooks.findIndex((webhook) => webhook.id === id);
		if (at < 0) return refuse(404, 'Not found');
		const [removed] = this.world.webhooks.splice(at, 1);
		return { status: 200, body: shown(removed as Webhook) };
	}

	list(request: ApiRequest): Answer {
		return list(this.world.webhooks.map(shown), request.query, this.world.quirks, {
			fields: ['id', 'url', 'enabled'],
		});
	}

	private invalid(name: string, reason: string): Answer {
		return refuse(this.world.quirks.errorStatusValidation, 'Validation failed', [{ name, reason }]);
	}

	/**
	 * Tells everybody who listens that a person changed. Returns at once; settled() waits for the
	 * deliveries.
	 */
	announce(event: string, personId: string): void {
		const body = JSON.stringify({
			id: humaansId(this.world.random),
			event,
			createdAt: this.world.now().toISOString(),
			...this.subject(personId),
		});
		for (const webhook of this.world.webhooks) {
			if (!webhook.enabled || (webhook.events.length > 0 && !webhook.events.includes(event)))
				continue;
			const delivery = this.deliver({ ...webhook }, event, body).catch(() => undefined);
			this.pending.add(delivery);
			void delivery.finally(() => this.pending.delete(delivery));
		}
	}

	/** Resolves when nothing is on its way any more. */
	async settled(): Promise<void> {
		while (this.pending.size > 0) await Promise.all(this.pending);
	}

	stop(): void {
		this.stopping.abort();
	}

	/** The header and value that sign a body, for tests that deliver by themselves. */
	signature(body: string, secret: string): { header: string; value: string } {
		const { webhookSignatureEncoding, webhookSignatureHeader, webhookSignaturePrefix } =
			this.world.quirks;
		const digest = createHmac('sha256', secret).update(body).digest(webhookSignatureEncoding);
		return { header: webhookSignatureHeader, value: webhookSignaturePrefix + digest };
	}

	private subject(personId: string): object {
		switch (this.world.quirks.webhookBody) {
			case 'data.id':
				return { data: { id: personId } };
			case 'data.personId':
				return { data: { personId } };
			case 'personId':
				return { personId };
			case 'none':
				return {};
		}
	}

	private async deliver(webhook: Webhook, event: string, body: string): Promise<void> {
		const { header, value } = this.signature(body, webhook.secret);
		for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
			const status = await this.post(webhook.url, body, {
				[header]: value,
				'content-type': 'application/json',
			});
			this.deliveries.push({
				id: humaansId(this.world.random),
				webhookId: webhook.id,
				event,
				attempt,
				status,
				at: this.world.now().toISOString(),
			});
			if (status >= 200 && status < 300) return;
			await sleep(this.world.quirks.webhookRetryMs * 2 ** (attempt - 1), undefined, {
				signal: this.stopping.signal,
			});
		}
	}

	private async post(url: string, body: string, headers: Record<string, string>): Promise<number> {
		try {
			const signal = AbortSignal.any([this.stopping.signal, AbortSignal.timeout(TIMEOUT_MS)]);
			const response = await fetch(url, {
				method: 'POST',
				body,
				headers,
				redirect: 'manual',
				signal,
			});
			await response.arrayBuffer();
			return response.status;
		} catch {
			return 0;
		}
	}
}

/** Without the secret, which at most the answer to the creation shows. */
const shown = ({ id, url, events, enabled, createdAt }: Webhook): Row => ({
	id,
	url,
	events,
	enabled,
	createdAt,
});

function isLoopback(address: string): boolean {
	try {
		const url = new URL(address);
		return url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
	} catch {
		return false;
	}
}
