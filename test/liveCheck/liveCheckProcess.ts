/** `npm run live-check` as somebody starts it, against a sandbox. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Sandbox } from '../sandbox';

const ROOT = resolve(__dirname, '..', '..');
const SCRIPT = join(ROOT, 'scripts', 'live-check.mjs');
/** The address of the test account in these tests. */
export const CHECK = 'you+check@yourdomain.example';

/** One row of the table, without its look. */
export interface AssumptionRow {
	id: string;
	service: 'Humaans' | 'JumpCloud';
	group: string;
	needs: 'read' | 'testAccount' | 'mail';
	says: string;
	switches: string[];
	expected: string;
	means: string;
}

export interface Table {
	assumptions: AssumptionRow[];
	/** Switch → why no look can see it. */
	unseen: Record<string, string>;
	regions: Record<string, { console: string; token: string }>;
}

const PRINTED =
	"import { ASSUMPTIONS, UNSEEN } from './scripts/liveCheck/assumptions.mjs';" +
	"import { REGIONS } from './scripts/liveCheck/options.mjs';" +
	'console.log(JSON.stringify({ assumptions: ASSUMPTIONS, unseen: UNSEEN, regions: REGIONS }));';

/** The table, as scripts/liveCheck/assumptions.mjs has it: an ES module, so Node reads it. */
export const readTable = (): Table =>
	JSON.parse(
		execFileSync(process.execPath, ['--input-type=module', '-e', PRINTED], {
			cwd: ROOT,
			encoding: 'utf8',
		}),
	) as Table;

export type Environment = Record<string, string | undefined>;

/** The environment of a check of both services of a sandbox. */
export const keysOf = ({ humaans, jumpCloud }: Sandbox): Environment => ({
	HUMAANS_ACCESS_TOKEN: humaans.token,
	HUMAANS_BASE_URL: humaans.baseUrl,
	JUMPCLOUD_API_KEY: jumpCloud.apiKey,
	JUMPCLOUD_BASE_URL: jumpCloud.baseUrl,
});

export interface Ended {
	code: number | null;
	stdout: string;
	stderr: string;
	/** '' when none was written. */
	report: string;
}

export interface Running {
	child: ChildProcess;
	ended: Promise<Ended>;
}

/** Starts it in an empty folder; nothing of the environment of the tests reaches it. */
export function startLiveCheck(env: Environment, args: readonly string[] = []): Running {
	const folder = mkdtempSync(join(tmpdir(), 'live-check-'));
	const child = spawn(process.execPath, [SCRIPT, ...args], {
		cwd: folder,
		env: { PATH: process.env.PATH, ...env } as NodeJS.ProcessEnv,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const said = { stdout: '', stderr: '' };
	for (const name of ['stdout', 'stderr'] as const)
		child[name].on('data', (part: Buffer) => (said[name] += part.toString()));
	const ended = once(child, 'close').then(([code]): Ended => {
		const file = join(folder, 'live-check-report.md');
		const report = existsSync(file) ? readFileSync(file, 'utf8') : '';
		rmSync(folder, { recursive: true, force: true });
		return { code: code as number | null, ...said, report };
	});
	return { child, ended };
}

export const liveCheck = async (env: Environment, args: readonly string[] = []): Promise<Ended> =>
	await startLiveCheck(env, args).ended;

/** What a report says of each row of the table: by id, the kind and what was seen. */
export function resultsIn(report: string, { assumptions }: Table) {
	const kinds = {
		'Not as expected': 'differs',
		'As expected': 'asExpected',
		'Could not be seen': 'notSeen',
	} as const;
	const results: Record<string, { kind: (typeof kinds)[keyof typeof kinds]; seen: string }> = {};
	for (const [title, kind] of Object.entries(kinds)) {
		const part = report.split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
		for (const line of part
			.split('\n')
			.filter((one) => one.startsWith('| '))
			.slice(2)) {
			const [says, , seen] = line.slice(2, -2).split(' | ');
			const row = assumptions.find((one) => one.says === says);
			if (!row) throw new Error(`The report has a row that is none: ${says}`);
			results[row.id] = { kind, seen: seen ?? '' };
		}
	}
	return results;
}

/** Ids of the rows that are not as expected. */
export const differing = (report: string, table: Table): string[] =>
	Object.entries(resultsIn(report, table))
		.filter(([, { kind }]) => kind === 'differs')
		.map(([id]) => id);
