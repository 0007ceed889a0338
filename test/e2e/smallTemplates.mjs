/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * The smaller templates in real n8n: imported as they are, credentials picked, run on acme and on
 * an edit.
 */
import { reportOf } from '../../scripts/demo/report.mjs';
import { nodeTypesOf, unknownIn } from '../../scripts/demo/known.mjs';
import { readTemplates } from '../../scripts/demo/templates.mjs';
import { accountsOf } from '../../scripts/demo/sandbox.mjs';
import { Copies } from './copies.mjs';
import { tableOf } from './firstRun.mjs';

const DAY_MS = 86_400_000;
const attribute = (/** @type {any} */ account, /** @type {string} */ name) =>
	account?.attributes.find((/** @type {any} */ one) => one.name === name)?.value;
const linesOf = (/** @type {any[]} */ writes) =>
	writes.map(({ method, path }) => `${method} ${path.replace(/[0-9a-f]{24}/, 'id')}`);

/**
 * @param {import('../../scripts/demo/setup.mjs').Stage} stage
 * @param {import('./checks.mjs').Checks} checks
 */
export async function checkSmallTemplates({ session }, checks) {
	await checkKnownToN8n(session, checks);
	const copies = await Copies.begin(session, 'small');
	try {
		await checkEach(copies, checks);
	} finally {
		await copies.end();
	}
}

/**
 * Versions and parameters of n8n's own nodes, against what this n8n says they have.
 * @param {import('../../scripts/host/session.mjs').Session} session
 * @param {import('./checks.mjs').Checks} checks
 */
async function checkKnownToN8n(session, checks) {
	const types = await nodeTypesOf(session);
	checks.equal(
		'every node of every template, its version and its parameters are known to this n8n',
		readTemplates().flatMap(({ file, workflow }) =>
			unknownIn(workflow, types).map(({ node, why }) => `${file}: ${node}: ${why}`),
		),
		[],
	);
}

/** @param {Copies} copies @param {import('./checks.mjs').Checks} checks */
async function checkEach(copies, checks) {
	const { session } = copies;
	const run = async (/** @type {string} */ id, trigger = 'Run Now') => {
		const { result, writes } = await copies.writesOf(() => session.run(id, trigger));
		checks.equal(
			`  ${result.workflowData.name}, ${trigger}: success, and no node failed`,
			[result.status, reportOf(result).failures],
			['success', []],
		);
		return { execution: result, writes };
	};
	const linked = async (/** @type {string} */ personId) =>
		(await accountsOf(copies.sandbox)).find(
			(account) => attribute(account, 'humaansId') === personId,
		);

	const ships = await run(await copies.import('provisioning', { mode: 'review' }));
	checks.equal(
		'provisioning as it ships: a table for a person, and nothing written',
		[tableOf(ships.execution, 'Needs Review').length > 60, ships.writes],
		[true, []],
	);
	const provisioning = await copies.import('provisioning');
	const made = await run(provisioning);
	checks.check(
		'provisioning on acme: accounts for more than 60 people',
		reportOf(made.execution).counts.created > 60,
		reportOf(made.execution).counts,
	);
	const hired = await copies.edit('POST', '', {
		firstName: 'Small',
		lastName: 'Template',
		employmentStartDate: new Date(Date.now() - 9 * DAY_MS).toISOString().slice(0, 10),
	});
	const one = await run(provisioning);
	checks.equal('provisioning after a hire: one account, one activation', linesOf(one.writes), [
		'POST /api/systemusers',
		'POST /api/systemusers/id/state/activate',
	]);
	checks.equal('and it is theirs, active', (await linked(hired.id))?.state, 'ACTIVATED');

	const sync = await copies.import('sync-updates');
	await run(sync);
	await copies.edit('PATCH', `/${hired.id}`, { lastName: 'Renamed' });
	const changed = await run(sync);
	checks.equal(
		'sync-updates after an edit: that account, that field',
		[
			linesOf(changed.writes),
			changed.writes[0]?.body?.lastname,
			(await linked(hired.id))?.lastname,
		],
		[['PUT /api/systemusers/id'], 'Renamed', 'Renamed'],
	);

	const backdated = async (/** @type {number} */ days) => {
		const account = await linked(hired.id);
		const attributes = account.attributes.map((/** @type {any} */ { name, value }) => ({
			name,
			value:
				name === 'humaansInvite'
					? `0 ${new Date(Date.now() - days * DAY_MS).toISOString()}`
					: value,
		}));
		await copies.jumpCloud('PUT', `/systemusers/${account._id}`, { attributes });
		return account._id;
	};
	const mailsTo = async (/** @type {string} */ accountId) =>
		(await copies.state()).outbox.filter((mail) => mail.accountId === accountId).length;
	const fallback = await copies.import('invite-fallback');
	const begun = await run(fallback);
	checks.check(
		'invite-fallback on acme: the days begin to count, nobody is mailed',
		begun.writes.length > 20 &&
			begun.writes.every(
				({ method, body }) => method === 'PUT' && Object.keys(body).join() === 'attributes',
			),
		linesOf(begun.writes).slice(0, 3),
	);
	const accountId = await backdated(4);
	const before = await mailsTo(accountId);
	const reminded = await run(fallback);
	checks.equal(
		'invite-fallback four days later: counted, then mailed, and nobody else',
		[
			linesOf(reminded.writes),
			(await mailsTo(accountId)) - before,
			tableOf(reminded.execution, 'No Action')
				.filter(({ State }) => State === 'Sent')
				.map((row) => row['Humaans ID']),
		],
		[['PUT /api/systemusers/id', 'POST /api/systemusers/reactivate'], 1, [hired.id]],
	);
	checks.equal('invite-fallback once more: nothing', (await run(fallback)).writes, []);

	// Over wherever they are.
	const lastWorkingDay = new Date(Date.now() - 2 * DAY_MS).toISOString().slice(0, 10);
	const leavers = await copies.import('deprovisioning');
	await run(leavers);
	await copies.edit('POST', `/${hired.id}/offboard`, { lastWorkingDay });
	const left = await run(leavers);
	checks.equal(
		'deprovisioning after an offboarding: that account is suspended',
		[linesOf(left.writes), (await linked(hired.id))?.state],
		[['PUT /api/systemusers/id'], 'SUSPENDED'],
	);

	const { people } = await copies.state();
	const theirs = (await accountsOf(copies.sandbox)).filter(
		(account) =>
			account.state === 'ACTIVATED' &&
			!account.admin &&
			people.filter(
				({ id, email, status }) =>
					status === 'active' &&
					(id === attribute(account, 'humaansId') ||
						email?.toLowerCase() === account.email.toLowerCase()),
			).length === 1 &&
			attribute(account, 'humaansId'),
	);
	const many = theirs.slice(0, 8);
	for (const account of many)
		await copies.edit('POST', `/${attribute(account, 'humaansId')}/offboard`, { lastWorkingDay });
	const held = await run(leavers);
	const plan = String(
		tableOf(held.execution, 'Needs Review')
			.map(({ Plan }) => Plan)
			.find(Boolean),
	);
	checks.equal(
		'deprovisioning of eight at once: held under a plan, nobody suspended',
		[held.writes, /^[0-9a-f]{10}-[0-9a-z]{5}$/.test(plan)],
		[[], true],
	);
	const approved = await copies.import('deprovisioning', {
		change: (nodes) =>
			(nodes.find(({ name }) => name === 'Decide').parameters.options.approvedPlan = plan),
	});
	checks.equal(
		'with its id in Approved Plan: those eight',
		[...new Set((await run(approved)).writes.map(({ path }) => path.split('/').pop()))].sort(),
		many.map(({ _id }) => _id).sort(),
	);

	checks.equal(
		'JumpCloud was asked nothing outside its contract',
		(await copies.state()).violations,
		[],
	);
}
