/**
 * A picture shows what is there now. docs/pictures.json says what each picture showed when it was
 * drawn; `npm run pictures` draws all of them and writes it.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { INode, INodeType } from 'n8n-workflow';
import { ProvisioningPolicy } from '../../nodes/ProvisioningPolicy/ProvisioningPolicy.node';
import { PAGES, linksOf, read } from './pages';

const ROOT = join(__dirname, '..', '..');
const KEPT = join(ROOT, 'docs', 'pictures.json');

interface Workflow {
	nodes: INode[];
	connections: object;
}
const workflow = (file: string) =>
	JSON.parse(readFileSync(join(ROOT, 'workflows', `${file}.json`), 'utf8')) as Workflow;

/** What a canvas shows: names, places, notes and wires, and what switches outputs on. */
function canvas(file: string): unknown {
	const { nodes, connections } = workflow(file);
	const shown = nodes.map(({ name, type, position, disabled, onError, parameters }) => [
		...[name, type, position, disabled ?? false, onError ?? null],
		type.endsWith('stickyNote') ? parameters : (parameters.options as { actionsAllowed?: unknown }),
	]);
	return [shown, connections];
}
const panel = (type: new () => INodeType) => new type().description.properties;
/** The form and the page behind it: all that writes words. */
const form = (file: string) =>
	workflow(file)
		.nodes.filter(({ type }) => /\.(formTrigger|form|set)$/.test(type))
		.map(({ parameters }) => parameters);
/** The table of the first run: its columns, and the node that makes it. */
const table = (file: string, node: string) =>
	workflow(file).nodes.find(({ name }) => name === node)!.parameters;

const SHOWN: Array<[pattern: RegExp, what: (name: string) => unknown]> = [
	[/^panel-decide/, () => panel(ProvisioningPolicy)],
	[/^first-run/, () => table('reconcile', 'Needs Review')],
	[/^on-demand-/, () => form('provision-on-demand')],
	[/-page$/, (name) => form(name.replace(/-page$/, ''))],
	[/^/, (name) => canvas(name.replace(/-dark$/, ''))],
];
const pictures = readdirSync(join(ROOT, 'docs'))
	.filter((file) => file.endsWith('.png'))
	.map((file) => basename(file, '.png'));
const printOf = (name: string): string => {
	const [, what] = SHOWN.find(([pattern]) => pattern.test(name))!;
	return createHash('sha256')
		.update(JSON.stringify(what(name)))
		.digest('hex')
		.slice(0, 16);
};
const now = Object.fromEntries(pictures.map((name) => [name, printOf(name)]));

it('every picture shows what is there now', () => {
	if (process.env.UPDATE_DOCS === '1') writeFileSync(KEPT, `${JSON.stringify(now, null, '\t')}\n`);
	const drawn = JSON.parse(readFileSync(KEPT, 'utf8')) as Record<string, string>;
	const stale = pictures.filter((name) => drawn[name] !== now[name]);
	expect({ stale, mend: 'npm run pictures' }).toMatchObject({ stale: [] });
	expect(Object.keys(drawn).sort()).toEqual([...pictures].sort());
});

it('every picture stands on a page', () => {
	const linked = new Set(PAGES.flatMap((page) => linksOf(read(page))).map((to) => basename(to)));
	expect(pictures.filter((name) => !linked.has(`${name}.png`))).toEqual([]);
});
