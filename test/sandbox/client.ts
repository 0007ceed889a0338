import type { Sandbox } from '.';

/** Whatever came: tests look into it freely. */
export type Json = ReturnType<JSON['parse']>;

/** What a call answered: parsed JSON, or the text when it is none. */
export interface Reply {
	status: number;
	body: Json;
	headers: Headers;
}

async function call(
	url: string,
	method: string,
	headers: Record<string, string>,
	body?: unknown,
): Promise<Reply> {
	const response = await fetch(url, {
		method,
		headers,
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
	const text = await response.text();
	let parsed: unknown = text;
	try {
		parsed = JSON.parse(text);
	} catch {
		// HTML, nothing, or JSON that was cut.
	}
	return { status: response.status, body: parsed, headers: response.headers };
}

/** A bare client for the sandbox's own tests; paths begin after /api. */
export const clientOf = (sandbox: Sandbox) => ({
	jumpCloud: (
		method: string,
		path: string,
		body?: unknown,
		headers: Record<string, string> = {},
	): Promise<Reply> =>
		call(
			`${sandbox.jumpCloud.baseUrl}/api${path}`,
			method,
			{
				'x-api-key': sandbox.jumpCloud.apiKey,
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
				...headers,
			},
			body,
		),
	humaans: (
		path: string,
		{
			method = 'GET',
			body,
			token = sandbox.humaans.token,
		}: { method?: string; body?: unknown; token?: string } = {},
	): Promise<Reply> =>
		call(
			`${sandbox.humaans.baseUrl}${path}`,
			method,
			{ authorization: `Bearer ${token}`, 'content-type': 'application/json' },
			body,
		),
});

export type Client = ReturnType<typeof clientOf>;
