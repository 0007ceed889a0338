/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * After all that was run on a real n8n: what its logs and its database hold beside executions, and
 * what n8n's own audit says.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stateOf } from '../../scripts/demo/sandbox.mjs';
import { n8nCommand } from '../../scripts/host/n8n.mjs';
import { PROJECT } from '../../scripts/host/install.mjs';

/** Shorter ones, and words like these, are in logs for reasons of their own. */
const SHORTEST = 5;
const COMMON = /^(admin|Owner|Demo|Waiting|Person|Remote|London|Berlin|Second|Record|Changed)$/i;
/** What n8n calls a risk that is one by the nature of a community package, or of this machine. */
const NODES_OF_OURS = /n8n-nodes-humaans-jumpcloud/;

/**
 * Whatever belongs to somebody of acme in either service.
 * @param {any[]} people
 * @param {any[]} accounts
 */
const personal = (people, accounts) => [
	...people.flatMap(
		({
			email,
			personalEmail,
			lastName,
			phoneNumber,
			personalPhoneNumber,
			address,
			employeeId,
			taxId,
			calendarFeedToken,
		}) => [
			email,
			personalEmail,
			lastName,
			phoneNumber,
			personalPhoneNumber,
			address,
			employeeId,
			taxId,
			calendarFeedToken,
		],
	),
	...accounts.flatMap(({ email, alternateEmail, username }) => [email, alternateEmail, username]),
];

/** @param {string} text @param {string[]} values */
const found = (text, values) =>
	values.filter((value) =>
		new RegExp(`(?<![\\w@.-])${value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w@-])`).test(
			text,
		),
	);

/**
 * @param {import('../../scripts/demo/setup.mjs').Stage} stage
 * @param {import('./checks.mjs').Checks} checks
 * @param {string} folder of that n8n
 */
export async function checkSecurity({ session, sandbox }, checks, folder) {
	if (!sandbox) throw new Error('There is no sandbox.');
	const acme = (/** @type {string[]} */ ...path) =>
		JSON.parse(readFileSync(join(PROJECT, 'test', 'data', 'acme', ...path), 'utf8'));
	const now = await stateOf(sandbox);
	const values = [
		...new Set(
			personal(
				[...acme('humaans', 'people.json'), ...now.people],
				[...acme('jumpcloud', 'systemusers.json'), ...now.accounts],
			),
		),
	]
		.filter(
			(value) =>
				typeof value === 'string' && value.trim().length >= SHORTEST && !COMMON.test(value),
		)
		.map((value) => value.trim());
	const keys = [sandbox.humaans.token, sandbox.jumpCloud.apiKey];
	checks.check(`there are values to look for: ${values.length}`, values.length > 500);

	const logs = readdirSync(folder).filter((name) => /^(n8n|worker|webhook).*\.log$/.test(name));
	const logged = logs.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
	checks.check(
		`n8n has logged something: ${logged.length} characters in ${logs.join(', ')}`,
		logged.length > 500,
	);
	checks.equal(
		'nobody of acme, no token and no key is in the logs of n8n',
		found(logged, [...values, ...keys]),
		[],
	);

	const workflows = await session.call('GET', '/workflows');
	const kept = (
		await Promise.all(workflows.map((/** @type {any} */ { id }) => session.workflow(id)))
	)
		.map(({ staticData }) => JSON.stringify(staticData ?? null))
		.join('\n');
	checks.check(`triggers have remembered something: ${kept.length} characters`, kept.length > 500);
	checks.equal(
		'what they remember is nobody of acme, no token and no key',
		found(kept, [...values, ...keys]),
		[],
	);

	const report = JSON.parse(await auditOf(folder));
	const sections = Object.values(report).flatMap((/** @type {any} */ part) =>
		part.sections.map((/** @type {any} */ section) => ({ risk: part.risk, ...section })),
	);
	const official = sections.find(({ title }) => title === 'Official risky nodes');
	const used = (official?.location ?? []).filter((/** @type {any} */ { workflowId }) =>
		workflows.some(
			(/** @type {any} */ { id, name }) => id === workflowId && !/Bare|Drawn/.test(name),
		),
	);
	checks.equal(
		'audit of n8n: no template uses a node that n8n calls risky',
		used.map((/** @type {any} */ { nodeType, workflowName }) => `${nodeType} in ${workflowName}`),
		[],
	);
	checks.equal(
		'audit of n8n: no template reads or writes files, or builds SQL',
		sections
			.filter(({ risk }) => risk === 'filesystem' || risk === 'database')
			.map(({ title }) => title),
		[],
	);
	const community = sections.find(({ title }) => title === 'Community nodes')?.location ?? [];
	checks.equal(
		'audit of n8n: no other community nodes than ours',
		community.filter((/** @type {any} */ { nodeType }) => !NODES_OF_OURS.test(nodeType)),
		[],
	);
	const open =
		sections.find(({ title }) => title === 'Unprotected webhooks in instance')?.location ?? [];
	checks.equal(
		'audit of n8n: no webhook of a template is open',
		open
			.filter((/** @type {any} */ { workflowName }) => !/Bare/.test(workflowName))
			.map((/** @type {any} */ { workflowName, nodeName }) => `${nodeName} in ${workflowName}`),
		[],
	);
}

/** The report is the JSON in what is printed. @param {string} folder */
async function auditOf(folder) {
	const printed = await n8nCommand(folder, ['audit']);
	return printed.slice(printed.indexOf('{'), printed.lastIndexOf('}') + 1);
}
