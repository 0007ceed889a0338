/** docs/docker/with-package.sh, which the image runs before n8n. */
import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	readdirSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
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
const COMMAND = [join(FOLDER, 'with-package.sh'), 'echo', 'n8n', 'starts'];
const options = (env: Record<string, string> = {}) => ({
	encoding: 'utf8' as const,
	env: { PATH: process.env.PATH!, HOME: join(root, 'home'), PACKAGES: join(root, 'opt'), ...env },
});
const start = (env: Record<string, string> = {}) => execFileSync('sh', COMMAND, options(env));
const startAsync = async () => (await promisify(execFile)('sh', COMMAND, options())).stdout;
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

it('F5: four starts at once on one volume, many times: all start, and the package is whole', async () => {
	const files = Array.from({ length: 120 }, (_, index) => `dist/nodes/file${index}.js`);
	for (let round = 1; round <= 24; round++) {
		put(`opt/node_modules/${NAME}`, `${Math.ceil(round / 2)}.0.0`);
		for (const file of files) {
			mkdirSync(join(root, 'opt/node_modules', NAME, 'dist/nodes'), { recursive: true });
			writeFileSync(join(root, 'opt/node_modules', NAME, file), file);
		}
		// Every second round on an empty volume.
		if (round % 2 === 0) rmSync(join(root, 'home'), { recursive: true, force: true });
		const said = await Promise.all(Array.from({ length: 4 }, startAsync));
		expect(said).toEqual(Array(4).fill('n8n starts\n'));
		const folder = join(root, 'home/.n8n/nodes/node_modules');
		expect(readdirSync(folder)).toEqual([NAME]);
		expect(version('home')).toBe(`${Math.ceil(round / 2)}.0.0`);
		expect(readdirSync(join(folder, NAME, 'dist/nodes'))).toHaveLength(files.length);
	}
});

it('F5: a start that finds its version there touches nothing', () => {
	put(`opt/node_modules/${NAME}`, '1.0.0');
	start();
	const folder = join(root, 'home/.n8n/nodes/node_modules', NAME);
	const { ino } = statSync(folder);
	start();
	expect(statSync(folder).ino).toBe(ino);
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
