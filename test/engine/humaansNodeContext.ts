/** The Humaans node on a sandbox over HTTP, in the context that n8n would give it. */
import type { IDataObject, IExecuteFunctions, IHttpRequestOptions, INode } from 'n8n-workflow';
import { Humaans } from '../../nodes/Humaans/Humaans.node';
import type { Subject } from '../../nodes/core/subject';
import type { Sandbox } from '../sandbox';

export function contextOn({ humaans }: Sandbox, parameters: IDataObject, items: object[] = [{}]) {
	const all: IDataObject = {
		resource: 'person',
		options: {},
		statuses: ['active', 'newHire', 'offboarded'],
		returnAll: true,
		simplify: false,
		...parameters,
	};
	return {
		getNode: () =>
			({
				id: 'n',
				name: 'Humaans',
				type: 'humaans',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			}) as INode,
		getNodeParameter: (name: string, _index: number, fallback: unknown) => all[name] ?? fallback,
		getInputData: () => items.map((json) => ({ json })),
		getExecutionCancelSignal: () => undefined,
		getCredentials: async () => ({ accessToken: humaans.token, baseUrl: humaans.baseUrl }),
		getTimezone: () => 'Europe/Berlin',
		continueOnFail: () => parameters.continueOnFail === true,
		helpers: {
			httpRequestWithAuthentication: async (_: string, { url, qs }: IHttpRequestOptions) => {
				const at = new URL(url);
				for (const [name, value] of Object.entries(qs ?? {}))
					at.searchParams.append(name, String(value));
				const answer = await fetch(at, { headers: { authorization: `Bearer ${humaans.token}` } });
				const text = await answer.text();
				// As n8n does: what is no JSON stays a text.
				return {
					statusCode: answer.status,
					headers: {},
					body: /^[{[]/.test(text) ? (JSON.parse(text) as unknown) : text,
				};
			},
		},
	};
}

/** The items that the node gives. */
export const give = async (
	sandbox: Sandbox,
	parameters: IDataObject,
	items?: object[],
): Promise<Subject[]> => {
	const [out] = await new Humaans().execute.call(
		contextOn(sandbox, parameters, items) as unknown as IExecuteFunctions,
	);
	return out!.map(({ json }) => json as unknown as Subject);
};
