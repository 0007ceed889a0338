import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { CannotRead } from '../services/humaans/readPeople';
import { isServiceFailure } from '../services/http/failure';
import { HUMAANS_CREDENTIAL, humaansClient } from '../n8n/transport';
import { toNodeError } from '../n8n/errors';
import { isGenuine, personIdOf } from '../core/watch/delivery';
import { pollPeople } from '../services/humaans/pollPeople';
import { outdatedMark, secretOf, type Secrets } from '../services/humaans/registerWebhook';
import { rereadPerson } from '../services/humaans/rereadPerson';
import { keptOf, nodeKey, sharedMemory } from './staticData';
import { itemsOf, pollOptions, signatureSettings } from './settings';
import { EVERYBODY, inTurn, readsEverybody } from './keyedQueue';

/**
 * Milliseconds in which one person is read; Humaans delivers again what was not answered in time.
 */
const PERSON_MS = 10_000;
const SWEEP_MS = 240_000;

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
 * By node: the mark of the secret of which a warning was logged. Anybody can send what is refused,
 * so each change is told once.
 */
const warned = new Map<string, string>();

function warnIfOutdated(context: IWebhookFunctions, mark: string | null): void {
	const node = nodeKey(context);
	if (mark === null || warned.get(node) === mark) return;
	warned.set(node, mark);
	context.logger.warn(
		'Humaans webhook: a delivery was refused. The credential has changed since the webhook ' +
			'was registered, and its secret with it. Unpublish the workflow and publish it again; ' +
			'until then only polls see changes.',
	);
}

/**
 * A webhook only rings: whoever it names is read from Humaans, and what changed since the last read
 * makes the event. Anything that is not signed with the secret is answered 401 before any work; a
 * delivery that names nobody means a poll.
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
	const due = [
		await secretsOf(context),
		context.getNodeWebhookUrl('default') ?? '',
		keptOf(context).webhook,
	] as const;
	if (
		!isGenuine({ raw: rawBody, headers }, secretOf(...due), signatureSettings(context), new Date())
	) {
		warnIfOutdated(context, outdatedMark(...due));
		return answer(401, 'The signature is missing, wrong or too old');
	}

	const about = personIdOf(rawBody!) ?? EVERYBODY;
	// Whoever sends does not wait as long as everybody takes; if it comes to nothing, the next poll
	// sees it.
	const accept = () => void answer(202, 'Accepted');
	if (about === EVERYBODY || readsEverybody(nodeKey(context))) accept();
	try {
		const items = await ring(context, about, accept);
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

/** @param accept Answers whoever sends, before everybody is read. */
async function ring(
	context: IWebhookFunctions,
	about: string,
	accept: () => void,
): Promise<INodeExecutionData[][] | null> {
	const node = nodeKey(context);
	const budgetMs = about === EVERYBODY ? SWEEP_MS : PERSON_MS;
	const subjects = await inTurn(node, about, async () => {
		const known = () => sharedMemory(node, keptOf(context));
		// The first poll remembers everybody; before it nothing is news.
		const { memory: before } = known();
		if (!before) return [];
		const { fixedZone, ...options } = pollOptions(context, budgetMs);
		const client = await humaansClient(context, {
			signal: AbortSignal.timeout(budgetMs),
			fixedZone,
		});
		const now = () => new Date();
		const everybody = about === EVERYBODY ? await pollPeople(client, before, options, now) : null;
		const compare = everybody ? () => everybody : await rereadPerson(client, about, options, now);
		// People do not wait for each other: what others have added meanwhile is built upon, with no
		// pause before it is remembered.
		const { memory = before, remember } = known();
		const read = compare(memory);
		if (read && read.memory !== memory) remember(read.memory);
		return read && read.subjects;
	});
	// Somebody unknown who is not there: the delivery is about something else, and a poll shows what.
	if (subjects === null) {
		accept();
		return await ring(context, EVERYBODY, accept);
	}
	return itemsOf(subjects ?? []);
}
