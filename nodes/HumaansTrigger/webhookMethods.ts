import type { IHookFunctions } from 'n8n-workflow';
import { humaansClient } from '../n8n/transport';
import { checkWebhook, registerWebhook, type Secrets } from '../services/humaans/registerWebhook';
import { triggerKey, staticDataOf, stopSharing } from './staticData';
import { secretsOf } from './webhook';

const urlOf = (context: IHookFunctions): string => context.getNodeWebhookUrl('default') ?? '';

/** Polling goes on without the webhook, so the workflow is published all the same. */
function sayHowByHand(context: IHookFunctions, { webhookSecret }: Secrets): void {
	if (webhookSecret !== '') return;
	context.logger.warn(
		'Humaans webhook: it could not be registered with a secret that is known, so changes are seen ' +
			'by polling only. To see them within seconds, add a webhook for the production URL of the ' +
			'node in Humaans under Settings › Webhooks, put its secret into the credential, and publish ' +
			'again.',
	);
}

/**
 * Whether there is nothing to register: the webhook is there, or an administrator adds it by hand.
 */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	const data = staticDataOf(context);
	const secrets = await secretsOf(context);
	const client = await humaansClient(context);
	const found = await checkWebhook(client, urlOf(context), secrets, data.webhook);
	if (found !== 'there') delete data.webhook;
	if (found === 'byHand') sayHowByHand(context, secrets);
	return found !== 'missing';
}

export async function register(context: IHookFunctions): Promise<boolean> {
	const secrets = await secretsOf(context);
	const made = await registerWebhook(await humaansClient(context), urlOf(context), secrets);
	if (made) staticDataOf(context).webhook = made;
	else sayHowByHand(context, secrets);
	return true;
}

/** Leaves nothing behind in Humaans; a webhook that was added by hand stays. */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	stopSharing(triggerKey(context));
	const data = staticDataOf(context);
	if (!data.webhook) return true;
	await (await humaansClient(context)).deleteWebhook(data.webhook.id);
	delete data.webhook;
	return true;
}
