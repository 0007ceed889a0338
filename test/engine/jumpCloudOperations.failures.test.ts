/** JumpCloud User when an item is bad or JumpCloud fails, through n8n's own request helper. */
import { ids } from '../harness/jumpCloudScenarios';
import type { Sandbox } from '../sandbox';
import { out, user, NOBODY, chosen, desired, jumpCloudUserNode } from './jumpCloudUserNode';

let sandbox: Sandbox;
const { run, subject } = jumpCloudUserNode((begun) => (sandbox = begun));

describe('items', () => {
	it('one bad item goes to the error output, the others on, all linked', async () => {
		const finished = await run(
			{ operation: 'get', userFrom: 'values', user: user('={{ $json.id }}') },
			[{ id: ids.nora }, { id: NOBODY }, { id: ids.chosen }],
			{ onError: 'continueErrorOutput' },
		);
		expect(finished.items('Users').map((item) => [item.json.username, item.pairedItem])).toEqual([
			['nora', { item: 0 }],
			['chosen', { item: 2 }],
		]);
		expect(finished.items('Users', 1).map((item) => [item.json.error, item.pairedItem])).toEqual([
			['There is no JumpCloud account with that ID.', { item: 1 }],
		]);
	});

	it('continue: an item in, an item out', async () => {
		const finished = await run(
			{ operation: 'get', userFrom: 'values', user: user('={{ $json.id }}') },
			[{ id: NOBODY }, { id: ids.nora }],
			{ onError: 'continueRegularOutput' },
		);
		expect(finished.items('Users').map((item) => item.json.error ?? item.json.username)).toEqual([
			'There is no JumpCloud account with that ID.',
			'nora',
		]);
	});

	it('match that cannot read everybody gives every item to the error output', async () => {
		sandbox.faults.add({ service: 'jumpCloud', kind: '403', times: Infinity });
		const finished = await run(
			{ operation: 'match' },
			[subject('zoe', '', 'x'), subject('nora', '', 'x')],
			{ onError: 'continueErrorOutput' },
		);
		expect(finished.items('Users')).toEqual([]);
		expect(finished.items('Users', 1).map((item) => [item.json.error, item.pairedItem])).toEqual(
			[0, 1].map((item) => ['JumpCloud does not let this API key do that (403).', { item }]),
		);
	});
});

describe('through n8n’s own request helper', () => {
	it.each([
		'429',
		'500-html',
		'503-html',
		'html-200',
		'cut',
		'cut-mid-body',
		'lost-answer',
		'500-after-apply',
		'truncated-json',
	] as const)('%s while creating: one account, and the item goes on', async (kind) => {
		sandbox.faults.add({ service: 'jumpCloud', method: 'POST', path: /systemusers$/, kind });
		const [item] = out(
			await run({ operation: 'create' }, [subject('zoe', '', 'create', { desired })]),
		);
		expect(item).toMatchObject({
			account: { username: 'zoe', state: 'STAGED' },
			outcome: { status: 'applied' },
		});
		expect(sandbox.jumpCloud.accounts).toHaveLength(8);
	});

	it('an attempt may be given less time', async () => {
		sandbox.faults.add({ service: 'jumpCloud', method: 'GET', kind: 'slow', delayMs: 1_500 });
		out(await run(chosen('get', ids.nora, { options: { requestTimeout: 1 } })));
		expect(sandbox.log).toHaveLength(2);
	});

	it('the longest wait ends the attempts', async () => {
		sandbox.faults.add({
			service: 'jumpCloud',
			kind: '429-retry-after-seconds',
			retryAfterSeconds: 9,
			times: Infinity,
		});
		const finished = await run(chosen('get', ids.nora, { options: { longestWait: 2 } }));
		expect(finished.error!.message).toBe('JumpCloud is limiting the number of requests (429).');
		expect(sandbox.log).toHaveLength(1);
	});
});
