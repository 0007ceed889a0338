/** The file as a whole. */
import { nodesOf, type TemplateRule } from './template';

/** "full-lifecycle" → "Full lifecycle": how the workflow's name begins, so that both are found. */
export const shortName = (file: string): string =>
	`${file.charAt(0).toUpperCase()}${file.slice(1).replaceAll('-', ' ')}`;

/**
 * Where something sleeps, a time limit that an admin set for all executions must not end it; nowhere
 * else may a template run longer than the admin allows.
 */
const SLEEPS = '{"executionOrder":"v1","executionTimeout":-1}';
const SLEEPS_NOT = '{"executionOrder":"v1"}';

export const wholeFile: TemplateRule = (template, file) => {
	const text = JSON.stringify(template);
	const keys = Object.keys(template).sort().join();
	const settings = nodesOf(template, 'wait').length > 0 ? SLEEPS : SLEEPS_NOT;
	return [
		...(keys === 'connections,name,nodes,pinData,settings'
			? []
			: [`the file has the keys ${keys}`]),
		...(template.name.startsWith(`${shortName(file)}: `)
			? []
			: [`its name does not begin with "${shortName(file)}: "`]),
		...(JSON.stringify(template.settings) === settings ? [] : [`its settings are not ${settings}`]),
		...(JSON.stringify(template.pinData) === '{}' ? [] : ['it has pinned data']),
		...(/[\w.+-]+@[\w-]+\.\w+/.test(text) ? ['it holds an address'] : []),
		...(/https?:\/\/|\d+\.\d+\.\d+\.\d+/.test(text) ? ['it holds a URL'] : []),
		...(/SECRET-|\b(?=\w*\d)[A-Za-z0-9]{24,}\b/.test(text) ? ['it holds an id of somebody'] : []),
		...(/getPairedItem|\$node\[|\$item\(/.test(text)
			? ['it uses an expression that n8n 3 removes']
			: []),
	];
};
