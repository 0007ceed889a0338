import type { IHookFunctions } from 'n8n-workflow';
import { humaansClient } from '../n8n/transport';
import { checkWebhook, createWebhook } from '../services/humaans/registerWebhook';
import { keptOf, nodeKey, pollsEnded } from './staticData';
import { secretsOf } from './webhook';

const urlOf = (context: IHookFunctions): string => context.getNodeWebhookUrl('default') ?? '';

/**
 * Whether there is nothing to register: the webhook is there, or an administrator adds it by hand.
 */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	const kept = keptOf(context);
	const found = await checkWebhook(
		await humaansClient(context),
		urlOf(context),
		await secretsOf(context),
		kept.webhook,
	);
	if (found !== 'there') delete kept.webhook;
	return found !== 'missing';
}

export async function register(context: IHookFunctions): Promise<boolean> {
	keptOf(context).webhook = await createWebhook(
		await humaansClient(context),
		urlOf(context),
		await secretsOf(context),
	);
	return true;
}

/** Leaves nothing behind in Humaans; a webhook that was added by hand stays. */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	pollsEnded(nodeKey(context));
	const kept = keptOf(context);
	if (!kept.webhook) return true;
	await (await humaansClient(context)).deleteWebhook(kept.webhook.id);
	delete kept.webhook;
	return true;
}
