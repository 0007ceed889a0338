import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { jumpCloudTokenUrl } from '../nodes/services/jumpcloud/regions';
import { DOCS } from '../nodes/n8n/docs';

export class JumpCloudServiceAccountApi implements ICredentialType {
	name = 'jumpCloudServiceAccountApi';

	displayName = 'JumpCloud Service Account API' as const;

	icon = {
		light: 'file:../icons/jumpcloud.svg',
		dark: 'file:../icons/jumpcloud.dark.svg',
	} as const;

	documentationUrl = DOCS.jumpCloudCredential;

	properties: INodeProperties[] = [
		{
			displayName:
				'In the JumpCloud Admin Portal, as an Administrator with Billing: Settings › <b>Service ' +
				'Accounts</b>. Give it a role that may manage users.',
			name: 'whereToGetIt',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			description: 'Shown with the service account',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Shown once, when the service account is made',
		},
		{
			displayName: 'Region',
			name: 'region',
			type: 'options',
			options: [
				{ name: 'United States', value: 'us', description: 'console.jumpcloud.com' },
				{ name: 'Europe', value: 'eu', description: 'console.eu.jumpcloud.com' },
				{ name: 'India', value: 'in', description: 'console.in.jumpcloud.com' },
				{ name: 'Custom', value: 'custom', description: 'A sandbox or another address' },
			],
			default: 'us',
			description:
				'Where your JumpCloud organization lives; a service account works only in its own region',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. http://127.0.0.1:9000',
			displayOptions: { show: { region: ['custom'] } },
			description: 'The origin of the console without /api',
		},
		{
			displayName: 'Token URL',
			name: 'tokenUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. http://127.0.0.1:9000/oauth2/token',
			displayOptions: { show: { region: ['custom'] } },
			description: 'Where the client ID and secret are exchanged for a token',
		},
		{
			displayName: 'Organization ID (Optional)',
			name: 'orgId',
			type: 'string',
			default: '',
			description: 'Needed only for a service account of several organizations',
		},
	];

	/**
	 * Called by n8n when there is no token yet and when one was refused (401); the token lives about
	 * an hour.
	 */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		const pair = Buffer.from(
			`${String(credentials.clientId ?? '').trim()}:${String(credentials.clientSecret ?? '').trim()}`,
		).toString('base64');
		const answer = (await this.helpers.httpRequest({
			method: 'POST',
			url: jumpCloudTokenUrl(credentials),
			headers: {
				Authorization: `Basic ${pair}`,
				'Content-Type': 'application/x-www-form-urlencoded',
				Accept: 'application/json',
			},
			body: 'grant_type=client_credentials&scope=api',
			timeout: 30_000,
			// A redirect would carry the client secret to another address.
			disableFollowRedirect: true,
		})) as { access_token?: unknown };
		return { accessToken: String(answer.access_token ?? '') };
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const orgId = String(credentials.orgId ?? '').trim();
		return {
			...options,
			headers: {
				...options.headers,
				Authorization: `Bearer ${String(credentials.accessToken ?? '')}`,
				...(orgId ? { 'x-org-id': orgId } : {}),
			},
		};
	}
}
