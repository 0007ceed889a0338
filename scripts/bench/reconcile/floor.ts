/**
 * The floor: the same calls as a reconcile, with the same number at once, by a bare client that
 * keeps no rules. Run as `tsx floor.ts <addresses as JSON>`; prints milliseconds and megabytes
 * (peak above its own start).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { ACCOUNT_FIELDS } from '../../../nodes/core/account/accountFields';
import { concurrencyLimit, REQUESTS_AT_ONCE } from '../../../nodes/services/http/concurrency';

interface Addresses {
	humaans: { url: string; token: string };
	jumpCloud: { url: string; key: string };
}
type Row = Record<string, unknown> & { id: string };

const { humaans, jumpCloud } = JSON.parse(process.argv[2]!) as Addresses;
/** As each client of this package; each of both services has places of its own. */
const { read: reading } = concurrencyLimit(REQUESTS_AT_ONCE);
const { read: readingAccounts, write: writing } = concurrencyLimit(REQUESTS_AT_ONCE);

async function json<T>(url: string, init: RequestInit): Promise<T> {
	const answer = await fetch(url, init);
	if (!answer.ok) throw new Error(`${answer.status} from ${url}`);
	return (await answer.json()) as T;
}

const ofHumaans = async <T>(path: string) =>
	await json<T>(`${humaans.url}${path}`, { headers: { authorization: `Bearer ${humaans.token}` } });
const ofJumpCloud = async <T>(path: string, init: RequestInit = {}) =>
	await json<T>(`${jumpCloud.url}${path}`, {
		...init,
		headers: { 'x-api-key': jumpCloud.key, 'content-type': 'application/json' },
	});

/** All pages of a list: the first, then the others a few at a time. */
async function pages<T>(
	size: number,
	share: typeof reading,
	page: (skip: number) => Promise<{ total: number; rows: T[] }>,
): Promise<T[]> {
	const first = await page(0);
	const rest = Array.from(
		{ length: Math.max(0, Math.ceil(first.total / size) - 1) },
		(_, i) => (i + 1) * size,
	);
	const others = await Promise.all(
		rest.map(async (skip) => await share(async () => (await page(skip)).rows)),
	);
	return [first.rows, ...others].flat();
}

const list = async (path: string) =>
	await pages(250, reading, async (skip) => {
		const { total, data } = await ofHumaans<{ total: number; data: Row[] }>(
			`${path}${path.includes('?') ? '&' : '?'}$limit=250&$skip=${skip}`,
		);
		return { total, rows: data };
	});

async function main(): Promise<void> {
	const started = performance.now();
	const before = process.memoryUsage.rss();
	await ofHumaans('/token-info');
	const people = await list('/people?status=all');
	const roles = new Map((await list('/job-roles')).map((role) => [role.personId, role]));
	await list('/locations');
	const accounts = await pages(1000, readingAccounts, async (skip) => {
		const body = { fields: ACCOUNT_FIELDS.join(' '), limit: 1000, skip, sort: '_id' };
		const { totalCount, results } = await ofJumpCloud<{ totalCount: number; results: Row[] }>(
			`/api/search/systemusers?limit=1000&skip=${skip}&sort=_id`,
			{ method: 'POST', body: JSON.stringify(body) },
		);
		return { total: totalCount, rows: results };
	});
	const byEmail = new Map(accounts.map((account) => [account.email, account]));
	const writes: Array<Promise<unknown>> = [];
	for (const person of people) {
		const account = byEmail.get(person.email);
		if (!account || !roles.has(person.id)) continue;
		if (account.lastname === person.lastName) continue;
		const path = `/api/systemusers/${account._id as string}`;
		const change = async () => {
			const body = JSON.stringify({ lastname: person.lastName });
			await writing(async () => await ofJumpCloud(path, { method: 'PUT', body }));
		};
		writes.push(change());
	}
	await Promise.all(writes);
	const ms = performance.now() - started;
	process.stdout.write(
		JSON.stringify({ ms, mb: (process.resourceUsage().maxRSS * 1024 - before) / 1e6 }),
	);
	await sleep(0);
}

void main();
