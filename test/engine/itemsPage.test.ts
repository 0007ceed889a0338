/** docs/items.md shows real items of a run on acme. UPDATE_DOCS=1 writes it anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import type { Subject } from '../../nodes/core/subject';
import { apply, loadTemplate, runTemplate, type Finished } from '../harness/engine';
import { caseOf, withSandbox } from '../harness/fixedClock';
import { rowsOf, written } from '../harness/outcomes';
import { publishedTrigger } from '../harness/humaansOverHttp';

const FILE = join(__dirname, '..', '..', 'docs', 'items.md');

const block = (value: unknown): string => `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
const firstWritten = (summary: IDataObject): IDataObject => ({
	...summary,
	written: (summary.written as IDataObject[]).slice(0, 1),
});
const only = (subject: Subject, ...keys: Array<keyof Subject>): Partial<Subject> =>
	Object.fromEntries(keys.map((key) => [key, subject[key]]));
const of = (run: Finished, node: string, personId: string, output = 0): Subject =>
	run.subjects(node, output).find((subject) => subject.personId === personId)!;

/** What Humaans Trigger gives: somebody whose department changed, and somebody who is gone. */
async function told(): Promise<Subject[]> {
	return await withSandbox(async (sandbox) => {
		const trigger = await publishedTrigger(sandbox, { webhook: false });
		try {
			await trigger.activate();
			sandbox.admin.change(caseOf(sandbox, 'promotion in five days').personId, {
				phoneNumber: '+44 20 7946 0000',
			});
			sandbox.admin.remove(caseOf(sandbox, 'offboarded, linked account').personId);
			await trigger.poll();
			return trigger.told;
		} finally {
			await trigger.stop();
		}
	});
}

async function page(): Promise<string> {
	const [changed, gone] = (await told()).sort(
		(a, b) => Number(a.event === 'deleted') - Number(b.event === 'deleted'),
	);
	const { run, joiner, leaver } = await withSandbox(async (sandbox) => {
		const { accountId } = caseOf(sandbox, 'department edited by hand in JumpCloud');
		sandbox.faults.add({
			...{ service: 'jumpCloud', method: 'PUT', path: accountId, kind: '403', times: Infinity },
		} as const);
		return {
			run: await runTemplate(apply(loadTemplate('reconcile')), sandbox),
			joiner: caseOf(sandbox, 'active, no account').personId,
			leaver: caseOf(sandbox, 'offboarded, linked account').personId,
		};
	});
	const decided = run.decisionsOf(joiner);
	const after = (action: string, personId: string): Subject =>
		written(run, action).find((subject) => subject.personId === personId)!;
	const failed = run
		.subjects('Apply the Decision')
		.find(({ outcome }) => outcome!.status === 'failed')!;
	const failedDecision = run.decisionsOf(failed.personId!).at(-1);
	const row = rowsOf(run, 'Needs Review').find((one) => one['Humaans ID'] === failed.personId)!;
	const parts = [
		'# Items, step by step',
		'This page is written by a test (`test/engine/itemsPage.test.ts`) from a run on invented ' +
			'people; the test fails when it is not what comes out. Change nothing here by hand.',
		'One n8n item is one person, the *subject*. Each node adds what it knows, and hands on the rest.',
		'| key | set by | what |\n|---|---|---|\n| `personId`, `person` | Humaans Trigger, ' +
			'Humaans | who it is; `person: null` = confirmed gone, no `person` = not known |\n| ' +
			'`event`, `changedFields`, `occurredAt` | Humaans Trigger | what happened; nothing ' +
			'decides by it |\n| `complete`, `readAt`, `part` | both | whether the read could see ' +
			'everybody, when it was, and which part of them is in the run |\n| `problem` | both | ' +
			'why the person cannot be read |\n| `desired` | Field Mapper | what the account should ' +
			'hold, and how strongly |\n| `account`, `match` | JumpCloud User: Match, and every write ' +
			'| the account as JumpCloud gives it, or `null`, and how it was found |\n| `decision` | ' +
			'Provisioning Policy | what to do, and why |\n| `outcome` | every write | what was done |',
		'## To try things without a service',
		'Open **When People Change**, press the pencil at its output, paste one of the first two ' +
			'in brackets (`[ … ]`), save: n8n takes it as pinned data. Expressions then show real ' +
			'values, such as `{{ $json.person.department }}`. Unpin before you publish.',
		'## Humaans Trigger: somebody changed',
		block(changed),
		'## Humaans Trigger: somebody was deleted, and Humaans has confirmed it by ID',
		block(gone),
		'## Humaans › Get Many: a joiner',
		block(of(run, 'Read Everybody', joiner)),
		'## Field Mapper adds',
		block(only(of(run, 'What JumpCloud Should Hold', joiner), 'desired')),
		'## JumpCloud User › Match adds: no account',
		block(only(of(run, 'Find Each Account', joiner), 'account', 'match')),
		'## Provisioning Policy adds',
		block({ decision: decided[0] }),
		'## JumpCloud User › Apply Decision adds the account and',
		block(only(after('create', joiner), 'outcome')),
		'## Provisioning Policy, for the same person again',
		block({ decision: decided[1] }),
		'## JumpCloud User › Apply Decision, the second time',
		block(only(after('activate', joiner), 'outcome')),
		'## Provisioning Policy, at last',
		block({ decision: decided.at(-1) }),
		'## A leaver, decided',
		block({ decision: run.decisionsOf(leaver)[0] }),
		'## The account, as Apply Decision hands it on after it suspended it',
		block(only(after('deprovision', leaver), 'account', 'outcome')),
		'## A write that failed',
		'The person goes back to the policy, which sends them to Needs Review. The others go on.',
		block(only(failed, 'outcome')),
		block({ decision: failedDecision }),
		'## Needs Review: a row of the table',
		'Edit Fields makes a row of each item. The whole item is at the input of the node.',
		block(row),
		'## Summary of the Run',
		'`written` has a row for each write; here only the first.',
		block(firstWritten(run.items('Summary of the Run')[0]!.json)),
	];
	return `${parts.join('\n\n')}\n`;
}

it('docs/items.md shows what comes out', async () => {
	const now = await page();
	if (process.env.UPDATE_DOCS === '1') writeFileSync(FILE, now);
	expect(readFileSync(FILE, 'utf8')).toBe(now);
	expect(now).not.toMatch(/undefined|SECRET-/);
});
