/** Every link, anchor and picture of the pages resolves, and so does what the nodes link to. */
import { basename, dirname, join, normalize } from 'node:path';
import { DOCS } from '../../nodes/n8n/docs';
import { PAGES, anchorsOf, inRepository, linksOf, read, withoutCode } from './pages';

const files = inRepository();
const isThere = (path: string): boolean =>
	files.has(path) || [...files].some((file) => file.startsWith(`${path.replace(/\/$/, '')}/`));

/** Why a link leads nowhere, or null. Other sites are not asked. */
function broken(page: string, target: string): string | null {
	if (/^(https?:|mailto:)/.test(target)) return null;
	const [path = '', anchor] = target.split('#');
	const file = path === '' ? page : normalize(join(dirname(page), decodeURIComponent(path)));
	if (!isThere(file)) return `${page}: ${target} (no such file)`;
	if (anchor !== undefined && !anchorsOf(read(file)).includes(anchor))
		return `${page}: ${target} (no such heading)`;
	return null;
}

it('finds pages and links', () => {
	expect(PAGES).toEqual(
		expect.arrayContaining([
			'README.md',
			'CONTRIBUTING.md',
			'docs/admin-guide.md',
			'docs/troubleshooting.md',
		]),
	);
	expect(PAGES.flatMap((page) => linksOf(read(page))).length).toBeGreaterThan(80);
});

it('tells a broken link', () => {
	expect(broken('README.md', 'docs/nowhere.md')).toContain('no such file');
	expect(broken('README.md', '#nowhere')).toContain('no such heading');
	expect(broken('docs/README.md', 'operations.md#compatibility')).toBeNull();
});

it('every link of every page resolves', () =>
	expect(
		PAGES.flatMap((page) => linksOf(read(page)).map((target) => broken(page, target))).filter(
			Boolean,
		),
	).toEqual([]));

it('every page in docs can be reached from README', () => {
	const reached = new Set<string>(['README.md']);
	for (const page of reached)
		for (const target of linksOf(read(page))) {
			const file = normalize(join(dirname(page), target.split('#')[0]!));
			if (file.endsWith('.md') && files.has(file)) reached.add(file);
		}
	expect(PAGES.filter((page) => page.startsWith('docs/') && !reached.has(page))).toEqual([]);
});

it('what nodes and credentials link to is a heading of the README', () => {
	const anchors = anchorsOf(read('README.md'));
	const { homepage, repository } = JSON.parse(read('package.json')) as {
		homepage: string;
		repository: { url: string };
	};
	const base = repository.url.replace(/^git\+/, '').replace(/\.git$/, '');
	expect(homepage).toBe(DOCS.package);
	for (const link of Object.values(DOCS)) {
		const [page, anchor] = link.split('#');
		expect(page).toBe(base);
		if (anchor !== 'readme') expect(anchors).toContain(anchor);
	}
});

it('the codex of every node names the node and links to the README', () => {
	const { name, n8n } = JSON.parse(read('package.json')) as {
		name: string;
		n8n: { nodes: string[] };
	};
	for (const path of n8n.nodes) {
		const file = path.replace(/^dist\//, '').replace(/\.js$/, '');
		const codex = JSON.parse(read(`${file}.json`)) as {
			node: string;
			resources: { primaryDocumentation: Array<{ url: string }> };
		};
		const className = basename(file, '.node');
		expect(codex.node).toBe(`${name}.${className[0]!.toLowerCase()}${className.slice(1)}`);
		expect(codex.resources).toEqual({ primaryDocumentation: [{ url: DOCS.package }] });
	}
});

it('every template is in README and in the admin guide, and no other', () => {
	const templates = [...files]
		.filter((file) => /^workflows\/[^/]+\.json$/.test(file))
		.map((file) => file.slice('workflows/'.length, -'.json'.length))
		.sort();
	for (const page of ['README.md', 'docs/admin-guide.md']) {
		const named = linksOf(read(page))
			.map((target) => /workflows\/(.+)\.json$/.exec(target)?.[1])
			.filter((name): name is string => name !== undefined);
		expect([...new Set(named)].sort()).toEqual(templates);
	}
});

it('names of nodes, options and outputs in the admin guide are those of the nodes', () => {
	const words = [
		'README.md',
		'docs/admin-guide.md',
		'docs/moving-over.md',
		'docs/operations.md',
		'docs/troubleshooting.md',
		'workflows/README.md',
	]
		.map(read)
		.join('\n');
	const shown =
		[...files]
			.filter((file) => /^(nodes|credentials)\/.*\.ts$/.test(file))
			.map(read)
			.join('\n') +
		[...files]
			.filter((file) => /^workflows\/.*\.json$/.test(file))
			.map(read)
			.join('\n');
	const italic = [...withoutCode(words).matchAll(/(?<![*\w])\*([A-Z][^*\n]+)\*(?!\*)/g)].map(
		([, name]) => name!.replace(/^Options › /, ''),
	);
	expect(italic.length).toBeGreaterThan(20);
	expect(
		[...new Set(italic)].filter((name) => !shown.includes(name) && !OF_OTHERS.has(name)),
	).toEqual([]);
});

/** Names of the services' and n8n's own. */
const OF_OTHERS = new Set([
	'Administrator with Billing',
	'Administrator',
	'Organization ID',
	'Immediately',
	'On the Employment start date',
	'Never',
	'Remove Items Processed in Previous Executions',
	'Value to Dedupe On',
	'Install this node to use it',
	'I understand the risks …',
	'Timeout Workflow',
	'Create',
	'Update',
]);
