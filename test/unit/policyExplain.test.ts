/**
 * What Explain adds: a page for every situation of docs/behaviour.md, what a preview announces, and
 * nothing that is HTML.
 */
import { WRITE_ACTIONS, type ActionId } from '../../nodes/core/actions';
import { escapeHtml } from '../../nodes/core/policy/explain/page';
import type { Decision, Outcome, Subject } from '../../nodes/core/subject';
import { SECTIONS, type Scenario } from './policyScenarios';
import {
	NOW,
	account,
	apply,
	decideAll,
	decideOne,
	desired,
	foundBy,
	leaver,
	person,
	staged,
	subject,
} from './policyWorld';

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
		expect(explanation!.title).toMatch(/^Ana Silva: |^Bruno Costa: |^person0+a: |^\S+: /);
		expect(explanation!.html).toContain('<h3>Which rule decided</h3>');
		expect(explanation!.text + explanation!.title).not.toMatch(/undefined|\[object|null\b/);
	}
	expect(end.explanation!.text).toContain(end.reason);
	if (scenario.settings?.mode === 'review') return;
	const known = preview.history!.length;
	expect(preview.ahead?.map(({ action }) => action) ?? []).toEqual(
		end.history!.slice(known).map(({ action }) => action),
	);
});

it('a chain names each step once, in order, with its rules', () => {
	const one = subject({ account: staged({ department: 'Legal' }) });
	const first = explained(one, {}, 'apply');
	expect(first.history).toEqual([]);
	const second = explained(apply(one, first, NOW), {}, 'apply');
	expect(second.history).toMatchObject([{ action: 'activate', outcome: { status: 'applied' } }]);
	const end = explained(apply(apply(one, first, NOW), second, NOW), {}, 'apply');
	expect(end.history).toMatchObject([
		{ action: 'activate' },
		{
			action: 'update',
			changes: [{ attribute: 'department', from: 'Legal', to: 'Sales' }],
			outcome: { status: 'applied' },
		},
	]);
	expect(end.history).toHaveLength(2);
	expect(end.history!.every(({ trace }) => trace!.length > 2)).toBe(true);
	expect(end.history!.some((step) => 'history' in step || 'explanation' in step)).toBe(false);
	expect(end.explanation!.title).toBe('Ana Silva: the account was activated, then updated');
});

it('a write that left values off, failed or was not made says so, and counts as done only when it was', () => {
	const one = subject({ desired: desired({ department: 'Legal', jobTitle: 'Boss' }) });
	const after = (outcome: Partial<Outcome>) => {
		const decision = explained(one, {}, 'apply');
		const whole = { action: 'update', attempts: [], warnings: [], status: 'applied', ...outcome };
		return explained({ ...one, decision, outcome: whole as Outcome }, {}, 'apply').explanation!;
	};
	const refused = [{ attribute: 'jobTitle', reason: 'JumpCloud refused the value.' }];
	const partly = after({ status: 'partly', refused });
	expect(partly.text).toContain(
		'- Done, but for the values that were left off.\n- Job Title was left off: JumpCloud refused the value.',
	);
	expect(partly.title).toBe('Ana Silva: the account was updated; you need to decide');
	const outdated = after({ status: 'outdated', warnings: ['The account changed.'] });
	expect(outdated.text).toContain(
		'- Nothing was written: the account had changed since the decision.\n- The account changed.',
	);
	expect(outdated.title).toBe('Ana Silva: the account is to be updated');
	const failed = after({ status: 'failed', failure: { message: 'Refused.', todo: 'Look.' } });
	expect(failed.text).toContain('Refused. Look.');
	expect(failed.title).toBe('Ana Silva: you need to decide');
});

it('without Explain a decision carries none of it', () => {
	const [decision] = decideAll([subject({ desired: desired({ department: 'Legal' }) })], {
		mode: 'review',
	}).decisions;
	for (const key of ['history', 'ahead', 'explanation', 'trace'])
		expect(decision).not.toHaveProperty(key);
});

it.each(['apply', 'review'] as const)(
	'an account that gets its link is adopted, another one is updated: Mode %s',
	(mode) => {
		const page = (patch: object, one: Partial<Subject>) =>
			explained(subject({ account: account(patch), ...one }), {}, mode).explanation!.html;
		const adopted = page({ attributes: [] }, { match: foundBy('email') });
		expect(adopted).toContain('Adopt the account');
		expect(adopted).not.toContain('Update the account');
		const linked = page({ jobTitle: 'Clerk' }, { desired: desired({ jobTitle: 'Baker' }) });
		expect(linked).toContain('Update the account');
		expect(linked).not.toContain('Adopt the account');
	},
);

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

describe('the rules that were tried', () => {
	it('are named in order, with what answered', () => {
		const { trace } = decideOne(
			{ desired: desired({ department: 'Legal' }) },
			{ explain: true, mode: 'review' },
		);
		expect(trace).toEqual([
			...[
				'the person was read',
				'the last write',
				'the last write was made',
				'the person was read lately',
				'the account was looked for',
				'the chain of writes ends',
				'one person, one account',
				'leavers',
				'scope',
				'joiners without an account',
				'accounts that are not linked',
				'suspended accounts',
				'whose the account is',
				'activations that are due',
			].map((rule) => ({ rule, code: null })),
			{ rule: 'fields', code: 'drift' },
			{ rule: 'nobody is let in after the end', code: null },
			{ rule: 'no write in vain', code: null },
			{ rule: 'mode and actions allowed', code: 'mode.review' },
		]);
		expect(decideOne({}, { explain: true }).trace!.slice(14)).toEqual([
			{ rule: 'fields', code: null },
			{ rule: 'staged accounts', code: null },
			{ rule: 'last days to come', code: null },
			{ rule: 'nothing left', code: 'inStep' },
			{ rule: 'nobody is let in after the end', code: null },
			{ rule: 'no write in vain', code: null },
			{ rule: 'mode and actions allowed', code: null },
		]);
		expect(
			decideOne(
				{
					desired: desired({ department: 'Legal' }),
					outcome: { action: 'update', status: 'applied', attempts: [], warnings: [] },
				},
				{ explain: true },
			).trace!.slice(-2),
		).toEqual([
			{ rule: 'no write in vain', code: 'loop.noEffect' },
			{ rule: 'mode and actions allowed', code: null },
		]);
		expect(
			decideAll(
				[1, 2, 3, 4].map((index) => leaver(index)),
				{ explain: true },
			).decisions[0]!.trace!.at(-1),
		).toEqual({
			rule: 'limits',
			code: 'limit.deprovisioning',
		});
		expect(decideAll([1, 2, 3, 4].map((index) => leaver(index))).decisions[0]).not.toHaveProperty(
			'trace',
		);
		expect(decideOne()).not.toHaveProperty('trace');
	});
});
