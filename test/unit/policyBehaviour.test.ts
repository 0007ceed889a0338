/** docs/behaviour.md says what the policy does. UPDATE_DOCS=1 writes it anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { actionOf } from '../../nodes/core/actions';
import { decide } from '../../nodes/core/policy/decide';
import type { Subject } from '../../nodes/core/subject';
import { SECTIONS, type Scenario } from './policyScenarios';
import {
	ID,
	NOW,
	account,
	another,
	decideAll,
	desired,
	leaver,
	matched,
	settings,
	subject,
} from './policyWorld';

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

function limits(): string[] {
	const leavers = (count: number, linked?: number) =>
		Array.from({ length: count }, (_, index) =>
			leaver(
				index,
				linked === undefined
					? {}
					: { match: { by: 'link', certain: true, candidates: [], linkedAccounts: linked } },
			),
		);
	const renamed = Array.from({ length: 4 }, (_, index) =>
		another(index, { desired: desired({ email: `new${index}@acme.example` }) }),
	);
	const before = { ledger: { x: '2026-11-22T13:00:00.000Z', y: '2026-11-23T09:00:00.000Z' } };
	const [plan] = decideAll(leavers(4)).plans;
	const runs: Array<[string, string, ReturnType<typeof decideAll>]> = [
		['3 leavers', 'default', decideAll(leavers(3))],
		['4 leavers; nobody counted the accounts', 'default', decideAll(leavers(4))],
		[
			'4 of 100 linked accounts',
			'default: 3 or 5 %, whichever is larger',
			decideAll(leavers(4, 100)),
		],
		['12 of 80 linked accounts', 'default', decideAll(leavers(12, 80))],
		[
			'3 of 40 linked accounts',
			'Limits Hold: The Smaller',
			decideAll(leavers(3, 40), { limit: { count: 3, percent: 5, holds: 'smaller' } }),
		],
		[
			'2 leavers, 2 others in the last 24 hours',
			'default',
			decideAll(leavers(2), {}, { memory: before }),
		],
		[
			'4 leavers, the plan was approved',
			`Approved Plan: ${plan!.id}`,
			decideAll(leavers(4), { approvedPlans: new Set([plan!.id]) }),
		],
		[
			'5 leavers, the plan of 4 was approved',
			`Approved Plan: ${plan!.id}`,
			decideAll(leavers(5), { approvedPlans: new Set([plan!.id]) }),
		],
		[
			'4 leavers, the plan was held 25 hours ago',
			`Approved Plan: ${plan!.id}`,
			decideAll(
				leavers(4).map((one) => ({ ...one, readAt: undefined })),
				{ approvedPlans: new Set([plan!.id]) },
				{ now: new Date('2026-11-24T13:00:00.000Z') },
			),
		],
		['4 new work e-mails', 'default', decideAll(renamed)],
	];
	return runs.map(
		([situation, setting, { decisions }]) =>
			`| ${situation} | ${setting} | **${actionOf(decisions[0]!.action).label}** (all ` +
			`${decisions.length}) | ${cell(decisions[0]!.reason)} | \`${decisions[0]!.code}\` |`,
	);
}

/** What only shows when several people are decided together. */
function together(): string[] {
	const none = { account: null, match: matched({ by: null }) };
	const claims = matched({
		by: null,
		certain: false,
		conflict: 'linkedToAnother',
		candidates: [{ id: 'account1', username: 'ana.silva', linkedTo: ID, by: ['email'] }],
	});
	const runs: Array<[string, Subject[]]> = [
		[
			'Deleted in Humaans, and made anew with the same work e-mail: the old record',
			[subject({ person: null, desired: undefined }), another(2, { account: null, match: claims })],
		],
		[
			'Deleted in Humaans, and made anew with the same work e-mail: the new record',
			[another(2, { account: null, match: claims }), subject({ person: null, desired: undefined })],
		],
		['Two people, one account', [subject(), another(2, { account: account() })]],
		[
			'Two new people with the same work e-mail',
			[subject(none), another(2, { ...none, desired: desired() })],
		],
		[
			'Two items for one person: the older one',
			[subject({ person: null, readAt: '2026-11-23T10:00:00.000Z' }), subject()],
		],
	];
	return runs.map(([situation, subjects]) => {
		const { action, reason, code } = decideAll(subjects).decisions[0]!;
		return `| ${situation} | default | **${actionOf(action).label}** | ${cell(reason)} | \`${code}\` |`;
	});
}

const HEAD = '| Situation | Settings | Decision | Reason | Code |\n|---|---|---|---|---|';

function page(): string {
	const parts = [
		'# What Provisioning Policy decides',
		'This page is written by the tests (`test/unit/policyBehaviour.test.ts`) from the ' +
			'decisions themselves; a test fails when it is not what the package does. Change nothing ' +
			'here by hand.',
		'It is noon UTC on Monday, 23 November 2026. Ana Silva is in Lisbon (the same time), ' +
			'started on 15 January 2024 unless said otherwise, and her account is linked, active and ' +
			'in step. "Default" means the settings of a new node: activation on the employment start ' +
			'date, invite on, offboarded and deleted people suspended, limit 3 or 5 %, mode Apply. ' +
			'The templates come with Mode set to Review Everything.',
		'Every decision looks only at the person now, the account now and the clock; running it ' +
			'twice, late or after a crash ends in the same place.',
		...SECTIONS.flatMap(({ title, text, scenarios }) => [
			`## ${title}`,
			text,
			[HEAD, ...scenarios.map(line)].join('\n'),
		]),
		'## Several people in one run',
		'Nobody’s account is disabled while somebody else of the run claims it, and nobody is decided on twice.',
		[HEAD, ...together()].join('\n'),
		'## The limits and their approval',
		'Over a limit nothing of its kind is done, and everything else goes on. The percentage ' +
			'counts only from 20 linked accounts up and when all accounts were read. A held plan has ' +
			'an id, made of exactly its actions and the minute it was held: typed into *Approved ' +
			'Plan* it lets them through for 24 hours, as long as nothing is added.',
		[HEAD, ...limits()].join('\n'),
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
		'Duplicate names',
		'Rehire',
		'Contractor to employee',
		'Moved start date',
		'cancelled offboarding',
		'Out of scope',
		'Deleted while the sync was down',
	])
		expect(text).toContain(question);
});
