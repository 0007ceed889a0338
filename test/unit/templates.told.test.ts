/**
 * *Only What Is New*: who must be decided on, and a list that a limit holds, is told of once a day,
 * not in every run; other people or other reasons at once.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Workflow, type IDataObject, type INode, type INodeTypes } from 'n8n-workflow';
import { addPass, newTotals, summaryOf } from '../../nodes/core/policy/summary';
import { load } from './templateRules/spoil';
import type { Template } from './templateRules/template';
import type { Account, Subject } from '../../nodes/core/subject';
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
const heldNow = (count: number): Subject[] =>
	Array.from({ length: count }, (_, index) => ({ ...leaver(index), readAt: undefined }));

/** A leaver whose account is an administrator's: nobody but a person can suspend it. */
function administrator(index: number): Subject {
	const one = leaver(index);
	return {
		...one,
		readAt: undefined,
		account: { ...one.account!, admin: { role: 'x' } } as Account,
	};
}

function decidedNow(subjects: Subject[]) {
	const result = decideAll(subjects, {}, { now: new Date() });
	const totals = newTotals();
	addPass(totals, subjects, result, false);
	return { result, summary: summaryOf(totals) };
}

/** The keys by which *Only What Is New* tells what comes to it. */
function keysOf(template: Template, at: string, people: () => Subject[]): unknown[] {
	jest.setSystemTime(new Date(at));
	const subjects = people();
	const { result, summary } = decidedNow(subjects);
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
	const keys = (at: string, count = 4) => keysOf(load(file), at, () => heldNow(count));
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
	const of = (...people: Subject[]) => keysOf(load(file), '2026-11-23T12:00:00Z', () => people);
	it('another person with the same reason is told, also where the first was settled', () => {
		const [first] = of(administrator(1));
		expect(of(administrator(2))).not.toContain(first);
		expect(of(administrator(1))).toEqual([first]);
	});
	it('the same person for the same reason is told again on another day', () => {
		const again = keysOf(load(file), '2027-05-03T12:00:00Z', () => [administrator(1)]);
		expect(again).not.toContain(of(administrator(1))[0]);
	});
});

it.each(TELL.filter((file) => file !== 'reconcile'))(
	'%s: the same person for another reason is told, also when both are failed writes',
	(file) => {
		jest.setSystemTime(new Date('2026-11-23T12:00:00Z'));
		const keyOf = (Why: string): unknown =>
			valueOf(named(load(file), 'Only What Is New'), 'dedupeValue', {
				...{ 'Humaans ID': 'a', Code: 'write.failed', Action: 'Suspend', Plan: '', Why },
			});
		expect(keyOf('JumpCloud answered 503.')).not.toBe(keyOf('The account does not show it.'));
		expect(keyOf('JumpCloud answered 503.')).toBe(keyOf('JumpCloud answered 503.'));
	},
);
