import { sleep, type IAllExecuteFunctions, type ICredentialDataDecryptedObject, type IHttpRequestOptions } from 'n8n-workflow';
import { HumaansClient } from './humaans';
import { createRequester, type HttpAnswer, type Send } from './http';
import { JumpCloudClient } from './jumpcloud';

export const HUMAANS_CREDENTIAL = 'humaansApi';
export const JUMPCLOUD_CREDENTIAL = 'jumpCloudApi';

/** Console origins by region (JumpCloud's CLI and PowerShell module agree on them). */
const CONSOLES: Readonly<Record<string, string>> = {
	us: 'https://console.jumpcloud.com',
	eu: 'https://console.eu.jumpcloud.com',
	in: 'https://console.in.jumpcloud.com',
};

const withoutEndSlash = (url: string): string => url.trim().replace(/\/+$/, '');

/** Origin of the JumpCloud console for a credential, without `/api`. */
export function jumpCloudOrigin(credential: ICredentialDataDecryptedObject): string {
	if (credential.region === 'custom') return withoutEndSlash(String(credential.baseUrl ?? '')).replace(/\/api(\/v2)?$/, '');
	return CONSOLES[String(credential.region ?? 'us')] ?? CONSOLES.us!;
}

export const humaansBaseUrl = (credential: ICredentialDataDecryptedObject): string => withoutEndSlash(String(credential.baseUrl ?? '') || 'https://app.humaans.io/api');

/** The functions of n8n that a client needs; every kind of node context has them. */
export type NodeContext = Pick<IAllExecuteFunctions, 'helpers' | 'getCredentials'>;

export interface ClientOptions {
	concurrency?: number;
	signal?: AbortSignal;
}

/** One attempt through n8n's own helper: it adds the key and never throws on a status. */
function n8nSend(context: NodeContext, credentialType: string, base: string): Send {
	return async ({ method, path, query, body, timeoutMs }) => {
		// A fresh object per attempt: n8n changes the one it is given.
		const options: IHttpRequestOptions = {
			method,
			url: `${base}${path}`,
			qs: query,
			json: true,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout: timeoutMs,
			...(body === undefined ? {} : { body: body as IHttpRequestOptions['body'] }),
		};
		const answer = (await context.helpers.httpRequestWithAuthentication.call(context as IAllExecuteFunctions, credentialType, options)) as { statusCode: number; headers: Record<string, unknown>; body: unknown };
		return { status: answer.statusCode, headers: answer.headers, body: answer.body } satisfies HttpAnswer;
	};
}

export async function jumpCloudClient(context: NodeContext, options: ClientOptions = {}): Promise<JumpCloudClient> {
	const origin = jumpCloudOrigin(await context.getCredentials(JUMPCLOUD_CREDENTIAL));
	return new JumpCloudClient(createRequester({ service: 'JumpCloud', send: n8nSend(context, JUMPCLOUD_CREDENTIAL, origin), sleep, ...options }));
}

export async function humaansClient(context: NodeContext, options: ClientOptions & { fixedZone?: string } = {}): Promise<HumaansClient> {
	const base = humaansBaseUrl(await context.getCredentials(HUMAANS_CREDENTIAL));
	const { fixedZone = 'UTC', ...rest } = options;
	return new HumaansClient(createRequester({ service: 'Humaans', send: n8nSend(context, HUMAANS_CREDENTIAL, base), sleep, ...rest }), { now: () => new Date(), fixedZone });
}
