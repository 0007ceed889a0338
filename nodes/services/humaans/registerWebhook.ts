import { CannotRead } from './readPeople';
import { WEBHOOKS_SCOPE, type HumaansClient } from './client';
import { markOf, secretFor } from '../../core/watch/delivery';

/** What the trigger remembers of the webhook it registered. */
export interface Registration {
	id: string;
	/** Of the secret it was registered with. */
	mark: string;
	/** Only when Humaans chose one of its own. */
	secret?: string;
}

export interface Secrets {
	accessToken: string;
	/** From the credential; '' when there is none. */
	webhookSecret: string;
}

type WebhookClient = Pick<HumaansClient, 'scopes' | 'webhooks' | 'createWebhook' | 'deleteWebhook'>;

/** What deliveries to this address must be signed with; '' when nobody knows. */
export function secretOf(
	{ accessToken, webhookSecret }: Secrets,
	url: string,
	registered: Registration | undefined,
): string {
	if (!registered) return webhookSecret;
	return registered.secret ?? (webhookSecret || secretFor(accessToken, url));
}

const chosenSecret = ({ accessToken, webhookSecret }: Secrets, url: string): string =>
	webhookSecret || secretFor(accessToken, url);

/**
 * The mark of the secret that is due now, when deliveries are still signed with another one that
 * nobody knows any more; or null.
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
 * Whether the webhook is as it must be. `byHand`: the token may not register any, so an
 * administrator does. One that was registered with another secret, or that nobody remembers, is
 * removed.
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
	const here = (await client.webhooks()).filter((webhook) => webhook.url === url);
	if (
		registered?.mark === markOf(chosenSecret(secrets, url)) &&
		here.some((webhook) => webhook.id === registered.id)
	)
		return 'there';
	for (const id of new Set([
		...here.map((webhook) => webhook.id),
		...(registered ? [registered.id] : []),
	]))
		await client.deleteWebhook(id);
	return 'missing';
}

export async function createWebhook(
	client: WebhookClient,
	url: string,
	secrets: Secrets,
): Promise<Registration> {
	const secret = chosenSecret(secrets, url);
	const made = await client.createWebhook(url, secret);
	return {
		id: made.id,
		mark: markOf(secret),
		...(made.secret !== null && made.secret !== secret ? { secret: made.secret } : {}),
	};
}
