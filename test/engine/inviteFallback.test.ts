/**
 * invite-fallback on the whole company: the first invite at activation, reminders over the days, a
 * person at the end.
 */
import { customAttribute, INVITE, LINK } from '../../nodes/core/account/link';
import type { Account, Subject } from '../../nodes/core/subject';
import type { Sandbox } from '../sandbox';
import {
	apply,
	loadTemplate,
	runTemplate,
	setParameters,
	type Finished,
	type Template,
} from '../harness/engine';
import { rowsOf, toldIn, written } from '../harness/outcomes';
import { ACME_NOON, caseOf, setClock, withSandbox } from '../harness/fixedClock';

const REMIND = 'Remind Those Without a Password';
const fallback = (): Template => apply(loadTemplate('invite-fallback'));
const toDay = (day: number): void =>
	setClock(new Date(Date.parse(ACME_NOON) + day * 86_400_000).toISOString());
const people = (subjects: Subject[]): string[] => subjects.map(({ personId }) => personId!);
/** People for a person to look at. */
const toReview = (run: Finished): Subject[] => toldIn(run, 'Needs Review');
const reminded = (run: Finished): Subject[] =>
	toldIn(run, 'No Action').filter(({ outcome }) => outcome!.reminder!.state === 'sent');
const failures = (run: Finished): unknown[] =>
	rowsOf(run, 'Needs Review').flatMap(({ State, Why }) => (State === 'Failed' ? [Why] : []));
const attributeOf = (account: object, name: string) => customAttribute(account as Account, name);
/** Accounts that this package activated and that have no password, of people who work here. */
const pending = (sandbox: Sandbox) =>
	sandbox.jumpCloud.accounts.filter((account) => {
		const person = sandbox.humaans.people.find(
			({ id }) => id === attributeOf(account, 'humaansId'),
		);
		return (
			account.state === 'ACTIVATED' &&
			!account.activated &&
			attributeOf(account, INVITE) !== null &&
			person?.status === 'active'
		);
	});
const mailsTo = (sandbox: Sandbox, accountId: string) =>
	sandbox.outbox.filter((mail) => mail.accountId === accountId).map(({ kind }) => kind);

async function fine(run: Promise<Finished>): Promise<Finished> {
	const finished = await run;
	expect(finished.error).toBeUndefined();
	expect(failures(finished)).toEqual([]);
	return finished;
}

it(
	'reminds twice, days apart, whoever has no password, then hands over; never anybody else',
	async () =>
		await withSandbox(async (sandbox) => {
			await runTemplate(apply(loadTemplate('reconcile')), sandbox);
			const before = pending(sandbox);
			expect(before.length).toBeGreaterThan(20);
			const [early, late, suspended, left, slow] = before.map(({ _id }) => _id) as [
				string,
				string,
				string,
				string,
				string,
			];
			const personOf = (id: string) => attributeOf(sandbox.admin.account(id)!, 'humaansId')!;
			const activatedByOthers = sandbox.jumpCloud.accounts.filter(
				(account) =>
					account.state === 'ACTIVATED' &&
					!account.activated &&
					attributeOf(account, INVITE) === null,
			);
			const invited = sandbox.outbox.length;

			const first = await fine(runTemplate(fallback(), sandbox));
			expect([sandbox.outbox.length, people(toReview(first))]).toEqual([invited, []]);
			sandbox.admin.setPassword(early);

			toDay(2);
			sandbox.clearLog();
			await fine(runTemplate(fallback(), sandbox));
			expect(sandbox.writes()).toEqual([]);

			toDay(3);
			const second = await fine(runTemplate(fallback(), sandbox));
			expect(people(reminded(second)).sort()).toEqual(
				before
					.slice(1)
					.map(({ _id }) => personOf(_id))
					.sort(),
			);
			await fine(runTemplate(fallback(), sandbox));
			sandbox.admin.setPassword(late);
			sandbox.admin.setAccount(suspended, { state: 'SUSPENDED', suspended: true });
			sandbox.admin.offboard(personOf(left));

			for (const day of [4, 6, 7, 8, 10]) {
				toDay(day);
				expect(people(toReview(await fine(runTemplate(fallback(), sandbox))))).toEqual([]);
			}
			toDay(11);
			const last = await fine(runTemplate(fallback(), sandbox));
			expect(people(toReview(last))).toContain(personOf(slow));
			expect(toReview(last)).toHaveLength(before.length - 4);
			expect(toReview(last)[0]!.outcome!.reminder).toMatchObject({
				state: 'handOver',
				sent: 2,
				reason: expect.stringContaining('2 of 2 reminders sent, the last on 2026-11-30'),
			});

			const mails = (id: string) =>
				mailsTo(sandbox, id).filter((kind) => kind !== 'welcome').length;
			expect([early, late, suspended, left, slow].map(mails)).toEqual([1, 2, 2, 2, 3]);
			for (const { _id } of before) expect(mails(_id)).toBeLessThanOrEqual(3);
			for (const { _id } of activatedByOthers) expect(mails(_id)).toBe(0);
			expect(sandbox.outbox.map(({ kind }) => kind)).not.toContain('passwordReset');
			expect(sandbox.violations).toEqual([]);
		}),
	180_000,
);

it('as it ships it sends and writes nothing, and lists who would get a mail', async () =>
	await withSandbox(async (sandbox) => {
		await runTemplate(apply(loadTemplate('reconcile')), sandbox);
		await runTemplate(fallback(), sandbox);
		toDay(5);
		sandbox.clearLog();
		const invited = sandbox.outbox.length;
		const run = await fine(runTemplate(loadTemplate('invite-fallback'), sandbox));
		expect(toReview(run)).toHaveLength(pending(sandbox).length);
		expect(toReview(run)[0]!.outcome!.reminder!.state).toBe('wouldSend');
		expect([sandbox.writes(), sandbox.outbox.length]).toEqual([[], invited]);
	}));

it('the first invite goes to the personal email, at once to work when it is refused; nobody gets both', async () =>
	await withSandbox(async (sandbox) => {
		const { personId } = caseOf(sandbox, 'active, no account');
		const person = sandbox.humaans.people.find(({ id }) => id === personId)!;
		sandbox.quirks.refusedInviteAddresses = [String(person.personalEmail)];
		const run = await runTemplate(apply(loadTemplate('provisioning')), sandbox);
		const account = sandbox.admin.accountByHumaansId(personId)!;
		expect(
			sandbox.outbox.filter((mail) => mail.accountId === account._id).map(({ to }) => to),
		).toEqual([person.email]);
		expect(
			written(run, 'activate').find((subject) => subject.personId === personId)!.outcome,
		).toMatchObject({
			invitedTo: 'work',
			attempts: [
				{ kind: 'personal', result: 'refused' },
				{ kind: 'work', result: 'sent' },
			],
		});
	}));

it('a staged account of somebody else is left to a person; an active one that was adopted is not reminded', async () =>
	await withSandbox(async (sandbox) => {
		const { accountId: staged } = caseOf(
			sandbox,
			'active, unlinked account with the same email and employee ID',
		);
		const { accountId: other } = caseOf(
			sandbox,
			'active, unlinked account whose email differs in case',
		);
		sandbox.admin.setAccount(staged, { state: 'STAGED', suspended: false, activated: false });
		sandbox.admin.setAccount(other, { activated: false });
		await runTemplate(apply(loadTemplate('reconcile')), sandbox);
		const markOf = (id: string) => attributeOf(sandbox.admin.account(id)!, INVITE);
		const linkOf = (id: string) => attributeOf(sandbox.admin.account(id)!, LINK);
		expect([sandbox.admin.account(staged)!.state, markOf(staged), markOf(other)]).toEqual([
			'STAGED',
			null,
			null,
		]);
		expect([linkOf(staged), linkOf(other)]).toEqual([null, expect.any(String)]);
	}));

it('one that fails goes to Needs Review with its reason; the others are reminded', async () =>
	await withSandbox(async (sandbox) => {
		await runTemplate(apply(loadTemplate('reconcile')), sandbox);
		await runTemplate(fallback(), sandbox);
		const due = pending(sandbox).length;
		toDay(3);
		sandbox.faults.add({
			service: 'jumpCloud',
			method: 'POST',
			path: /reactivate$/,
			kind: 'lost-answer',
		});
		const run = await runTemplate(fallback(), sandbox);
		expect(run.error).toBeUndefined();
		expect(failures(run)).toEqual([
			expect.stringContaining('It is not known whether the mail was sent, so it counts as sent'),
		]);
		expect(reminded(run)).toHaveLength(due - 1);
	}));

it('two executions at once: one mail each', async () =>
	await withSandbox(async (sandbox) => {
		await runTemplate(apply(loadTemplate('reconcile')), sandbox);
		await runTemplate(fallback(), sandbox);
		const due = pending(sandbox).length;
		const invited = sandbox.outbox.length;
		toDay(3);
		const runs = await Promise.all(
			[1, 2].map(async () => await fine(runTemplate(fallback(), sandbox))),
		);
		expect(runs.flatMap((run) => reminded(run))).toHaveLength(due);
		expect(sandbox.outbox).toHaveLength(invited + due);
	}));

it.each([
	[
		'mode',
		'aply',
		'The parameter Mode cannot be used, so nothing was sent. Choose Apply or Review Everything.',
	],
	[
		'atMost',
		'many',
		'The parameter Max Reminders cannot be used, so nothing was sent. Give a whole number from 0 to 365.',
	],
	[
		'daysBetween',
		0,
		'The parameter Days Between Reminders cannot be used, so nothing was sent. Give a whole number from 1 to 365.',
	],
	[
		'firstAfterDays',
		1.5,
		'The parameter First Reminder After Days cannot be used, so nothing was sent. Give a whole number from 1 to 365.',
	],
])(
	'a setting that is none of the choices sends nothing: %s',
	async (name, value, message) =>
		await withSandbox(async (sandbox) => {
			const run = await runTemplate(
				setParameters(fallback(), REMIND, { [name]: `={{ ${JSON.stringify(value)} }}` }),
				sandbox,
			);
			expect(new Set(failures(run))).toEqual(new Set([message]));
			expect(sandbox.writes()).toEqual([]);
		}),
);
