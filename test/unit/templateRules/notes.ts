/** The notes: what the template is for, and how it is set up. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { shortName } from './file';
import { isNote, type Template, type TemplateRule } from './template';

const PARTS = ['Who it is for', 'How it works', 'Set up', 'Requirements', 'Customise'];

/** Bold words that are no node: buttons and settings of n8n, and the other templates. */
const OTHERS = [
	...[
		'Execute workflow',
		'Mode',
		'⋯ › Settings › Error workflow',
		'⋯ › Settings › Timeout Workflow',
	],
	...readdirSync(join(__dirname, '..', '..', '..', 'workflows'))
		.filter((name) => name.endsWith('.json'))
		.map((name) => shortName(name.slice(0, -5))),
];

const isKnown = (template: Template, name: string): boolean =>
	OTHERS.includes(name) ||
	PARTS.includes(name.replace(/:$/, '')) ||
	template.nodes.some((node) => node.name === name);

export const notes: TemplateRule = (template) => {
	const all = template.nodes.filter(isNote);
	const texts = all.map(({ parameters }) => String(parameters.content));
	const yellow = all.filter(({ parameters }) => parameters.color === undefined);
	const text = String(yellow[0]?.parameters.content ?? '');
	const named = texts.flatMap((one) => [...one.matchAll(/\*\*([^*]+)\*\*/g)].map(([, it]) => it!));
	// The orange button runs another trigger than Run Now where there are several.
	const runsNow =
		template.nodes.some(({ name }) => name === 'Run Now') && named.includes('Run Now');
	return [
		...(yellow.length === 1 && text.startsWith(`## ${template.name}\n`)
			? []
			: ['there is not one yellow note with its name']),
		...PARTS.filter((part) => !text.includes(`**${part}`)).map(
			(part) => `the note lacks "${part}"`,
		),
		...named
			.filter((name) => !isKnown(template, name))
			.map((name) => `the note names "${name}", which is not there`),
		...(texts.some((one) => one.includes('## Settings are here'))
			? []
			: ['no note says where the settings are']),
		...(runsNow && !text.includes('▾') ? ['the note does not say how Run Now is chosen'] : []),
	];
};
