import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { DOCS } from '../nodes/n8n/docs';

export class JumpCloudApi implements ICredentialType {
	name = 'jumpCloudApi';

	displayName = 'JumpCloud API' as const;

	icon = {
		light: 'file:../icons/jumpcloud.svg',
		dark: 'file:../icons/jumpcloud.dark.svg',
	} as const;

	documentationUrl = DOCS.jumpCloudCredential;

	properties: INodeProperties[] = [
		{
			displayName:
				'In the JumpCloud Admin Portal: your initials › <b>My API Key</b>. Use an administrator ' +
				'made only for this, with a role that may manage users: a new key revokes the old one.',
			name: 'whereToGetIt',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'JumpCloud shows it once',
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
			description: 'Where your JumpCloud organization lives; a key works only in its own region',
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
			displayName: 'Organization ID (Optional)',
			name: 'orgId',
			type: 'string',
			default: '',
			description: 'Needed only for an administrator of several organizations',
		},
	];

	/** A function, because an empty organization must not be sent as an empty header. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const orgId = String(credentials.orgId ?? '').trim();
		return {
			...options,
			headers: {
				...options.headers,
				'x-api-key': String(credentials.apiKey ?? ''),
				...(orgId ? { 'x-org-id': orgId } : {}),
			},
		};
	}
}
