/** The package as users install it: what is packed after a build. */
import { execFileSync } from 'node:child_process';
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
