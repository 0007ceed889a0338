/** Each node by itself: its type, its parameters, and how many of a kind there may be. */
import { NodeHelpers, type IDataObject, type INode, type INodeProperties } from 'n8n-workflow';
import { coreOf, isNote, linksOf, nodesOf, ownTypes, short, type TemplateRule } from './template';

const NODE_KEYS = [
	'alwaysOutputData',
	'disabled',
	'executeOnce',
	'id',
	'maxTries',
	'name',
	'onError',
	'parameters',
	'position',
	'retryOnFail',
	'type',
	'typeVersion',
	'waitBetweenTries',
];

/** A value, typed and no expression, that is none of the property's choices. */
const notAmong =
	(properties: readonly INodeProperties[]) =>
	([name, value]: [string, unknown]): boolean => {
		const lists = properties.filter(
			(property) => property.name === name && ['options', 'multiOptions'].includes(property.type),
		);
		const typed = [value].flat().filter((one) => typeof one === 'string' && !one.startsWith('='));
		return (
			lists.length > 0 &&
			typed.some(
				(one) =>
					!lists.some((list) =>
						(list.options as Array<{ value?: unknown }>).some((choice) => choice.value === one),
					),
			)
		);
	};

/** What n8n would say of the parameters of one of our nodes, or would drop. */
function parameterProblems(node: INode): string[] {
	const own = ownTypes.get(node.type)!.description;
	const { properties } = own;
	const known = NodeHelpers.getNodeParameters(properties, node.parameters, true, false, node, own)!;
	const unknown = Object.keys(node.parameters).filter(
		(name) => !(name in known) && name !== 'pollTimes',
	);
	const { options = {}, ...parameters } = node.parameters as IDataObject;
	const optional = properties.find(({ name }) => name === 'options')?.options as
		| INodeProperties[]
		| undefined;
	const noOptions = Object.keys(options as object).filter(
		(option) => !optional?.some((one) => one.name === option),
	);
	const wrong = [
		...Object.entries(parameters).filter(notAmong(properties)),
		...Object.entries(options as IDataObject).filter(notAmong(optional ?? [])),
	];
	const issues = NodeHelpers.getNodeParametersIssues(properties, node, own)?.parameters ?? {};
	const missing = Object.keys(issues);
	return [
		...(node.name === own.displayName ? ['is not named by its purpose'] : []),
		...(unknown.length > 0 ? [`unknown or hidden parameters ${unknown.join()}`] : []),
		...(noOptions.length > 0 ? [`unknown options ${noOptions.join()}`] : []),
		...(wrong.length > 0 ? [`none of the choices: ${wrong.map(([name]) => name).join()}`] : []),
		...(missing.length > 0 ? [`the editor would complain about ${missing.join()}`] : []),
	];
}

/** With two kinds of credential behind it, n8n picks one on import only when it is named. */
const isWithoutAuthentication = (node: INode): boolean =>
	short(node) === 'jumpCloudUser' && node.parameters.authentication !== 'apiKey';

function nodeProblems(node: INode): string[] {
	const extra = Object.keys(node).filter((key) => !NODE_KEYS.includes(key));
	const own = ownTypes.get(node.type)?.description;
	const versions = own ? [own.version].flat() : coreOf(node)?.versions;
	return [
		...(extra.length > 0 ? [`has ${extra.join()}`] : []),
		...(versions ? [] : [`${node.type} is no node that a template may use`]),
		...(versions && !versions.includes(node.typeVersion)
			? [`version ${node.typeVersion} is unknown`]
			: []),
		...(isWithoutAuthentication(node) ? ['does not say "authentication": "apiKey"'] : []),
		...(node.parameters.mode === 'each' ? ['runs once for each item, which n8n 3 removes'] : []),
		...(own ? parameterProblems(node) : []),
	];
}

export const nodes: TemplateRule = ({ nodes: all }) => [
	...(['id', 'name'] as const)
		.filter((key) => new Set(all.map((node) => node[key])).size !== all.length)
		.map((key) => `two nodes have one ${key}`),
	...all.flatMap((node) => nodeProblems(node).map((what) => `${node.name}: ${what}`)),
];

/** How many nodes want a credential: Find Each Account and Apply the Decision. */
const JUMPCLOUD_NODES = 2;
/** The trigger aside. */
const MOST_HUMAANS_NODES = 3;

/** Templates with another number of JumpCloud nodes, and why. */
const OTHER_NUMBER: Readonly<Record<string, { number: number; because: string }>> = {
	'access-review': { number: 1, because: 'it only reads, so nothing is applied' },
	'provision-on-demand': {
		number: 3,
		because: 'Cut Off Now suspends whatever Humaans and the policy say',
	},
	'tell-when-broken': { number: 0, because: 'it only looks at executions of n8n' },
};

/** Few credentials to pick, and nothing that the editor drops when it imports. */
export const counts: TemplateRule = (template, file) => {
	const jumpCloud = nodesOf(template, 'jumpCloudUser').length;
	const humaans = nodesOf(template, 'humaans').length;
	const wanted = OTHER_NUMBER[file]?.number ?? JUMPCLOUD_NODES;
	const types = new Set(template.nodes.filter((node) => !isNote(node)).map(short));
	const dropped = [...types].filter((type) => {
		const [first, ...more] = nodesOf(template, type);
		return more.length >= (coreOf(first!)?.maxNodes ?? Infinity);
	});
	return [
		...(jumpCloud === wanted ? [] : [`it has ${jumpCloud} JumpCloud nodes, not ${wanted}`]),
		...(humaans <= MOST_HUMAANS_NODES ? [] : [`it has ${humaans} Humaans nodes`]),
		...dropped.map((type) => `the editor imports one ${type} only`),
	];
};

/** The three ways to a message; somebody who imports switches one on and picks its credential. */
const MESSAGES = ['slack', 'microsoftTeams', 'emailSend'];

export const messages: TemplateRule = (template) => {
	const all = template.nodes.filter((node) => MESSAGES.includes(short(node)));
	const others = template.nodes.filter((node) => node.disabled && !all.includes(node));
	const kinds = all.map(short).sort().join();
	return [
		...all.filter((node) => !node.disabled).map((node) => `${node.name} is switched on`),
		...others.map((node) => `${node.name} is switched off`),
		...(kinds === '' || kinds === [...MESSAGES].sort().join()
			? []
			: [`of the three ways to a message it has ${kinds}`]),
	];
};

/** A name that somebody typed must be no markup, no mention and no link: Slack's all begin with <. */
const AS_PLAIN_TEXT = ".replaceAll('<', '‹').replaceAll('>', '›') }}";
const TEXT_OF: Readonly<Record<string, string>> = {
	slack: 'text',
	microsoftTeams: 'message',
	emailSend: 'text',
};

/** What is sent comes from `text` of the nodes before, and they take the angle brackets out. */
export const messageTexts: TemplateRule = (template) => {
	const ways = template.nodes.filter((node) => short(node) in TEXT_OF);
	const isPlain = ({ parameters }: INode): boolean =>
		(parameters.assignments as { assignments?: IDataObject[] } | undefined)?.assignments?.some(
			({ name, value }) => name === 'text' && String(value).endsWith(AS_PLAIN_TEXT),
		) === true;
	const before = new Set(
		linksOf(template)
			.filter(({ to }) => ways.some(({ name }) => name === to))
			.map(({ from }) => from),
	);
	return [
		...ways
			.filter((node) => node.parameters[TEXT_OF[short(node)]!] !== '={{ $json.text }}')
			.map((node) => `${node.name} sends something else than the text of the node before`),
		...template.nodes
			.filter((node) => before.has(node.name) && !isPlain(node))
			.map((node) => `${node.name}: a name could be markup in a message`),
	];
};
