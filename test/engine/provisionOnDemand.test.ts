/** The form, by what is decided for one person: a preview, then the real thing. */
import { linkOf } from '../../nodes/core/account/link';
import type { Account } from '../../nodes/core/subject';
import { apply, loadTemplate, runTemplate, setParameters } from '../harness/engine';
import { caseOf, withSandbox } from '../harness/fixedClock';
import { ask, both, onDemand, section } from './onDemandForm';

it('somebody new: previews and then makes every step, and says where the invite went', async () =>
	await withSandbox(async (sandbox) => {
		const { personId } = caseOf(sandbox, 'active, no account');
		const { email, personalEmail, firstName } = sandbox.humaans.people.find(
			({ id }) => id === personId,
		)!;
		const { preview, done } = await both(sandbox, email!.toUpperCase());
		expect(preview.title).toMatch(
			/: the account would be created, then activated \(preview, nothing was changed\)$/,
		);
		expect(section(preview, 'What would be done')).toContain(
			'1. Create the account. The person has no JumpCloud account.\n' +
				'2. Activate the account. The account was to be activated on',
		);
		expect(preview.text).toContain(
			`The invite goes to the personal email ${personalEmail}; if that does not work, to the work email ${email}.`,
		);
		expect(preview.text).toContain('After that: The account is active and in step with Humaans.');
		expect(preview.text).toContain('ACCOUNT IN JUMPCLOUD\nNone.');
		expect(done.title).toMatch(/: the account was created, then activated$/);
		expect(section(done, 'What was done')).toContain(
			`The invite was sent to the personal email ${personalEmail}.`,
		);
		expect(section(done, 'Account in JumpCloud')).toMatch(/State: active\n/);
		expect(section(done, 'Person')).toContain(firstName!);
		expect(section(done, 'Which rule decided')).toMatch(
			/- Create the account: joiners without an account → joiner\.noAccount/,
		);
		expect(sandbox.outbox.map(({ to }) => to)).toEqual([personalEmail]);
		expect(sandbox.admin.accountByHumaansId(personId)!.state).toBe('ACTIVATED');
		const again = await ask(sandbox, personId, 'Apply');
		expect(again.title).toMatch(/: nothing to do$/);
		expect(section(again, 'Decision')).toBe(
			'Nothing to do. The account is active and in step with Humaans.',
		);
	}));

it('a personal email that does not work is named, and where the invite went instead', async () =>
	await withSandbox(async (sandbox) => {
		const { personId } = caseOf(sandbox, 'malformed personal email');
		const { email } = sandbox.humaans.people.find(({ id }) => id === personId)!;
		const page = await ask(sandbox, personId, 'Apply');
		expect(section(page, 'What was done')).toContain(
			'- The personal email did not work: malformed.\n',
		);
		expect(section(page, 'What was done')).toContain(
			`- The invite was sent to the work email ${email}.`,
		);
	}));

it('somebody who starts later: created, and nobody waits in the execution', async () =>
	await withSandbox(async (sandbox) => {
		const { personId } = caseOf(sandbox, 'new hire, future start, Auckland');
		const { preview, done } = await both(sandbox, personId);
		expect(preview.text).toMatch(/After that: The account is to be activated on /);
		expect(done.title).toMatch(/: the account was created; waits until it is due$/);
		expect(section(done, 'What is left')).toMatch(/^Wait\. The account is to be activated on /);
		expect(
			done.run.run.data.executionData!.nodeExecutionStack.map(({ node }) => node.name),
		).toEqual(['Show the Page']);
		expect(section(await ask(sandbox, personId, 'Preview'), 'Decision')).toMatch(
			/The account is to be activated on /,
		);
	}));

it('an update: field by field, before and after, in the preview and when done', async () =>
	await withSandbox(async (sandbox) => {
		const { personId, accountId } = caseOf(sandbox, 'department edited by hand in JumpCloud');
		const { department } = sandbox.admin.account(accountId)!;
		const { preview, done } = await both(sandbox, personId);
		const now = sandbox.admin.account(accountId)!.department;
		expect(now).not.toBe(department);
		for (const page of [preview, done]) {
			expect(page.text).toContain(`- Department: ${department} → ${now}`);
			expect(page.html).toContain(`<td>Department</td><td>${department}</td><td>${now}</td>`);
		}
	}));

it('an account without a link is adopted, and the page says by what it was found', async () =>
	await withSandbox(async (sandbox) => {
		const { personId, accountId } = caseOf(
			sandbox,
			'active, unlinked account whose email differs in case',
		);
		const { preview, done } = await both(sandbox, personId);
		expect(section(preview, 'Account in JumpCloud')).toContain('Found by: the work email');
		expect(preview.text).toContain(`- Link to Humaans: – → ${personId}`);
		expect(section(done, 'What was done')).toContain(
			'- Done: the existing account was linked to this person.',
		);
		expect(linkOf(sandbox.admin.account(accountId) as unknown as Account)).toBe(personId);
	}));

it('a leaver loses their account; somebody deleted too, asked by ID', async () =>
	await withSandbox(async (sandbox) => {
		const left = caseOf(sandbox, 'offboarded, linked account');
		const { preview, done } = await both(sandbox, left.personId);
		expect(preview.title).toMatch(
			/: the account would be suspended \(preview, nothing was changed\)$/,
		);
		expect(done.title).toMatch(/: the account was suspended$/);
		expect(section(done, 'What was done')).toMatch(
			/^1\. Suspend the account\. The person is offboarded in Humaans\. The last day, 20 November 2026, ended on /,
		);
		expect(sandbox.admin.account(left.accountId)).toMatchObject({
			state: 'SUSPENDED',
			suspended: true,
		});
		const { accountId } = caseOf(sandbox, 'linked account, person deleted in Humaans');
		const personId = linkOf(sandbox.admin.account(accountId) as unknown as Account)!;
		const page = await ask(sandbox, personId, 'Apply');
		expect(section(page, 'Person')).toBe(
			`Humaans has nobody with this ID: deleted, or never there.\nHumaans ID: ${personId}`,
		);
		expect(sandbox.admin.account(accountId)).toMatchObject({ state: 'SUSPENDED' });
	}));

it.each([
	[
		'offboarded, account not linked',
		'you need to decide',
		'was not created or adopted by this package, so it is left alone.',
	],
	[
		'two candidate accounts (employee ID and email)',
		'you need to decide',
		'Several JumpCloud accounts fit this person',
	],
	[
		'suspended by an administrator, person active',
		'you need to decide',
		'suspended by hand, in JumpCloud or with Cut off',
	],
	[
		'new hire without a work email',
		'you need to decide',
		'Humaans has no work email for this person yet.',
	],
	['demo person of Humaans', 'nothing to do', 'This is a demo person of Humaans.'],
	[
		'left long ago, no account',
		'nothing to do',
		'There is no account to suspend, and none is created.',
	],
])(
	'%s: %s, in the preview and on apply, and nothing is written',
	async (label, said, reason) =>
		await withSandbox(async (sandbox) => {
			const { preview, done } = await both(sandbox, caseOf(sandbox, label).personId);
			expect(sandbox.writes()).toEqual([]);
			for (const page of [preview, done]) {
				expect(page.title.endsWith(`: ${said}`)).toBe(true);
				expect(section(page, 'Decision')).toContain(reason);
			}
		}),
);

it('a mistyped employee ID never takes over the account of a colleague', async () =>
	await withSandbox(async (sandbox) => {
		const colleague = caseOf(
			sandbox,
			'active, unlinked account with the same email and employee ID',
		);
		const newcomer = caseOf(sandbox, 'active, no account');
		const { employeeId, firstName, lastName } = sandbox.humaans.people.find(
			({ id }) => id === colleague.personId,
		)!;
		sandbox.admin.change(newcomer.personId, { employeeId: employeeId! });
		const { preview, done } = await both(sandbox, newcomer.personId);
		for (const page of [preview, done]) {
			expect(page.title).toMatch(/: you need to decide$/);
			expect(section(page, 'Decision')).toContain(
				'An employee ID is typed in by hand, so it is not adopted.',
			);
		}
		// Another email, and the same name too: whether somebody else has that ID, one person alone
		// does not show.
		sandbox.admin.change(newcomer.personId, { employeeId: 'NEW-1' });
		sandbox.admin.change(colleague.personId, { email: 'renamed@acme.example' });
		sandbox.admin.setAccount(colleague.accountId, { firstname: firstName, lastname: lastName });
		const alone = await ask(sandbox, colleague.personId, 'Apply');
		expect([alone.title.split(': ')[1], sandbox.writes()]).toEqual(['you need to decide', []]);
		await runTemplate(apply(loadTemplate('reconcile')), sandbox, { id: 'everybody' });
		const account = sandbox.admin.account(colleague.accountId)!;
		expect([account.email, linkOf(account as unknown as Account)]).toEqual([
			'renamed@acme.example',
			colleague.personId,
		]);
	}));

it('nobody gets an account that a second person claims with the same address in capital letters', async () =>
	await withSandbox(async (sandbox) => {
		const works = { employmentStartDate: '2026-01-05', status: 'active' } as const;
		const ana = { firstName: 'Ana', lastName: 'Case', email: 'Ana.Case@acme.example', ...works };
		const bob = { firstName: 'Bob', lastName: 'Other', email: 'ana.case@acme.example', ...works };
		const [first, second] = [sandbox.admin.hire(ana), sandbox.admin.hire(bob)];
		const none = await ask(sandbox, second.id, 'Apply');
		expect(section(none, 'Decision')).toContain(`the same work email (${first.id})`);
		const like = sandbox.jumpCloud.accounts.find(({ state }) => state === 'ACTIVATED')!;
		const account = sandbox.admin.addAccount({
			...structuredClone(like),
			...{ _id: 'f'.repeat(24), id: 'f'.repeat(24), username: 'ana.case', attributes: [] },
			...{ email: bob.email, firstname: 'Ana', lastname: 'Case' },
			...{ employeeIdentifier: null, alternateEmail: null, admin: null },
		} as never);
		for (const { id } of [first, second]) {
			const page = await ask(sandbox, id, 'Apply');
			expect(section(page, 'Decision')).toContain(
				'Another person in Humaans has the same work email',
			);
		}
		expect(sandbox.writes()).toEqual([]);
		expect(linkOf(sandbox.admin.account(account._id) as unknown as Account)).toBeNull();
	}));

it('two candidate accounts are listed by name', async () =>
	await withSandbox(async (sandbox) => {
		const page = await ask(
			sandbox,
			caseOf(sandbox, 'two candidate accounts (employee ID and email)').personId,
			'Preview',
		);
		expect(section(page, 'Account in JumpCloud')).toMatch(
			new RegExp(
				'^Not certain which one\\.\n- fatimatanaka \\([^)]*, linked to nobody\\)\n' +
					'- secondfatimatanaka \\([^)]*, linked to nobody\\)$',
			),
		);
	}));

it('somebody out of scope is told so', async () =>
	await withSandbox(async (sandbox) => {
		const conditions = [
			{
				id: '1',
				leftValue: '={{ $json.person.department }}',
				rightValue: 'Nobody Works Here',
				operator: { type: 'string', operation: 'equals' },
			},
		];
		const peopleInScope = {
			options: { caseSensitive: false, leftValue: '', typeValidation: 'loose', version: 2 },
			conditions,
			combinator: 'and',
		};
		const narrow = () => setParameters(onDemand(), 'Decide', { limitScope: true, peopleInScope });
		const { personId } = caseOf(sandbox, 'active, no account');
		sandbox.admin.addJobRole({
			personId,
			jobTitle: 'Engineer',
			department: 'Engineering',
			effectiveDate: '2020-01-01',
		});
		const { done } = await both(sandbox, personId, narrow);
		expect(section(done, 'Decision')).toBe(
			'Nothing to do. The person is not among the People in Scope.',
		);
		expect(sandbox.writes()).toEqual([]);
	}));
