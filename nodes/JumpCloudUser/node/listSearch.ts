import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { jumpCloudClient } from '../../shared/clients/transport';
import { toNodeError } from '../../shared/nodeErrors';

const PAGE = 100;

export async function searchUsers(this: ILoadOptionsFunctions, filter = '', token?: string): Promise<INodeListSearchResult> {
	try {
		const client = await jumpCloudClient(this);
		const skip = Number(token ?? 0);
		const page = await client.page(skip, PAGE);
		const wanted = filter.toLowerCase();
		const results = page.rows
			.filter((account) => `${account.username} ${account.email}`.toLowerCase().includes(wanted))
			.map((account) => ({ name: `${account.username} (${account.email})`, value: account._id }));
		const next = skip + page.rows.length;
		return { results, ...(next < page.total && page.rows.length > 0 ? { paginationToken: String(next) } : {}) };
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}

export async function searchGroups(this: ILoadOptionsFunctions, filter = '', token?: string): Promise<INodeListSearchResult> {
	try {
		const client = await jumpCloudClient(this);
		const skip = Number(token ?? 0);
		const groups = await client.groups(skip, PAGE);
		const wanted = filter.toLowerCase();
		const results = groups.filter((group) => group.name.toLowerCase().includes(wanted)).map((group) => ({ name: group.name, value: group.id }));
		return { results, ...(groups.length === PAGE ? { paginationToken: String(skip + PAGE) } : {}) };
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}
