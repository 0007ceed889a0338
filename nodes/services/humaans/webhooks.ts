/** The calls about webhooks of the Humaans API. */
import { attempt, ServiceFailure } from '../http/failure';
import type { Requester } from '../http/requester';
import { rowId, type ListRows } from './lists';

/** With this scope a token may register webhooks and remove them. */
export const WEBHOOKS_SCOPE = 'webhooks:manage';

export interface RegisteredWebhook {
	id: string;
	url: string;
	/** What Humaans signs with, when it says so. */
	secret: string | null;
}

function webhookOf(data: unknown): RegisteredWebhook | null {
	const { url, secret } = (data ?? {}) as { url?: unknown; secret?: unknown };
	const id = rowId(data);
	if (id === null) return null;
	return {
		id,
		url: typeof url === 'string' ? url : '',
		secret: typeof secret === 'string' && secret !== '' ? secret : null,
	};
}

/** All webhooks of the company. */
export const listWebhooks = async (list: ListRows): Promise<RegisteredWebhook[]> =>
	(await list('/webhooks')).flatMap(({ data }) => webhookOf(data) ?? []);

/**
 * What a webhook is asked to tell. Whatever it tells, the trigger reads the person and sees for
 * itself what changed. The names are those of a public client (sgerrand/ex_humaans); Humaans'
 * documentation has none.
 */
const WEBHOOK_EVENTS = ['person.created', 'person.updated', 'person.deleted'];

/** Not sent again when the answer is lost: the next time the caller lists the webhooks first. */
export async function createWebhook(
	request: Requester,
	url: string,
	secret: string | null,
): Promise<RegisteredWebhook> {
	const created = await request({
		method: 'POST',
		path: '/webhooks',
		body: { url, events: WEBHOOK_EVENTS, ...(secret === null ? {} : { secret }) },
		repeat: 'unsafe',
		expect: 'object',
	});
	const webhook = webhookOf(created);
	if (!webhook) throw new ServiceFailure('Humaans', 'notJson', null);
	return webhook;
}

/** It is no failure when the webhook is gone already. */
export async function deleteWebhook(request: Requester, id: string): Promise<void> {
	const path = `/webhooks/${encodeURIComponent(id)}`;
	const answer = await attempt(
		request({ method: 'DELETE', path, repeat: 'safe', expect: 'anything' }),
	);
	if (!answer.ok && answer.failure.kind !== 'notFound') throw answer.failure;
}
