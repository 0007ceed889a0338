/**
 * Reconcile on acme at noon UTC of its day: each labelled case of cases.json, as that file says it
 * must end.
 */
import { customAttribute, linkOf } from '../../nodes/core/account/link';
import type { Account } from '../../nodes/core/subject';
import { isUsername } from '../../nodes/core/mapping/username';
import { startSandbox, type Sandbox } from '../sandbox';
import { apply, loadTemplate, runTemplate, setParameters, type Finished } from '../harness/engine';
import { ACME_NOON, caseOf, setClock } from '../harness/fixedClock';
import { toldIn, written } from '../harness/outcomes';

let sandbox: Sandbox;
let run: Finished;
const tested = new Set<string>();

beforeAll(async () => {
	setClock(ACME_NOON);
	sandbox = await startSandbox({ now: () => new Date() });
	run = await runTemplate(apply(loadTemplate('reconcile')), sandbox);
});
afterAll(async () => {
	await sandbox.stop();
	jest.useRealTimers();
});

/** One test for one label of cases.json. */
function acme(
	label: string,
	check: (found: {
		personId: string;
		accountId: string;
		account: Account | undefined;
		path: string;
	}) => void,
): void {
	tested.add(label);
	it(label, () => {
		const { personId, accountId } = caseOf(sandbox, label);
		const account = (accountId === 'null'
			? sandbox.admin.accountByHumaansId(personId)
			: sandbox.admin.account(accountId)) as unknown as Account | undefined;
		check({ personId, accountId, account, path: run.path(personId) });
	});
}
const codeOf = (personId: string) => run.decisionsOf(personId).at(-1)?.code;
const reasonOf = (personId: string) => run.decisionsOf(personId).at(-1)!.reason;
const mailsTo = (account: Account | undefined) =>
	sandbox.outbox.filter((mail) => mail.accountId === account?._id).map((mail) => mail.to);
const person = (personId: string) => sandbox.humaans.people.find((row) => row.id === personId)!;
const CREATED_AND_ACTIVE = 'create → activate → noAction';

acme('administrator', ({ personId, account, path }) => {
	// An administrator's account is never adopted by what somebody typed.
	expect(path).toBe('needsReview');
	expect(reasonOf(personId)).toContain(
		'is a JumpCloud administrator’s. It is not adopted; you may',
	);
	expect(account).toMatchObject({ state: 'ACTIVATED', suspended: false, attributes: [] });
});
acme('active, no account', ({ account, path }) => {
	expect(path).toBe(CREATED_AND_ACTIVE);
	expect(account).toMatchObject({
		state: 'ACTIVATED',
		suspended: false,
		email: 'mateo.lindqvist@acme.example',
		jobTitle: 'Account Executive',
	});
});
acme(
	'active, unlinked account with the same email and employee ID',
	({ personId, account, path }) => {
		expect(path).toBe('update → noAction');
		expect(linkOf(account!)).toBe(personId);
		expect(
			sandbox.jumpCloud.accounts.filter((row) => row.email === 'lars.byrne@acme.example'),
		).toHaveLength(1);
		expect(
			written(run, 'update').find((subject) => subject.personId === personId)!.outcome!.status,
		).toBe('adopted');
	},
);
acme('active, unlinked account whose email differs in case', ({ personId, account }) => {
	expect(linkOf(account!)).toBe(personId);
	expect(
		sandbox.jumpCloud.accounts.filter(
			(row) => row.email.toLowerCase() === 'thabo.moreau@acme.example',
		),
	).toHaveLength(1);
});
acme('new hire without a work email', ({ personId, account, path }) => {
	expect(path).toBe('needsReview');
	expect(codeOf(personId)).toBe('person.noWorkEmail');
	expect(account).toBeUndefined();
});
acme('new hire, future start, Auckland', ({ personId, account, path }) => {
	expect(path).toBe('create → waitUntilDue');
	expect(account).toMatchObject({ state: 'STAGED' });
	expect(run.decisionsOf(personId).at(-1)!.dueAt).toBe('2026-12-02T11:00:00.000Z');
	expect(mailsTo(account)).toEqual([]);
});
acme('starts today, San Francisco', ({ personId, account, path }) => {
	// Noon UTC is 04:00 of the 23rd in San Francisco: the day has begun there.
	expect(path).toBe(CREATED_AND_ACTIVE);
	expect(run.decisionsOf(personId)[1]!.reason).toContain(
		'23 November 2026 at 00:00, Los Angeles time',
	);
	expect(account).toMatchObject({ state: 'ACTIVATED' });
});
acme('starts tomorrow, Tokyo', ({ personId, account, path }) => {
	expect(path).toBe('create → waitUntilDue');
	expect(account).toMatchObject({ state: 'STAGED' });
	expect(run.decisionsOf(personId).at(-1)!.dueAt).toBe('2026-11-23T15:00:00.000Z');
});
acme('offboarded, linked account', ({ account, path }) => {
	expect(path).toBe('deprovision → noAction');
	expect(account).toMatchObject({ state: 'SUSPENDED', suspended: true });
	expect(customAttribute(account!, 'humaansDeprovisionedAt')).toBe(`${ACME_NOON} leaving`);
});
acme('offboarded, account not linked', ({ personId, account, path }) => {
	expect(path).toBe('needsReview');
	expect(codeOf(personId)).toBe('leaver.notLinked');
	expect(account).toMatchObject({ state: 'ACTIVATED', attributes: [] });
});
acme('left long ago, no account', ({ account, path }) => {
	expect(path).toBe('noAction');
	expect(account).toBeUndefined();
});
acme('active, last working day today, Honolulu', ({ account, path }) => {
	// The default settings do not act on the last working day; the end of that day has a test of its
	// own below.
	expect(path).toBe('update → noAction');
	expect(account).toMatchObject({ state: 'ACTIVATED' });
});
acme('active with lastWorkingDay equal to the start date', ({ account }) =>
	expect(account).toMatchObject({ state: 'ACTIVATED' }),
);
acme('start date postponed after activation', ({ account, path }) => {
	expect(path).toBe('update → noAction');
	expect(account).toMatchObject({ state: 'ACTIVATED' });
});
acme('rehire: suspended account, linked, deprovisioned by this package', ({ account, path }) => {
	expect(path).toBe('reactivate → update → noAction');
	expect(account).toMatchObject({ state: 'ACTIVATED', suspended: false });
	expect(customAttribute(account!, 'humaansDeprovisionedAt')).toBeNull();
});
acme('suspended by an administrator, person active', ({ personId, account, path }) => {
	expect(path).toBe('needsReview');
	expect(codeOf(personId)).toBe('account.suspendedByOthers');
	expect(account).toMatchObject({ state: 'SUSPENDED' });
});
acme('two candidate accounts (employee ID and email)', ({ personId, path }) => {
	expect(path).toBe('needsReview');
	expect(reasonOf(personId)).toMatch(/: fatimatanaka \(.*\), secondfatimatanaka \(/);
});
acme('contractor becomes employee: two people, one email', ({ personId, account, path }) => {
	expect(path).toBe('needsReview');
	expect(run.path(linkOf(account!)!)).toBe('needsReview');
	expect(account).toMatchObject({ state: 'ACTIVATED', suspended: false });
	expect(linkOf(account!)).not.toBe(personId);
});
for (const kind of [
	'no Latin letters',
	'Icelandic',
	'Vietnamese',
	'apostrophe and hyphen',
	'right to left',
	'one-letter names',
	'very long',
]) {
	acme(`name: ${kind}`, ({ personId, account, path }) => {
		expect(path).toBe(CREATED_AND_ACTIVE);
		expect(isUsername(account!.username)).toBe(true);
		expect(account).toMatchObject({
			firstname: person(personId).firstName,
			lastname: person(personId).lastName,
		});
	});
}
for (const number of [1, 2, 3]) {
	acme(`username collision ${number} of 3`, ({ account, path }) => {
		expect(path).toBe(CREATED_AND_ACTIVE);
		const usernames = sandbox.jumpCloud.accounts.map((row) => row.username.toLowerCase());
		expect(
			usernames.filter((username) => username === account!.username.toLowerCase()),
		).toHaveLength(1);
	});
}
acme('no personal email', ({ personId, account }) => {
	expect(mailsTo(account)).toEqual([person(personId).email]);
	expect(
		written(run, 'activate').find((subject) => subject.personId === personId)!.outcome!.attempts,
	).toEqual([
		{ kind: 'personal', result: 'missing' },
		{ kind: 'work', result: 'sent' },
	]);
});
acme('malformed personal email', ({ personId, account }) => {
	expect(mailsTo(account)).toEqual([person(personId).email]);
	expect(account!.alternateEmail).toBe('');
});
acme(
	'personal email already used as an alternate email elsewhere',
	({ personId, account, path }) => {
		expect(path).toBe(CREATED_AND_ACTIVE);
		expect(account!.alternateEmail).toBe('');
		expect(mailsTo(account)).toEqual([person(personId).personalEmail]);
		expect(
			written(run, 'create').find((subject) => subject.personId === personId)!.outcome!.warnings[0],
		).toContain('has the personal email already, so it was left off');
	},
);
acme('remote, zone only in remoteTimezone', ({ personId, path }) => {
	expect(path).toBe(CREATED_AND_ACTIVE);
	expect(run.decisionsOf(personId)[1]!.reason).toContain('Lisbon time');
});
acme('invalid time zone', ({ personId, path }) => {
	expect(path).toBe(CREATED_AND_ACTIVE);
	const decision = run.decisionsOf(personId)[1]!;
	expect(decision.reason).toContain('Berlin time');
	expect(decision.warnings.join()).toContain('Mars/Olympus');
});
acme('most optional fields empty', ({ account, path, personId }) => {
	expect(path).toBe(CREATED_AND_ACTIVE);
	const body = sandbox.log.find(
		(request) =>
			request.method === 'POST' &&
			request.path === '/api/systemusers' &&
			(request.body as Account).email === person(personId).email,
	)!.body as object;
	expect(Object.keys(body).sort()).toEqual([
		'addresses',
		'alternateEmail',
		'attributes',
		'department',
		'email',
		'firstname',
		'jobTitle',
		'lastname',
		'state',
		'suspended',
		'username',
	]);
	expect(account).toMatchObject({ state: 'ACTIVATED' });
});
acme('stray white space and a line break', ({ account }) => {
	expect(account).toMatchObject({ firstname: 'Dana', lastname: 'Lee' });
	expect(account!.addresses).toEqual([
		expect.objectContaining({
			type: 'home',
			streetAddress: 'Flat 3, 12 Rose Court',
			locality: 'Berlin',
			country: 'DE',
		}),
	]);
});
acme('promotion in five days', ({ account }) => expect(account!.jobTitle).toBe('Engineer'));
acme('department edited by hand in JumpCloud', ({ personId, account, path }) => {
	expect(path).toBe('update → noAction');
	expect(account!.department).toBe('Finance');
	expect(run.decisionsOf(personId)[0]!.changes).toContainEqual(
		expect.objectContaining({ attribute: 'department', from: 'Treasury', to: 'Finance' }),
	);
});
acme('no job role at all', ({ account }) =>
	expect(account).toMatchObject({ jobTitle: 'Founder', department: 'Leadership' }),
);
acme('account with foreign phone, address and attributes', ({ account }) => {
	expect(account!.phoneNumbers!.map((entry) => entry.type).sort()).toEqual([
		'mobile',
		'work',
		'work_fax',
	]);
	expect(account!.addresses!.map((entry) => entry.type).sort()).toEqual(['home', 'work']);
	expect(customAttribute(account!, 'badge')).toBe('B-7');
});
acme('field managed by another directory', ({ personId, account }) => {
	expect(account!.department).toBe('Legacy');
	expect(run.decisionsOf(personId).at(-1)!.warnings.join()).toContain(
		'Department is managed by another directory',
	);
});
acme('demo person of Humaans', ({ personId, account, path }) => {
	expect(path).toBe('noAction');
	expect(codeOf(personId)).toBe('scope.demo');
	expect(account).toBeUndefined();
});
tested.add('linked account, person deleted in Humaans');
it('linked account, person deleted in Humaans', () => {
	const { accountId } = caseOf(sandbox, 'linked account, person deleted in Humaans');
	const account = sandbox.admin.account(accountId) as unknown as Account;
	expect(account).toMatchObject({ state: 'SUSPENDED', suspended: true });
	const confirmed = sandbox.log.find(
		(request) => request.service === 'humaans' && request.path === `/api/people/${linkOf(account)}`,
	)!;
	const suspended = sandbox.log.find(
		(request) => request.method === 'PUT' && request.path.endsWith(accountId),
	)!;
	expect(confirmed.status).toBe(404);
	expect(confirmed.n).toBeLessThan(suspended.n);
});
tested.add('service account, no link');
it('service account, no link', () => {
	const { accountId } = caseOf(sandbox, 'service account, no link');
	expect(sandbox.log.filter((request) => request.path.includes(accountId))).toEqual([]);
});

tested.add('two people report to each other');
it('two people report to each other: managers are set once both accounts exist, and then nothing moves', async () => {
	const state = sandbox.snapshot();
	const template = () =>
		setParameters(apply(loadTemplate('reconcile')), 'What JumpCloud Should Hold', {
			fields: ['firstName', 'lastName', 'workEmail', 'manager'],
		});
	await runTemplate(template(), sandbox);
	const { personId } = caseOf(sandbox, 'two people report to each other');
	const one = sandbox.admin.accountByHumaansId(personId)!;
	const other = sandbox.admin.account(one.manager!)!;
	expect(other.manager).toBe(one._id);
	sandbox.clearLog();
	await runTemplate(template(), sandbox);
	expect(sandbox.writes()).toEqual([]);
	sandbox.restore(state);
});

it('has a test for each labelled case', () => {
	expect(
		sandbox.cases.map((row) => row.label).filter((label) => !tested.has(String(label))),
	).toEqual([]);
	expect(sandbox.cases).toHaveLength(44);
});

describe('the run as a whole', () => {
	it('ends well, with nothing outside the contract', () => {
		expect(run.error).toBeUndefined();
		expect(toldIn(run, 'Needs Review').filter(({ outcome }) => outcome)).toEqual([]);
		expect(sandbox.violations).toEqual([]);
	});

	it('never lets a secret of Humaans in: no item, no request', () => {
		expect(JSON.stringify(run.run.data)).not.toContain('SECRET-');
		expect(
			JSON.stringify(sandbox.log.filter((request) => request.service === 'jumpCloud')),
		).not.toContain('SECRET-');
	});

	it('sends each address at most one mail, and none to an account that is not active', () => {
		const addresses = sandbox.outbox.map((mail) => mail.to);
		expect(new Set(addresses).size).toBe(addresses.length);
		for (const mail of sandbox.outbox)
			expect(sandbox.admin.account(mail.accountId)).toMatchObject({ state: 'ACTIVATED' });
	});

	it('writes nothing the second time', async () => {
		sandbox.clearLog();
		const again = await runTemplate(apply(loadTemplate('reconcile')), sandbox);
		expect(again.error).toBeUndefined();
		expect(sandbox.writes()).toEqual([]);
		expect(
			sandbox.log.map(({ method, path, query }) =>
				[
					method,
					path,
					...Object.entries(query).map(([key, value]) => `${key}=${String(value)}`),
				].join(' '),
			),
		).toEqual([
			'GET /api/token-info',
			'GET /api/people status=all $limit=250 $skip=0',
			'GET /api/job-roles $limit=250 $skip=0',
			'GET /api/locations $limit=250 $skip=0',
			'POST /api/search/systemusers limit=1000 skip=0 sort=_id',
			'GET /api/token-info',
			// Somebody who was deleted, and whether the token's owner would see them.
			expect.stringMatching(/^GET \/api\/people\/\w{24}$/),
			expect.stringMatching(/^GET \/api\/people\/\w{24}$/),
		]);
	});
});
