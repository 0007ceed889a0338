import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
	dependencies?: object;
	peerDependencies: object;
	n8n: { nodes: string[]; credentials: string[] };
};

it('has no runtime dependencies and n8n-workflow as its only peer', () => {
	expect(manifest.dependencies).toBeUndefined();
	expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
});

it('packs dist, workflows, README and LICENSE, and nothing else', () => {
	const [packed] = JSON.parse(
		execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
			cwd: ROOT,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		}),
	) as Array<{ files: Array<{ path: string }> }>;
	const outside = packed!.files
		.map((file) => file.path)
		.filter((path) => !/^(dist|workflows)\//.test(path));
	expect(outside.sort()).toEqual(['LICENSE', 'README.md', 'package.json']);
	expect(packed!.files.map((file) => file.path)).toEqual(
		expect.arrayContaining([...manifest.n8n.nodes, ...manifest.n8n.credentials]),
	);
	expect(packed!.files.filter((file) => /test|\.tsbuildinfo|\.map$/.test(file.path))).toEqual([]);
});

describe('imports go nodes → n8n → services → core', () => {
	/** The project's own lint, as a process: its configuration is an ES module. */
	const refused = (file: string, code: string): string[] => {
		const lint = [
			join(ROOT, 'node_modules', 'eslint', 'bin', 'eslint.js'),
			'--stdin',
			'--stdin-filename',
			file,
			'--format',
			'json',
		];
		const { stdout } = spawnSync(process.execPath, lint, {
			cwd: ROOT,
			input: code,
			encoding: 'utf8',
		});
		const [result] = JSON.parse(stdout) as Array<{ messages: Array<{ ruleId: string }> }>;
		return result!.messages
			.map((message) => message.ruleId)
			.filter((rule) => /no-restricted/.test(rule));
	};

	it.each([
		[
			'core and n8n',
			'nodes/core/policy/decide.ts',
			"import { sleep } from 'n8n-workflow';\nexport const x = sleep;",
		],
		[
			'core and a service',
			'nodes/core/policy/decide.ts',
			"import { JumpCloudClient } from '../../services/jumpcloud/client';\nexport const x = JumpCloudClient;",
		],
		['core and the clock', 'nodes/core/policy/decide.ts', 'export const x = () => new Date();'],
		[
			'a service and n8n',
			'nodes/services/jumpcloud/client.ts',
			"import { sleep } from 'n8n-workflow';\nexport const x = sleep;",
		],
		[
			'a service and a node',
			'nodes/services/jumpcloud/create.ts',
			"import { run } from '../../JumpCloudUser/run';\nexport const x = run;",
		],
		[
			'a node and another node',
			'nodes/Humaans/run.ts',
			"import { run } from '../JumpCloudUser/run';\nexport const x = run;",
		],
	])('refuses %s', (_what, file, code) => expect(refused(file, code)).toHaveLength(1));

	it('takes a client that uses core', () =>
		expect(
			refused(
				'nodes/services/jumpcloud/client.ts',
				"import { linkOf } from '../../core/account/link';\nexport const x = linkOf;",
			),
		).toEqual([]));
});
