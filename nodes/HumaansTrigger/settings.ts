import type {
	IDataObject,
	INodeExecutionData,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import type { Subject } from '../core/subject';
import { LIKELY_SIGNATURE, type SignatureSettings } from '../core/watch/delivery';
import type { PollOptions } from '../services/humaans/pollPeople';

interface Options {
	allowPartialView?: boolean;
	includeCustomFields?: boolean;
	timezone?: string;
}

/**
 * Of the time that is given, this share may pass before the last missing person is asked for by ID.
 */
const ASKING_SHARE = 0.6;

/** @param budgetMs Milliseconds for all of it. */
export function pollOptions(
	context: IPollFunctions | IWebhookFunctions,
	budgetMs: number,
): PollOptions & { fixedZone: string | undefined } {
	const {
		allowPartialView = false,
		includeCustomFields = false,
		timezone,
	} = context.getNodeParameter('options', {}) as Options;
	return {
		triggerOn: context.getNodeParameter('triggerOn') as string[],
		firstActivation: context.getNodeParameter('firstActivation') as PollOptions['firstActivation'],
		allowPartialView,
		includeCustomFields,
		deadline: Date.now() + budgetMs * ASKING_SHARE,
		fixedZone: timezone,
	};
}

export const signatureSettings = (context: IWebhookFunctions): SignatureSettings => ({
	...LIKELY_SIGNATURE,
	...((context.getNodeParameter('webhookOptions', null) ?? {}) as Partial<SignatureSettings>),
});

export const itemsOf = (subjects: readonly Subject[]): INodeExecutionData[][] | null =>
	subjects.length === 0 ? null : [subjects.map((subject) => ({ json: subject as IDataObject }))];
