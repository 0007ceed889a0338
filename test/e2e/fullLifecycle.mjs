/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * The recommended template, switched on in real n8n.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { reportOf } from '../../scripts/demo/report.mjs';
import { accountsOf, stateOf } from '../../scripts/demo/sandbox.mjs';
import { imported } from '../../scripts/demo/setup.mjs';

/** The template polls every minute. */
const POLLED_WITHIN_MS = 150_000;
/** A minute, and time to read and to write. */
const CHANGED_WITHIN_S = 75;
const FIRST_POLL_WITHIN_MS = 30_000;

/** @param {import('../../scripts/host/session.mjs').Session} session @param {string} id */
async function hasPolled(session, id) {
	const { staticData } = /** @type {any} */ (await session.workflow(id));
	return Object.values(staticData ?? {}).some((kept) => Boolean(kept.memory));
}

/**
 * @param {import('../../scripts/demo/setup.mjs').Stage} stage
 * @param {import('./checks.mjs').Checks} checks
 */
export async function checkFullLifecycle({ session, sandbox, workflows }, checks) {
	if (!sandbox) throw new Error('needs the sandbox');
	const { id, trigger } = imported(workflows, 'full-lifecycle');

	const before = await stateOf(sandbox);
	const run = await session.run(id, trigger);
	const report = reportOf(run);
	checks.equal(
		'a run by hand after reconcile ends, and no node failed',
		[report.status, report.failures],
		['success', []],
	);
	const asleep = await session.executions({ workflowId: id, status: ['waiting'] });
	checks.equal(
		'who waits for a day sleeps in one execution, apart from the run',
		[asleep.length, asleep.map(({ mode }) => mode), report.counts.waiting > 0],
		[1, ['integrated'], true],
	);
	checks.equal(
		'it writes nothing that reconcile had not left right',
		(await stateOf(sandbox)).writes - before.writes,
		0,
	);

	const published = await session.publish(id);
	checks.check('publishing succeeds', published.active === true, published);
	// n8n answers before the first poll, and whoever is there at the first poll is not new.
	for (
		const until = Date.now() + FIRST_POLL_WITHIN_MS;
		Date.now() < until && !(await hasPolled(session, id));
	)
		await sleep(200);
	checks.check(
		'the trigger has polled once, and remembers everybody',
		await hasPolled(session, id),
	);

	const measured = measureChange(sandbox, checks);

	const email = 'late.joiner@acme.example';
	const today = new Date().toISOString().slice(0, 10);
	// Started ten days ago: due for activation in every time zone.
	const employmentStartDate = new Date(Date.parse(today) - 10 * 86_400_000)
		.toISOString()
		.slice(0, 10);
	const hired = await fetch(new URL('/people', sandbox.page), {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({
			firstName: 'Late',
			lastName: 'Joiner',
			email,
			personalEmail: 'late.joiner@mail.example',
			employmentStartDate,
			employeeId: 'E2E-1',
		}),
	});
	checks.equal('somebody is hired in the sandbox', hired.status, 200);
	/** @type {any} */
	let account;
	for (
		const until = Date.now() + POLLED_WITHIN_MS;
		Date.now() < until && account?.state !== 'ACTIVATED';
		await sleep(2_000)
	) {
		account = (await accountsOf(sandbox)).find((one) => one.email === email);
	}
	await measured;
	checks.equal(
		'the trigger sees the joiner: account created and activated',
		account?.state,
		'ACTIVATED',
	);
	checks.equal(
		'the joiner got one invite, at the personal email',
		(await stateOf(sandbox)).outbox
			.filter((mail) => mail.accountId === account?._id)
			.map(({ to }) => to),
		['late.joiner@mail.example'],
	);
	const executions = (await session.executions({ workflowId: id })).filter(({ mode }) =>
		['trigger', 'integrated'].includes(mode),
	);
	const failed = executions.filter(({ status }) => status === 'error' || status === 'crashed');
	checks.check(
		'its executions by the trigger and by itself: some, and none failed',
		executions.some(({ mode }) => mode === 'trigger') && failed.length === 0,
		executions.map(({ status }) => status),
	);
	checks.equal(
		'JumpCloud was asked nothing outside its contract',
		(await stateOf(sandbox)).violations,
		[],
	);
	await session.unpublish(id);
}

/**
 * How long a change takes from Humaans to JumpCloud, by poll.
 * @param {import('../../scripts/demo/sandbox.mjs').Sandbox} sandbox
 * @param {import('./checks.mjs').Checks} checks
 */
async function measureChange(sandbox, checks) {
	const { people } = await stateOf(sandbox);
	const linkOf = (/** @type {any} */ one) =>
		one.attributes.find((/** @type {any} */ attribute) => attribute.name === 'humaansId')?.value;
	const isOfActive = (/** @type {any} */ one) =>
		people.some(({ id, status }) => id === linkOf(one) && status === 'active');
	const account = (await accountsOf(sandbox)).find(
		(one) => one.state === 'ACTIVATED' && one.lastname && !one.admin && isOfActive(one),
	);
	const lastName = 'Polled';
	const started = performance.now();
	await fetch(new URL(`/people/${linkOf(account)}`, sandbox.page), {
		method: 'PATCH',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ lastName }),
	});
	const isThere = async () =>
		(await accountsOf(sandbox)).find((one) => one._id === account._id)?.lastname === lastName;
	for (const until = Date.now() + POLLED_WITHIN_MS; Date.now() < until && !(await isThere()); )
		await sleep(500);
	const seconds = (performance.now() - started) / 1000;
	checks.check(
		'a change in Humaans reaches JumpCloud by poll, once a minute',
		(await isThere()) && seconds < CHANGED_WITHIN_S,
		`${seconds.toFixed(1)} s`,
	);
	checks.tell(
		`  change in Humaans → account in JumpCloud, by a poll once a minute: ${seconds.toFixed(1)} s`,
	);
}
