/** n8n's own request helper around a credential type, without the rest of n8n. */
import 'reflect-metadata';
import { join } from 'node:path';
import { OutboundHttp } from '@n8n/backend-network';
import { Container } from '@n8n/di';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
} from 'n8n-workflow';
import type { NodeContext } from '../../nodes/n8n/transport';

interface Core {
	httpRequestWithAuthentication: (
		this: unknown,
		type: string,
		options: IHttpRequestOptions,
		workflow: unknown,
		node: unknown,
		additionalData: unknown,
	) => Promise<unknown>;
}
/** n8n's own helper, as its nodes have it. */
const CORE = require(
	join(
		__dirname,
		'..',
		'..',
		'node_modules/n8n-core/dist/execution-engine/node-execution-context/utils/request-helpers/authentication.js',
	),
) as Core;
const httpRequest = async (options: IHttpRequestOptions): Promise<unknown> =>
	(await Container.get(OutboundHttp).requests().request(options)) as unknown;

/** A credential type whose key is put in by a function. */
interface KeyedCredential {
	authenticate: (
		credentials: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
	) => Promise<IHttpRequestOptions>;
	preAuthentication?: (
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	) => Promise<IDataObject>;
}

/** What n8n's credentials helper does around the functions of a credential type. */
export function n8nContext(
	type: KeyedCredential,
	data: ICredentialDataDecryptedObject,
): NodeContext {
	const node = { name: 'Users', type: 'jumpCloudUser', typeVersion: 1 };
	const credentialsHelper = {
		getParentTypes: () => [],
		preAuthentication: async (
			helper: IHttpRequestHelper,
			credentials: ICredentialDataDecryptedObject,
			_type: string,
			_node: unknown,
			expired: boolean,
		) =>
			type.preAuthentication && (credentials.accessToken === '' || expired)
				? Object.assign(data, await type.preAuthentication.call(helper, credentials))
				: undefined,
		authenticate: async (
			credentials: ICredentialDataDecryptedObject,
			_type: string,
			options: IHttpRequestOptions,
		) => await type.authenticate(credentials, options),
	};
	const context = {
		getNode: () => node,
		getCredentials: async () => ({ ...data }),
		helpers: { httpRequest },
		logger: { warn: () => undefined },
	};
	const httpRequestWithAuthentication = async (name: string, options: IHttpRequestOptions) =>
		await CORE.httpRequestWithAuthentication.call(context, name, options, {}, node, {
			credentialsHelper,
		});
	return { ...context, helpers: { httpRequestWithAuthentication } } as unknown as NodeContext;
}
