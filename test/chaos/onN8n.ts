/**
 * The same on a real n8n on SQLite, which is killed with SIGKILL: `npm run test:chaos -- --n8n 20`.
 * A seed is a company and some lives of n8n. In each of them edits are made, the published
 * full-lifecycle polls as n8n starts, reconcile runs, and at a random request the process is
 * killed. Days pass between two lives.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startSandbox, type Sandbox } from '../sandbox';
import { seededRandom } from '../sandbox/ids';
import { DAY, HOUR } from './clock';
import { EDITS, type EditName } from './edits';
import { whatIsWrong, type Finding } from './oracle';
import type { World } from './world';
import { faultFor, planOf, type Plan } from './plan';
import { Watch } from './watch';

interface Execution {
	status: string;
	data: {
		resultData: { runData: Record<string, Array<{ data?: { main?: Array<unknown[] | null> } }>> };
	};
}
interface N8n {
	url: string;
	server: { child: { pid?: number } };
}
interface Session {
	signIn(owner: object): Promise<void>;
	run(id: string, trigger: string): Promise<Execution>;
	publish(id: string): Promise<unknown>;
	unpublish(id: string): Promise<unknown>;
	importCredential(credential: object): Promise<string>;
	workflow(id: string): Promise<{ nodes: Array<{ type: string; parameters: object }> }>;
	importWorkflow(workflow: object): Promise<unknown>;
}
interface Stage {
	n8n: N8n;
	session: Session;
	sandbox: object;
	workflows: Record<string, { id: string; trigger: string }>;
}

const ROOT = join(__dirname, '..', '..');
const tool = async (path: string): Promise<Record<string, never>> =>
	(await import(`file://${join(ROOT, 'scripts', path)}`)) as Record<string, never>;
const { values } = parseArgs({
	options: {
		seeds: { type: 'string', default: '20' },
		from: { type: 'string', default: '1' },
		seed: { type: 'string' },
	},
});
const say = (line: string) => process.stdout.write(`${line}\n`);

const LIVES = 3;
const POLLED_WITHIN_MS = 8_000;
/** Few: every wait is real here. */
const FAULTS_PER_THOUSAND = 40;

let ahead = 0;
const now = () => Date.now() + ahead;

class OnN8n {
	readonly story: string[] = [];
	readonly counts = { edits: 0, faults: 0, kills: 0, runs: 0 };
	readonly watch: Watch;
	sandbox!: Sandbox;
	private killAt = Infinity;
	private requests = 0;
	private kill = () => {};
	private dead = false;
	faulty = true;

	constructor(readonly plan: Plan) {
		this.watch = new Watch(
			plan.settings,
			() => this.world(),
			plan.quirks.putStateChange !== 'ignored',
		);
	}

	world(): World {
		const { humaans, jumpCloud } = this.sandbox;
		return structuredClone({
			now: now(),
			people: humaans.people,
			jobRoles: humaans.jobRoles,
			accounts: jumpCloud.accounts,
		});
	}

	async open(ports: { humaans: number; jumpCloud: number }): Promise<void> {
		const { plan, watch } = this;
		const seen = new Map<string, number>();
		this.sandbox = await startSandbox({
			company: plan.company,
			seed: plan.seed,
			now: () => new Date(now()),
			quirks: plan.quirks,
			ports,
			onWrite: (write) => watch.applied(write),
			intercept: (request) => {
				if (this.dead) return { kind: 'cut' };
				if (++this.requests === this.killAt) {
					this.dead = true;
					this.counts.kills++;
					this.story.push(`  KILLED at ${request.method} ${request.path}`);
					this.kill();
					return { kind: plan.seed % 2 ? 'lost-answer' : 'cut' };
				}
				const key = `${request.method} ${request.path}`;
				seen.set(key, (seen.get(key) ?? 0) + 1);
				const fault = this.faulty
					? faultFor(
							plan.seed,
							0,
							{
								perThousand: FAULTS_PER_THOUSAND,
								kinds: [
									'lost-answer',
									'500-after-apply',
									'cut',
									'503-html',
									'html-200',
									'truncated-json',
									'429-retry-after-seconds',
								],
								service: null,
							},
							request,
							seen.get(key)!,
						)
					: undefined;
				if (fault) this.counts.faults++;
				return fault;
			},
		});
		for (const account of this.sandbox.jumpCloud.accounts)
			if (account.suspended) watch.byHand(account, true);
	}

	/** A life begins: n8n answers again, and dies at this request. */
	live(kill: () => void, killAt: number): void {
		Object.assign(this, { kill, killAt, requests: 0, dead: false });
		this.sandbox.admin.applyDates();
		this.watch.started();
		this.watch.begin();
	}

	edit(name: EditName, seed: number): void {
		const { watch, sandbox } = this;
		const done = EDITS[name].run({
			sandbox,
			random: seededRandom(seed),
			now: now(),
			byHand: (account, suspended) => watch.byHand(account, suspended),
			activatedByHand: (account) => watch.activatedByHand(account, false),
			contest: (address) => watch.contest(address),
		});
		if (done === null) return;
		this.counts.edits++;
		this.story.push(done);
	}

	get isDead(): boolean {
		return this.dead;
	}
}

async function main(): Promise<number> {
	const { setUp, OWNER } = (await tool('demo/setup.mjs')) as unknown as {
		setUp(options: object): Promise<Stage>;
		OWNER: object;
	};
	const { startN8n } = (await tool('host/n8n.mjs')) as unknown as {
		startN8n(options: object): Promise<N8n>;
	};
	const { stopAll, stopServer, freePort } = (await tool('host/processes.mjs')) as unknown as {
		stopAll(): Promise<void>;
		stopServer(server: object, graceMs?: number): Promise<void>;
		freePort(): Promise<number>;
	};
	const { Session: SessionOf } = (await tool('host/session.mjs')) as unknown as {
		Session: new (url: string) => Session;
	};
	const { claimFolder } = (await tool('demo/claim.mjs')) as unknown as {
		claimFolder(folder: string): void;
	};
	const folder = join(ROOT, '.cache', 'chaos-n8n');
	claimFolder(folder);
	const stage = await setUp({ folder, port: await freePort() });
	let { n8n, session } = stage;
	await stopServer((stage.sandbox as { server: object }).server);
	const ports = { humaans: await freePort(), jumpCloud: await freePort() };
	const { reconcile, 'full-lifecycle': lifecycle } = stage.workflows;

	/** SIGKILL to the whole process group, as the kernel would. */
	const kill = () => process.kill(-n8n.server.child.pid!, 'SIGKILL');
	const restart = async (): Promise<void> => {
		await stopServer(n8n.server, 0);
		n8n = await startN8n({
			folder,
			port: await freePort(),
			env: {
				NODE_OPTIONS: `--require ${JSON.stringify(join(__dirname, 'laterDate.js'))}`,
				CHAOS_AHEAD_MS: String(ahead),
			},
		});
		session = new SessionOf(n8n.url);
		await session.signIn(OWNER);
	};

	async function live(seed: number): Promise<{ chaos: OnN8n; findings: Finding[] }> {
		const plan = planOf(seed);
		const random = seededRandom(seed * 31 + 7);
		// The company is as of its own day, and days pass from there; every seed begins days after the
		// one before.
		ahead = Math.max(ahead + 3 * DAY, plan.start - Date.now() + 9 * HOUR + 30 * seed * DAY);
		plan.company = planOf(seed).company;
		const chaos = new OnN8n(plan);
		await chaos.open(ports);
		try {
			const edits = plan.steps.flatMap((step) => (step.do === 'edit' ? [step] : []));
			for (let life = 0; life <= LIVES; life++) {
				const last = life === LIVES;
				chaos.faulty = !last && life > 0;
				for (const step of edits.splice(0, Math.ceil(edits.length / (LIVES - life + 1))))
					chaos.edit(step.edit, step.seed);
				chaos.live(kill, life === 0 || last ? Infinity : 3 + Math.floor(random() * 18));
				await restart();
				if (life === 0) {
					const { sandbox } = chaos;
					await session.importCredential({
						name: 'Humaans account',
						type: 'humaansApi',
						data: { accessToken: sandbox.humaans.token, baseUrl: sandbox.humaans.baseUrl },
					});
					await session.importCredential({
						name: 'JumpCloud account',
						type: 'jumpCloudApi',
						data: {
							apiKey: sandbox.jumpCloud.apiKey,
							region: 'custom',
							baseUrl: sandbox.jumpCloud.baseUrl,
							orgId: '',
						},
					});
					for (const { id } of [reconcile!, lifecycle!]) {
						const workflow = await session.workflow(id);
						for (const node of workflow.nodes)
							if (node.type.endsWith('.provisioningPolicy'))
								Object.assign(node.parameters, plan.settings, { mode: 'apply' });
						await session.importWorkflow(workflow);
					}
					await session.publish(lifecycle!.id);
				}
				// The published workflow polls as n8n starts.
				await sleep(last ? POLLED_WITHIN_MS : Math.floor(random() * POLLED_WITHIN_MS));
				const [before, past] = [chaos.world(), chaos.watch.past()];
				const ran = chaos.isDead
					? null
					: await session.run(reconcile!.id, reconcile!.trigger).catch(() => null);
				chaos.counts.runs++;
				chaos.story.push(`life ${life + 1}: reconcile ${ran?.status ?? 'killed'}`);
				if (last)
					chaos.watch.findings.push(
						...(ran?.status === 'success'
							? whatIsWrong(before, chaos.world(), plan.settings, past)
							: [
									{
										rule: 'the last reconcile succeeds',
										who: 'n8n',
										detail: ran?.status ?? 'killed',
									},
								]),
					);
				ahead += DAY + Math.floor(random() * 12) * HOUR;
			}
			await session.unpublish(lifecycle!.id);
			chaos.watch.settle(chaos.sandbox);
			return { chaos, findings: chaos.watch.findings };
		} finally {
			await chaos.sandbox.stop();
		}
	}

	const first = Number(values.seed ?? values.from);
	const count = values.seed ? 1 : Number(values.seeds);
	const totals = { edits: 0, faults: 0, kills: 0, runs: 0 };
	const failed: number[] = [];
	try {
		for (let seed = first; seed < first + count; seed++) {
			const started = Date.now();
			const { chaos, findings } = await live(seed);
			for (const key of Object.keys(totals) as Array<keyof typeof totals>)
				totals[key] += chaos.counts[key];
			say(
				`${findings.length === 0 ? '✓' : '✗'} seed ${seed}: ${chaos.counts.kills} kills, ${chaos.counts.edits} ` +
					`edits, ${chaos.counts.faults} faults, ${Math.round((Date.now() - started) / 1000)} s`,
			);
			if (findings.length === 0) continue;
			failed.push(seed);
			for (const line of chaos.story) say(`    ${line}`);
			for (const { rule, who, detail } of findings) say(`    ✗ ${rule}: ${who}: ${detail}`);
			say(`    npm run test:chaos -- --n8n 1 --from ${seed}`);
		}
	} finally {
		await stopAll();
	}
	say(
		`${count} seeds on n8n: ${totals.edits} edits, ${totals.faults} faults, ${totals.kills} ` +
			`kills by SIGKILL, ${totals.runs} reconciliations`,
	);
	say(
		`${count - failed.length} passed, ${failed.length} failed${failed.length > 0 ? `: ${failed.join(' ')}` : ''}`,
	);
	return failed.length === 0 ? 0 : 1;
}

void main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		process.stderr.write(
			`✗ ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
		);
		process.exit(1);
	},
);
