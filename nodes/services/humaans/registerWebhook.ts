import { markOf, secretFor } from '../../core/watch/delivery';
import { attempt, type ServiceFailure } from '../http/failure';
import { CannotRead } from './cannotRead';
import type { HumaansClient } from './client';
import { WEBHOOKS_SCOPE, type RegisteredWebhook } from './webhooks';

/** What the trigger remembers of the webhook that it registered. */
export interface Registration {
	id: string;
	/** Stands for the secret that it was registered with: see `markOf`. */
	mark: string;
	/** Only when Humaans chose another secret than ours. */
	secret?: string;
}

export interface Secrets {
	accessToken: string;
	/** From the credential; '' when there is none. */
	webhookSecret: string;
}

type WebhookClient = Pick<HumaansClient, 'scopes' | 'webhooks' | 'createWebhook' | 'deleteWebhook'>;

/** The secret that deliveries to this address must be signed with; '' when there is none. */
export function secretOf(
	{ accessToken, webhookSecret }: Secrets,
	url: string,
	registered: Registration | undefined,
): string {
	if (!registered) return webhookSecret;
	return registered.secret ?? (webhookSecret || secretFor(accessToken, url));
}

/** What this package asks Humaans to sign with. */
const chosenSecret = ({ accessToken, webhookSecret }: Secrets, url: string): string =>
	webhookSecret || secretFor(accessToken, url);

/**
 * The mark of the secret as it is now, when the webhook was registered with another one, which
 * nobody knows any more. Otherwise `null`.
 */
export function outdatedMark(
	secrets: Secrets,
	url: string,
	registered: Registration | undefined,
): string | null {
	if (!registered || registered.secret !== undefined) return null;
	const mark = markOf(chosenSecret(secrets, url));
	return mark === registered.mark ? null : mark;
}

/**
 * Whether the webhook is there, as it should be. `byHand`: an administrator adds it, because the
 * token may not, or has added it already. Nobody knows the secret of a webhook at this address that
 * neither the trigger remembers nor the credential has one for: it is removed.
 */
export async function checkWebhook(
	client: WebhookClient,
	url: string,
	secrets: Secrets,
	registered: Registration | undefined,
): Promise<'there' | 'byHand' | 'missing'> {
	if (!(await client.scopes()).includes(WEBHOOKS_SCOPE)) {
		if (secrets.webhookSecret !== '') return 'byHand';
		throw new CannotRead(
			`The Humaans access token lacks the scope ${WEBHOOKS_SCOPE}, so the webhook cannot be ` +
				'registered, and the credential holds no webhook secret.',
			`Give the token ${WEBHOOKS_SCOPE}; or add a webhook for ${url} in Humaans under ` +
				'Settings › Webhooks and put its secret into the credential.',
		);
	}
	const listed = await attempt(client.webhooks());
	if (!listed.ok) {
		if (isWebhookRefusal(listed.failure)) return 'byHand';
		throw listed.failure;
	}
	const here = listed.value.filter((webhook) => webhook.url === url);
	const isOurs =
		registered?.mark === markOf(chosenSecret(secrets, url)) &&
		here.some((webhook) => webhook.id === registered.id);
	if (isOurs) return 'there';
	const strangers = here.filter((webhook) => webhook.id !== registered?.id);
	if (secrets.webhookSecret !== '' && strangers.length > 0) return 'byHand';
	const outdated = [...here.map(({ id }) => id), ...(registered ? [registered.id] : [])];
	for (const id of new Set(outdated)) await client.deleteWebhook(id);
	return 'missing';
}

/** Humaans lets nobody register webhooks by the API, or not in this way. */
const isWebhookRefusal = ({ kind }: ServiceFailure): boolean =>
	kind === 'refused' || kind === 'notAllowed' || kind === 'notFound';

/** Made with our secret; where Humaans refuses that, with its own; null when it refuses both. */
async function made(
	client: WebhookClient,
	url: string,
	secret: string,
): Promise<RegisteredWebhook | null> {
	for (const given of [secret, null]) {
		const answer = await attempt(client.createWebhook(url, given));
		if (answer.ok) return answer.value;
		if (!isWebhookRefusal(answer.failure)) throw answer.failure;
	}
	return null;
}

/**
 * Registers the webhook. `null`: that does not work, so an administrator adds it by hand. A webhook
 * of which nobody says the secret is of no use, and is removed again.
 */
export async function registerWebhook(
	client: WebhookClient,
	url: string,
	secrets: Secrets,
): Promise<Registration | null> {
	const secret = chosenSecret(secrets, url);
	const webhook = await made(client, url, secret);
	if (webhook === null) return null;
	if (webhook.secret === null) {
		await client.deleteWebhook(webhook.id);
		return null;
	}
	const differs = webhook.secret !== secret ? { secret: webhook.secret } : {};
	return { id: webhook.id, mark: markOf(secret), ...differs };
}
