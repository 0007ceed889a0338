/** The example for an AI agent can write nothing, and asks only what it says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';

const FOLDER = join(__dirname, '..', '..');
const load = (...path: string[]) =>
	JSON.parse(readFileSync(join(FOLDER, ...path), 'utf8')) as { nodes: INode[] };
const { nodes } = load('docs', 'examples', 'ask-an-agent.json');
const ours = nodes.filter(({ type }) => type.startsWith('n8n-nodes-humaans-jumpcloud.'));
const named = (name: string) => nodes.find((node) => node.name === name)!;

it('no node of it writes', () => {
	expect(ours.map(({ parameters }) => parameters.operation ?? null)).toEqual([
		...['get', null, 'match', 'confirmMissing', null],
	]);
	for (const { type } of nodes)
		expect(type).not.toMatch(/httpRequest|code$|executeCommand|jumpCloudUserTool/);
});

it('Decide reviews, whatever is asked, and has no other setting of its own', () => {
	const settings = named('Decide').parameters;
	expect(settings.mode).toBe('review');
	const onDemand = load('workflows', 'provision-on-demand.json');
	const shipped = onDemand.nodes.find(({ name }) => name === 'Decide')!.parameters;
	expect({ ...settings, mode: null }).toEqual({ ...shipped, mode: null });
});

it('the tool takes the person and nothing else', () =>
	expect(named('Why_This_Account').parameters.workflowInputs).toMatchObject({
		value: { person: expect.stringContaining('$fromAI(') },
	}));

it('the chat is not open to the public', () =>
	expect(named('Somebody Asks').parameters).toEqual({ options: {} }));
