import {
	sleep,
	type IAllExecuteFunctions,
	type ICredentialDataDecryptedObject,
	type IHttpRequestOptions,
} from 'n8n-workflow';
import { ServiceFailure } from '../services/http/failure';
import { HumaansClient } from '../services/humaans/client';
import { createRequester, type HttpAnswer, type Send } from '../services/http/requester';
import { JumpCloudClient } from '../services/jumpcloud/client';
import { outageOf } from '../services/http/circuitBreaker';
import { paceOf } from '../services/http/rateLimiter';
import { jumpCloudOrigin } from '../services/jumpcloud/regions';

export { jumpCloudOrigin } from '../services/jumpcloud/regions';

export const HUMAANS_CREDENTIAL = 'humaansApi';
export const JUMPCLOUD_CREDENTIAL = 'jumpCloudApi';
export const SERVICE_ACCOUNT_CREDENTIAL = 'jumpCloudServiceAccountApi';
export type JumpCloudCredential = typeof JUMPCLOUD_CREDENTIAL | typeof SERVICE_ACCOUNT_CREDENTIAL;

const withoutEndSlash = (url: string): string => url.trim().replace(/\/+$/, '');

export const humaansBaseUrl = (credential: ICredentialDataDecryptedObject): string =>
	withoutEndSlash(String(credential.baseUrl ?? '') || 'https://app.humaans.io/api');

/** The functions of n8n that a client needs; every kind of node context has them. */
export type NodeContext = Pick<IAllExecuteFunctions, 'helpers' | 'getCredentials'>;

export interface ClientOptions {
	concurrency?: number;
	signal?: AbortSignal;
	/** One attempt, in milliseconds. */
	timeoutMs?: number;
	/** All attempts of one request, in milliseconds. */
	budgetMs?: number;
}

type FullResponse = { statusCode: number; headers: Record<string, unknown>; body: unknown };

/** Wrong client ID or secret, as OAuth servers say it (RFC 6749, 5.2); some do so with a 400. */
const WRONG_CLIENT = /^(invalid_client|unauthorized_client|invalid_grant)$/;

/**
 * What n8n threw, when it holds an answer: a token that was refused even after it was renewed, or
 * could not be had.
 */
function answerIn(error: unknown): HttpAnswer | null {
	const { httpCode, context, cause } = (error ?? {}) as {
		httpCode?: unknown;
		context?: { data?: unknown };
		cause?: { response?: { headers?: Record<string, unknown> } };
	};
	const status = Number(httpCode);
	if (!Number.isInteger(status) || status < 400) return null;
	const body = context?.data ?? {};
	if (status === 401 || WRONG_CLIENT.test(String((body as { error?: unknown }).error)))
		throw new ServiceFailure('JumpCloud', 'wrongServiceAccount', 401);
	return { status, headers: cause?.response?.headers ?? {}, body };
}

/** One attempt through n8n's own helper: it adds the key and never throws on a status. */
function n8nSend(context: NodeContext, credentialType: string, base: string): Send {
	// n8n renews an expired token when a 401 is thrown, so for a service account that one status is
	// left to it.
	const ignoreHttpStatusErrors =
		credentialType === SERVICE_ACCOUNT_CREDENTIAL
			? ({ ignore: true, except: [401] } as const)
			: true;
	return async ({ method, path, query, body, timeoutMs }) => {
		// A fresh object per attempt: n8n changes the one it is given.
		const options = {
			method,
			url: `${base}${path}`,
			qs: query,
			json: true,
			returnFullResponse: true,
			ignoreHttpStatusErrors,
			disableFollowRedirect: true,
			timeout: timeoutMs,
			...(body === undefined ? {} : { body: body as IHttpRequestOptions['body'] }),
		} as IHttpRequestOptions;
		try {
			const answer = (await context.helpers.httpRequestWithAuthentication.call(
				context as IAllExecuteFunctions,
				credentialType,
				options,
			)) as FullResponse;
			return { status: answer.statusCode, headers: answer.headers, body: answer.body };
		} catch (error) {
			const answer = credentialType === SERVICE_ACCOUNT_CREDENTIAL ? answerIn(error) : null;
			return answer ?? (await Promise.reject(error as Error));
		}
	};
}

export async function jumpCloudClient(
	context: NodeContext,
	options: ClientOptions = {},
	credential: JumpCloudCredential = JUMPCLOUD_CREDENTIAL,
): Promise<JumpCloudClient> {
	const origin = jumpCloudOrigin(await context.getCredentials(credential));
	return new JumpCloudClient(
		createRequester({
			service: 'JumpCloud',
			send: n8nSend(context, credential, origin),
			sleep,
			pace: paceOf(origin),
			outage: outageOf(origin),
			...options,
		}),
	);
}

export async function humaansClient(
	context: NodeContext,
	options: ClientOptions & { fixedZone?: string } = {},
): Promise<HumaansClient> {
	const base = humaansBaseUrl(await context.getCredentials(HUMAANS_CREDENTIAL));
	const { fixedZone = 'UTC', ...rest } = options;
	return new HumaansClient(
		createRequester({
			service: 'Humaans',
			send: n8nSend(context, HUMAANS_CREDENTIAL, base),
			sleep,
			pace: paceOf(base),
			outage: outageOf(base),
			...rest,
		}),
		{ now: () => new Date(), fixedZone },
	);
}
