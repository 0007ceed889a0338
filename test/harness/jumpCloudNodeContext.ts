/** What n8n gives JumpCloud User when it runs it, for tests without n8n's engine. */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Sandbox } from '../sandbox';
import { httpSend } from './jumpCloudOverHttp';

export interface How {
	type?: string;
	tool?: boolean;
	/** n8n 2.0 does not say where nodes run whether they are a tool. */
	n8n?: '2.0';
	items?: object[];
}

/** @param parameters the same for all items */
export function nodeContext(
	{ jumpCloud }: Sandbox,
	parameters: IDataObject,
	{ type = 'p.jumpCloudUser', tool = false, n8n, items = [{}] }: How,
): IExecuteFunctions {
	const send = httpSend(jumpCloud.baseUrl, { 'x-api-key': jumpCloud.apiKey });
	const context = {
		getNode: () => ({ name: 'Users', type }),
		...(n8n === '2.0' ? {} : { isToolExecution: () => tool }),
		getExecutionCancelSignal: () => undefined,
		getExecutionId: () => '1',
		continueOnFail: () => false,
		getInputData: () => items.map((json) => ({ json })),
		getCredentials: async () => ({ region: 'custom', baseUrl: jumpCloud.baseUrl }),
		getNodeParameter: (name: string, _index: number, fallback?: unknown) =>
			parameters[name] ?? fallback,
		helpers: {
			httpRequestWithAuthentication: async (
				_type: string,
				options: { method: 'GET'; url: string; qs: Record<string, string>; body: unknown },
			) => {
				const { status, ...answer } = await send({
					method: options.method,
					path: new URL(options.url).pathname,
					query: options.qs,
					body: options.body,
					timeoutMs: 1000,
				});
				return { statusCode: status, ...answer };
			},
		},
	};
	return context as unknown as IExecuteFunctions;
}
