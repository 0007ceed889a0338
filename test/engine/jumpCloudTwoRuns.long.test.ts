/** Two executions of the reconciliation at the same moment, on the same people. */
import { failuresIn } from './decided';
import { linkOf } from '../../nodes/core/account/link';
import type { Account } from '../../nodes/core/subject';
import { apply, loadTemplate, runTemplate } from '../harness/engine';
import { withSandbox } from '../harness/fixedClock';

it('end like one: an account a person, a mail a person, nothing shown as failed', async () => {
	const once = await withSandbox(async (sandbox) => {
		const run = await runTemplate(apply(loadTemplate('reconcile')), sandbox);
		expect(run.error).toBeUndefined();
		return endOf(sandbox.jumpCloud.accounts as unknown as Account[], sandbox.outbox);
	});
	await withSandbox(async (sandbox) => {
		const runs = await Promise.all(
			[1, 2].map(async () => await runTemplate(apply(loadTemplate('reconcile')), sandbox)),
		);
		for (const run of runs) {
			expect(run.error).toBeUndefined();
			expect(failuresIn(run)).toEqual([]);
		}
		const accounts = sandbox.jumpCloud.accounts as unknown as Account[];
		const links = accounts.flatMap((account) => linkOf(account) ?? []);
		expect(new Set(links).size).toBe(links.length);
		const addresses = sandbox.outbox.map((mail) => mail.to);
		expect(new Set(addresses).size).toBe(addresses.length);
		expect(endOf(accounts, sandbox.outbox)).toEqual(once);
		expect(sandbox.violations).toEqual([]);
		sandbox.clearLog();
		await runTemplate(apply(loadTemplate('reconcile')), sandbox);
		expect(sandbox.writes()).toEqual([]);
	});
});

/** Who has what, whatever the order in which two runs came to it. */
function endOf(
	accounts: readonly Account[],
	outbox: ReadonlyArray<{ to: string; kind: string }>,
): unknown {
	const people = accounts.map(
		(account) =>
			`${linkOf(account) ?? account.username} ${account.email} ${account.state} ${String(account.alternateEmail)} ` +
			`${String(account.jobTitle)}`,
	);
	return { people: people.sort(), mails: outbox.map(({ to, kind }) => `${kind} ${to}`).sort() };
}
