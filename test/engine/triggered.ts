/** A run as Humaans Trigger starts it: with the people who changed, as they are read now. */
import { loadTemplate, runTemplate, type Finished, type Template } from '../harness/engine';
import type { Sandbox } from '../sandbox';

/** Runs a template from its trigger, with these people. */
export async function triggered(
	template: Template,
	sandbox: Sandbox,
	personIds: readonly string[],
	event = 'updated',
): Promise<Finished> {
	const everybody = await runTemplate(loadTemplate('full-lifecycle'), sandbox);
	const items = everybody
		.subjects('Read Everybody')
		.filter(({ personId }) => personIds.includes(personId!))
		.map((subject) => ({ ...subject, event }));
	const from = template.nodes.find(({ type }) => type.endsWith('.humaansTrigger'))!.name;
	return await runTemplate(template, sandbox, { from, items });
}
