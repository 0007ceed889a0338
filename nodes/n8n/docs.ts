/** Where people read on; one place, so that a moved page is mended once. */
const README = 'https://github.com/humaans-jumpcloud/n8n-nodes-humaans-jumpcloud';

export const DOCS = {
	package: `${README}#readme`,
	humaansCredential: `${README}#humaans-credential`,
	jumpCloudCredential: `${README}#jumpcloud-credential`,
} as const;
