/**
 * Whatever happens in Humaans, and whatever happens to the polls: lost, repeated, two at once, cut
 * at any request, people changing while they are read, webhooks in between. Nothing is invented,
 * and in the end everything is known as it is. The node itself, over HTTP.
 */
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => await new Promise((resolve) => setImmediate(resolve)),
}));
import fc from 'fast-check';
import { PERSON_STATUSES } from '../../nodes/core/person/personRow';
import type { Subject } from '../../nodes/core/subject';
import type { FaultKind, Sandbox } from '../sandbox';
import { withSandbox } from '../harness/fixedClock';
import { publishedTrigger, WEBHOOKS_AS_ASKED } from '../harness/humaansOverHttp';
import { sized } from '../harness/sample';

/** What the model looks at, by the trigger's name of a field. */
type View = Record<
	'status' | 'city' | 'lastName' | 'employmentStartDate' | 'jobTitle' | 'department',
	unknown
>;
const FIELDS = [
	'status',
	'city',
	'lastName',
	'employmentStartDate',
	'jobTitle',
	'department',
] as const;

/** Not 429: that is waited for, in real time. */
const KINDS: FaultKind[] = [
	'cut',
	'cut-mid-body',
	'truncated-json',
	'500-html',
	'503-html',
	'html-200',
	'403',
	'401',
	'empty-list',
	'lost-answer',
	'500-after-apply',
];
const who = fc.nat({ max: 9 });
const edit = fc.oneof(
	fc.record({
		do: fc.constant('change' as const),
		who,
		field: fc.constantFrom('city', 'lastName'),
		value: fc.constantFrom('Porto', 'Riga'),
	}),
	fc.record({
		do: fc.constant('change' as const),
		who,
		field: fc.constant('employmentStartDate'),
		value: fc.constantFrom('2027-01-01', '2027-02-01'),
	}),
	fc.record({
		do: fc.constant('change' as const),
		who,
		field: fc.constantFrom('jobTitle', 'department'),
		value: fc.constantFrom('Lead', 'Sales'),
	}),
	fc.record({
		do: fc.constant('change' as const),
		who,
		field: fc.constant('status'),
		value: fc.constantFrom(...PERSON_STATUSES),
	}),
	fc.record({ do: fc.constantFrom('remove' as const, 'hire' as const, 'replace' as const), who }),
);
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;
const poll = fc.record({
	do: fc.constant('poll' as const),
	/** From this request on, so many requests go wrong. */
	fault: fc.option(
		fc.record({
			kind: fc.constantFrom(...KINDS),
			skip: fc.nat({ max: 12 }),
			times: fc.constantFrom(1, 2, Infinity),
		}),
	),
	/** Happens just before that request. */
	meanwhile: fc.array(fc.record({ at: fc.nat({ max: 12 }), edit }), { maxLength: 3 }),
	/** A second poll begins before that request. */
	overlap: fc.option(fc.nat({ max: 12 })),
	/**
	 * n8n ends after it: before what was told was worked on and nothing is saved, or just before it
	 * is saved.
	 */
	then: fc.constantFrom('goes on', 'goes on', 'is lost', 'is repeated'),
});
const step = fc.oneof({ weight: 3, arbitrary: edit }, { weight: 2, arbitrary: poll });
type Poll = typeof poll extends fc.Arbitrary<infer T> ? T : never;

function standing(sandbox: Sandbox): Map<string, View> {
	return new Map(
		sandbox.humaans.people.map((row) => {
			const roles = sandbox.humaans.jobRoles
				.filter((one) => one.personId === row.id)
				.sort((a, b) => (a.effectiveDate < b.effectiveDate ? -1 : 1));
			// Of somebody whose first role has not begun, that one.
			const role = sandbox.admin.jobRole(row.id) ?? roles[0];
			const { status, city, lastName, employmentStartDate } = row;
			return [
				row.id,
				{
					status,
					city,
					lastName,
					employmentStartDate,
					jobTitle: role?.jobTitle ?? null,
					department: role?.department ?? null,
				},
			];
		}),
	);
}
const shown = ({ person }: Subject): View =>
	Object.fromEntries(
		FIELDS.map((field) => [field, (person as unknown as Record<string, unknown>)[field] ?? null]),
	) as View;
const differing = (a: View, b: View): string[] =>
	FIELDS.filter((field) => (a[field] ?? null) !== (b[field] ?? null));

/** The trigger beside a model of what it may tell. */
class Run {
	/** Everybody as they were told of last, or remembered in silence. */
	known = new Map<string, View>();
	private ids: string[] = [];
	/** How everybody stood at each moment since things were last quiet. */
	private moments: Array<Map<string, View>> = [];

	constructor(
		private readonly sandbox: Sandbox,
		private readonly trigger: Awaited<ReturnType<typeof publishedTrigger>>,
		private readonly requests: { before: () => void },
	) {}

	async begin(): Promise<void> {
		await this.trigger.activate();
		this.known = standing(this.sandbox);
		this.ids = [...this.known.keys()];
		this.moments = [standing(this.sandbox)];
	}

	edit(one: Edit): void {
		const { admin } = this.sandbox;
		const id = this.ids[one.who % this.ids.length]!;
		const row = this.sandbox.humaans.people.find((one) => one.id === id);
		const there = row !== undefined;
		// Whoever made the token stays: nothing is believed without them.
		const last = row?.role === 'owner';
		if (one.do === 'change' && there) admin.change(id, { [one.field]: one.value });
		if ((one.do === 'remove' || one.do === 'replace') && there && !last) admin.remove(id);
		if (one.do === 'hire' || one.do === 'replace')
			this.ids.push(admin.hire({ status: 'newHire', employmentStartDate: '2027-01-01' }).id);
		this.moments.push(standing(this.sandbox));
	}

	async poll({ fault, meanwhile, overlap, then }: Poll): Promise<void> {
		await this.trigger.settled();
		this.judge(false);
		const saved = this.trigger.saved();
		const knownThen = new Map(this.known);
		let [at, second]: [number, Promise<unknown> | null] = [0, null];
		const due = [...meanwhile].sort((a, b) => a.at - b.at);
		this.requests.before = () => {
			while (due[0] && due[0].at <= at) this.edit(due.shift()!.edit);
			if (overlap === at) second = this.quietly();
			at++;
		};
		if (fault)
			this.sandbox.faults.add({ service: 'humaans', method: 'GET', ...fault, times: fault.times });
		const ended = await this.quietly();
		await second;
		this.requests.before = () => undefined;
		this.sandbox.faults.clear();
		await this.trigger.settled();
		const quiet = !fault && this.moments.length === 1;
		if (then === 'is lost') this.trigger.take();
		else this.judge(ended && quiet);
		if (then !== 'goes on') {
			this.trigger.restartWith(saved);
			this.known = knownThen;
		}
		this.moments = [standing(this.sandbox)];
	}

	/** Whether it ended well; a poll that fails tells nothing and remembers nothing. */
	private async quietly(): Promise<boolean> {
		const [before, told] = [this.trigger.saved(), this.trigger.told.length];
		return await this.trigger.poll().then(
			() => true,
			(error: Error) => {
				expect(error.message).toMatch(
					/^(Humaans|The connection to Humaans|The Humaans access token) [^{}<>]+\.$/,
				);
				if (!this.sandbox.humaans.webhooks.length)
					expect([this.trigger.saved(), this.trigger.told.length]).toEqual([before, told]);
				return false;
			},
		);
	}

	/** @param all Everything that differs must have been told. */
	judge(all: boolean): void {
		for (const subject of this.trigger.told.splice(0)) {
			const id = subject.personId!;
			const views = this.moments.map((moment) => moment.get(id));
			const old = this.known.get(id);
			if (subject.event === 'deleted') {
				expect([id, old !== undefined, views.includes(undefined), subject.person]).toEqual([
					id,
					true,
					true,
					null,
				]);
				this.known.delete(id);
				continue;
			}
			const view = shown(subject);
			// Whoever is removed while they are read may be seen without the job role that went with
			// them.
			for (const field of FIELDS)
				expect(views.map((one) => one?.[field] ?? null)).toContainEqual(view[field]);
			expect([id, subject.event === 'created']).toEqual([id, old === undefined]);
			if (old) {
				expect(differing(old, view)).not.toEqual([]);
				expect(
					[...subject.changedFields!].filter((field) => FIELDS.includes(field as never)).sort(),
				).toEqual(differing(old, view).sort());
			}
			this.known.set(id, view);
		}
		if (!all) return;
		const now = standing(this.sandbox);
		expect([...this.known.keys()].sort()).toEqual([...now.keys()].sort());
		for (const [id, view] of now)
			expect([id, differing(view, this.known.get(id)!)]).toEqual([id, []]);
	}

	/** Nothing happens any more and nothing goes wrong: then one poll is enough to know all. */
	async end(): Promise<void> {
		await this.trigger.settled();
		this.moments.push(standing(this.sandbox));
		this.judge(false);
		this.moments = [standing(this.sandbox)];
		await this.trigger.poll();
		this.judge(true);
		await this.trigger.poll();
		expect(this.trigger.take()).toEqual([]);
	}
}

async function holds(webhook: boolean, numRuns: number): Promise<void> {
	await withSandbox(
		async (sandbox) => {
			sandbox.humaans.setToken(['public:read', 'private:read', 'webhooks:manage']);
			const start = sandbox.snapshot();
			await fc.assert(
				fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 14 }), async (steps) => {
					sandbox.restore(start);
					sandbox.faults.clear();
					const requests = { before: () => {} };
					const trigger = await publishedTrigger(sandbox, {
						webhook,
						beforeRequest: () => requests.before(),
					});
					try {
						const run = new Run(sandbox, trigger, requests);
						await run.begin();
						for (const one of steps) {
							// With webhooks n8n lives on: what they tell is saved at other times than what polls
							// tell.
							if (one.do === 'poll') await run.poll(webhook ? { ...one, then: 'goes on' } : one);
							else run.edit(one);
						}
						await run.end();
					} finally {
						await trigger.settled();
						await trigger.stop();
					}
				}),
				{ numRuns, seed: 7 },
			);
		},
		// Pages of four: every list but the shortest takes several.
		{
			people: 14,
			seed: 3,
			quirks: { ...WEBHOOKS_AS_ASKED, humaansPageLimit: 4, webhookRetryMs: 1 },
		},
	);
}

it('by polls alone', async () => await holds(false, sized(12, 120)));
it('with webhooks in between', async () => await holds(true, sized(4, 30)));
