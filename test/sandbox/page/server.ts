import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Admin, PersonPatch } from '../admin';
import { listen, parseJson, readBody, rendered, type Answer, type RunningServer } from '../http';
import type { RequestLog } from '../requestLog';
import type { World } from '../world';
import { pageState } from './state';

export interface PageOptions {
	port: number;
	world: World;
	log: RequestLog;
	admin: Admin;
}

/** The page for people: both services side by side, and a hand on Humaans. */
export async function startPage(options: PageOptions): Promise<RunningServer> {
	const html = readFileSync(join(__dirname, 'index.html'), 'utf8');
	return listen(options.port, (request, response) => {
		answer(options, html, request)
			.catch(
				(error: unknown): Answer => ({
					status: 400,
					body: { message: error instanceof Error ? error.message : String(error) },
				}),
			)
			.then((reply) => write(response, reply))
			.catch(() => request.socket.destroy());
	});
}

function write(response: ServerResponse, reply: Answer): void {
	const { text, headers } = rendered(reply);
	response.writeHead(reply.status, { ...headers, 'cache-control': 'no-store' });
	response.end(text);
}

async function answer(
	{ world, log, admin }: PageOptions,
	html: string,
	request: IncomingMessage,
): Promise<Answer> {
	const url = new URL(request.url ?? '/', 'http://127.0.0.1');
	const { pathname } = url;
	if (request.method === 'GET' && pathname === '/')
		return { status: 200, text: html, headers: { 'content-type': 'text/html; charset=utf-8' } };
	if (request.method === 'GET' && pathname === '/state') {
		// Nothing new since the page last looked: the answer stays small.
		if (url.searchParams.get('since') === String(world.revision)) return { status: 204 };
		return { status: 200, body: pageState(world, log) };
	}
	// Only the page itself may write: a form on another site cannot send JSON without asking first.
	if (!(request.headers['content-type'] ?? '').startsWith('application/json'))
		return { status: 415, body: { message: 'Send JSON' } };
	const body = (parseJson(await readBody(request)).body ?? {}) as PersonPatch & {
		lastWorkingDay?: string;
	};
	const [, collection, id, action] = pathname.split('/');
	if (collection !== 'people') return { status: 404, body: { message: 'Not found' } };
	if (request.method === 'POST' && !id) return { status: 200, body: admin.hire(body) };
	if (request.method === 'PATCH' && id) return { status: 200, body: admin.change(id, body) };
	if (request.method === 'POST' && id && action === 'offboard')
		return { status: 200, body: admin.offboard(id, body.lastWorkingDay || undefined) };
	if (request.method === 'DELETE' && id) {
		admin.remove(id);
		return { status: 204 };
	}
	return { status: 404, body: { message: 'Not found' } };
}
