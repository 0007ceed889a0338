/** A sweep is the whole list or a failure. */
import { sweep, type Page } from '../../nodes/shared/clients/pages';

/** Answers in order; the last one stays. */
const lists = (...answers: Array<Page<string>>) => {
	let at = 0;
	return async () => answers[Math.min(at++, answers.length - 1)]!;
};
const read = async (fetch: (skip: number, limit: number) => Promise<Page<string>>, restarts = 0) => await sweep({ service: 'JumpCloud', pageSize: 2, fetch, idOf: (row) => row, restarts });
const steady = (rows: string[]) => async (skip: number, limit: number) => ({ total: rows.length, rows: rows.slice(skip, skip + limit) });

it.each([[[]], [['a']], [['a', 'b']], [['a', 'b', 'c', 'd', 'e']]])('%j', async (rows) => expect(await read(steady(rows))).toEqual(rows));

it('moves on by what came when the server gives less than was asked for', async () => {
	const asked: number[] = [];
	const rows = ['a', 'b', 'c', 'd'];
	await read(async (skip) => {
		asked.push(skip);
		return { total: 4, rows: rows.slice(skip, skip + 1) };
	});
	expect(asked).toEqual([0, 1, 2, 3]);
});

it.each<[string, Array<Page<string>>]>([
	['a total that rises', [{ total: 3, rows: ['a', 'b'] }, { total: 4, rows: ['c', 'd'] }]],
	['a total that falls', [{ total: 4, rows: ['a', 'b'] }, { total: 3, rows: ['c'] }]],
	['a page that is empty too early', [{ total: 4, rows: ['a', 'b'] }, { total: 4, rows: [] }]],
	['a row that came twice, so that another is missing', [{ total: 4, rows: ['a', 'b'] }, { total: 4, rows: ['b', 'c'] }]],
	['more rows than the total', [{ total: 1, rows: ['a', 'b'] }]],
])('%s is a failure', async (_what, answers) => await expect(read(lists(...answers))).rejects.toMatchObject({ kind: 'incomplete', message: expect.stringMatching(/^JumpCloud did not give a complete list\. It named \d+ entries and \d+ could be read\.$/) }));

it('begins anew, a stated number of times', async () => {
	let calls = 0;
	const never = async (): Promise<Page<string>> => ({ total: 10 + calls++, rows: ['a'] });
	await expect(read(never, 2)).rejects.toMatchObject({ kind: 'incomplete' });
	expect(calls).toBe(6);
	expect(await read(lists({ total: 3, rows: ['a', 'b'] }, { total: 2, rows: [] }, { total: 2, rows: ['a', 'b'] }), 1)).toEqual(['a', 'b']);
});

it('a list that had entries and then has none is not believed', async () =>
	await expect(read(lists({ total: 3, rows: ['a', 'b'] }, { total: 0, rows: [] }), 2)).rejects.toMatchObject({ kind: 'incomplete' }));
