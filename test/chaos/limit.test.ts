/**
 * The Deprovisioning Limit over several runs, as n8n keeps (and loses) static data between them.
 */
import { generateCompany, startSandbox, type Sandbox } from '../sandbox';
import { apply, loadTemplate } from '../harness/engine';
import { clock, HOUR } from './clock';
import { MiniN8n } from './miniN8n';

const NOON = Date.parse('2026-11-23T12:00:00Z');
/** A last day that is over everywhere. */
const OVER = '2026-11-21';

let processes = 0;
/** What a process remembers is by organization: with another one it is a process that was just started. */
function beginProcess({ jumpCloud, admin }: Sandbox): void {
	processes++;
	for (const { _id } of jumpCloud.accounts)
		admin.setAccount(_id, { organization: `of process ${processes}` });
}

async function published(
	settings: object,
	use: (
		sandbox: Sandbox,
		n8n: MiniN8n,
		leave: (count: number) => void,
		disabled: () => number,
	) => Promise<void>,
): Promise<void> {
	clock.now = NOON;
	const company = generateCompany(19, { seed: 5, accounts: true, today: '2026-11-23' });
	const sandbox = await startSandbox({ company, now: () => new Date() });
	beginProcess(sandbox);
	const template = (file: string) => apply(loadTemplate(file), settings as never);
	const n8n = new MiniN8n(
		sandbox,
		{ lifecycle: template('full-lifecycle'), reconcile: template('reconcile') },
		() => clock.now,
	);
	const before = sandbox.jumpCloud.accounts.length;
	const leave = (count: number) =>
		sandbox.humaans.people
			.filter(({ status }) => status === 'active')
			.slice(1, count + 1)
			.forEach(({ id }) => sandbox.admin.offboard(id, OVER));
	const disabled = () =>
		before - sandbox.jumpCloud.accounts.filter(({ state }) => state === 'ACTIVATED').length;
	try {
		await n8n.start();
		await use(sandbox, n8n, leave, disabled);
	} finally {
		await sandbox.stop();
	}
}

beforeAll(() => clock.install());
afterAll(() => clock.uninstall());

it('three by reconcile, and one more by the trigger of another workflow: held', async () =>
	await published({}, async (_, n8n, leave, disabled) => {
		await n8n.poll();
		leave(3);
		await n8n.reconcile();
		expect(disabled()).toBe(3);
		clock.now += HOUR;
		await n8n.poll();
		leave(1);
		await n8n.poll();
		expect(disabled()).toBe(3);
		clock.now += 24 * HOUR;
		await n8n.reconcile();
		expect(disabled()).toBe(4);
	}));

it.each(['suspend', 'delete'])(
	'three by one poll and one more by the next (%s): held, although the poll wrote over the static data',
	async (deprovisionHow) =>
		await published({ deprovisionHow }, async (_, n8n, leave, disabled) => {
			leave(3);
			await n8n.poll();
			expect(disabled()).toBe(3);
			clock.now += HOUR;
			leave(1);
			await n8n.poll();
			expect(disabled()).toBe(3);
		}),
);

it('three by a poll, a SIGKILL, and one more: held', async () =>
	await published({}, async (sandbox, n8n, leave, disabled) => {
		leave(3);
		await n8n.poll();
		n8n.kill();
		beginProcess(sandbox);
		clock.now += HOUR;
		leave(1);
		await n8n.start();
		expect(disabled()).toBe(3);
	}));

it('three by a poll, and four new work emails by four polls: the fourth is held', async () =>
	await published({}, async (sandbox, n8n) => {
		await n8n.reconcile();
		const changed = () =>
			sandbox.jumpCloud.accounts.filter(({ email }) => email.startsWith('new')).length;
		for (const [number, { id }] of sandbox.humaans.people
			.filter(({ status }) => status === 'active')
			.slice(1, 5)
			.entries()) {
			sandbox.admin.change(id, { email: `new${number}@acme.example` });
			await n8n.poll();
		}
		expect(changed()).toBe(3);
	}));
