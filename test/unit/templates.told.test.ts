/** *Only What Is New*: a list that a limit holds is told of once a day, not in every run. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Workflow, type IDataObject, type INode, type INodeTypes } from 'n8n-workflow';
import { addPass, newTotals, summaryOf } from '../../nodes/core/policy/summary';
import { load } from './templateRules/spoil';
import type { Template } from './templateRules/template';
import { decideAll, leaver } from './policyWorld';

const NO_TYPES = { getByNameAndVersion: () => undefined } as unknown as INodeTypes;
const named = (template: Template, name: string): INode =>
	template.nodes.find((one) => one.name === name)!;

/** What n8n makes of an expression of the node for an item. */
function valueOf(node: INode, parameter: string, json: object): unknown {
	const parts = { id: 'x', nodes: [node], connections: {}, active: false, nodeTypes: NO_TYPES };
	const { expression } = new Workflow(parts);
	return expression.getParameterValue(
		...([node.parameters[parameter] as string, null, 0, 0, node.name] as const),
		[{ json: json as IDataObject }],
		'manual',
		{},
	);
}

/** Leavers that a limit holds now. */
function heldNow(count: number) {
	const subjects = Array.from({ length: count }, (_, index) => ({
		...leaver(index),
		readAt: undefined,
	}));
	const result = decideAll(subjects, {}, { now: new Date() });
	const totals = newTotals();
	addPass(totals, subjects, result, false);
	return { subjects, result, summary: summaryOf(totals) };
}

/** The keys by which *Only What Is New* tells what comes to it. */
function keysOf(template: Template, at: string, count: number): unknown[] {
	jest.setSystemTime(new Date(at));
	const { subjects, result, summary } = heldNow(count);
	const isSummed = template.nodes.some(({ name }) => name === 'Summary of the Run');
	const items = isSummed
		? [summary]
		: result.decisions.map(
				(decision, place) =>
					valueOf(named(template, 'Needs Review'), 'jsonOutput', {
						...{ ...subjects[place]!, decision },
					}) as object,
			);
	return items.map((item) => valueOf(named(template, 'Only What Is New'), 'dedupeValue', item));
}

const FILES = readdirSync(join(__dirname, '../../workflows'))
	.filter((file) => file.endsWith('.json'))
	.map((file) => file.slice(0, -'.json'.length));
/** Those with the node whose policy can hold a list. */
const TELL = FILES.filter((file) => {
	const names = load(file).nodes.map(({ name }) => name);
	return names.includes('Only What Is New') && names.includes('Decide');
});

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('is asked of every template that has both', () =>
	expect(TELL).toEqual([
		...['deprovisioning', 'full-lifecycle', 'provisioning', 'reconcile'],
		...['start-date-activation', 'sync-updates'],
	]));

describe.each(TELL)('%s', (file) => {
	const keys = (at: string, count = 4) => keysOf(load(file), at, count);
	const noon = () => keys('2026-11-23T12:00:00Z');
	it('the same list in two minutes of a day has one key', () => {
		expect(keys('2026-11-23T12:01:00Z')).toEqual(noon());
		expect(keys('2026-11-23T16:30:00Z')).toEqual(noon());
	});
	it('of each person, or of all of them, one', () =>
		expect(new Set(noon()).size).toBe(noon().length));
	it('on another day it is told again: its ID is another one by then', () => {
		const later = keys('2026-11-25T12:00:00Z');
		for (const key of noon()) expect(later).not.toContain(key);
	});
	it('whoever comes to the list is told', () => {
		const known = noon();
		expect(keys('2026-11-23T12:01:00Z', 5).some((key) => !known.includes(key))).toBe(true);
	});
});
