import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { jumpCloudOrigin, jumpCloudTokenUrl } from '../services/jumpcloud/regions';
import { ask, failedTest, jsonOf, redirectProblem } from './credentialTest';

/** The key that requests are sent with: what it is called, what to check about it, its headers. */
interface Caller {
	name: string;
	hint: string;
	headers: Record<string, string>;
}

/** Tells a wrong key (or region) from a role that may not read users. */
async function readsUsers(
	data: Record<string, unknown>,
	caller: Caller,
): Promise<INodeCredentialTestResult> {
	const orgId = String(data.orgId ?? '').trim();
	const answer = await ask(`${jumpCloudOrigin(data)}/api/systemusers?limit=1`, {
		headers: {
			...caller.headers,
			Accept: 'application/json',
			...(orgId ? { 'x-org-id': orgId } : {}),
		},
	});
	if (answer === null)
		return failedTest('JumpCloud cannot be reached. Check the region or base URL and the network.');
	const redirected = redirectProblem('JumpCloud', answer);
	if (redirected) return redirected;
	if (answer.status === 401)
		return failedTest(`JumpCloud did not accept the ${caller.name}. ${caller.hint}`);
	if (answer.status === 403)
		return failedTest(
			`The ${caller.name} works, but its role may not read users. Give it a role that may manage users.`,
		);
	if (answer.status === 400)
		return failedTest('JumpCloud did not accept the request. Check the Organization ID.');
	if (!answer.ok)
		return failedTest(
			`JumpCloud answered with status ${answer.status}. Check the region or base URL, or try again later.`,
		);
	const page = (await jsonOf(answer)) as { results?: unknown } | null;
	return Array.isArray(page?.results)
		? { status: 'OK', message: `The ${caller.name} works and may read users.` }
		: failedTest('That address does not answer like JumpCloud. Check the base URL.');
}

export async function jumpCloudApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const data = credential.data ?? {};
	const hint = 'Check the key and the region: a key works only in its own region.';
	return await readsUsers(data, {
		name: 'API key',
		hint,
		headers: { 'x-api-key': String(data.apiKey ?? '') },
	});
}

/** Gets a token of its own, so that a new ID or secret is what is tested. */
export async function jumpCloudServiceAccountApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const data = credential.data ?? {};
	const hint = 'Check the client ID, the secret and the region.';
	const pair = Buffer.from(
		`${String(data.clientId ?? '').trim()}:${String(data.clientSecret ?? '').trim()}`,
	).toString('base64');
	const answer = await ask(jumpCloudTokenUrl(data), {
		method: 'POST',
		headers: {
			Authorization: `Basic ${pair}`,
			'Content-Type': 'application/x-www-form-urlencoded',
			Accept: 'application/json',
		},
		body: 'grant_type=client_credentials&scope=api',
	});
	if (answer === null)
		return failedTest(
			'The token address of JumpCloud cannot be reached. Check the region or token URL and the network.',
		);
	const redirected = redirectProblem('JumpCloud', answer);
	if (redirected) return redirected;
	if (answer.status === 400 || answer.status === 401)
		return failedTest(`JumpCloud did not accept the service account. ${hint}`);
	if (!answer.ok)
		return failedTest(
			`JumpCloud answered with status ${answer.status} instead of a token. Check the region ` +
				'or token URL, or try again later.',
		);
	const token = ((await jsonOf(answer)) as { access_token?: unknown } | null)?.access_token;
	if (typeof token !== 'string' || token === '')
		return failedTest('That address does not give tokens like JumpCloud. Check the token URL.');
	return await readsUsers(data, {
		name: 'service account',
		hint,
		headers: { Authorization: `Bearer ${token}` },
	});
}
