/** docs/behaviour.md says what the policy does. UPDATE_DOCS=1 writes it anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { actionOf } from '../../nodes/core/actions';
import { CODES } from '../../nodes/core/policy/codes';
import { decide } from '../../nodes/core/policy/decide';
import { CHANGED } from './policyScenarios/changed';
import { SECTIONS, type Scenario } from './policyScenarios';
import { TOGETHER, limitRuns, type RunScenario } from './policyScenarios/runs';
import { NOW, decideAll, leaver, settings } from './policyWorld';

const FILE = join(__dirname, '..', '..', 'docs', 'behaviour.md');
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function line({
	situation,
	subject,
	setting,
	settings: changed,
	inScope = true,
}: Scenario): string {
	const { action, code, reason, warnings, invite, dueAt } = decide({
		subject,
		settings: settings(changed),
		now: NOW,
		inScope,
	});
	const notes = [
		...warnings.map((warning) => ` Warning: ${warning}`),
		invite
			? ` Invite: ${invite.recipients.map(({ kind }) => kind).join(', then ') || 'none'}.`
			: '',
		dueAt ? ` Looked at again: ${dueAt}.` : '',
	].join('');
	return (
		`| ${cell(situation)} | ${cell(setting ?? 'default')} | **${actionOf(action).label}** | ${cell(reason + notes)} ` +
		`| \`${code}\` |`
	);
}

const decisionsOf = ({ subjects, settings: changed, input }: RunScenario) =>
	decideAll(subjects, changed, input).decisions;

/** The first person of the run. */
function together(scenario: RunScenario): string {
	const { action, reason, code } = decisionsOf(scenario)[0]!;
	return `| ${scenario.situation} | default | **${actionOf(action).label}** | ${cell(reason)} | \`${code}\` |`;
}

function limitLine(scenario: RunScenario): string {
	const decisions = decisionsOf(scenario);
	const { action, reason, code } = decisions[0]!;
	const alike = decisions.filter((decision) => decision.code === code).length;
	return (
		`| ${scenario.situation} | ${scenario.setting ?? 'default'} | **${actionOf(action).label}** ` +
		`(${alike} of ${decisions.length}) | ${cell(reason)} | \`${code}\` |`
	);
}

const plan = decideAll([0, 1, 2, 3].map((index) => leaver(index))).plans[0]!.id;
const HEAD = '| Situation | Settings | Decision | Reason | Code |\n|---|---|---|---|---|';

function page(): string {
	const parts = [
		'# What Provisioning Policy decides',
		'This page is written by the tests (`test/unit/policyBehaviour.test.ts`) from the ' +
			'decisions themselves; a test fails when it is not what the package does. Change nothing ' +
			'here by hand. What changed since 0.1.0-dev stands [at the end](#what-changed-since-010-dev).',
		'## How to read the tables',
		'It is noon UTC on Monday, 23 November 2026. Ana Silva is in Lisbon (the same time), ' +
			'started on 15 January 2024 unless said otherwise, and her account is linked, active and ' +
			'in step. "Default" means the settings of a new node with *Mode* set to Apply: activation on ' +
			'the employment start date, invite on, offboarded and deleted people suspended, limit 3 or ' +
			'5 %. A new node, and the templates, come with *Mode* set to Review Everything.',
		'Every decision looks only at the person now, the account now and the clock; running it ' +
			'twice, late or after a crash ends in the same place.',
		...SECTIONS.flatMap(({ title, text, scenarios }) => [
			`## ${title}`,
			text,
			[HEAD, ...scenarios.map(line)].join('\n'),
		]),
		'## Several people in one run',
		'No account is touched that two people of the run would get, and nobody is decided on twice.',
		[HEAD, ...TOGETHER.map(together)].join('\n'),
		'## The limits and their approval',
		'Over a limit nothing of its kind is done, and everything else goes on. There are three kinds: ' +
			'accounts that would lose access, suspended accounts that would be deleted, and work emails ' +
			'that would change. The percentage is of the linked accounts in use; it counts only from 20 ' +
			'of them up and when all accounts were read. A held plan has an ID, made of exactly its ' +
			'actions and the minute it was held: typed into *Approved Plan* it lets them through for 24 ' +
			'hours, as long as the list is the same.',
		[HEAD, ...limitRuns(plan).map(limitLine)].join('\n'),
		'## All codes',
		[
			'| Code | What it means |\n|---|---|',
			...Object.entries(CODES).map(([code, words]) => `| \`${code}\` | ${cell(words)} |`),
		].join('\n'),
		'## What changed since 0.1.0-dev',
		CHANGED.map((sentence) => `- ${sentence}`).join('\n'),
	];
	return `${parts.join('\n\n')}\n`;
}

it('docs/behaviour.md is what the policy does', () => {
	const now = page();
	if (process.env.UPDATE_DOCS === '1') writeFileSync(FILE, now);
	expect(readFileSync(FILE, 'utf8')).toBe(now);
});

it('answers the questions an administrator asks', () => {
	const text = page();
	for (const question of [
		'What changed since',
		'Duplicate names',
		'Rehire',
		'Contractor to employee',
		'Moved start date',
		'cancelled offboarding',
		'before the last day is over',
		'Out of scope',
		'Deleted while the sync was down',
	])
		expect(text).toContain(question);
});

it('every code of a decision stands in a table of situations', () => {
	const shown = new Set([
		...page()
			.split('## All codes')[0]!
			.matchAll(/`([\w.]+)` \|$/gm),
	]);
	const codes = new Set([...shown].map(([, code]) => code));
	expect(Object.keys(CODES).filter((code) => !codes.has(code))).toEqual([]);
});
