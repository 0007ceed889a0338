import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { Subject } from '../core/subject';
import { isGenuine, personIdOf } from '../core/watch/delivery';
import { toNodeError } from '../n8n/errors';
import { HUMAANS_CREDENTIAL, humaansClient } from '../n8n/transport';
import { isServiceFailure } from '../services/http/failure';
import { CannotRead } from '../services/humaans/cannotRead';
import { pollPeople } from '../services/humaans/pollPeople';
import {
	outdatedMark,
	secretOf,
	type Registration,
	type Secrets,
} from '../services/humaans/registerWebhook';
import { rereadPerson } from '../services/humaans/rereadPerson';
import type { QueueKey } from '../services/keyedQueue';
import { EVERYBODY, queueOf } from './queue';
import { itemsOf, pollOptions, signatureSettings } from './settings';
import { triggerKey, sharedMemory, staticDataOf } from './staticData';

/** Milliseconds to read one person; Humaans delivers again what was not answered in time. */
const PERSON_MS = 10_000;
/** Milliseconds to read everybody. */
const EVERYBODY_MS = 240_000;

export async function secretsOf(
	context: Pick<IWebhookFunctions, 'getCredentials'>,
): Promise<Secrets> {
	const { accessToken, webhookSecret } = await context.getCredentials(HUMAANS_CREDENTIAL);
	return {
		accessToken: String(accessToken ?? ''),
		webhookSecret: String(webhookSecret ?? '').trim(),
	};
}

/**
 * A delivery only says that something changed. Whoever it names is read from Humaans, and what
 * differs from the last read makes the event. A delivery that names nobody starts a poll. One that
 * is not signed with the secret is answered 401, before any work.
 */
export async function webhook(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const response = context.getResponseObject();
	const answer = (status: number, message: string): IWebhookResponseData => {
		if (!response.headersSent) response.status(status).json({ message });
		return { noWebhookResponse: true };
	};
	const { rawBody, headers } = context.getRequestObject() as { rawBody?: Buffer } & ReturnType<
		IWebhookFunctions['getRequestObject']
	>;
	const secrets = await secretsOf(context);
	const url = context.getNodeWebhookUrl('default') ?? '';
	const { webhook: registered } = staticDataOf(context);
	const secret = secretOf(secrets, url, registered);
	if (!isGenuine({ raw: rawBody, headers }, secret, signatureSettings(context), new Date())) {
		warnIfOutdated(context, secrets, url, registered);
		return answer(401, 'The signature is missing, wrong or too old');
	}

	const about = personIdOf(rawBody!) ?? EVERYBODY;
	// Humaans does not wait as long as it takes to read everybody. If the read fails, the next poll
	// sees what changed.
	const accept = () => void answer(202, 'Accepted');
	if (about === EVERYBODY || queueOf(triggerKey(context)).has(EVERYBODY)) accept();
	try {
		const items = itemsOf(await changesAbout(context, about, accept));
		if (items === null) return answer(200, 'Nothing new');
		return response.headersSent
			? { noWebhookResponse: true, workflowData: items }
			: { workflowData: items };
	} catch (error) {
		const shown = toNodeError(context.getNode(), error);
		const passes = isServiceFailure(error) || error instanceof CannotRead || response.headersSent;
		if (!passes) throw shown;
		context.logger.warn(`Humaans webhook: ${shown.message} The next poll sees the change.`);
		return answer(503, 'Humaans cannot be read at present');
	}
}

/** By node: the mark of the secret that was warned about last. */
const warnedAbout = new Map<string, string>();

/** Anybody can send what is refused, so the log has one warning for each change of the secret. */
function warnIfOutdated(
	context: IWebhookFunctions,
	secrets: Secrets,
	url: string,
	registered: Registration | undefined,
): void {
	const node = triggerKey(context);
	const mark = outdatedMark(secrets, url, registered);
	if (mark === null || warnedAbout.get(node) === mark) return;
	warnedAbout.set(node, mark);
	context.logger.warn(
		'Humaans webhook: a delivery was refused. The credential has changed since the webhook ' +
			'was registered, and its secret with it. Unpublish the workflow and publish it again; ' +
			'until then only polls see changes.',
	);
}

/**
 * What changed, once all earlier reads of the same people have ended. Nothing, when a read that has
 * not begun yet will see the same.
 * @param about A person's ID; or everybody, when the delivery names nobody.
 * @param accept Answers Humaans, before everybody is read.
 */
async function changesAbout(
	context: IWebhookFunctions,
	about: QueueKey,
	accept: () => void,
): Promise<Subject[]> {
	const queue = queueOf(triggerKey(context));
	if (queue.hasWaiting(about)) return [];
	const subjects = await queue.run(about, async () =>
		about === EVERYBODY ? await pollNow(context) : await rereadNow(context, about),
	);
	if (subjects !== null) return subjects;
	accept();
	return await changesAbout(context, EVERYBODY, accept);
}

/** The first poll remembers everybody; before it nothing is news. */
async function pollNow(context: IWebhookFunctions): Promise<Subject[]> {
	const { memory, remember } = sharedMemory(context);
	if (!memory) return [];
	const { client, options } = await clientWithin(context, EVERYBODY_MS);
	const result = await pollPeople(client, memory, options);
	if (result.memory !== memory) remember(result.memory);
	return result.subjects;
}

/** `null`: the delivery is not about somebody who is known or there, and a poll shows what it is. */
async function rereadNow(context: IWebhookFunctions, id: string): Promise<Subject[] | null> {
	const before = sharedMemory(context).memory;
	if (!before) return [];
	const { client, options } = await clientWithin(context, PERSON_MS);
	const compareWith = await rereadPerson(client, id, options);
	// Other people are read at the same time. So the memory is taken as it is now, and nothing comes
	// between this line and `remember`.
	const { memory = before, remember } = sharedMemory(context);
	const result = compareWith(memory);
	if (result && result.memory !== memory) remember(result.memory);
	return result && result.subjects;
}

async function clientWithin(context: IWebhookFunctions, budgetMs: number) {
	const { fixedZone, ...options } = pollOptions(context, budgetMs);
	const signal = AbortSignal.timeout(budgetMs);
	return { client: await humaansClient(context, { signal, fixedZone }), options };
}
