import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	ICredentialsHelper,
	NodeHelpers,
	Workflow,
	type IConnections,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IDataObject,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IRunExecutionData,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import type { Subject } from '../../nodes/core/subject';
import { CORE_NODES } from './coreNodes';

const ROOT = join(__dirname, '..', '..');
const { n8n } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
	n8n: { nodes: string[]; credentials: string[] };
};

/** A class of the built package, as n8n finds it: the file's name without its ending. */
const built = <T>(path: string): T => {
	const exported = require(join(ROOT, path)) as Record<string, new () => T>;
	return new exported[basename(path).split('.')[0]!]!();
};

/** The nodes that a template uses and the credentials, as users get them: from dist. */
function packageTypes(template: Template): {
	nodes: Record<string, INodeType>;
	credentials: Record<string, ICredentialType>;
} {
	const nodes: Record<string, INodeType> = { ...CORE_NODES };
	for (const path of n8n.nodes) {
		const used = template.nodes.some((node) =>
			node.type.toLowerCase().endsWith(`.${basename(path).split('.')[0]!.toLowerCase()}`),
		);
		if (!used) continue;
		const type = built<INodeType>(path);
		nodes[`n8n-nodes-humaans-jumpcloud.${type.description.name}`] = type;
	}
	const credentials = n8n.credentials.map((path) => built<ICredentialType>(path));
	return { nodes, credentials: Object.fromEntries(credentials.map((type) => [type.name, type])) };
}

class TestCredentials extends ICredentialsHelper {
	constructor(
		private readonly types: Record<string, ICredentialType>,
		private readonly data: Record<string, ICredentialDataDecryptedObject>,
	) {
		super();
	}
	getParentTypes() {
		return [];
	}
	isCredentialUsableByNode() {
		return true;
	}
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		options: IHttpRequestOptions,
		workflow?: Workflow,
		node?: INode,
	) {
		const authenticate = this.types[typeName]!.authenticate!;
		if (typeof authenticate === 'function') return await authenticate(credentials, options);
		const headers: Record<string, string> = { ...(options.headers as Record<string, string>) };
		for (const [key, value] of Object.entries(authenticate.properties.headers ?? {})) {
			headers[key] = workflow!.expression.getSimpleParameterValue(
				node!,
				value as string,
				'internal',
				{ $credentials: credentials },
				undefined,
				'',
			) as string;
		}
		return { ...options, headers };
	}
	async preAuthentication() {
		return undefined;
	}
	async runPreAuthentication() {
		return undefined;
	}
	async getCredentials(): Promise<never> {
		throw new Error('not used');
	}
	async getDecrypted(_data: unknown, _nodeCredentials: unknown, type: string) {
		return this.data[type]!;
	}
	async updateCredentials() {}
	async updateCredentialsOauthTokenData() {}
	getCredentialsProperties(type: string) {
		return this.types[type]!.properties;
	}
}

export interface Services {
	humaans: { baseUrl: string; token: string };
	jumpCloud: { baseUrl: string; apiKey: string };
}

export interface Template {
	name: string;
	nodes: INode[];
	connections: IConnections;
}

/** A template as it ships, with credentials picked and *Mode* set to Apply, as a user would. */
export function loadTemplate(file: string): Template {
	const template = JSON.parse(
		readFileSync(join(ROOT, 'workflows', `${file}.json`), 'utf8'),
	) as Template;
	for (const node of template.nodes) {
		if (/\.(humaans|humaansTrigger)$/.test(node.type))
			node.credentials = { humaansApi: { id: '1', name: 'Humaans' } };
		if (/\.jumpCloudUser$/.test(node.type))
			node.credentials = { jumpCloudApi: { id: '2', name: 'JumpCloud' } };
	}
	return template;
}

export const nodeOf = (template: Template, name: string): INode => {
	const node = template.nodes.find((candidate) => candidate.name === name);
	if (!node) throw new Error(`The template has no node "${name}".`);
	return node;
};

/** Sets parameters of a node, as a user does in its panel. */
export function setParameters(template: Template, name: string, parameters: IDataObject): Template {
	Object.assign(nodeOf(template, name).parameters, parameters);
	return template;
}

/** *Mode* on Apply, in the one node that has it. */
export const apply = (template: Template, settings: IDataObject = {}): Template => {
	const node = template.nodes.find(({ parameters }) => parameters.mode === 'review');
	return setParameters(template, node?.name ?? 'Decide', { mode: 'apply', ...settings });
};

export class Finished {
	constructor(
		readonly run: IRun,
		/** Executions that this one started and did not wait for, in order. */
		readonly children: readonly Finished[],
		private readonly again: (data: IRunExecutionData) => Promise<Finished>,
	) {}

	/** This execution and all that came of it. */
	get family(): Finished[] {
		return [this, ...this.children.flatMap((child) => child.family)];
	}

	get error(): (Error & { description?: string | null }) | undefined {
		return this.run.data.resultData.error as never;
	}
	get status() {
		return this.run.status;
	}
	get waitTill() {
		return this.run.waitTill;
	}

	/** Items that a node gave on one output, over all its runs. */
	items(node: string, output = 0): INodeExecutionData[] {
		return (this.run.data.resultData.runData[node] ?? []).flatMap(
			(run) => run.data?.main?.[output] ?? [],
		);
	}

	subjects(node: string, output = 0): Subject[] {
		return this.items(node, output).map((item) => item.json as unknown as Subject);
	}

	/** Every decision that was made, in order, by person. */
	decisionsOf(personId: string): NonNullable<Subject['decision']>[] {
		return (this.run.data.resultData.runData.Decide ?? [])
			.flatMap((run) => Object.values(run.data?.main ?? []).flatMap((items) => items ?? []))
			.map((item) => item.json as unknown as Subject)
			.filter((subject) => subject.personId === personId)
			.map((subject) => subject.decision!);
	}

	/** "create → activate → noAction": the actions decided for a person, in order. */
	path(personId: string): string {
		return this.decisionsOf(personId)
			.map((decision) => decision.action)
			.join(' → ');
	}

	/**
	 * Goes on after a wait, as n8n does when its time has come: from what was written to the
	 * database.
	 */
	async resume(): Promise<Finished> {
		return await this.again(JSON.parse(JSON.stringify(this.run.data)) as IRunExecutionData);
	}
}

let workflows = 0;
let executions = 0;

/**
 * A template as n8n's engine holds it: the built nodes, credentials for the two services, static
 * data that lives on in the object handed in. Without an id it is a workflow of its own.
 */
export function engineFor(
	template: Template,
	services: Services,
	staticData?: IDataObject,
	id = `template${++workflows}`,
): {
	workflow: Workflow;
	additionalData: IWorkflowExecuteAdditionalData;
	nodes: Record<string, INodeType>;
} {
	const types = packageTypes(template);
	const nodeTypes = {
		getByName: (name: string) => types.nodes[name],
		getByNameAndVersion: (name: string, version?: number) =>
			NodeHelpers.getVersionedNodeType(types.nodes[name]!, version),
		getKnownTypes: () => ({}),
	} as unknown as INodeTypes;
	const { nodes, connections, name } = structuredClone(template);
	const workflow = new Workflow({
		id,
		name,
		nodes,
		connections,
		active: true,
		nodeTypes,
		settings: { executionOrder: 'v1' },
		staticData,
	});
	const executionId = `${++executions}`;
	const hooks = new ExecutionLifecycleHooks('trigger', executionId, {
		id,
		name,
		nodes,
		connections,
		active: true,
	} as never);
	const base = 'http://localhost:5678';
	const additionalData = {
		hooks,
		executionId,
		instanceBaseUrl: base,
		restApiUrl: `${base}/rest`,
		formWaitingBaseUrl: `${base}/form-waiting`,
		webhookBaseUrl: `${base}/webhook`,
		webhookTestBaseUrl: `${base}/webhook-test`,
		webhookWaitingBaseUrl: `${base}/webhook-waiting`,
		variables: {},
		setExecutionStatus() {},
		sendDataToUI() {},
		credentialsHelper: new TestCredentials(types.credentials, {
			humaansApi: { accessToken: services.humaans.token, baseUrl: services.humaans.baseUrl },
			jumpCloudApi: {
				apiKey: services.jumpCloud.apiKey,
				region: 'custom',
				baseUrl: services.jumpCloud.baseUrl,
				orgId: '',
			},
		}),
		externalSecretsProxy: { hasProvider: () => false, listProviders: () => [] },
	} as unknown as IWorkflowExecuteAdditionalData;
	return { workflow, additionalData, nodes: types.nodes };
}

/** Where an execution begins that another one started. */
const CALLED = 'When This Workflow Calls Itself';

/**
 * Runs a template on n8n's engine with the built nodes, over real HTTP, from a trigger. Runs with
 * the same `id` are runs of one workflow; `staticData` lives on between them when handed in. What it
 * starts without waiting runs when it has ended; where `unpublished` says so, n8n refuses to start it.
 */
export async function runTemplate(
	template: Template,
	services: Services,
	options: {
		id?: string;
		from?: string;
		staticData?: IDataObject;
		items?: object[];
		unpublished?: () => boolean;
	} = {},
): Promise<Finished> {
	const { workflow, additionalData } = engineFor(
		template,
		services,
		options.staticData,
		options.id,
	);

	const finish = async (data?: IRunExecutionData): Promise<Finished> => {
		const calls: INodeExecutionData[][] = [];
		additionalData.executeWorkflow = (async (
			_workflow: unknown,
			_data: unknown,
			{ inputData }: { inputData: INodeExecutionData[] },
		) => {
			if (options.unpublished?.())
				throw new Error('Workflow is not active and cannot be executed.');
			// Like n8n: the list itself. Who called it goes on before the workflow begins, and an error
			// output on that node takes every item out of the list.
			calls.push(inputData);
			return { executionId: `${calls.length}`, data: [[]] };
		}) as never;
		const start = workflow.getNode(options.from ?? 'Run Now')!;
		const execute = data
			? new WorkflowExecute(additionalData, 'trigger', data)
			: new WorkflowExecute(additionalData, 'trigger');
		const run = data
			? await execute.processRunExecutionData(workflow)
			: await execute.run({ workflow, startNode: start, pinData: pinned(start, options.items) });
		const children: Finished[] = [];
		for (const items of calls) {
			const called = { ...options, from: CALLED, items: items.map(({ json }) => json) };
			children.push(await runTemplate(template, services, called));
		}
		return new Finished(run, children, finish);
	};
	return await finish();
}

/** Items for a trigger that the test plays itself. */
const pinned = (start: INode, items?: object[]) =>
	items ? { [start.name]: items.map((json) => ({ json: json as IDataObject })) } : undefined;
