/**
 * The smaller templates in real n8n: imported as they are, credentials picked, run on acme and on
 * an edit.
 */
import { reportOf } from '../../scripts/demo/report.mjs';
import { readTemplates } from '../../scripts/demo/templates.mjs';
import { accountsOf } from '../../scripts/demo/sandbox.mjs';
import { Copies } from './copies.mjs';

const DAY_MS = 86_400_000;
const attribute = (/** @type {any} */ account, /** @type {string} */ name) =>
	account?.attributes.find((/** @type {any} */ one) => one.name === name)?.value;
const itemsAt = (/** @type {any} */ execution, /** @type {string} */ node) =>
	(execution.data.resultData.runData[node] ?? []).flatMap(
		(/** @type {any} */ run) => run.data?.main?.[0] ?? [],
	);
const linesOf = (/** @type {any[]} */ writes) =>
	writes.map(({ method, path }) => `${method} ${path.replace(/[0-9a-f]{24}/, 'id')}`);

/**
 * @param {import('../../scripts/demo/setup.mjs').Stage} stage
 * @param {import('./checks.mjs').Checks} checks
 */
export async function checkSmallTemplates({ n8n, session }, checks) {
	await checkKnownToN8n(n8n.url, session, checks);
	const copies = await Copies.begin(session, 'small');
	try {
		await checkEach(copies, checks);
	} finally {
		await copies.end();
	}
}

/**
 * Versions and parameters of n8n's own nodes, against what this n8n says they have.
 * @param {string} url
 * @param {import('../../scripts/host/session.mjs').Session} session
 * @param {import('./checks.mjs').Checks} checks
 */
async function checkKnownToN8n(url, session, checks) {
	const answer = await fetch(`${url}/types/nodes.json`, { headers: { cookie: session.cookie } });
	const types = /** @type {any[]} */ (await answer.json());
	const unknown = readTemplates().flatMap(({ file, workflow }) =>
		workflow.nodes.flatMap((/** @type {any} */ node) => {
			const type = types.find(
				({ name, version }) => name === node.type && [version].flat().includes(node.typeVersion),
			);
			if (!type) return [`${file}: ${node.name} is ${node.type} ${node.typeVersion}`];
			const known = new Set([
				...type.properties.map((/** @type {any} */ one) => one.name),
				...(type.polling ? ['pollTimes'] : []),
			]);
			return Object.keys(node.parameters)
				.filter((name) => !known.has(name))
				.map((name) => `${file}: ${node.name} has no ${name}`);
		}),
	);
	checks.equal(
		'every node of every template, its version and its parameters are known to this n8n',
		unknown,
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
		'provisioning as it ships: a list for a person, and nothing written',
		[itemsAt(ships.execution, 'Needs a Person').length > 60, ships.writes],
		[true, []],
	);
	const provisioning = await copies.import('provisioning');
	const made = await run(provisioning);
	checks.check(
		'provisioning on acme: accounts for more than 60 people',
		itemsAt(made.execution, 'Create Staged Account').length > 60,
		itemsAt(made.execution, 'Create Staged Account').length,
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
			itemsAt(reminded.execution, 'Reminded Today').length,
		],
		[['PUT /api/systemusers/id', 'POST /api/systemusers/reactivate'], 1, 1],
	);
	checks.equal('invite-fallback once more: nothing', (await run(fallback)).writes, []);

	const leavers = await copies.import('deprovisioning');
	await run(leavers);
	await copies.edit('POST', `/${hired.id}/offboard`);
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
		await copies.edit('POST', `/${attribute(account, 'humaansId')}/offboard`);
	const held = await run(leavers);
	const plan = itemsAt(held.execution, 'Needs a Person')
		.map((/** @type {any} */ { json }) => json.decision.plan)
		.find(Boolean);
	checks.equal(
		'deprovisioning of eight at once: held under a plan, nobody disabled',
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

	const whom = theirs[8];
	const cutting = await copies.import('deprovisioning', {
		mode: 'review',
		change: (nodes) =>
			(nodes.find(
				({ name }) => name === 'Whom to Cut Off',
			).parameters.assignments.assignments[0].value = whom.email),
	});
	const cut = await run(cutting, 'Cut Off One Person Now');
	checks.equal(
		'for cause: one person, at once, in review mode too',
		[
			linesOf(cut.writes),
			(await accountsOf(copies.sandbox)).find(({ _id }) => _id === whom._id)?.state,
		],
		[['PUT /api/systemusers/id'], 'SUSPENDED'],
	);
	checks.equal(
		'JumpCloud was asked nothing outside its contract',
		(await copies.state()).violations,
		[],
	);
}
