import type { Answer, ApiRequest } from '../http';

/** A service account: its ID and secret are exchanged for a token that stands in for the key. */
export const CLIENT_ID = 'sandbox-client-id';
export const CLIENT_SECRET = 'sandbox-client-secret';
export const SERVICE_TOKEN = 'sandbox-service-token';
export const TOKEN_PATH = '/oauth2/token';

const HOUR_S = 3600;
const BASIC = `Basic ${Buffer.from(`${CLIENT_ID}:${CLIENT_SECRET}`).toString('base64')}`;

/** POST of the token address: client credentials, as OAuth says it (RFC 6749, 4.4 and 5.2). */
export function giveToken({ method, headers, text }: ApiRequest): Answer {
	if (method !== 'POST') return { status: 405, body: { error: 'invalid_request' } };
	if (headers.authorization !== BASIC) return { status: 401, body: { error: 'invalid_client' } };
	if (new URLSearchParams(text).get('grant_type') !== 'client_credentials')
		return { status: 400, body: { error: 'unsupported_grant_type' } };
	return {
		status: 200,
		body: { access_token: SERVICE_TOKEN, expires_in: HOUR_S, scope: 'api', token_type: 'bearer' },
	};
}
