/** docs/docker/with-package.sh, which the image runs before n8n. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FOLDER = join(__dirname, '..', '..', 'docs', 'docker');
const NAME = 'n8n-nodes-humaans-jumpcloud';

let root: string;
beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'image-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(folder: string, version: string): void {
	mkdirSync(join(root, folder), { recursive: true });
	writeFileSync(join(root, folder, 'package.json'), version);
}
const start = (env: Record<string, string> = {}) =>
	execFileSync('sh', [join(FOLDER, 'with-package.sh'), 'echo', 'n8n', 'starts'], {
		encoding: 'utf8',
		env: { PATH: process.env.PATH!, HOME: join(root, 'home'), PACKAGES: join(root, 'opt'), ...env },
	});
const version = (folder: string, name = NAME) =>
	readFileSync(join(root, folder, '.n8n', 'nodes', 'node_modules', name, 'package.json'), 'utf8');

it('puts the package where n8n looks, on an empty volume, and starts n8n', () => {
	put(`opt/node_modules/${NAME}`, '1.0.0');
	expect(start()).toBe('n8n starts\n');
	expect(version('home')).toBe('1.0.0');
});

it('replaces an older one whole, and leaves other packages', () => {
	put(`opt/node_modules/${NAME}`, '2.0.0');
	put(`home/.n8n/nodes/node_modules/${NAME}/dist`, 'old');
	put('home/.n8n/nodes/node_modules/n8n-nodes-other', '5.0.0');
	start();
	expect(version('home')).toBe('2.0.0');
	expect(existsSync(join(root, 'home/.n8n/nodes/node_modules', NAME, 'dist'))).toBe(false);
	expect(version('home', 'n8n-nodes-other')).toBe('5.0.0');
	expect(start()).toBe('n8n starts\n');
});

it('follows N8N_USER_FOLDER', () => {
	put(`opt/node_modules/${NAME}`, '1.0.0');
	start({ N8N_USER_FOLDER: join(root, 'elsewhere') });
	expect(version('elsewhere')).toBe('1.0.0');
});

it("the Dockerfile takes the n8n that is tested, and calls the script with n8n's own start", () => {
	const dockerfile = readFileSync(join(FOLDER, 'Dockerfile'), 'utf8');
	const { dependencies } = JSON.parse(
		readFileSync(join(__dirname, '..', '..', 'scripts', 'host', 'package.json'), 'utf8'),
	) as { dependencies: { n8n: string } };
	expect(dockerfile).toContain(`FROM docker.n8n.io/n8nio/n8n:${dependencies.n8n}\n`);
	expect(dockerfile).toContain('"/usr/local/bin/with-package.sh", "/docker-entrypoint.sh"]');
});
