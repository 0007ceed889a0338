/**
 * What Explain adds: a page for every situation of docs/behaviour.md, what a preview announces, and
 * nothing that is HTML.
 */
import { WRITE_ACTIONS, type ActionId } from '../../nodes/core/actions';
import { escapeHtml } from '../../nodes/core/policy/explain/page';
import type { Decision, Subject } from '../../nodes/core/subject';
import { SECTIONS, type Scenario } from './policyScenarios';
import { NOW, apply, decideAll, desired, person, staged, subject } from './policyWorld';

const scenarios = SECTIONS.flatMap((section) =>
	section.scenarios.map(
		(scenario) => [`${scenario.situation}, ${scenario.setting ?? 'default'}`, scenario] as const,
	),
);
const isWrite = ({ action }: Decision): boolean =>
	(WRITE_ACTIONS as readonly ActionId[]).includes(action);

const explained = (
	one: Subject,
	{ settings, inScope = true }: Partial<Scenario>,
	mode: 'apply' | 'review',
): Decision =>
	decideAll([one], { ...settings, explain: true, mode }, { inScope: [inScope] }).decisions[0]!;

/** The last decision of the chain, every write made on the way. */
function applied(scenario: Scenario): Decision {
	let one = scenario.subject;
	for (;;) {
		const decision = explained(one, scenario, 'apply');
		if (!isWrite(decision)) return decision;
		one = apply(one, decision, NOW);
	}
}

it.each(scenarios)('%s: a page, and the steps that were announced', (_what, scenario) => {
	const preview = explained(scenario.subject, scenario, 'review');
	const end = applied(scenario);
	for (const { explanation } of [preview, end]) {
		expect(explanation!.title).toMatch(/^Ana Silva: |^person0+a: |^\S+: /);
		expect(explanation!.html).toContain('<h3>Rules tried, in order</h3>');
		expect(explanation!.text + explanation!.title).not.toMatch(/undefined|\[object|null\b/);
	}
	expect(end.explanation!.text).toContain(end.reason);
	if (scenario.settings?.mode === 'review') return;
	expect(preview.ahead?.map(({ action }) => action) ?? []).toEqual(
		end.history!.map(({ action }) => action),
	);
});

it('a chain names each step once, in order, with its rules', () => {
	const one = subject({ account: staged({ department: 'Legal' }) });
	const first = explained(one, {}, 'apply');
	expect(first.history).toEqual([]);
	const second = explained(apply(one, first, NOW), {}, 'apply');
	expect(second.history).toMatchObject([
		{
			action: 'update',
			changes: [{ attribute: 'department', from: 'Legal', to: 'Sales' }],
			outcome: { status: 'applied' },
		},
	]);
	const end = explained(apply(apply(one, first, NOW), second, NOW), {}, 'apply');
	expect(end.history!.map(({ action }) => action)).toEqual(['update', 'activate']);
	expect(end.history!.every(({ trace }) => trace!.length > 2)).toBe(true);
	expect(end.history!.some((step) => 'history' in step || 'explanation' in step)).toBe(false);
	expect(end.explanation!.title).toBe('Ana Silva: the account was updated, then activated');
});

it('without Explain a decision carries none of it', () => {
	const [decision] = decideAll([subject({ desired: desired({ department: 'Legal' }) })], {
		mode: 'review',
	}).decisions;
	for (const key of ['history', 'ahead', 'explanation', 'trace'])
		expect(decision).not.toHaveProperty(key);
});

it('every value is escaped', () => {
	expect(escapeHtml(`<b a="1" c='2'>&amp;`)).toBe(
		'&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;',
	);
	const evil = '<script>alert(1)</script>';
	const { explanation } = explained(
		subject({
			person: person({ firstName: evil, email: evil, personalEmail: evil, department: evil }),
			account: staged({ department: evil, username: evil, email: evil }),
			desired: desired({ department: evil + evil }),
		}),
		{},
		'review',
	);
	expect(explanation!.html).toContain(escapeHtml(evil));
	expect(explanation!.html).not.toContain('<script');
});
