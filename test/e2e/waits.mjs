/**
 * start-date-activation asleep in real n8n, which is killed meanwhile: all activated once, none
 * early, none lost.
 */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { OWNER } from '../../scripts/demo/setup.mjs';
import { accountsOf } from '../../scripts/demo/sandbox.mjs';
import { startN8n } from '../../scripts/host/n8n.mjs';
import { Copies } from './copies.mjs';

const PEOPLE = 24;
const MINUTE_MS = 60_000;
/**
 * n8n keeps waits longer than 65 s in its database; before that the people are hired and get their
 * accounts.
 */
const AHEAD_MS = 82_000;
/** From the minute somebody is due until they must be active, in milliseconds. */
const WITHIN_MS = 20_000;
const linkOf = (/** @type {any} */ account) =>
	account.attributes.find((/** @type {any} */ one) => one.name === 'humaansId')?.value;

/**
 * @param {import('../../scripts/demo/setup.mjs').Stage & { n8n:
 *   import('../../scripts/host/n8n.mjs').N8n }} stage n8n is another process afterwards
 * @param {string} folder of that n8n
 * @param {import('./checks.mjs').Checks} checks
 * @param {() => Promise<void>} meanwhile what is checked on the same n8n while people wait
 */
export async function checkWaits(stage, folder, checks, meanwhile) {
	const copies = await Copies.begin(stage.session, 'waits');
	try {
		await checkOn(copies, stage, folder, checks, meanwhile);
	} finally {
		await copies.end();
	}
}

/**
 * @param {Copies} copies
 * @param {import('../../scripts/demo/setup.mjs').Stage} stage
 * @param {string} folder
 * @param {import('./checks.mjs').Checks} checks
 * @param {() => Promise<void>} meanwhile
 */
async function checkOn(copies, stage, folder, checks, meanwhile) {
	const { session } = stage;
	const first = Math.ceil((Date.now() + AHEAD_MS) / MINUTE_MS) * MINUTE_MS;
	const at = new Date(first);
	// One minute to the west is one minute later: the same day and hour for everybody, and two
	// moments of activation.
	const zones = ['UTC', '-00:01'];
	const employmentStartDate = at.toISOString().slice(0, 10);
	/** @type {Array<{ id: string, due: number }>} */
	const hires = [];
	for (let n = 0; n < PEOPLE; n++) {
		const { id } = await copies.edit('POST', '', {
			firstName: 'Waiting',
			lastName: `Person ${n}`,
			employmentStartDate,
			timezone: zones[n % 2],
		});
		hires.push({ id, due: first + (n % 2) * MINUTE_MS });
	}
	const setHour = (/** @type {any[]} */ nodes) =>
		Object.assign(nodes.find(({ name }) => name === 'Decide').parameters.options, {
			activationHour: at.getUTCHours(),
			activationMinute: at.getUTCMinutes(),
		});
	const provisioning = await session.run(
		await copies.import('provisioning', { change: setHour }),
		'Run Now',
	);
	const id = await copies.import('start-date-activation', { change: setHour });
	const asleep = await session.run(id, 'Run Now');
	const own = async () =>
		(await accountsOf(copies.sandbox)).filter((account) =>
			hires.some((hire) => hire.id === linkOf(account)),
		);
	checks.equal(
		`${PEOPLE} people have a staged account and wait in one execution`,
		[
			provisioning.status,
			asleep.status,
			(await own()).map(({ state }) => state).join(),
			new Date(asleep.waitTill ?? 0).getTime(),
		],
		['success', 'waiting', hires.map(() => 'STAGED').join(), first],
	);

	const { child } = stage.n8n.server;
	const ended = once(child, 'exit');
	process.kill(-(/** @type {number} */ (child.pid)), 'SIGKILL');
	await ended;
	const [, , postponed, cancelled] = hires;
	if (!postponed || !cancelled) throw new Error('needs four hires at least');
	const nextMonth = new Date(first + 30 * 86_400_000).toISOString().slice(0, 10);
	await copies.edit('PATCH', `/${postponed.id}`, { employmentStartDate: nextMonth });
	await copies.edit('DELETE', `/${cancelled.id}`);
	stage.n8n = await startN8n({
		folder,
		port: Number(new URL(stage.n8n.url).port),
		log: 'n8n-waits',
	});
	session.url = stage.n8n.url;
	await session.signIn(OWNER);
	checks.equal(
		'n8n was killed and is back; the execution still waits',
		[(await session.execution(asleep.id)).status, Date.now() < first],
		['waiting', true],
	);

	await meanwhile();

	const expected = hires.filter((hire) => hire !== postponed && hire !== cancelled);
	// By the page, so that looking leaves no requests in the log.
	const active = async () =>
		new Map((await copies.state()).accounts.map(({ humaansId, state }) => [humaansId, state]));
	for (const until = first + MINUTE_MS + WITHIN_MS; Date.now() < until; await sleep(1_000)) {
		const states = await active();
		if (expected.every((hire) => states.get(hire.id) === 'ACTIVATED')) break;
	}
	const states = await active();
	checks.equal(
		'all are active, none was lost',
		expected.filter((hire) => states.get(hire.id) !== 'ACTIVATED').length,
		0,
	);
	checks.equal(
		'the postponed and the cancelled hire are not',
		[postponed, cancelled].map((hire) => states.get(hire.id)),
		['STAGED', 'STAGED'],
	);
	const accounts = await own();
	const { outbox, log } = await copies.state();
	const mails = expected.map((hire) => {
		const account = accounts.find((one) => linkOf(one) === hire.id);
		return outbox
			.filter((mail) => mail.accountId === account._id)
			.map((mail) => Date.parse(mail.at) - hire.due);
	});
	checks.equal('each got one invite', mails.filter((late) => late.length !== 1).length, 0);
	checks.check(
		'none early, each within 20 s of their minute',
		mails.every(([late]) => late !== undefined && late >= 0 && late <= WITHIN_MS),
		mails.flat(),
	);
	const requests = expected.map((hire) => {
		const account = accounts.find((one) => linkOf(one) === hire.id);
		return log.filter(({ path }) => path.endsWith(`/${account._id}/state/activate`)).length;
	});
	checks.equal(
		'each account was activated by one request',
		requests.filter((sent) => sent !== 1).length,
		0,
	);
	const executions = (await session.executions({ workflowId: id })).map(({ status }) => status);
	checks.check(
		'no execution failed or was lost',
		executions.every((status) => ['success', 'waiting', 'running'].includes(status)),
		executions,
	);
	for (const execution of await session.executions({ workflowId: id }))
		if (execution.status !== 'success')
			await session.call('POST', `/executions/${execution.id}/stop`, {});
}
