import { setTimeout as sleep } from 'node:timers/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerAfter, answerInstead, type FaultBook } from './faults';
import {
	listen,
	parseJson,
	queryRecord,
	readBody,
	rendered,
	type Answer,
	type ApiRequest,
	type RunningServer,
} from './http';
import type { RequestLog } from './requestLog';
import type { Fault, LoggedRequest, SandboxOptions, Service } from './types';
import type { World } from './world';

export interface ApiServerOptions {
	service: Service;
	port: number;
	world: World;
	log: RequestLog;
	faults: FaultBook;
	latencyMs: () => number;
	intercept: SandboxOptions['intercept'];
	handle: (request: ApiRequest) => Answer;
	/** Looks at every request, also at those that a fault answers. */
	inspect?: (request: ApiRequest) => void;
}

export interface ApiServer extends RunningServer {
	/** The most requests that were in flight at once since the start or the last reset. */
	load: { inFlight: number; peak: number };
}

/** One service over HTTP: log, latency and faults around a handler that answers at once. */
export async function startApiServer(options: ApiServerOptions): Promise<ApiServer> {
	const stopping = new AbortController();
	const load = { inFlight: 0, peak: 0 };
	const started = performance.now();
	const running = await listen(options.port, (request, response) => {
		load.inFlight++;
		load.peak = Math.max(load.peak, load.inFlight);
		void serve(request, response)
			.catch(() => request.socket.destroy())
			.finally(() => load.inFlight--);
	});

	async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
		const arrived = performance.now();
		const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
		const n = options.log.nextNumber();
		const text = await readBody(incoming);
		const request: ApiRequest = {
			n,
			method: (incoming.method ?? 'GET').toUpperCase(),
			path: safeDecode(url.pathname),
			query: url.searchParams,
			headers: incoming.headers,
			text,
			...parseJson(text),
		};
		const entry = options.log.add({
			n,
			at: options.world.now().toISOString(),
			service: options.service,
			method: request.method,
			path: request.path,
			query: options.log.masked(queryRecord(request.query)),
			body: options.log.masked(request.malformed ? text : request.body),
			status: 0,
			tookMs: 0,
			startedMs: Math.round(arrived - started),
		});
		options.inspect?.(request);
		options.world.touch();
		const fault =
			options.intercept?.(entry) ??
			options.faults.take(options.service, request.method, request.path);
		if (fault) entry.fault = fault.kind;
		const pause = options.latencyMs() + (fault?.kind === 'slow' ? (fault.delayMs ?? 1000) : 0);
		if (pause > 0) await sleep(pause, undefined, { signal: stopping.signal });
		deliver(incoming, response, entry, request, fault);
		entry.tookMs = Math.round(performance.now() - arrived);
		options.world.touch();
	}

	function deliver(
		incoming: IncomingMessage,
		response: ServerResponse,
		entry: LoggedRequest,
		request: ApiRequest,
		fault?: Fault,
	): void {
		if (fault?.kind === 'cut') {
			incoming.socket.destroy();
			return;
		}
		const instead = fault && answerInstead(fault, options.service);
		let answer = instead ?? guarded(() => options.handle(request));
		if (fault && !instead) answer = answerAfter(fault, options.service, answer);
		if (fault?.kind === 'lost-answer') {
			incoming.socket.destroy();
			return;
		}
		const { text, headers } = rendered(answer);
		entry.status = answer.status;
		if (fault?.kind === 'cut-mid-body') {
			entry.status = 0;
			const bytes = Buffer.from(text);
			if (bytes.length === 0) {
				incoming.socket.destroy();
				return;
			}
			response.writeHead(answer.status, { ...headers, 'content-length': String(bytes.length) });
			// The socket may only go once the first half is on its way, otherwise the client sees no
			// answer at all.
			response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () =>
				setImmediate(() => incoming.socket.destroy()),
			);
			return;
		}
		const sent =
			fault?.kind === 'truncated-json' ? text.slice(0, Math.floor(text.length / 2)) : text;
		response.writeHead(answer.status, {
			...headers,
			...(answer.status === 204 ? {} : { 'content-length': String(Buffer.byteLength(sent)) }),
		});
		response.end(sent);
	}

	return {
		...running,
		load,
		stop: async () => {
			stopping.abort();
			await running.stop();
		},
	};
}

/** A fault of the sandbox itself must be seen, not mistaken for a fault of the service. */
function guarded(handle: () => Answer): Answer {
	try {
		return handle();
	} catch (error) {
		const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
		return { status: 599, body: { message: `The sandbox itself failed: ${what}` } };
	}
}

function safeDecode(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}
