/**
 * The real client over real HTTP to a sandbox, without n8n: tiny waits, so that thousands of runs
 * take seconds.
 */
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import {
	createRequester,
	type RequesterOptions,
	type Send,
} from '../../nodes/services/http/requester';
import { JumpCloudClient } from '../../nodes/services/jumpcloud/client';
import { Tenant } from '../../nodes/services/jumpcloud/tenant';
import { RateLimiter } from '../../nodes/services/http/rateLimiter';
import type { Sandbox } from '../sandbox';

const agent = new Agent({ keepAlive: true, maxSockets: 20 });

/**
 * One attempt, as n8n's helper makes it: any status resolves, half a body or no answer rejects,
 * what is no JSON stays text.
 */
export const httpSend =
	(origin: string, headers: Record<string, string>): Send =>
	async ({ method, path, query, body, timeoutMs }) =>
		await new Promise((resolve, reject) => {
			const url = new URL(path, origin);
			for (const [key, value] of Object.entries(query)) url.searchParams.set(key, String(value));
			const text = body === undefined ? undefined : JSON.stringify(body);
			const sent = request(
				url,
				{
					method,
					agent,
					headers: {
						accept: 'application/json',
						...headers,
						...(text === undefined
							? {}
							: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
					},
				},
				(answer) => {
					const chunks: Buffer[] = [];
					answer.on('data', (chunk: Buffer) => chunks.push(chunk));
					answer.on('error', reject);
					answer.on('end', () => {
						const whole = Buffer.concat(chunks).toString('utf8');
						let parsed: unknown = whole;
						try {
							parsed = JSON.parse(whole);
						} catch {
							// HTML, nothing, or JSON that was cut.
						}
						resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: parsed });
					});
				},
			);
			const timer = setTimeout(
				() => sent.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })),
				timeoutMs,
			);
			sent.on('close', () => clearTimeout(timer));
			sent.on('error', reject);
			sent.end(text);
		});

export const clientFor = (
	sandbox: Sandbox,
	options: Partial<RequesterOptions> = {},
	tenant = new Tenant(),
): JumpCloudClient =>
	new JumpCloudClient(
		createRequester({
			service: 'JumpCloud',
			send: httpSend(sandbox.jumpCloud.baseUrl, { 'x-api-key': sandbox.jumpCloud.apiKey }),
			sleep,
			rateLimiter: new RateLimiter(4),
			backoffMs: 1,
			ceilingMs: 4,
			patienceMs: 5,
			timeoutMs: 2_000,
			...options,
		}),
		tenant,
	);

/** Nothing is under way any more: late answers were given, and what they do is done. */
export async function quiet(sandbox: Sandbox): Promise<void> {
	while (sandbox.jumpCloud.load.inFlight > 0) await sleep(2);
}
