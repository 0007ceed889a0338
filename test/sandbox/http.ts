import {
	createServer,
	type IncomingHttpHeaders,
	type IncomingMessage,
	type Server,
	type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the two services see it. */
export interface ApiRequest {
	/** Number of the request in the log. */
	n: number;
	method: string;
	/** Path without the query, percent-decoded. */
	path: string;
	query: URLSearchParams;
	headers: IncomingHttpHeaders;
	text: string;
	/** Parsed JSON; undefined without a body. */
	body: unknown;
	/** The body is not JSON. */
	malformed: boolean;
}

/** What a service answers: `body` as JSON, or `text` as it is. */
export interface Answer {
	status: number;
	body?: unknown;
	text?: string;
	headers?: Record<string, string>;
}

export interface RunningServer {
	/** http://127.0.0.1:port */
	origin: string;
	server: Server;
	stop(): Promise<void>;
}

/** Listens on 127.0.0.1 only: the sandbox is nobody else's business. */
export async function listen(
	port: number,
	onRequest: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<RunningServer> {
	const server = createServer({ keepAliveTimeout: 60_000 }, onRequest);
	// A client that goes away in the middle of something is not the sandbox's failure.
	server.on('clientError', (_error, socket) => socket.destroy());
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', () => resolve());
	});
	return {
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		server,
		stop: async () => {
			await new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			});
		},
	};
}

/** Larger than any real request; a guard against a runaway client. */
const MAX_BODY_BYTES = 5_000_000;

export async function readBody(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request) {
		size += (chunk as Buffer).length;
		if (size > MAX_BODY_BYTES) throw new Error('Request body too large');
		chunks.push(chunk as Buffer);
	}
	return Buffer.concat(chunks).toString('utf8');
}

export function parseJson(text: string): { body: unknown; malformed: boolean } {
	if (text.trim() === '') return { body: undefined, malformed: false };
	try {
		return { body: JSON.parse(text) as unknown, malformed: false };
	} catch {
		return { body: undefined, malformed: true };
	}
}

/** Text and headers of an answer; a 204 has no body. */
export function rendered(answer: Answer): { text: string; headers: Record<string, string> } {
	const text = answer.text ?? (answer.body === undefined ? '' : JSON.stringify(answer.body));
	const headers: Record<string, string> = {
		'content-type': 'application/json; charset=utf-8',
		...answer.headers,
	};
	if (answer.status === 204 || text === '') delete headers['content-type'];
	return { text: answer.status === 204 ? '' : text, headers };
}

/** Query as a record for the log; a repeated key becomes an array. */
export function queryRecord(query: URLSearchParams): Record<string, string | string[]> {
	const record: Record<string, string | string[]> = {};
	for (const key of new Set(query.keys())) {
		const values = query.getAll(key);
		record[key] = values.length === 1 ? (values[0] as string) : values;
	}
	return record;
}
