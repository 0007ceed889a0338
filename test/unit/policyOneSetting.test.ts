/** A setting is for the whole run: one value for all, or nothing is decided. */
import { oneForAll } from '../../nodes/ProvisioningPolicy/oneForAll';
import { policySettingsOf } from '../../nodes/ProvisioningPolicy/run';
import { scopeOf } from '../../nodes/ProvisioningPolicy/scope';
import type { Setting } from '../../nodes/core/policy/settingKinds';
import { SETTINGS } from '../../nodes/core/policy/settings';
import { contextOf, execute, type ByExpression } from './policyContext';
import { another } from './policyWorld';

const ROWS = Object.values(SETTINGS) as unknown as ReadonlyArray<Setting<unknown>>;
const nameOf = ({ place, parameter }: Setting<unknown>): string =>
	place === 'first' ? parameter : `options.${parameter}`;

/** Two values that the row takes, and that are not the same. */
function twoValues({ panel, parameter }: Setting<unknown>): [unknown, unknown] {
	if (parameter === 'timezone') return ['Europe/London', 'Asia/Tokyo'];
	switch (panel.type) {
		case 'options':
			return [panel.options![0]!.value, panel.options![1]!.value];
		case 'multiOptions':
			return [[panel.options![0]!.value], [panel.options![1]!.value]];
		case 'boolean':
			return [true, false];
		case 'number':
			return [1, 2];
		case 'string':
			return ['one', 'two'];
		case 'dateTime':
			return ['2026-12-01T09:00:00', '2026-12-02T09:00:00'];
	}
}

const PEOPLE = [1, 2, 3].map((index) => another(index));
const byExpression = (expression: ByExpression['expression']): ByExpression => ({ expression });
const problem = (label: string) =>
	expect.objectContaining({
		name: 'UnusableSetting',
		message: `The setting ${label} cannot be used, so nothing was decided.`,
		todo:
			'Its expression gives different values for different people, and a setting is for the whole ' +
			'run. Give one value; for two kinds of people, put a Filter before two Provisioning Policy nodes.',
	});

describe('S8: a setting is for the run', () => {
	const read = (parameters: Record<string, unknown>) =>
		policySettingsOf(contextOf({ subjects: PEOPLE, parameters }));

	it.each(ROWS.map((row) => [row.label, row] as const))(
		'S8: %s by an expression: one value for all, or nothing is decided',
		(label, row) => {
			const [one, other] = twoValues(row);
			expect(row.read(one)).not.toEqual(row.read(other));
			for (const odd of [0, 1, 2]) {
				const differs = byExpression((place) => (place === odd ? other : one));
				expect(() => read({ [nameOf(row)]: differs })).toThrow(problem(label));
			}
			expect(read({ [nameOf(row)]: byExpression(() => one) })).toEqual(
				read({ [nameOf(row)]: one }),
			);
		},
	);
	it('S8: a pilot by Mode: nobody is decided on, whoever comes first', async () => {
		for (const pilot of [0, 1, 2]) {
			const mode = byExpression((place) => (place === pilot ? 'apply' : 'review'));
			await expect(execute({ subjects: PEOPLE, parameters: { mode } })).rejects.toMatchObject({
				message: 'The setting Mode cannot be used, so nothing was decided.',
			});
		}
		const mode = byExpression(() => 'apply');
		expect((await execute({ subjects: PEOPLE, parameters: { mode } })).flat()).toHaveLength(3);
	});
	it('S8: a value that one person lacks is another value', () =>
		expect(() =>
			read({ deprovisionHow: byExpression((place) => (place === 1 ? null : 'suspend')) }),
		).toThrow(problem('Deprovision How')));
	it('S8: Only Some People too, and a list with an expression in it', () => {
		const items = PEOPLE.map((json) => ({ json: json as never }));
		const limitScope = byExpression((place) => place === 2);
		expect(() =>
			scopeOf(contextOf({ subjects: PEOPLE, parameters: { limitScope } }), items),
		).toThrow(problem('Only Some People'));
		const context = contextOf({ subjects: PEOPLE });
		const list = (raw: unknown): unknown => ({
			...context,
			getNodeParameter: (_: string, place: number, __: null, { rawExpressions = false } = {}) =>
				rawExpressions ? raw : [place === 1 ? 'offboarded' : 'deleted'],
		});
		for (const raw of [['={{ $json.x }}'], ['deleted', '={{ $json.x }}']]) {
			expect(() => policySettingsOf(list(raw) as never)).toThrow(problem('Mode'));
		}
	});
	/** How often the setting is asked for, when an expression reads so. */
	const askedOf = (raw: unknown): number => {
		let asked = 0;
		const context = contextOf({ subjects: PEOPLE });
		oneForAll(
			{
				...context,
				getNodeParameter: (_: string, __: number, ___: null, { rawExpressions = false } = {}) => {
					if (!rawExpressions) asked++;
					return rawExpressions ? raw : 'suspend';
				},
			} as never,
			'deprovisionHow',
			'Deprovision How',
		);
		return asked;
	};
	it.each([
		"={{ $('Review Asked For').first().json.kind }}",
		`={{ $("One Other").last().json["a b"] ?? $vars.kind }}`,
		'={{ $now.plus({ days: 7 }) }}',
		"={{ $execution.mode === 'test' ? $workflow.id : $env.KIND + $today }}",
		'suspend',
		"={{ 'sus' + 'pend' }}",
	])('S8: %s is the same for everybody, so it is asked once', (raw) =>
		expect(askedOf(raw)).toBe(1),
	);
	it.each([
		'={{ $json.kind }}',
		'={{ $itemIndex }}',
		"={{ $('Review Asked For').item.json.kind }}",
		"={{ $('Review Asked For').itemMatching(0).json.kind }}",
		"={{ $('Review Asked For').first().json[$json.kind] }}",
		"={{ $('Review Asked For').first($itemIndex).json.kind }}",
		'={{ $input.item.json.kind }}',
		"={{ $node['Review Asked For'].json.kind }}",
		'={{ $nowhere }}',
		"={{ $('It\\'s').first().json.kind }}",
		"={{ Math.random() > 0.5 ? 'suspend' : 'delete' }}",
	])('S8: %s can differ, so it is asked for each', (raw) => {
		for (const one of [raw, ['suspend', raw]]) expect(askedOf(one)).toBe(1 + PEOPLE.length);
	});
	it('S8: values that are no moments are the same only when they are written alike', () => {
		const asOf = (one: string, other: string) =>
			read({ 'options.evaluateAsOf': byExpression((place) => (place === 1 ? other : one)) });
		expect(() => asOf('2026', '2026-01-01')).toThrow(problem('Evaluate As Of'));
		expect(() => asOf('2026-01-01', '2026-01-01T00:00')).toThrow(problem('Evaluate As Of'));
		expect(() => asOf('2026-01-01T00:00', '2026-01-01')).toThrow(problem('Evaluate As Of'));
		expect(() => asOf('2026-02-30T10:00', '2026-02-28T10:00')).toThrow(problem('Evaluate As Of'));
	});
	it('a moment that is now for each of them is one moment', () => {
		const start = Date.parse('2026-11-23T12:00:00.000Z');
		const asOf = (step: number, suffix = 'Z') =>
			read({
				'options.evaluateAsOf': byExpression((place) =>
					new Date(start + place * step).toISOString().replace('Z', suffix),
				),
			}).evaluateAsOf;
		expect(asOf(7)).toBe('2026-11-23T12:00:00.000Z');
		expect(asOf(7, '+02:00')).toBe('2026-11-23T12:00:00.000+02:00');
		expect(asOf(29_999)).toBe('2026-11-23T12:00:00.000Z');
		expect(() => asOf(30_000)).toThrow(problem('Evaluate As Of'));
		expect(() => asOf(3_600_000)).toThrow(problem('Evaluate As Of'));
		const dates = byExpression((place) => new Date(start + place));
		expect(read({ 'options.evaluateAsOf': dates }).evaluateAsOf).toEqual(new Date(start));
		const numbers = byExpression((place) => start + place);
		expect(() => read({ 'options.evaluateAsOf': numbers })).toThrow(problem('Evaluate As Of'));
	});
});
