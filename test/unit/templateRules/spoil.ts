/** Ways to spoil a template, to see that a rule notices. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';
import type { Template } from './template';

const FOLDER = join(__dirname, '..', '..', '..', 'workflows');
export const load = (file: string) =>
	JSON.parse(readFileSync(join(FOLDER, `${file}.json`), 'utf8')) as Template;

export const node = (template: Template, name: string): INode =>
	template.nodes.find((candidate) => candidate.name === name)!;
export const link = (to: string) => ({ node: to, type: 'main' as const, index: 0 });
export const linkFrom = (template: Template, from: string, to: string, output = 0) => {
	const main = (template.connections[from] ??= { main: [] }).main!;
	(main[output] ??= []).push(link(to));
};
export const optionsOf = (template: Template, name: string) =>
	node(template, name).parameters.options as Record<string, unknown>;
export const reword = (one: INode, from: string, to: string) =>
	(one.parameters.content = String(one.parameters.content).replace(from, to));
export const copyOf = (template: Template, name: string): INode => ({
	...structuredClone(node(template, name)),
	id: 'z',
	name: `${name} Again`,
	position: [5000, 5000],
});
export type Spoilt = [what: string, spoil: (template: Template) => unknown, problem: RegExp];
