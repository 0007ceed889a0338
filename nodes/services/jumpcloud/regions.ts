import { withoutEndSlash } from '../http/url';

/** What a stored credential says about addresses. */
interface AddressSettings {
	region?: unknown;
	baseUrl?: unknown;
	tokenUrl?: unknown;
}

/** Console and token addresses by region (as in JumpCloud's CLI and PowerShell module). */
const REGIONS: Readonly<Record<string, { console: string; token: string }>> = {
	us: {
		console: 'https://console.jumpcloud.com',
		token: 'https://admin-oauth.id.jumpcloud.com/oauth2/token',
	},
	eu: {
		console: 'https://console.eu.jumpcloud.com',
		token: 'https://admin-oauth.id.eu.jumpcloud.com/oauth2/token',
	},
	in: {
		console: 'https://console.in.jumpcloud.com',
		token: 'https://admin-oauth.id.in.jumpcloud.com/oauth2/token',
	},
};

const regionOf = (credential: AddressSettings) =>
	REGIONS[String(credential.region ?? 'us')] ?? REGIONS.us!;

/** Origin of the JumpCloud console for a credential, without `/api`. */
export const jumpCloudOrigin = (credential: AddressSettings): string =>
	credential.region === 'custom'
		? withoutEndSlash(credential.baseUrl).replace(/\/api(\/v2)?$/, '')
		: regionOf(credential).console;

/** Where a service account gets its token. */
export const jumpCloudTokenUrl = (credential: AddressSettings): string =>
	credential.region === 'custom'
		? withoutEndSlash(credential.tokenUrl)
		: regionOf(credential).token;
