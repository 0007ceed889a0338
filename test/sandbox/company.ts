import { readFileSync, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Company, Row, TokenInfo } from './types';

/** The project's root, whatever the working directory is. */
const ROOT = resolve(__dirname, '..', '..');
export const DEFAULT_COMPANY = join(ROOT, 'test', 'data', 'acme');

/**
 * Reads a folder such as test/data/acme. A relative folder is looked up from the working directory,
 * then from the project's root.
 */
export function loadCompany(folder: string = DEFAULT_COMPANY): Company {
	const base = [resolve(folder), resolve(ROOT, folder)].find((candidate) =>
		existsSync(join(candidate, 'humaans', 'people.json')),
	);
	if (!base) throw new Error(`No company in ${folder}: humaans/people.json is missing`);
	const read = <T>(file: string, otherwise: T): T => {
		const path = join(base, file);
		return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : otherwise;
	};
	const cases = read<{ asOf?: string; cases?: Row[] }>('cases.json', {});
	return {
		asOf: cases.asOf ?? new Date().toISOString().slice(0, 10),
		people: read('humaans/people.json', []),
		jobRoles: read('humaans/job-roles.json', []),
		locations: read('humaans/locations.json', []),
		customFields: read('humaans/custom-fields.json', []),
		customValues: read('humaans/custom-values.json', []),
		tokenInfo: read<TokenInfo>('humaans/token-info.json', {
			id: 'token'.padEnd(24, '0'),
			personId: '',
			label: 'sandbox',
			scopes: ['public:read', 'private:read'],
		}),
		accounts: read('jumpcloud/systemusers.json', []),
		groups: read('jumpcloud/usergroups.json', []),
		cases: cases.cases ?? [],
	};
}

const DAY_MS = 86_400_000;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIMESTAMP = /^(\d{4}-\d{2}-\d{2})(T[\d:.]+(?:Z|[+-]\d{2}:?\d{2}))$/;

const daysOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;
const shiftDate = (date: string, days: number): string =>
	new Date((daysOf(date) + days) * DAY_MS).toISOString().slice(0, 10);

/** Every date and timestamp of a value, however deep, moved by whole days. */
function shifted(value: unknown, days: number): unknown {
	if (typeof value === 'string') {
		if (DATE.test(value)) return Number.isNaN(daysOf(value)) ? value : shiftDate(value, days);
		const stamp = TIMESTAMP.exec(value);
		return stamp ? shiftDate(stamp[1] as string, days) + stamp[2] : value;
	}
	if (Array.isArray(value)) return value.map((item) => shifted(item, days));
	if (value && typeof value === 'object')
		return Object.fromEntries(
			Object.entries(value).map(([key, item]) => [key, shifted(item, days)]),
		);
	return value;
}

/** The same company as if its asOf were `today`: what is "tomorrow" in the data stays tomorrow. */
export function shiftCompany(company: Company, today: string): Company {
	const days = daysOf(today) - daysOf(company.asOf);
	return days === 0 ? company : (shifted(company, days) as Company);
}
