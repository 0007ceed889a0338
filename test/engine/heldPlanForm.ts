/** The form of approve-held-plan, filled in, and the page that answers. */
import type { IDataObject } from 'n8n-workflow';
import { stateOf } from '../../nodes/core/account/link';
import type { Account } from '../../nodes/core/subject';
import {
	loadTemplate,
	nodeOf,
	runTemplate,
	setParameters,
	type Finished,
	type Services,
	type Template,
} from '../harness/engine';
import { caseOf, withSandbox } from '../harness/fixedClock';
import type { Sandbox, SandboxOptions } from '../sandbox';
import { offboardSome } from './decided';

export interface Answer {
	title: string;
	html: string;
	rows: Array<Record<string, string>>;
	/** The addresses of the page that approve something, as a browser reads them: ids by words. */
	links: Record<string, string>;
	run: Finished;
}

export const FORM = 'Ask About Held Plans';

/** As an admin sets it: *Mode* on Apply. */
export const approving = (parameters: IDataObject = {}): Template =>
	setParameters(loadTemplate('approve-held-plan'), 'Decide', { mode: 'apply', ...parameters });

/** The options of the template's own Decide, and others beside them. */
export function withOptions(template: Template, options: IDataObject): Template {
	const { parameters } = nodeOf(template, 'Decide');
	const all = { ...(parameters.options as IDataObject), ...options };
	return setParameters(template, 'Decide', { options: all });
}

/** The choices of the form as it words them. */
export function choices(template: Template): string[] {
	const { formFields } = nodeOf(template, FORM).parameters as {
		formFields: { values: Array<{ fieldOptions?: { values: Array<{ option: string }> } }> };
	};
	return formFields.values.flatMap(({ fieldOptions }) =>
		(fieldOptions?.values ?? []).map(({ option }) => option),
	);
}

const LINK = /<p><a href="([^"]+)">([^<]+)<\/a><\/p>/g;

/** What a link types into the form: n8n fills fields in from the address. */
function typedBy(href: string): URLSearchParams {
	const url = new URL(href.replaceAll('&amp;', '&'), 'http://localhost/form-waiting/1');
	expect(url.pathname).toBe('/form/approve-held-plan');
	return url.searchParams;
}

export interface Typed {
	action: 'Show' | 'Approve';
	plan?: string;
	user?: object;
}

/** As one workflow each time with the same `id`: what was approved belongs to it. */
export async function ask(
	services: Services,
	{ action, plan = '', ...more }: Typed,
	template = approving(),
	id = 'approve-held-plan',
): Promise<Answer> {
	const option = choices(template).find((one) => one.startsWith(action))!;
	const run = await runTemplate(template, services, {
		...{ from: FORM, id },
		items: [{ action: option, plan, submittedAt: new Date().toISOString(), ...more }],
	});
	expect(run.error).toBeUndefined();
	expect(run.status).toBe('waiting');
	const [shown, ...others] = run.items('Show the Answer');
	expect(others).toEqual([]);
	const [written] = run.items('Write the Answer');
	const { title, message } = shown!.json as { title: string; message: string };
	expect(written!.json).toMatchObject({ title, html: message });
	const links: Record<string, string> = {};
	for (const [, href, words] of message.matchAll(LINK)) {
		const typed = typedBy(href!);
		if (!typed.has('plan')) continue;
		expect(choices(template)).toContain(typed.get('action'));
		expect(typed.get('action')).toMatch(/^Approve/);
		links[words!] = typed.get('plan')!;
	}
	const rows = written!.json.rows as Answer['rows'];
	return { title, html: message, rows, links, run };
}

let organizations = 0;

/** Policies of a process share a limit by organization, so each test has one of its own. */
export const withCompany = async (
	use: (sandbox: Sandbox) => Promise<void>,
	options: SandboxOptions = {},
): Promise<void> =>
	await withSandbox(use, {
		organization: (++organizations).toString(16).padStart(24, 'c'),
		...options,
	});

/** Of two records of one human the account is not touched. */
const sharedAccount = (sandbox: Sandbox): string =>
	caseOf(sandbox, 'contractor becomes employee: two people, one email').accountId;
const accountOf = (sandbox: Sandbox, person: string) => sandbox.admin.accountByHumaansId(person);

export const isShared = (sandbox: Sandbox, person: string): boolean =>
	accountOf(sandbox, person)?._id === sharedAccount(sandbox);

/** So many people are offboarded; their IDs. */
export const leavers = (sandbox: Sandbox, howMany = 8): string[] =>
	offboardSome(sandbox, howMany, sharedAccount(sandbox));

export const stateOfPerson = (sandbox: Sandbox, person: string): string =>
	stateOf(accountOf(sandbox, person) as unknown as Account);

export const idsOf = ({ links }: Answer): string[] => Object.values(links);
export const personsOf = ({ rows }: Answer): string[] =>
	rows.map((row) => row['Humaans ID']!).sort();

/** All accounts, without those of some people. */
export function others(sandbox: Sandbox, people: readonly string[]): string {
	const ids = new Set(people.map((person) => accountOf(sandbox, person)?._id));
	return JSON.stringify(sandbox.jumpCloud.accounts.filter(({ _id }) => !ids.has(_id)));
}
