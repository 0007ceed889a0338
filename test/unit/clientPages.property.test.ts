/**
 * A list that changes between any two answers: what a sweep gives is the whole list, or it fails.
 */
import fc from 'fast-check';
import { attempt } from '../../nodes/services/http/failure';
import { sweep } from '../../nodes/services/http/pages';

const edit = fc.oneof(
	{ weight: 3, arbitrary: fc.constant(null) },
	{
		weight: 1,
		arbitrary: fc.record({
			what: fc.constantFrom('in' as const, 'out' as const, 'swap' as const),
			at: fc.nat({ max: 20 }),
		}),
	},
);
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

const list = fc.record({
	length: fc.nat({ max: 16 }),
	pageSize: fc.integer({ min: 2, max: 6 }),
	/** Most rows the server gives at each answer, in turn. */
	most: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }),
	atOnce: fc.integer({ min: 1, max: 4 }),
	/** Before each answer, in turn; then nothing more happens. */
	edits: fc.array(edit, { maxLength: 60, size: 'max' }),
	/** Ticks each answer takes, in turn. */
	ticks: fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 5 }),
});

/** Rows keep their order; where new ones go is the server's to choose. */
class Server {
	made = 0;
	calls = 0;
	readonly rows: string[] = [];
	readonly ever = new Set<string>();
	readonly throughout: Set<string>;

	constructor(
		private readonly settings: { length: number; most: number[]; edits: Edit[]; ticks: number[] },
	) {
		for (let n = 0; n < settings.length; n++) this.enter(n);
		this.throughout = new Set(this.rows);
	}

	private enter(at: number): void {
		const id = `r${this.made++}`;
		this.ever.add(id);
		this.rows.splice(at, 0, id);
	}

	private leave(at: number): void {
		for (const id of this.rows.splice(at % Math.max(1, this.rows.length), 1))
			this.throughout.delete(id);
	}

	readonly fetch = async (skip: number, limit: number) => {
		const call = this.calls++;
		const { most, edits, ticks } = this.settings;
		for (let n = ticks[call % ticks.length]!; n > 0; n--)
			await new Promise((resolve) => setImmediate(resolve));
		const happens = edits[call];
		if (happens && happens.what !== 'in') this.leave(happens.at);
		// Gone and come at once: the total stays.
		if (happens?.what === 'swap') this.enter(this.rows.length);
		else if (happens?.what === 'in') this.enter(Math.min(happens.at, this.rows.length));
		return {
			total: this.rows.length,
			rows: this.rows.slice(skip, skip + Math.min(limit, most[call % most.length]!)),
		};
	};
}

it('whoever was there all the while is in it, and nobody who never was', async () => {
	let [whole, failed] = [0, 0];
	await fc.assert(
		fc.asyncProperty(list, async ({ pageSize, atOnce, ...settings }) => {
			const server = new Server(settings);
			const answer = await attempt(
				sweep({ service: 'Humaans', pageSize, atOnce, fetch: server.fetch, idOf: (row) => row }),
			);
			if (!answer.ok) {
				failed++;
				expect(answer.failure.kind).toBe('incomplete');
				return;
			}
			whole++;
			const read = new Set(answer.value);
			expect(read.size).toBe(answer.value.length);
			expect([...server.throughout].filter((id) => !read.has(id))).toEqual([]);
			expect(answer.value.filter((id) => !server.ever.has(id))).toEqual([]);
		}),
		{ numRuns: 3000, seed: 7 },
	);
	expect([whole > 1000, failed > 50]).toEqual([true, true]);
});

it('a list that nobody touches is given in its order, by the fewest pages', async () => {
	await fc.assert(
		fc.asyncProperty(list, async ({ pageSize, atOnce, length, ticks }) => {
			const server = new Server({ length, ticks, most: [6], edits: [] });
			expect(
				await sweep({
					service: 'Humaans',
					pageSize,
					atOnce,
					fetch: server.fetch,
					idOf: (row) => row,
				}),
			).toEqual(server.rows);
			expect(server.calls).toBe(Math.max(1, Math.ceil((length - 1) / (pageSize - 1))));
		}),
		{ numRuns: 500, seed: 7 },
	);
});

it('rows in another order at every answer: all of them, or a failure', async () => {
	let whole = 0;
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 0, max: 9 }),
			fc.infiniteStream(fc.nat()),
			async (length, chance) => {
				const rows = Array.from({ length }, (_, n) => `r${n}`);
				const fetch = async (skip: number, limit: number) => {
					const keys = new Map(rows.map((id) => [id, chance.next().value as number]));
					return {
						total: length,
						rows: [...rows].sort((a, b) => keys.get(a)! - keys.get(b)!).slice(skip, skip + limit),
					};
				};
				const answer = await attempt(
					sweep({ service: 'Humaans', pageSize: 4, fetch, idOf: (row) => row }),
				);
				if (!answer.ok) return;
				whole++;
				expect([...answer.value].sort()).toEqual(rows);
			},
		),
		{ numRuns: 1000, seed: 7 },
	);
	expect(whole).toBeGreaterThan(300);
});
