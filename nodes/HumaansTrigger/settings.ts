import type {
	IDataObject,
	INodeExecutionData,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import type { Subject } from '../core/subject';
import { LIKELY_SIGNATURE, type SignatureSettings } from '../core/watch/delivery';
import type { PollOptions } from '../services/humaans/pollPeople';

interface TriggerOptions {
	allowPartialView?: boolean;
	includeCustomFields?: boolean;
	timezone?: string;
}

/** After this share of the time, missing people are no longer asked for by ID. */
const ASKING_SHARE = 0.6;

/** @param budgetMs Milliseconds for all of it. */
export function pollOptions(
	context: IPollFunctions | IWebhookFunctions,
	budgetMs: number,
): PollOptions & { fixedZone: string | undefined } {
	const options = context.getNodeParameter('options', {}) as TriggerOptions;
	return {
		triggerOn: context.getNodeParameter('triggerOn') as string[],
		firstActivation: context.getNodeParameter('firstActivation') as PollOptions['firstActivation'],
		allowPartialView: options.allowPartialView ?? false,
		include: options.includeCustomFields
			? ['jobRoles', 'locations', 'customFields']
			: ['jobRoles', 'locations'],
		deadline: Date.now() + budgetMs * ASKING_SHARE,
		now: () => new Date(),
		fixedZone: options.timezone,
	};
}

export const signatureSettings = (context: IWebhookFunctions): SignatureSettings => ({
	...LIKELY_SIGNATURE,
	...((context.getNodeParameter('webhookOptions', null) ?? {}) as Partial<SignatureSettings>),
});

export const itemsOf = (subjects: readonly Subject[]): INodeExecutionData[][] | null =>
	subjects.length === 0 ? null : [subjects.map((subject) => ({ json: subject as IDataObject }))];
