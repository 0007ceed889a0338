import type { IAuthenticateGeneric, ICredentialType, INodeProperties } from 'n8n-workflow';
import { DOCS } from '../nodes/n8n/docs';

export class HumaansApi implements ICredentialType {
	name = 'humaansApi';

	displayName = 'Humaans API' as const;

	icon = { light: 'file:../icons/humaans.svg', dark: 'file:../icons/humaans.dark.svg' } as const;

	documentationUrl = DOCS.humaansCredential;

	properties: INodeProperties[] = [
		{
			displayName:
				'In Humaans, as an <b>Owner</b> or <b>Admin</b>: the menu beside your name › API access ' +
				'tokens › Generate new token. Scopes: <b>public:read</b> and <b>private:read</b>.',
			name: 'whereToGetIt',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Without the scope private:read, new hires and leavers are invisible',
		},
		{
			displayName: 'Base URL (Optional)',
			name: 'baseUrl',
			type: 'string',
			default: 'https://app.humaans.io/api',
			description: 'Change it only to use a sandbox',
		},
		{
			displayName: 'Webhook Secret (Optional)',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Only for Humaans Trigger with its webhook on, when the token lacks the scope ' +
				'webhooks:manage: what Humaans shows under Settings › Webhooks for the webhook you added there',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.accessToken}}' } },
	};
}
