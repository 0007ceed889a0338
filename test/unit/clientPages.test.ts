/** A sweep is the whole list or a failure. */
import { ServiceFailure } from '../../nodes/services/http/failure';
import { sweep, type Page } from '../../nodes/services/http/pages';

/** Answers in order; the last one stays. */
const lists = (...answers: Array<Page<string>>) => {
	let at = 0;
	return async () => answers[Math.min(at++, answers.length - 1)]!;
};
const read = async (fetch: (skip: number, limit: number) => Promise<Page<string>>, restarts = 0) =>
	await sweep({
		service: 'JumpCloud',
		pageSize: 2,
		fetch,
		idOf: (row) => row,
		restarts,
		atOnce: 1,
	});
const steady = (rows: string[]) => async (skip: number, limit: number) => ({
	total: rows.length,
	rows: rows.slice(skip, skip + limit),
});

it.each([[[]], [['a']], [['a', 'b']], [['a', 'b', 'c', 'd', 'e']]])('%j', async (rows) =>
	expect(await read(steady(rows))).toEqual(rows),
);

const LETTERS = [...'abcdefghijkl'];
/** A server that gives at most so many rows, whatever is asked for, and what it was asked for. */
function giving(most: (skip: number) => number, rows = LETTERS) {
	const asked: number[] = [];
	const fetch = async (skip: number, limit: number) => {
		asked.push(skip);
		return { total: rows.length, rows: rows.slice(skip, skip + Math.min(limit, most(skip))) };
	};
	return { asked, fetch };
}
const whole = async ({ fetch }: ReturnType<typeof giving>, pageSize = 5, restarts = 0) =>
	await sweep({ service: 'JumpCloud', pageSize, fetch, idOf: (row) => row, restarts });

it('each page begins with the last row of the one before', async () => {
	const server = giving(() => Infinity);
	expect(await whole(server)).toEqual(LETTERS);
	expect(server.asked).toEqual([0, 4, 8]);
});

it('a server that gives less than was asked for is read by its own pages', async () => {
	const server = giving(() => 3);
	expect(await whole(server, 250)).toEqual(LETTERS);
	expect(server.asked).toEqual([0, 2, 4, 6, 8, 10]);
});

it('a server that gives all it has, whatever is asked for, is asked once', async () => {
	const server = { ...giving(() => Infinity), fetch: async () => ({ total: 12, rows: LETTERS }) };
	expect(await whole(server, 2)).toEqual(LETTERS);
});

it('a page that comes short is read on from where it ended', async () => {
	const server = giving((skip) => (skip === 4 ? 3 : Infinity));
	expect(await whole(server)).toEqual(LETTERS);
	expect([...server.asked].sort((a, b) => a - b)).toEqual([0, 4, 6, 8]);
});

it('a server of one row a page cannot join its pages: read twice, the same both times', async () => {
	const server = giving(() => 1, ['a', 'b', 'c']);
	expect(await whole(server, 5, 1)).toEqual(['a', 'b', 'c']);
	expect(server.asked).toHaveLength(6);
	await expect(whole(giving(() => 1, ['a', 'b', 'c']))).rejects.toMatchObject({
		kind: 'incomplete',
	});
});

it(
	'somebody goes and somebody comes between two pages: the total stays, and whoever moved up ' +
		'is not passed over',
	async () => {
		const rows = ['a', 'b', 'c', 'd', 'e', 'f'];
		let calls = 0;
		const fetch = async (skip: number, limit: number) => {
			if (++calls === 2) rows.splice(0, rows.length, 'b', 'c', 'd', 'e', 'f', 'g');
			return { total: rows.length, rows: rows.slice(skip, skip + limit) };
		};
		expect(
			await sweep({ service: 'JumpCloud', pageSize: 3, fetch, idOf: (row) => row, atOnce: 1 }),
		).toEqual(['b', 'c', 'd', 'e', 'f', 'g']);
		calls = 0;
		rows.splice(0, rows.length, 'a', 'b', 'c', 'd', 'e', 'f');
		await expect(
			sweep({
				service: 'JumpCloud',
				pageSize: 3,
				fetch,
				idOf: (row) => row,
				atOnce: 1,
				restarts: 0,
			}),
		).rejects.toThrow(MOVED);
	},
);

it.each([1, 2, 3])(
	'a total that cannot be true, and the same %i rows again and again: it ends, and soon',
	async (length) => {
		let calls = 0;
		const fetch = async () => {
			if (++calls > 100) throw new Error('It asks for ever.');
			return { total: 1e15, rows: LETTERS.slice(0, length) };
		};
		await expect(
			sweep({ service: 'Humaans', pageSize: 5, fetch, idOf: (row) => row }),
		).rejects.toMatchObject({ kind: 'incomplete' });
	},
);

it('pages are asked for side by side, so many at once', async () => {
	const now = { all: 0, peak: 0 };
	const fetch = async (skip: number, limit: number) => {
		now.peak = Math.max(now.peak, ++now.all);
		await new Promise((resolve) => setImmediate(resolve));
		now.all--;
		return { total: 12, rows: LETTERS.slice(skip, skip + limit) };
	};
	expect(
		await sweep({ service: 'JumpCloud', pageSize: 2, fetch, idOf: (row) => row, atOnce: 3 }),
	).toEqual(LETTERS);
	expect(now).toEqual({ all: 0, peak: 3 });
});

it('after a page that failed no other is asked for, and none is under way when it says so', async () => {
	const asked: number[] = [];
	let under = 0;
	const fetch = async (skip: number, limit: number) => {
		asked.push(skip);
		under++;
		await new Promise((resolve) => setTimeout(resolve, skip));
		under--;
		if (skip === 3) throw new ServiceFailure('JumpCloud', 'wrongKey', 401);
		return { total: 12, rows: LETTERS.slice(skip, skip + limit) };
	};
	await expect(
		sweep({ service: 'JumpCloud', pageSize: 2, fetch, idOf: (row) => row }),
	).rejects.toMatchObject({ kind: 'wrongKey' });
	expect([asked.length < 8, under]).toEqual([true, 0]);
});

const MOVED = 'Its entries moved while they were read.';
it.each<[string, Array<Page<string>>, string]>([
	[
		'a total that rises',
		[
			{ total: 3, rows: ['a', 'b'] },
			{ total: 4, rows: ['b', 'c', 'd'] },
		],
		'It named 3 entries and 4 could be read.',
	],
	[
		'a total that falls',
		[
			{ total: 4, rows: ['a', 'b'] },
			{ total: 3, rows: ['b', 'c'] },
		],
		'It named 4 entries and 3 could be read.',
	],
	[
		'a page that is empty too early',
		[
			{ total: 4, rows: ['a', 'b'] },
			{ total: 4, rows: [] },
		],
		'It named 4 entries and 2 could be read.',
	],
	['a page that is given again', [{ total: 4, rows: ['a', 'b'] }], MOVED],
	[
		'pages that are not joined',
		[
			{ total: 3, rows: ['a', 'b'] },
			{ total: 3, rows: ['c', 'd'] },
		],
		MOVED,
	],
	[
		'a row that is there twice, so that another is missing',
		[
			{ total: 3, rows: ['a', 'b'] },
			{ total: 3, rows: ['b', 'b'] },
		],
		'It named 3 entries and 2 could be read.',
	],
	[
		'more rows than the total',
		[{ total: 1, rows: ['a', 'b'] }],
		'It named 1 entries and 2 could be read.',
	],
])(
	'%s is a failure',
	async (_what, answers, detail) =>
		await expect(read(lists(...answers))).rejects.toMatchObject({
			kind: 'incomplete',
			message: `JumpCloud did not give a complete list. ${detail}`,
		}),
);

it('begins anew, a stated number of times', async () => {
	let calls = 0;
	const never = async (): Promise<Page<string>> => ({ total: 10 + calls++, rows: ['a'] });
	await expect(read(never, 2)).rejects.toMatchObject({ kind: 'incomplete' });
	expect(calls).toBe(6);
	expect(
		await read(
			lists({ total: 3, rows: ['a', 'b'] }, { total: 2, rows: [] }, { total: 2, rows: ['a', 'b'] }),
			1,
		),
	).toEqual(['a', 'b']);
});

it('a list that had entries and then has none is not believed', async () =>
	await expect(
		read(lists({ total: 3, rows: ['a', 'b'] }, { total: 0, rows: [] }), 2),
	).rejects.toMatchObject({ kind: 'incomplete' }));
