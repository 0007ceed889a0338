/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * What of a template an n8n knows: nodes, their versions and their parameters.
 */

/** @typedef {import('../host/session.mjs').Workflow} Workflow */
/** @typedef {{ name: string, version: number | number[], properties: any[], polling?: boolean }} NodeType */

/**
 * @param {import('../host/session.mjs').Session} session
 * @returns {Promise<NodeType[]>} all nodes of this n8n, as its editor reads them
 */
export async function nodeTypesOf({ url, cookie }) {
	const answer = await fetch(`${url}/types/nodes.json`, { headers: { cookie } });
	return /** @type {Promise<NodeType[]>} */ (answer.json());
}

/**
 * @param {Pick<Workflow, 'nodes'>} workflow
 * @param {NodeType[]} types
 * @returns {Array<{ node: string, why: string }>} nodes that this n8n does not know as they are
 */
export function unknownIn({ nodes }, types) {
	return nodes.flatMap(({ name: node, type, typeVersion, parameters }) => {
		const known = types.find(
			({ name, version }) => name === type && [version].flat().includes(typeVersion),
		);
		if (!known) return [{ node, why: `${type} ${typeVersion}` }];
		const names = new Set(known.properties.map(({ name }) => name));
		const others = Object.keys(parameters).filter(
			(name) => !names.has(name) && !(known.polling && name === 'pollTimes'),
		);
		return others.length > 0
			? [{ node, why: `${type} ${typeVersion} has no ${others.join(', ')}` }]
			: [];
	});
}

/**
 * @template {Pick<Workflow, 'nodes' | 'connections'>} W
 * @param {W} workflow
 * @param {string[]} names
 * @returns {W} without these nodes and their wires
 */
export function without(workflow, names) {
	const connections = Object.entries(workflow.connections)
		.filter(([from]) => !names.includes(from))
		.map(([from, { main }]) => [
			from,
			{
				main: main.map((/** @type {any[] | null} */ wires) =>
					(wires ?? []).filter(({ node }) => !names.includes(node)),
				),
			},
		]);
	return {
		...workflow,
		nodes: workflow.nodes.filter(({ name }) => !names.includes(name)),
		connections: Object.fromEntries(connections),
	};
}
