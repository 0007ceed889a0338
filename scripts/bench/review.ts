/**
 * The form of access-review on real n8n, sent in Chromium, for a company of 2,000 with accounts: how
 * long until the page is there and the file is saved. Fails when n8n computes longer than a page may
 * take, when anything but reads reached the services, or when the file has not everybody. --short:
 * 200 people.
 */
import type { Asked } from './reconcile/company';
import { found } from './reconcile/found';
import { printTable } from './table';

const PEOPLE = process.argv.includes('--short') ? 200 : 2_000;
/**
 * What a page may take without latency, first one of a fresh n8n included. Held against what n8n
 * computes: what else the machine does is not the page's.
 */
const WITHIN_MS = 20_000;

async function main(): Promise<void> {
	const { packed } =
		(await import('./reconcile/stage.mjs')) as typeof import('./reconcile/stage.mjs');
	const { reviewsOf } =
		(await import('./reconcile/formStage.mjs')) as typeof import('./reconcile/formStage.mjs');
	const tarball = await packed();
	const company = await found(PEOPLE, true);
	const wrong: string[] = [];
	const rows: Array<Record<string, string | number>> = [];
	try {
		await company.order({ do: 'reset' });
		await reviewsOf(tarball, company.addresses, async (review) => {
			const { what, ms, cpuMs, lines, bytes, onPage } = review;
			const { reads, writes, accounts, least } = (await company.order({ do: 'asked' })) as Asked;
			await company.order({ do: 'reset' });
			if (cpuMs > WITHIN_MS) wrong.push(`${what}: ${cpuMs} ms, and ${WITHIN_MS} are allowed`);
			if (writes > 0) wrong.push(`${what}: ${writes} writes`);
			if (what === 'Accounts' && lines !== accounts)
				wrong.push(`${what}: ${lines} lines for ${accounts} accounts`);
			rows.push({
				...{ people: PEOPLE, accounts, what, reads, 'lower bound': least },
				...{ 'rows in the file': lines, 'rows on the page': onPage },
				...{ 'file kB': Math.round(bytes / 1000), s: Math.round(ms / 100) / 10 },
				's of n8n': Math.round(cpuMs / 100) / 10,
			});
		});
	} finally {
		company.stop();
	}
	printTable(rows);
	if (wrong.length > 0) throw new Error(wrong.join('\n'));
}

void main().then(
	() => process.exit(),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
