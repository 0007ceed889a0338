/** What the tests of all credentials share ("Test" in n8n's credential dialog). */
import type { INodeCredentialTestResult } from 'n8n-workflow';

const TIMEOUT_MS = 15_000;

/** @param message What is wrong, and what to check */
export const failedTest = (message: string): INodeCredentialTestResult => ({
	status: 'Error',
	message,
});

/**
 * The answer, whatever its status; null when none came. No redirect is followed: it would carry the
 * key to another address.
 */
export async function ask(url: string, init: RequestInit): Promise<Response | null> {
	try {
		const signal = AbortSignal.timeout(TIMEOUT_MS);
		return await fetch(url, { ...init, redirect: 'manual', signal });
	} catch {
		return null;
	}
}

/** What a redirect means, or null for any other answer. */
export function redirectProblem(
	service: string,
	{ status, headers }: Response,
): INodeCredentialTestResult | null {
	if (status < 300 || status > 399) return null;
	if (/\/(login|signin)\b/i.test(headers.get('location') ?? '')) {
		return failedTest(
			`${service} answered with its sign-in page: the key did not arrive. Enter it again; a proxy ` +
				'in between may take headers away.',
		);
	}
	return failedTest(
		`${service} answered with a redirect, which is not followed: a key is sent to no other address. ` +
			'Check the address in this credential.',
	);
}

/** The body; null when it is not JSON. */
export const jsonOf = async (answer: Response): Promise<unknown> =>
	await answer.json().catch(() => null);
