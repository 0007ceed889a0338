/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * Reconcile on real n8n, judged by what JumpCloud holds afterwards: telling cases of
 * test/data/acme/cases.json, by their label.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { endState } from '../../scripts/demo/endState.mjs';
import { reportOf } from '../../scripts/demo/report.mjs';
import { accountsOf, stateOf } from '../../scripts/demo/sandbox.mjs';
import { imported } from '../../scripts/demo/setup.mjs';
import { PROJECT } from '../../scripts/host/install.mjs';

/** @typedef {{ label: string, personId: string | null, accountId: string | null }} Case */

/** @type {{ cases: Case[] }} */
const { cases } = JSON.parse(
	readFileSync(join(PROJECT, 'test', 'data', 'acme', 'cases.json'), 'utf8'),
);

/** JumpCloud: a letter first, then letters, digits, dot, dash, underscore; 30 at most. */
const USERNAME = /^[a-z][a-z0-9._-]{0,29}$/i;

const attribute = (/** @type {any} */ account, /** @type {string} */ name) =>
	account?.attributes.find((/** @type {any} */ one) => one.name === name)?.value;

/** Names of acme's people as Humaans spells them, for an account that must be theirs. */
const stateOfAccount = (/** @type {any} */ account) =>
	account ? `${account.state}${account.suspended ? ', suspended' : ''}` : 'no account';

/**
 * @param {import('../../scripts/demo/setup.mjs').Stage} stage
 * @param {import('./checks.mjs').Checks} checks
 */
export async function checkReconcile(stage, checks) {
	const { session, sandbox, workflows } = stage;
	if (!sandbox) throw new Error('needs the sandbox');
	const before = new Map((await accountsOf(sandbox)).map((account) => [account._id, account]));
	const { people } = await stateOf(sandbox);
	const { id, trigger } = imported(workflows, 'reconcile');
	const execution = await session.run(id, trigger);
	const report = reportOf(execution);
	for (const { what, ok, detail } of await endState(stage, report)) checks.check(what, ok, detail);
	checks.check(
		'no SECRET field of Humaans in the execution',
		!JSON.stringify(execution.data).includes('SECRET-'),
	);

	const accounts = await accountsOf(sandbox);
	const { outbox } = await stateOf(sandbox);
	/** @param {string} label */
	const at = (label) => {
		const found = cases.find((one) => one.label === label);
		if (!found) throw new Error(`No case "${label}" in cases.json`);
		const { personId, accountId } = found;
		return {
			person: people.find((person) => person.id === personId),
			was: before.get(accountId ?? ''),
			byId: accounts.find((account) => account._id === accountId),
			/** every account with the link to this person */
			linked: accounts.filter(
				(account) => personId !== null && attribute(account, 'humaansId') === personId,
			),
		};
	};
	const mailsTo = (/** @type {any} */ account) =>
		outbox.filter((mail) => mail.accountId === account?._id).map((mail) => mail.to);

	const named = {
		newcomers: [
			'active, no account',
			'most optional fields empty',
			'remote, zone only in remoteTimezone',
		],
		adopted: [
			'active, unlinked account with the same email and employee ID',
			'active, unlinked account whose email differs in case',
		],
		none: ['new hire without a work email', 'left long ago, no account', 'demo person of Humaans'],
		suspended: ['offboarded, linked account', 'linked account, person deleted in Humaans'],
		active: [
			'administrator',
			'active with lastWorkingDay equal to the start date',
			'start date postponed after activation',
			'contractor becomes employee: two people, one email',
		],
		untouched: [
			'offboarded, account not linked',
			'service account, no link',
			'two candidate accounts (employee ID and email)',
			'suspended by an administrator, person active',
		],
		workInvite: ['no personal email', 'malformed personal email'],
		names: cases
			.map(({ label }) => label)
			.filter((label) => /^name: |^username collision/.test(label)),
	};
	for (const label of named.newcomers)
		checks.equal(`${label}: one account, ACTIVATED`, at(label).linked.map(stateOfAccount), [
			'ACTIVATED',
		]);
	for (const label of named.adopted) {
		const { linked, byId } = at(label);
		checks.equal(
			`${label}: adopted, none created`,
			linked.map(({ _id }) => _id),
			[byId?._id],
		);
	}
	for (const label of named.none) checks.equal(`${label}: no account`, at(label).linked.length, 0);
	for (const label of named.suspended) {
		const { byId } = at(label);
		checks.check(
			`${label}: suspended, with the day noted`,
			byId?.state === 'SUSPENDED' &&
				byId.suspended &&
				Boolean(attribute(byId, 'humaansDeprovisionedAt')),
			stateOfAccount(byId),
		);
	}
	for (const label of named.active)
		checks.equal(`${label}: stays active`, stateOfAccount(at(label).byId), 'ACTIVATED');
	for (const label of named.untouched)
		checks.equal(`${label}: not touched`, at(label).byId, at(label).was);

	const rehire = at('rehire: suspended account, linked, deprovisioned by this package').byId;
	checks.equal('rehire: active again', stateOfAccount(rehire), 'ACTIVATED');
	const future = at('new hire, future start, Auckland').linked;
	checks.equal(
		'new hire, future start: STAGED, no mail',
		[future.map(stateOfAccount), future.flatMap(mailsTo)],
		[['STAGED'], []],
	);
	for (const label of named.workInvite) {
		const { person, linked } = at(label);
		checks.equal(`${label}: the invite went to the work email`, linked.flatMap(mailsTo), [
			person?.email,
		]);
	}
	const usernames = named.names.flatMap((label) =>
		at(label).linked.map(({ username }) => username),
	);
	checks.check(
		`${named.names.length} difficult names: a valid username each, none twice`,
		usernames.length === named.names.length &&
			usernames.every((name) => USERNAME.test(name)) &&
			new Set(usernames).size === usernames.length,
		usernames,
	);
	const foreign = at('account with foreign phone, address and attributes');
	const theirs = foreign.was?.attributes.filter(
		(/** @type {any} */ one) => !one.name.startsWith('humaans'),
	);
	checks.equal(
		'attributes of others are kept',
		foreign.byId?.attributes.filter((/** @type {any} */ one) => !one.name.startsWith('humaans')),
		theirs,
	);

	const twice = outbox.map(({ to }) => to).filter((to, index, all) => all.indexOf(to) !== index);
	checks.equal('no address got two mails', twice, []);
	const asleep = outbox.filter(
		({ accountId }) => accounts.find(({ _id }) => _id === accountId)?.state !== 'ACTIVATED',
	);
	checks.equal(
		'mail went to people with an active account only',
		asleep.map(({ to }) => to),
		[],
	);
}
