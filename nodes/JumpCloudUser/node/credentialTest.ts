import type { ICredentialsDecrypted, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';
import { jumpCloudOrigin } from '../../shared/clients/transport';

const TIMEOUT_MS = 15_000;
const wrong = (message: string): INodeCredentialTestResult => ({ status: 'Error', message });

/** Tells a wrong key (or region) from a role that may not read users. */
export async function jumpCloudApiTest(this: ICredentialTestFunctions, credential: ICredentialsDecrypted): Promise<INodeCredentialTestResult> {
	const data = credential.data ?? {};
	const orgId = String(data.orgId ?? '').trim();
	let answer: Response;
	try {
		answer = await fetch(`${jumpCloudOrigin(data)}/api/systemusers?limit=1`, {
			headers: { 'x-api-key': String(data.apiKey ?? ''), Accept: 'application/json', ...(orgId ? { 'x-org-id': orgId } : {}) },
			signal: AbortSignal.timeout(TIMEOUT_MS),
		});
	} catch {
		return wrong('JumpCloud cannot be reached. Check the region or base URL and the network.');
	}
	if (answer.status === 401) return wrong('JumpCloud did not accept the API key. Check the key and the region: a key works only in its own region.');
	if (answer.status === 403) return wrong('The key works, but the role of its administrator may not read users. Give it a role that may manage users.');
	if (answer.status === 400) return wrong('JumpCloud did not accept the request. Check the Organization ID.');
	if (!answer.ok) return wrong(`JumpCloud answered with status ${answer.status}. Check the region or base URL, or try again later.`);
	const page = (await answer.json().catch(() => null)) as { results?: unknown } | null;
	return Array.isArray(page?.results) ? { status: 'OK', message: 'The key works and may read users.' } : wrong('That address does not answer like JumpCloud. Check the base URL.');
}
