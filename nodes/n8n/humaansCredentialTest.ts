import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { isUsableId } from '../core/person/personRow';
import { FULL_VIEW_SCOPE, isFullViewRole } from '../services/humaans/fullView';
import { ask, failedTest, jsonOf, redirectProblem } from './credentialTest';
import { humaansBaseUrl } from './transport';

interface Asked {
	status: number;
	body: Record<string, unknown> | null;
	/** What is wrong with the address, whatever was asked. */
	problem: INodeCredentialTestResult | null;
}

async function askHumaans(data: ICredentialDataDecryptedObject, path: string): Promise<Asked> {
	const answer = await ask(`${humaansBaseUrl(data)}${path}`, {
		headers: {
			Authorization: `Bearer ${String(data.accessToken ?? '')}`,
			Accept: 'application/json',
		},
	});
	if (answer === null) {
		const problem = failedTest('Humaans cannot be reached. Check the base URL and the network.');
		return { status: 0, body: null, problem };
	}
	const { status, ok } = answer;
	const problem = redirectProblem('Humaans', answer);
	return { status, problem, body: ok ? ((await jsonOf(answer)) as Asked['body']) : null };
}

const isGood = ({ status }: Asked): boolean => status >= 200 && status < 300;

const otherStatus = ({ status }: Asked): INodeCredentialTestResult =>
	failedTest(`Humaans answered with status ${status}. Check the base URL, or try again later.`);

/** Whoever made the token: it shows no more than they may see, whatever its scopes. */
async function makerProblem(
	data: ICredentialDataDecryptedObject,
	personId: unknown,
): Promise<INodeCredentialTestResult | null> {
	const isKnown = typeof personId === 'string' && isUsableId(personId);
	const maker = await askHumaans(data, isKnown ? `/people/${personId}` : '/me');
	if (maker.problem) return maker.problem;
	if (!isGood(maker) && maker.status !== 403 && maker.status !== 404) return otherStatus(maker);
	const role = maker.body?.role;
	if (typeof role !== 'string') {
		return failedTest(
			'The token works, but Humaans does not say who made it, so it may not show everybody. ' +
				'Let an owner or administrator of Humaans make it.',
		);
	}
	if (isFullViewRole(role)) return null;
	return failedTest(
		'The token works, but was made by somebody who is neither owner nor administrator, so it ' +
			'may not show everybody. Let an owner or administrator of Humaans make it.',
	);
}

/** Tells a wrong token from one that does not show everybody, by its scopes or by who made it. */
export async function humaansApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const data = credential.data ?? {};
	const token = await askHumaans(data, '/token-info');
	if (token.problem) return token.problem;
	if (token.status === 401)
		return failedTest('Humaans did not accept the access token. Copy it again, or make a new one.');
	if (!isGood(token)) return otherStatus(token);
	const { scopes, personId } = token.body ?? {};
	if (!Array.isArray(scopes))
		return failedTest('That address does not answer like Humaans. Check the base URL.');
	if (!scopes.includes(FULL_VIEW_SCOPE)) {
		return failedTest(
			`The token works but lacks the scope ${FULL_VIEW_SCOPE}: new hires and leavers stay ` +
				'invisible. Make a token with that scope.',
		);
	}
	const problem = await makerProblem(data, personId);
	return problem ?? { status: 'OK', message: 'The token works and can see everybody.' };
}
