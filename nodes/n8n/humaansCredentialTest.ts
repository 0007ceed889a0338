import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { FULL_VIEW_SCOPE } from '../services/humaans/client';
import { humaansBaseUrl } from './transport';

const TIMEOUT_MS = 15_000;
const wrong = (message: string): INodeCredentialTestResult => ({ status: 'Error', message });

/** Tells a wrong token from one that lacks the scope to see new hires and leavers. */
export async function humaansApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const data = credential.data ?? {};
	let answer: Response;
	try {
		answer = await fetch(`${humaansBaseUrl(data)}/token-info`, {
			headers: {
				Authorization: `Bearer ${String(data.accessToken ?? '')}`,
				Accept: 'application/json',
			},
			signal: AbortSignal.timeout(TIMEOUT_MS),
		});
	} catch {
		return wrong('Humaans cannot be reached. Check the base URL and the network.');
	}
	if (answer.status === 401)
		return wrong('Humaans did not accept the access token. Copy it again, or make a new one.');
	if (!answer.ok)
		return wrong(
			`Humaans answered with status ${answer.status}. Check the base URL, or try again later.`,
		);
	const info = (await answer.json().catch(() => null)) as { scopes?: unknown } | null;
	if (!Array.isArray(info?.scopes))
		return wrong('That address does not answer like Humaans. Check the base URL.');
	if (!info.scopes.includes(FULL_VIEW_SCOPE)) {
		return wrong(
			`The token works but lacks the scope ${FULL_VIEW_SCOPE}: new hires and leavers stay ` +
				'invisible. Make a token with that scope.',
		);
	}
	return { status: 'OK', message: 'The token works and can see everybody.' };
}
