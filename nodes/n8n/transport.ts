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
import { circuitBreakerFor } from '../services/http/circuitBreaker';
import { rateLimiterFor } from '../services/http/rateLimiter';
import { withoutEndSlash } from '../services/http/url';
import { jumpCloudOrigin } from '../services/jumpcloud/regions';
import { tenantFor } from '../services/jumpcloud/tenant';

export const HUMAANS_CREDENTIAL = 'humaansApi';
export const JUMPCLOUD_CREDENTIAL = 'jumpCloudApi';
export const SERVICE_ACCOUNT_CREDENTIAL = 'jumpCloudServiceAccountApi';
export type JumpCloudCredential = typeof JUMPCLOUD_CREDENTIAL | typeof SERVICE_ACCOUNT_CREDENTIAL;

export const humaansBaseUrl = (credential: ICredentialDataDecryptedObject): string =>
	withoutEndSlash(String(credential.baseUrl ?? '') || 'https://app.humaans.io/api');

/** The functions of n8n that a client needs. Every kind of node context has them. */
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

/**
 * How OAuth servers say that the client ID or the secret is wrong (RFC 6749, 5.2). Some say it with
 * a 400.
 */
const WRONG_CLIENT = /^(invalid_client|unauthorized_client|invalid_grant)$/;

/**
 * The answer in an error that n8n threw; null when there is none. n8n throws when it could get no
 * token, or when the service refused the token after it was renewed.
 */
function answerIn(error: unknown): HttpAnswer | null {
	const { httpCode, context, cause } = (error ?? {}) as {
		httpCode?: unknown;
		context?: { data?: unknown };
		cause?: { response?: { headers?: Record<string, unknown> } };
	};
	const status = Number(httpCode);
	if (!Number.isInteger(status) || status < 300) return null;
	const body = context?.data ?? {};
	if (status === 401 || WRONG_CLIENT.test(String((body as { error?: unknown }).error)))
		throw new ServiceFailure('JumpCloud', 'wrongServiceAccount', 401);
	return { status, headers: cause?.response?.headers ?? {}, body };
}

/** Makes one attempt with n8n's own helper, which adds the key. Any status is an answer. */
function n8nSend(context: NodeContext, credentialType: string, base: string): Send {
	// n8n renews an expired token when a 401 is thrown. So for a service account a 401 is thrown.
	const ignoreHttpStatusErrors =
		credentialType === SERVICE_ACCOUNT_CREDENTIAL
			? ({ ignore: true, except: [401] } as const)
			: true;
	return async ({ method, path, query, body, timeoutMs }) => {
		// A new object for each attempt, because n8n changes the one it is given.
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
			rateLimiter: rateLimiterFor(origin),
			circuitBreaker: circuitBreakerFor(origin),
			...options,
		}),
		tenantFor(origin),
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
			rateLimiter: rateLimiterFor(base),
			circuitBreaker: circuitBreakerFor(base),
			...rest,
		}),
		{ now: () => new Date(), fixedZone },
	);
}
