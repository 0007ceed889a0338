import type { Subject } from '../../core/subject';
import { changedSubject } from '../../core/watch/compare';
import type { HumaansClient } from './client';
import { readCompany } from './pollPeople';
import type { ReadOptions } from './readEverybody';

/**
 * The newest people, as the trigger would hand them on: for building a workflow on real data.
 * Nothing is remembered.
 */
export async function newestPeople(
	client: HumaansClient,
	options: ReadOptions,
	count: number,
): Promise<Subject[]> {
	const read = await readCompany(client, options);
	const newest = [...read.people].sort(
		(a, b) => (b.createdAt ?? '').localeCompare(a.createdAt ?? '') || a.id.localeCompare(b.id),
	);
	return newest
		.slice(0, count)
		.map((person) => changedSubject(person, { events: ['created'], changedFields: [] }, read));
}
