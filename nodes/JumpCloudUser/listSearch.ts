import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { cleanText } from '../core/text';
import { SMALL_PAGE } from '../services/jumpcloud/client';
import {
	jumpCloudClient,
	JUMPCLOUD_CREDENTIAL,
	SERVICE_ACCOUNT_CREDENTIAL,
} from '../n8n/transport';
import { toNodeError } from '../n8n/errors';

const clientFor = async (context: ILoadOptionsFunctions) =>
	await jumpCloudClient(
		context,
		{},
		context.getNodeParameter('authentication', 'apiKey') === 'serviceAccount'
			? SERVICE_ACCOUNT_CREDENTIAL
			: JUMPCLOUD_CREDENTIAL,
	);

/** One page a call; JumpCloud itself looks for the letters. */
export async function searchUsers(
	this: ILoadOptionsFunctions,
	filter = '',
	token?: string,
): Promise<INodeListSearchResult> {
	try {
		const client = await clientFor(this);
		const skip = Number(token ?? 0);
		const term = cleanText(filter);
		const page = term
			? await client.search({ term: term }, skip)
			: await client.page(skip, SMALL_PAGE);
		const results = page.rows
			.flatMap(({ account }) => account ?? [])
			.map(({ _id, username, email }) => ({ name: `${username} (${email})`, value: _id }));
		const next = skip + page.rows.length;
		return {
			results,
			...(next < page.total && page.rows.length > 0 ? { paginationToken: String(next) } : {}),
		};
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}

export async function searchGroups(
	this: ILoadOptionsFunctions,
	filter = '',
	token?: string,
): Promise<INodeListSearchResult> {
	try {
		const client = await clientFor(this);
		const skip = Number(token ?? 0);
		const term = cleanText(filter);
		const groups = await client.groups(skip, SMALL_PAGE, term ? `name:search:${term}` : undefined);
		const results = groups.map((group) => ({ name: group.name, value: group.id }));
		return {
			results,
			...(groups.length === SMALL_PAGE ? { paginationToken: String(skip + SMALL_PAGE) } : {}),
		};
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}
