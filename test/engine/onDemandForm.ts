/** The form of provision-on-demand, filled in, and the page that answers. */
import type { Sandbox } from '../sandbox';
import {
	loadTemplate,
	runTemplate,
	nodeOf,
	type Finished,
	type Services,
	type Template,
} from '../harness/engine';

export interface Page {
	title: string;
	html: string;
	text: string;
	run: Finished;
}

export const onDemand = (): Template => loadTemplate('provision-on-demand');

export type Choice = 'Preview' | 'Apply' | 'Cut off';

/** The choice as the form words it. */
function optionOf(template: Template, choice: Choice): string {
	const { formFields } = nodeOf(template, 'Ask Here').parameters as {
		formFields: { values: Array<{ fieldOptions?: { values: Array<{ option: string }> } }> };
	};
	const options = formFields.values.flatMap(({ fieldOptions }) => fieldOptions?.values ?? []);
	return options.map(({ option }) => option).find((option) => option.startsWith(choice))!;
}

export async function ask(
	services: Services,
	person: string,
	choice: Choice,
	template = onDemand(),
	reason = '',
): Promise<Page> {
	const typed = { person, action: optionOf(template, choice), reason };
	const run = await runTemplate(template, services, {
		from: 'Ask Here',
		items: [{ ...typed, submittedAt: '2026-11-23T12:00:00.000Z', formMode: 'production' }],
	});
	expect(run.error).toBeUndefined();
	expect(run.status).toBe('waiting');
	const [shown, ...others] = run.items('Show the Page');
	expect(others).toEqual([]);
	const [written] = run.items('Write the Page');
	const { title, message } = shown!.json as { title: string; message: string };
	expect(written!.json).toMatchObject({ title, html: message });
	return { title, html: message, text: String(written!.json.text), run };
}

/** What a preview says, and that it wrote nothing; then what Apply did. */
export async function both(
	sandbox: Sandbox,
	person: string,
	template?: () => Template,
): Promise<{ preview: Page; done: Page }> {
	const before = JSON.stringify(sandbox.jumpCloud.accounts);
	const preview = await ask(sandbox, person, 'Preview', template?.());
	expect(sandbox.writes()).toEqual([]);
	expect(sandbox.outbox).toEqual([]);
	expect(JSON.stringify(sandbox.jumpCloud.accounts)).toBe(before);
	const done = await ask(sandbox, person, 'Apply', template?.());
	expect(sandbox.violations).toEqual([]);
	return { preview, done };
}

/** The text of the page between two headings. */
export const section = ({ text }: Page, heading: string): string =>
	text.split(`${heading.toUpperCase()}\n`)[1]?.split('\n\n')[0] ?? '';
