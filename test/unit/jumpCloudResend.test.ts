/** An invite once more, to an address of our choice where JumpCloud lets that be. */
import { Declined } from '../../nodes/services/jumpcloud/guard';
import { resendInvite } from '../../nodes/services/jumpcloud/resendInvite';
import type { Sandbox, WorldState } from '../sandbox';
import { DEFAULT_QUIRKS, SWITCHES } from '../sandbox/quirks';
import { clientFor } from '../harness/jumpCloudOverHttp';
import { ids, smallSandbox } from '../harness/jumpCloudScenarios';

const ADDRESS = 'other@home.example';
let sandbox: Sandbox;
let start: WorldState;
beforeAll(async () => {
	sandbox = await smallSandbox();
	start = sandbox.snapshot();
});
afterAll(async () => await sandbox.stop());
beforeEach(() => {
	sandbox.restore(start);
	sandbox.clearLog();
	sandbox.faults.clear();
	sandbox.quirks.activateActivated = DEFAULT_QUIRKS.activateActivated;
	// Active, and without a password.
	sandbox.admin.setAccount(ids.nora, { activated: false });
});
afterEach(() => expect(sandbox.violations).toEqual([]));

const resend = async (id: string, address?: string) =>
	await resendInvite(clientFor(sandbox), id, address === undefined ? {} : { address });
const mails = () => sandbox.outbox.map(({ to }) => to);
const writes = () => sandbox.writes().map(({ path }) => path.replace(`/${ids.nora}`, ''));
const NOT_THERE =
	'JumpCloud did not send the mail to the chosen address, so it went where JumpCloud chooses.';

it('without an address it goes where JumpCloud chooses', async () => {
	const { outcome } = await resend(ids.nora);
	expect(outcome).toEqual({
		...{ action: 'resendInvite', status: 'applied', attempts: [], warnings: [] },
	});
	expect([mails(), writes()]).toEqual([['nora@acme.example'], ['/api/systemusers/reactivate']]);
});

it.each(SWITCHES.activateActivated.others)(
	'where JumpCloud answers %i, it goes where JumpCloud chooses, and that is said',
	async (status) => {
		sandbox.quirks.activateActivated = status;
		const { outcome } = await resend(ids.nora, ADDRESS);
		expect(outcome.warnings).toEqual([NOT_THERE]);
		expect(outcome.invitedTo).toBeUndefined();
		expect(mails()).toEqual(['nora@acme.example']);
	},
);

it('where JumpCloud takes it, it goes there, and nowhere else', async () => {
	const { outcome } = await resend(ids.nora, ADDRESS);
	expect(outcome).toMatchObject({ status: 'applied', invitedTo: 'other', warnings: [] });
	expect([mails(), writes()]).toEqual([[ADDRESS], ['/api/systemusers/state/activate']]);
});

it('somebody who has a password is not activated: the mail goes where JumpCloud chooses', async () => {
	sandbox.admin.setAccount(ids.nora, { activated: true });
	expect((await resend(ids.nora, ADDRESS)).outcome.warnings).toEqual([NOT_THERE]);
	expect(writes()).toEqual(['/api/systemusers/reactivate']);
});

it.each(['staged', 'suspended'] as const)('nothing is sent to a %s account', async (name) => {
	await expect(resend(ids[name], ADDRESS)).rejects.toBeInstanceOf(Declined);
	expect(sandbox.writes()).toEqual([]);
});

it('what is no address is declined before anything is asked', async () => {
	await expect(resend(ids.nora, 'nora at home')).rejects.toThrow(
		'The address for the invite is not an email address.',
	);
	expect(sandbox.log).toEqual([]);
});

it('without a clear answer it is said so, and not sent anywhere else', async () => {
	sandbox.faults.add({ service: 'jumpCloud', method: 'POST', kind: 'lost-answer', times: 1 });
	await expect(resend(ids.nora, ADDRESS)).rejects.toThrow(
		'It is not known whether the mail was sent',
	);
	expect(mails()).toEqual([ADDRESS]);
});
