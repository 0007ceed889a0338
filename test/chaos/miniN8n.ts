/**
 * What n8n 2.41 does around its engine, as far as it matters when it is killed: static data in a
 * database, published polls, executions that wait, and what of them outlives a SIGKILL. Read from
 * n8n's own code:
 * - a poll works on the static data that was loaded when the workflow was started, and writes all
 *   of it when it found something
 *    (triggers/trigger-execution-context.factory.js, `__emit`);
 * - an execution loads the static data from the database when it begins and writes all of it when
 *   it ends, if it changed
 *    (workflow-runner.js, execution-lifecycle-hooks.js); so does one that failed;
 * - a waiting execution goes on with the static data it had when it fell asleep (wait-tracker.js:
 *   `run(data, false, …)`);
 *  - one that was running when n8n was killed is lost.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { PollContext, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	type IDataObject,
	type INodeExecutionData,
	type IPollFunctions,
	type IRun,
	type IRunExecutionData,
} from 'n8n-workflow';
import { engineFor, nodeOf, type Services, type Template } from '../harness/engine';
import { Line } from './line';

export type WorkflowName = 'lifecycle' | 'reconcile';

export interface Ran {
	workflow: WorkflowName;
	status: 'success' | 'waiting' | 'error' | 'nothing' | 'killed';
	/** Writes that failed, as Needs Review has them, and the error the run ended with. */
	failures: string[];
	run?: IRun;
}

interface Waiting {
	workflow: WorkflowName;
	data: string;
	staticData: string;
	until: number;
}

type Cancelable = Promise<IRun> & { cancel(): void };

const SCHEDULE = 'Every Hour';
const TRIGGER = 'When People Change';
const CALLED = 'When This Workflow Calls Itself';
/** Of life: on a busy machine nothing is given up early. */
const LONGEST_RUN_MS = 120_000;

export class MiniN8n {
	private readonly database: Record<WorkflowName, string> = { lifecycle: '{}', reconcile: '{}' };
	private waiting: Waiting[] = [];
	private polled: IDataObject = {};
	private poller: {
		poll(): Promise<INodeExecutionData[][] | null>;
		workflow: { staticData: IDataObject };
	} | null = null;
	private readonly running = new Set<Cancelable>();
	/** How this life of n8n reaches the services. */
	private line: Line | null = null;
	/** Executions that another one started and does not wait for. */
	private called: Array<Promise<Ran>> = [];
	private killed = false;
	/** What a process remembers is told apart by the workflow's id: each start has ids of its own. */
	private readonly ids = { lifecycle: '', reconcile: '' };

	constructor(
		private readonly services: Services,
		private readonly templates: Record<WorkflowName, Template>,
		private readonly now: () => number,
		/** Called when the package is loaded anew. */
		private readonly onLoad: () => void = () => undefined,
	) {}

	/**
	 * Starts n8n: whatever is published polls at once. A poll that fails leaves the workflow as good
	 * as not started; n8n tries again later.
	 */
	async start(): Promise<Ran> {
		this.line?.cut();
		this.line = await Line.to(this.services);
		this.killed = false;
		forgetThePackage();
		this.onLoad();
		for (const name of ['lifecycle', 'reconcile'] as const)
			this.ids[name] = `${name} ${randomUUID()}`;
		this.polled = JSON.parse(this.database.lifecycle) as IDataObject;
		const { workflow, additionalData, nodes } = engineFor(
			this.templates.lifecycle,
			this.line.services,
			this.polled,
			this.ids.lifecycle,
		);
		const node = workflow.getNode(TRIGGER)!;
		const type = nodes[node.type]!;
		const context = () =>
			new PollContext(
				workflow,
				node,
				additionalData,
				'trigger',
				'update',
			) as unknown as IPollFunctions;
		this.poller = { poll: async () => await type.poll!.call(context()), workflow };
		const ran = await this.poll();
		if (ran.status === 'nothing') this.save('lifecycle', workflow.staticData);
		if (ran.status === 'error') this.poller = null;
		return ran;
	}

	get isUp(): boolean {
		return this.poller !== null && !this.killed;
	}

	async poll(): Promise<Ran> {
		if (!this.poller) return await this.start();
		let items: INodeExecutionData[][] | null;
		try {
			items = await this.poller.poll();
		} catch (error) {
			return {
				workflow: 'lifecycle',
				status: this.killed ? 'killed' : 'error',
				failures: [(error as Error).message],
			};
		}
		if (this.killed) return { workflow: 'lifecycle', status: 'killed', failures: [] };
		if (items === null) return { workflow: 'lifecycle', status: 'nothing', failures: [] };
		this.save('lifecycle', this.poller.workflow.staticData);
		return await this.execute(
			'lifecycle',
			this.database.lifecycle,
			begin(nodeOf(this.templates.lifecycle, TRIGGER), items),
		);
	}

	async reconcile(): Promise<Ran> {
		const { reconcile } = this.templates;
		return await this.execute(
			'reconcile',
			this.database.reconcile,
			begin(nodeOf(reconcile, SCHEDULE), [[{ json: {} }]]),
		);
	}

	/** When the next execution that waits is due, or null. */
	get due(): number | null {
		return this.waiting.length === 0 ? null : Math.min(...this.waiting.map(({ until }) => until));
	}

	/** Every execution whose time has come goes on. */
	async resume(): Promise<Ran[]> {
		const due = this.waiting.filter(({ until }) => until <= this.now());
		this.waiting = this.waiting.filter((one) => !due.includes(one));
		return await Promise.all(
			due.map(
				async ({ workflow, data, staticData }) =>
					await this.execute(workflow, staticData, JSON.parse(data) as IRunExecutionData),
			),
		);
	}

	private async execute(
		name: WorkflowName,
		staticData: string,
		data: IRunExecutionData,
	): Promise<Ran> {
		const own = JSON.parse(staticData) as IDataObject;
		const { workflow, additionalData } = engineFor(
			this.templates[name],
			this.line?.services ?? this.services,
			own,
			this.ids[name],
		);
		additionalData.executeWorkflow = (async (
			_workflow: unknown,
			_data: unknown,
			{ inputData }: { inputData: INodeExecutionData[] },
		) => {
			if (!this.isUp) throw new Error('Workflow is not active and cannot be executed.');
			const start = begin(nodeOf(this.templates[name], CALLED), [structuredClone(inputData)]);
			this.called.push(this.execute(name, this.database[name], start));
			return { executionId: randomUUID(), data: [[]] };
		}) as never;
		const running = new WorkflowExecute(additionalData, 'trigger', data).processRunExecutionData(
			workflow,
		) as unknown as Cancelable;
		this.running.add(running);
		const watchdog = setTimeout(() => running.cancel(), LONGEST_RUN_MS);
		let run: IRun;
		try {
			run = await running;
		} catch (error) {
			return {
				workflow: name,
				status: this.killed ? 'killed' : 'error',
				failures: [(error as Error).message],
			};
		} finally {
			clearTimeout(watchdog);
			this.running.delete(running);
		}
		if (this.killed) return { workflow: name, status: 'killed', failures: [] };
		this.save(name, workflow.staticData);
		const failures = failuresOf(run);
		if (run.waitTill) {
			this.waiting.push({
				workflow: name,
				data: JSON.stringify(run.data),
				staticData: JSON.stringify(own),
				until: run.waitTill.getTime(),
			});
			return { workflow: name, status: 'waiting', failures, run };
		}
		return {
			workflow: name,
			status: run.data.resultData.error || run.status === 'canceled' ? 'error' : 'success',
			failures,
			run,
		};
	}

	/** What executions have started by themselves, and what those started, until nothing runs. */
	async finishCalled(): Promise<Ran[]> {
		const ran: Ran[] = [];
		while (this.called.length > 0) ran.push(...(await Promise.all(this.called.splice(0))));
		return ran;
	}

	/** All of it or nothing: n8n knows only whether something changed. */
	private save(name: WorkflowName, staticData: IDataObject & { __dataChanged?: boolean }): void {
		if (staticData.__dataChanged !== true) return;
		this.database[name] = JSON.stringify(staticData);
		staticData.__dataChanged = false;
	}

	/**
	 * SIGKILL: what runs is lost with all it had not written, and its connections are cut. What still
	 * goes on here, such as a wait before a retry, reaches no service any more.
	 */
	kill(): void {
		this.killed = true;
		this.line?.cut();
		this.poller = null;
		for (const execution of this.running) execution.cancel();
	}
}

const DIST = join(__dirname, '..', '..', 'dist');

/** What a process remembers ends with it: the package is loaded anew. */
function forgetThePackage(): void {
	for (const file of Object.keys(require.cache))
		if (file.startsWith(DIST)) delete require.cache[file];
}

const begin = (node: Template['nodes'][number], items: INodeExecutionData[][]): IRunExecutionData =>
	createRunExecutionData({
		executionData: { nodeExecutionStack: [{ node, data: { main: items }, source: null }] },
	});

function failuresOf(run: IRun): string[] {
	const rows = (run.data.resultData.runData['Needs Review'] ?? []).flatMap(
		(one) => one.data?.main?.[0] ?? [],
	);
	const failed = rows.filter(({ json }) => ['write.failed', 'failed'].includes(String(json.Code)));
	const error = run.data.resultData.error as Error | undefined;
	return [...failed.map(({ json }) => String(json.Why)), ...(error ? [error.message] : [])];
}
