import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { dependencies?: object; peerDependencies: object; n8n: { nodes: string[]; credentials: string[] } };

it('has no runtime dependencies and n8n-workflow as its only peer', () => {
	expect(manifest.dependencies).toBeUndefined();
	expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
});

it('packs dist, workflows, README and LICENSE, and nothing else', () => {
	const [packed] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })) as Array<{ files: Array<{ path: string }> }>;
	const outside = packed!.files.map((file) => file.path).filter((path) => !/^(dist|workflows)\//.test(path));
	expect(outside.sort()).toEqual(['LICENSE', 'README.md', 'package.json']);
	expect(packed!.files.map((file) => file.path)).toEqual(expect.arrayContaining([...manifest.n8n.nodes, ...manifest.n8n.credentials]));
	expect(packed!.files.filter((file) => /test|\.tsbuildinfo|\.map$/.test(file.path))).toEqual([]);
});

describe('imports go nodes → clients → pure', () => {
	/** The project's own lint, as a process: its configuration is an ES module. */
	const restricted = (file: string, code: string): number => {
		const { stdout } = spawnSync(process.execPath, [join(ROOT, 'node_modules', 'eslint', 'bin', 'eslint.js'), '--stdin', '--stdin-filename', file, '--format', 'json'], { cwd: ROOT, input: code, encoding: 'utf8' });
		const [result] = JSON.parse(stdout) as Array<{ messages: Array<{ ruleId: string }> }>;
		return result!.messages.filter((message) => message.ruleId === 'no-restricted-imports').length;
	};

	it.each([
		['pure code and n8n', 'nodes/ProvisioningPolicy/decide.ts', "import { sleep } from 'n8n-workflow';\nexport const x = sleep;"],
		['pure code and a client', 'nodes/ProvisioningPolicy/decide.ts', "import { JumpCloudClient } from '../shared/clients/jumpcloud';\nexport const x = JumpCloudClient;"],
		['a client and n8n', 'nodes/shared/clients/jumpcloud.ts', "import { sleep } from 'n8n-workflow';\nexport const x = sleep;"],
		['an operation and a node', 'nodes/JumpCloudUser/operations/create.ts', "import { run } from '../node/run';\nexport const x = run;"],
	])('refuses %s', (_what, file, code) => expect(restricted(file, code)).toBe(1));

	it('takes a client that uses pure code', () => expect(restricted('nodes/shared/clients/jumpcloud.ts', "import { linkOf } from '../link';\nexport const x = linkOf;")).toBe(0));
});
