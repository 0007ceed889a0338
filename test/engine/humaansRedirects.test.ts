/**
 * S14: on n8n's own engine, the key of Humaans goes to no other address than the one in the
 * credential, whatever that answers.
 */
import { apply, loadTemplate, runTemplate } from '../harness/engine';
import { withSandbox } from '../harness/fixedClock';
import { redirecting, stopRedirecting, type Redirecting } from '../harness/redirecting';

afterEach(stopRedirecting);

/** Reconcile, with its Humaans on the host that redirects. */
const reconcileOn = async ({ origin }: Redirecting): Promise<string> =>
	await withSandbox(async (sandbox) => {
		const humaans = { baseUrl: `${origin}/api`, token: 'the-humaans-token' };
		const run = await runTemplate(apply(loadTemplate('reconcile')), { ...sandbox, humaans });
		expect(sandbox.writes()).toEqual([]);
		return `${run.error?.message} ${run.error?.description}`;
	});

it.each([301, 302, 303, 307, 308])(
	'%i: nothing is sent on, and the run says why',
	async (status) => {
		for (const same of [false, true]) {
			const hosts = await redirecting(status, { same });
			expect(await reconcileOn(hosts)).toBe(
				`Humaans answered with a redirect (${status}), which is not followed: a key is sent to no ` +
					'other address. Check the base URL in the credential.',
			);
			expect(hosts.followed).toEqual([]);
			// A redirect is an answer: it is not asked for again.
			expect(hosts.asked.map(({ path, headers }) => [path, headers.authorization])).toEqual([
				['/api/token-info', 'Bearer the-humaans-token'],
			]);
		}
	},
);

it('in the middle of a read: the same, and nobody is concluded to be missing', async () => {
	const hosts = await redirecting(307, {
		passes: (path) =>
			path.endsWith('/token-info') ? { scopes: ['private:read'], personId: 'p1' } : undefined,
	});
	expect(await reconcileOn(hosts)).toMatch(/^Humaans answered with a redirect \(307\)/);
	expect(hosts.followed).toEqual([]);
});

it('a redirect to a sign-in page says that the key did not arrive', async () => {
	const hosts = await redirecting(302, { to: '/login', same: true });
	expect(await reconcileOn(hosts)).toMatch(/^Humaans answered with its sign-in page \(302\)/);
	expect(hosts.followed).toEqual([]);
});
