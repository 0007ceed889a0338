/**
 * One seed: a company, edits, faults and kills over days, on n8n's engine with the templates as
 * they ship, over real HTTP.
 */
import { apply, loadTemplate } from '../harness/engine';
import { startSandbox, type Fault, type LoggedRequest, type Sandbox } from '../sandbox';
import { seededRandom } from '../sandbox/ids';
import { clock, DAY, HOUR, iso } from './clock';
import { EDITS, type EditName } from './edits';
import { MiniN8n, type Ran } from './miniN8n';
import { whatIsWrong, type Finding } from './oracle';
import type { Past, World } from './world';
import { faultFor, planOf, type Plan, type Step } from './plan';
import { Watch } from './watch';

/** Longer than a request takes here; shorter waits are not made quick (clock.ts). */
const ON_ITS_WAY_MS = 19;

export interface Counts {
	edits: number;
	faults: number;
	kills: number;
	runs: number;
	requests: number;
	writes: number;
	/** Reconciliations after which the whole world was held against the oracle. */
	compared: number;
}

export interface SeedResult extends Counts {
	seed: number;
	findings: Finding[];
	/** What happened, line by line. */
	story: string[];
	/** Reconciliations it took after the faults ended. */
	toSettle: number;
	/** How often each edit was made. */
	kinds: Readonly<Record<string, number>>;
	ms: number;
}

type RunStep = Extract<Step, { do: 'run' }>;

class Chaos {
	readonly story: string[] = [];
	readonly counts: Counts = {
		edits: 0,
		faults: 0,
		kills: 0,
		runs: 0,
		requests: 0,
		writes: 0,
		compared: 0,
	};
	sandbox!: Sandbox;
	n8n!: MiniN8n;
	readonly watch: Watch;
	/** The step under way, and how many requests it has made. */
	private step: {
		index: number;
		run: RunStep;
		requests: number;
		seen: Map<string, number>;
		struck: number;
		edited: boolean;
		dead: boolean;
	} | null = null;
	private told = 0;
	readonly kinds: Record<string, number> = {};
	/** Writes that JumpCloud took. */
	applied = 0;

	constructor(
		readonly plan: Plan,
		private readonly plant: () => void,
	) {
		this.watch = new Watch(
			plan.settings,
			() => this.world(),
			plan.quirks.putStateChange !== 'ignored',
		);
	}

	world(): World {
		const { humaans, jumpCloud } = this.sandbox;
		return structuredClone({
			now: clock.now,
			people: humaans.people,
			jobRoles: humaans.jobRoles,
			accounts: jumpCloud.accounts,
		});
	}

	tell(line: string): void {
		this.story.push(`${iso(clock.now).slice(5, 16)} ${line}`);
		for (const finding of this.watch.findings.slice(this.told))
			this.story.push(`      ✗ ${finding.rule}: ${finding.who}: ${finding.detail}`);
		this.told = this.watch.findings.length;
	}

	async open(): Promise<void> {
		const { plan } = this;
		clock.now = plan.start;
		this.sandbox = await startSandbox({
			company: plan.company,
			seed: plan.seed,
			now: () => new Date(),
			quirks: plan.quirks,
			intercept: (request) => this.intercept(request),
			onWrite: (write) => {
				this.applied++;
				this.watch.applied(write);
			},
		});
		const {
			activationTrigger,
			sendInvite,
			deprovisionWhen,
			deprovisionHow,
			deleteAfterDays,
			deprovisioningLimit,
		} = plan.settings;
		const template = (file: string) =>
			apply(loadTemplate(file), {
				activationTrigger,
				sendInvite,
				deprovisionWhen,
				deprovisionHow,
				deleteAfterDays,
				deprovisioningLimit,
			});
		this.n8n = new MiniN8n(
			this.sandbox,
			{ lifecycle: template('full-lifecycle'), reconcile: template('reconcile') },
			() => clock.now,
			this.plant,
		);
		for (const account of this.sandbox.jumpCloud.accounts)
			if (account.suspended) this.watch.byHand(account, true);
	}

	private intercept(
		request: Pick<LoggedRequest, 'service' | 'method' | 'path'>,
	): Fault | undefined {
		this.counts.requests++;
		const { step } = this;
		if (!step) return undefined;
		if (step.dead) return { kind: 'cut' };
		step.requests++;
		const { run, requests } = step;
		if (run.lag?.request === requests) {
			clock.now += run.lag.ms;
			this.watch.changed();
			this.tell(`  the run has taken ${run.lag.ms / HOUR} hours`);
			step.edited = true;
		}
		if (run.meanwhile?.request === requests) {
			this.edit(run.meanwhile.edit, run.meanwhile.seed, '  meanwhile ');
			this.watch.changed();
			step.edited = true;
		}
		if (run.kill?.request === requests) {
			step.dead = true;
			this.counts.kills++;
			const applied = run.kill.after ? ', which was applied' : '';
			this.tell(`  KILLED at request ${requests}, ${request.method} ${request.path}${applied}`);
			this.n8n.kill();
			return { kind: run.kill.after ? 'lost-answer' : 'cut' };
		}
		const key = `${request.service} ${request.method} ${request.path}`;
		const nth = (step.seen.get(key) ?? 0) + 1;
		step.seen.set(key, nth);
		const fault = faultFor(this.plan.seed, step.index, run.weather, request, nth);
		if (fault) {
			step.struck++;
			this.counts.faults++;
		}
		return fault;
	}

	private edit(name: EditName, seed: number, words = ''): void {
		const { watch, sandbox } = this;
		const done = EDITS[name].run({
			sandbox,
			random: seededRandom(seed),
			now: clock.now,
			byHand: (account, suspended) => watch.byHand(account, suspended),
			activatedByHand: (account) => watch.activatedByHand(account, words !== ''),
			contest: (address) => watch.contest(address),
		});
		if (done === null) return;
		this.counts.edits++;
		this.kinds[name] = (this.kinds[name] ?? 0) + 1;
		this.tell(`${words}${done}`);
	}

	/** Everything that is to happen at one time; executions that wait go on first. */
	async take(step: Step, index: number): Promise<void> {
		// A run that took hours is not overtaken by the past.
		clock.now = Math.max(clock.now, step.at);
		if (step.do === 'edit') this.edit(step.edit, step.seed);
		else if (step.do === 'applyDates') this.sandbox.admin.applyDates();
		else if (step.do === 'restart') {
			this.n8n.kill();
			await this.run({ ...CALM_RUN, at: step.at, what: [] }, index, 'n8n restarts');
		} else await this.run(step, index);
	}

	async run(run: RunStep, index: number, words = run.what.join(' and ')): Promise<Ran[]> {
		const { n8n, watch, sandbox } = this;
		const calm = run.weather.perThousand === 0 && !run.kill && !run.lag && !run.meanwhile;
		if (sandbox.quirks.statusFollowsDates) sandbox.admin.applyDates();
		watch.begin();
		const [writes, resumes] = [sandbox.writes().length, n8n.due !== null && n8n.due <= clock.now];
		this.step = { index, run, requests: 0, seen: new Map(), struck: 0, edited: false, dead: false };
		this.told = watch.findings.length;
		const ran: Ran[] = [];
		if (!n8n.isUp) {
			watch.started();
			ran.push(await n8n.start());
		}
		// Who wakes is done before the others begin: alone, they may pass where many would be held.
		if (n8n.isUp) ran.push(...(await n8n.resume()), ...(await n8n.finishCalled()));
		const [before, past] = [this.world(), this.watch.past()];
		if (!this.step.dead)
			ran.push(
				...(await Promise.all(
					run.what.map(async (what) =>
						what === 'poll' ? await n8n.poll() : await n8n.reconcile(),
					),
				)),
			);
		ran.push(...(await n8n.finishCalled()));
		const { dead, struck, requests } = this.step;
		// What was on its way when n8n died ends here, not in its next life.
		if (dead) await new Promise((done) => setTimeout(done, ON_ITS_WAY_MS));
		this.step = null;
		this.counts.runs += ran.filter(({ status }) => status !== 'nothing').length;
		const done = sandbox.writes().slice(writes);
		this.counts.writes += done.length;
		const failures = ran.flatMap((one) => one.failures);
		this.tell(
			`${resumes ? 'wakes, ' : ''}${words}: ` +
				`${ran.map(({ workflow, status }) => `${workflow} ${status}`).join(', ')}; ${requests} ` +
				`requests, ${struck} faults, ${done.length} writes` +
				(failures.length > 0 ? `; ${failures.slice(0, 2).join(' | ')}` : ''),
		);
		for (const { method, path, status, fault } of done)
			this.story.push(
				`      ${method} ${path.replace('/api/', '')} ${status}${fault ? ` (${fault})` : ''}`,
			);
		// One reconciliation that nothing disturbed makes everything right.
		if (
			calm &&
			!dead &&
			run.what.length === 1 &&
			run.what[0] === 'reconcile' &&
			ran.every(({ status }) => status !== 'error')
		)
			this.compare(before, past);
		return ran;
	}

	private compare(before: World, past: Past): void {
		this.counts.compared++;
		const { watch, plan } = this;
		watch.findings.push(...whatIsWrong(before, this.world(), plan.settings, past));
		this.tell('  held against the oracle');
	}
}

const CALM_RUN: RunStep = {
	at: 0,
	do: 'run',
	what: ['reconcile'],
	weather: { perThousand: 0, kinds: [], service: null },
};
const MOST_TO_SETTLE = 3;

/**
 * Lives through one seed. The clock must be installed.
 * @param plant called when the package is loaded anew, to plant a fault in it
 */
export async function runSeed(seed: number, plant = () => {}): Promise<SeedResult> {
	const started = clock.stopwatch();
	const chaos = new Chaos(planOf(seed), plant);
	await chaos.open();
	const { plan, watch } = chaos;
	let toSettle = 0;
	try {
		for (const [index, step] of plan.steps.entries()) await chaos.take(step, index);
		// The faults end.
		clock.now = Math.max(clock.now, plan.start + plan.days * DAY) + (plan.rest ? 25 * HOUR : HOUR);
		let quiet = false;
		for (; !quiet && toSettle < MOST_TO_SETTLE; toSettle++) {
			const writes = chaos.applied;
			await chaos.run(
				{ ...CALM_RUN, at: clock.now },
				plan.steps.length + toSettle,
				'the last reconcile',
			);
			quiet = chaos.applied === writes;
		}
		if (!quiet)
			watch.findings.push({
				rule: 'one reconciliation makes it right',
				who: 'all',
				detail: 'it still writes',
			});
		watch.settle(chaos.sandbox);
		chaos.tell('end');
	} finally {
		await chaos.sandbox.stop();
	}
	return {
		seed,
		...chaos.counts,
		findings: watch.findings,
		story: chaos.story,
		toSettle,
		kinds: chaos.kinds,
		ms: clock.stopwatch() - started,
	};
}
