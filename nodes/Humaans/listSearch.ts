import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { PERSON_STATUSES } from '../core/person/personRow';
import { cleanText } from '../core/text';
import { humaansClient } from '../n8n/transport';
import { toNodeError } from '../n8n/errors';

/** Longer lists are of no use in the editor: a few letters find anybody. */
const MOST_SHOWN = 200;

/** People by name or work email. Humaans has no proven search, so everybody is read. */
export async function searchPeople(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	try {
		const wanted = cleanText(filter).toLowerCase();
		const { people } = await (await humaansClient(this)).people(PERSON_STATUSES, []);
		const named = people.map((person) => {
			const name =
				[person.preferredName ?? person.firstName, person.lastName].filter(Boolean).join(' ') ||
				person.id;
			return { name: person.email ? `${name} (${person.email})` : name, value: person.id };
		});
		const results = named
			.filter(({ name }) => name.toLowerCase().includes(wanted))
			.sort((a, b) => a.name.localeCompare(b.name));
		return { results: results.slice(0, MOST_SHOWN) };
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}
