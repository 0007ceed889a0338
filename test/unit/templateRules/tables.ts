/**
 * Needs Review and No Action: tables for people. n8n unfolds an object in a cell to its full height,
 * so every cell is a word or a number; the whole item is at the node's input.
 */
import { Workflow, type IDataObject, type INode, type INodeTypes } from 'n8n-workflow';
import type { DecisionRow } from '../../../nodes/core/decision';
import { short, type Template, type TemplateRule } from './template';

const row: DecisionRow = {
	Person: 'Ana Silva',
	Action: 'Update',
	Why: 'The account and Humaans differ.',
	Changes: 'Department: – → Sales',
	'Work Email': 'ana',
	Account: 'ana.silva (active)',
	...{ 'Humaans ID': 'p', Code: 'mode.review', Plan: '' },
};
const person = { id: 'p', firstName: 'Ana', lastName: 'Silva', email: 'ana' };
const decision = { rows: [row], code: 'mode.review' };
const decided = { personId: 'p', person, account: { username: 'ana.silva' }, decision };
const reminder = {
	state: 'waiting',
	label: 'Waits for its day',
	reason: 'One reminder was sent.',
	sent: 1,
};

/** What comes in: somebody decided, somebody reminded, and what an error output gives. */
const ITEMS = {
	decided,
	reminded: { ...decided, decision: undefined, outcome: { reminder } },
	failed: { ...decided, error: 'Humaans did not answer.', details: 'Try again later.' },
} satisfies Record<string, object>;

/** Columns in order: what people read first, and last what a search or an approval needs. */
const COLUMNS = 'Person,Action,Why,Changes,Work Email,Account,Humaans ID,Code,Plan';
const OF_REMINDERS = 'Person,Why,Reminders,Work Email,Account,Humaans ID,State';

const TABLES = ['Needs Review', 'No Action'];
const NO_TYPES = { getByNameAndVersion: () => undefined } as unknown as INodeTypes;

/** What n8n makes of the node's expression for an item; *Split Out* gives the row as it is. */
function rowOf(node: INode, json: object): Record<string, unknown> {
	if (short(node) === 'splitOut') return row as unknown as Record<string, unknown>;
	const parts = { id: 'x', nodes: [node], connections: {}, active: false, nodeTypes: NO_TYPES };
	const { expression } = new Workflow(parts);
	return expression.getParameterValue(
		...([node.parameters.jsonOutput as string, null, 0, 0, node.name] as const),
		[{ json: json as IDataObject }],
		'manual',
		{},
	) as Record<string, unknown>;
}

const isFlat = ([, value]: [string, unknown]): boolean =>
	['string', 'number'].includes(typeof value) && !/\[object/.test(`${value}`);

function problemsOf(node: INode, template: Template): string[] {
	const isSplit = node.parameters.fieldToSplitOut === 'decision.rows';
	const isTable = short(node) === 'splitOut' ? isSplit : node.parameters.mode === 'raw';
	if (!isTable) return [`${node.name} is no table`];
	const reminds = template.nodes.some(({ parameters }) => parameters.operation === 'resendInvite');
	const kinds = reminds ? (['reminded', 'failed'] as const) : (['decided', 'failed'] as const);
	const whole = kinds.filter((kind) => kind === kinds[0] || node.name === TABLES[0]);
	return whole.flatMap((kind) => {
		const made = rowOf(node, ITEMS[kind]);
		const columns = Object.keys(made).join();
		return [
			...(columns === (reminds ? OF_REMINDERS : COLUMNS) ? [] : [`${node.name} has ${columns}`]),
			...Object.entries(made)
				.filter((cell) => !isFlat(cell))
				.map(([column]) => `${node.name}: ${column} is no word and no number`),
		];
	});
}

/** Templates that answer in another way, and why. */
const WITHOUT_TABLES: Readonly<Record<string, string>> = {
	'access-review': 'it answers with a page, a file and rows',
	'approve-held-plan': 'it answers with a page and rows',
	'provision-on-demand': 'it answers with a page',
	'tell-when-broken': 'it tells of executions, not of people',
};

export const tables: TemplateRule = (template, file) => {
	if (file in WITHOUT_TABLES) return [];
	return TABLES.flatMap((name) => {
		const node = template.nodes.find((one) => one.name === name);
		return node ? problemsOf(node, template) : [`there is no table ${name}`];
	});
};
