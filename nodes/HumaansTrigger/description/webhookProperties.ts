import type { INodeProperties } from 'n8n-workflow';

const whenOn = { show: { webhook: [true] } };

export const webhookProperties: INodeProperties[] = [
	{
		displayName: 'Instant Changes (Webhook)',
		name: 'webhook',
		type: 'boolean',
		default: false,
		description:
			'Whether Humaans calls this workflow as soon as something changes. Polling goes on, and sees ' +
			'what a webhook missed.',
	},
	{
		displayName:
			'With a token that has the scope <b>webhooks:manage</b> the webhook is registered when ' +
			'the workflow is published and removed when it is unpublished. Where Humaans does not ' +
			'allow that, add the Production URL, at the top of this panel, in Humaans (Settings › Webhooks), and put the ' +
			'secret it shows into the credential. Until then changes are seen by polling.',
		name: 'webhookNotice',
		type: 'notice',
		default: '',
		displayOptions: whenOn,
	},
	{
		displayName: 'Webhook Options',
		name: 'webhookOptions',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: whenOn,
		options: [
			{
				displayName: 'Maximum Age',
				name: 'maxAge',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 5,
				description: 'Minutes after which a delivery is refused, when it says when it was sent',
			},
			{
				displayName: 'Signature Encoding',
				name: 'encoding',
				type: 'options',
				options: [
					{ name: 'Base64', value: 'base64' },
					{ name: 'Hex', value: 'hex' },
				],
				default: 'hex',
			},
			{
				displayName: 'Signature Header',
				name: 'signatureHeader',
				type: 'string',
				default: 'X-Humaans-Signature',
			},
			{
				displayName: 'Signature Prefix',
				name: 'prefix',
				type: 'string',
				default: '',
				placeholder: 'e.g. sha256=',
				description: 'Text before the signature in its header',
			},
			{
				displayName: 'Timestamp Header',
				name: 'timestampHeader',
				type: 'string',
				default: 'X-Humaans-Timestamp',
				description:
					'Header with the time of sending: seconds or milliseconds since 1970, or a date',
			},
		],
	},
];
