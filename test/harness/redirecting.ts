/** Two hosts: one that answers with a redirect, and the one that the redirect points to. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Redirecting {
	/** Where requests are sent. */
	origin: string;
	/** What came there. */
	asked: Array<{ path: string; headers: IncomingHttpHeaders }>;
	/** What came to the other host: nothing must. */
	followed: Array<{ path: string; headers: IncomingHttpHeaders }>;
}

const servers: Server[] = [];

/** Ends all hosts; to be called after each test. */
export async function stopRedirecting(): Promise<void> {
	for (const server of servers.splice(0)) {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	}
}

const listening = async (server: Server): Promise<string> => {
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/**
 * @param status Of the redirect @param to Path there; with `same` it is on the host itself
 * @param passes What is answered as it should be: a body for a path, or undefined
 */
export async function redirecting(
	status: number,
	{
		to = '/elsewhere',
		same = false,
		passes = () => undefined,
	}: { to?: string; same?: boolean; passes?: (path: string) => unknown } = {},
): Promise<Redirecting> {
	const asked: Redirecting['asked'] = [];
	const followed: Redirecting['followed'] = [];
	const other = createServer(({ url = '', headers }, response) => {
		followed.push({ path: url, headers });
		response.writeHead(200, { 'content-type': 'application/json' });
		// Whatever is asked for, it looks right.
		response.end(JSON.stringify({ scopes: ['private:read'], total: 0, data: [], results: [] }));
	});
	const there = await listening(other);
	const server = createServer(({ url = '', headers }, response) => {
		if (same && url.startsWith(to)) {
			followed.push({ path: url, headers });
			return void response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
		}
		asked.push({ path: url, headers });
		const body = passes(url);
		if (body === undefined) {
			return void response.writeHead(status, { location: `${same ? '' : there}${to}` }).end();
		}
		response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
	});
	const origin = await listening(server);
	return { origin, asked, followed };
}
