/**
 * A limit of 5 requests a second over real HTTP and in real time: only who was served counts
 * (`npm run bench -- rate` measures there).
 */
import { underLimit } from '../harness/underLimit';

it.each(['humaans', 'jumpCloud'] as const)(
	'%s over HTTP, with and without Retry-After: nobody fails',
	async (service) => {
		for (const result of await Promise.all([
			underLimit(service, { requests: 30 }),
			underLimit(service, { requests: 30, retryAfterSeconds: 1 }),
		])) {
			expect(result.failures).toEqual([]);
			expect(result.servedMs).toHaveLength(30);
			expect(result.refused).toBeGreaterThan(0);
		}
	},
	60_000,
);
