/**
 * What is large is sampled in npm test, always the same, and walked whole in npm run test:long
 * (jest.long.config.js sets WHOLE). A test that does so has a file beside it: *.long.test.ts.
 */
import { seededRandom } from '../sandbox/ids';

const WHOLE = (globalThis as { WHOLE?: boolean }).WHOLE === true;

/** The number for npm test, or the one for the whole. */
export const sized = (inSample: number, inWhole: number): number => (WHOLE ? inWhole : inSample);

/**
 * So many of a list, in its order: the same ones in every run, others for another name. All of them
 * in the whole.
 */
export function sampled<T>(all: readonly T[], count: number, name = ''): readonly T[] {
	if (WHOLE || count >= all.length) return all;
	const random = seededRandom([...name].reduce((sum, letter) => sum + letter.codePointAt(0)!, 20));
	const order = all.map((_, at) => ({ at, by: random() })).sort((a, b) => a.by - b.by);
	const chosen = new Set(order.slice(0, count).map(({ at }) => at));
	return all.filter((_, at) => chosen.has(at));
}
