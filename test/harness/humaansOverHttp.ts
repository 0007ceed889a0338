/** Humaans Trigger on the sandbox over real HTTP, in the contexts that n8n would give it. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type {
	IDataObject,
	IHookFunctions,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { PERSON_EVENTS } from '../../nodes/core/watch/events';
import { HumaansTrigger } from '../../nodes/HumaansTrigger/HumaansTrigger.node';
import { HumaansClient } from '../../nodes/services/humaans/client';
import { createRequester, type Send } from '../../nodes/services/http/requester';
import type { Subject } from '../../nodes/core/subject';
import type { Quirks, Sandbox } from '../sandbox';

async function send(
	base: string,
	token: string,
	{
		method = 'GET',
		path,
		query,
		body,
	}: { method?: string; path: string; query: Record<string, unknown>; body?: unknown },
) {
	const url = new URL(`${base}${path}`);
	for (const [name, value] of Object.entries(query)) url.searchParams.append(name, String(value));
	const headers = {
		authorization: `Bearer ${token}`,
		...(body === undefined ? {} : { 'content-type': 'application/json' }),
	};
	const answer = await fetch(url, {
		method,
		headers,
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
	const text = await answer.text();
	let parsed: unknown = text;
	try {
		parsed = JSON.parse(text);
	} catch {
		// HTML stays as it is.
	}
	return { status: answer.status, headers: Object.fromEntries(answer.headers), body: parsed };
}

export interface ClientOptions {
	/** 1 shows every failure at once. */
	attempts?: number;
	/** How long a service that lets nothing through is asked, in milliseconds. */
	patienceMs?: number;
	/** First back-off in milliseconds. @default 5 */
	backoffMs?: number;
	/** Changes an answer on its way. */
	answer?: (request: { path: string; query: Record<string, unknown> }, body: unknown) => unknown;
}

/** The real client. */
export function clientOn(
	{ humaans }: Sandbox,
	{ answer = (_, body) => body, ...options }: ClientOptions = {},
): HumaansClient {
	const sent = async (request: Parameters<Send>[0]) => {
		const { body, ...rest } = await send(humaans.baseUrl, humaans.token, request);
		return { ...rest, body: answer(request, body) };
	};
	return new HumaansClient(
		createRequester({ service: 'Humaans', send: sent, sleep, backoffMs: 5, ...options }),
		{ now: () => new Date(), fixedZone: 'UTC' },
	);
}

/** Humaans takes a webhook without events, and signs with the secret that it was given. */
export const WEBHOOKS_AS_ASKED: Partial<Quirks> = {
	webhookEventsRequired: false,
	webhookSecret: 'client',
};

/** Somebody who works there and did not make the token: nothing can be read without its maker. */
export const memberOf = ({ humaans }: Sandbox) =>
	humaans.people.find(
		({ status, email, role }) => status === 'active' && email && role === 'user',
	)!;

let nodes = 0;

export interface TriggerSettings {
	webhookOptions?: object;
	webhookSecret?: string;
	/** In the credential, when it is another one than the sandbox takes. */
	accessToken?: string;
	/** @default true */
	webhook?: boolean;
	options?: { allowPartialView?: boolean; includeCustomFields?: boolean };
	/** Called before each request is sent. */
	beforeRequest?: () => void;
}

/**
 * One published trigger, its webhook on. Polls and webhooks have static data of their own, as in
 * n8n.
 */
export async function publishedTrigger(sandbox: Sandbox, more: TriggerSettings = {}) {
	const node = {
		id: `n${++nodes}`,
		name: 'Trigger',
		type: 'humaansTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	} as INode;
	const trigger = new HumaansTrigger();
	const parameters: Record<string, unknown> = {
		triggerOn: [...PERSON_EVENTS],
		firstActivation: 'skip',
		options: more.options ?? {},
		webhook: more.webhook ?? true,
		webhookOptions: more.webhookOptions ?? {},
	};
	const polled: IDataObject = {};
	let database: IDataObject = {};
	const told: Subject[] = [];
	const warnings: string[] = [];
	const statuses: number[] = [];
	let url = '';
	let atWork = 0;
	const base = (data: IDataObject) => ({
		getNode: () => node,
		getWorkflow: () => ({ id: 'w1', active: true }),
		getMode: () => 'trigger',
		getNodeParameter: (name: string) => parameters[name],
		getNodeWebhookUrl: () => url,
		getCredentials: async () => ({
			accessToken: more.accessToken ?? sandbox.humaans.token,
			baseUrl: sandbox.humaans.baseUrl,
			webhookSecret: more.webhookSecret ?? '',
		}),
		getWorkflowStaticData: () => data,
		logger: { warn: (text: string) => warnings.push(text) },
		helpers: {
			httpRequestWithAuthentication: async (
				_: string,
				{ url: at, qs, method, body }: IHttpRequestOptions,
			) => {
				more.beforeRequest?.();
				const { status, ...rest } = await send('', sandbox.humaans.token, {
					method: method ?? 'GET',
					path: at,
					query: (qs ?? {}) as Record<string, unknown>,
					body,
				});
				return { statusCode: status, ...rest };
			},
		},
	});
	const tell = (items: INodeExecutionData[][] | null | undefined) =>
		told.push(...(items ?? []).flat().map(({ json }) => json as Subject));

	const server = createServer((request: IncomingMessage, response) => {
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', async () => {
			const own = structuredClone(database);
			const express = {
				headersSent: false,
				status: (code: number) => Object.assign(express, { code }),
				code: 200,
				json: (body: unknown) => {
					express.headersSent = true;
					statuses.push(express.code);
					response.writeHead(express.code).end(JSON.stringify(body));
				},
			};
			const context = {
				...base(own),
				getRequestObject: () => ({ rawBody: Buffer.concat(parts), headers: request.headers }),
				getResponseObject: () => express,
			};
			atWork++;
			const result = await trigger.webhook.call(context as unknown as IWebhookFunctions);
			atWork--;
			tell(result.workflowData as INodeExecutionData[][]);
			database = own;
			if (!express.headersSent) express.status(200).json({});
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;

	const hook = base(polled) as unknown as IHookFunctions;
	const methods = trigger.webhookMethods.default;
	return {
		url,
		told,
		statuses,
		warnings,
		activate: async () => {
			if (parameters.webhook && !(await methods.checkExists.call(hook)))
				await methods.create.call(hook);
			tell(await trigger.poll.call(base(polled) as unknown as IPollFunctions));
			database = structuredClone(polled);
		},
		exists: async () => await methods.checkExists.call(hook),
		poll: async () => tell(await trigger.poll.call(base(polled) as unknown as IPollFunctions)),
		/** Resolves when no webhook is on its way or being worked on: some are answered before that. */
		settled: async () => {
			do {
				await sandbox.humaans.settled();
				await sleep(1);
			} while (atWork > 0);
		},
		/** What n8n's database holds of the polls, and n8n started anew with it. */
		saved: () => structuredClone(polled),
		restartWith: (saved: IDataObject) => {
			for (const key of Object.keys(polled)) delete polled[key];
			Object.assign(polled, structuredClone(saved));
			database = structuredClone(saved);
		},
		deactivate: async () => await methods.delete.call(hook),
		polled,
		/** Answers since the last call. */
		take: () => told.splice(0).map(({ event, personId }) => `${event} ${personId}`),
		stop: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}
