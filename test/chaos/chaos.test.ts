/** A fixed short set of the seeds that `npm run test:chaos` lives through (docs/chaos.md). */
import { runSeed } from './chaos';
import { clock } from './clock';

// Those that found something once, and others.
const SEEDS = [50, 51, 65, 75, 249, ...Array.from({ length: 20 }, (_, index) => index + 1)];

beforeAll(() => clock.install());
afterAll(() => clock.uninstall());

it.each(SEEDS)('seed %i', async (seed) => {
	const { findings, story } = await runSeed(seed);
	expect(
		findings.length > 0
			? [
					`npm run test:chaos -- --seed ${seed}`,
					...story,
					...findings.map(({ rule, who, detail }) => `${rule}: ${who}: ${detail}`),
				]
			: [],
	).toEqual([]);
});
