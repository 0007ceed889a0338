/**
 * Nothing that is somebody's, and no token or key, in what n8n stores and shows beside the items:
 * errors, hints, logs, what triggers remember.
 */
import type { FaultKind, Sandbox, Service } from '../sandbox';
import { apply, loadTemplate, runTemplate, type Finished } from '../harness/engine';
import { withSandbox } from '../harness/fixedClock';
import { publishedTrigger, WEBHOOKS_AS_ASKED } from '../harness/humaansOverHttp';
import { sampled } from '../harness/sample';

const SHORTEST = 4;
/** Words that people and messages share: places, departments, days. */
const COMMON_WORDS = [
	...['active', 'newHire', 'offboarded', 'user', 'owner', 'admin', 'remote', 'full-time'],
	...['Sales', 'Product', 'Engineering', 'Finance', 'People', 'London', 'Berlin', 'United Kingdom'],
	...['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
];
const COMMON = new RegExp(`^(${COMMON_WORDS.join('|')})$`, 'i');

/** All that belongs to somebody in either service, and what opens both. */
function secretsOf(sandbox: Sandbox): string[] {
	const personal = sandbox.humaans.people.flatMap(
		({
			id,
			firstName,
			middleName,
			lastName,
			preferredName,
			email,
			personalEmail,
			phoneNumber,
			personalPhoneNumber,
			address,
			postcode,
			employeeId,
			taxId,
			calendarFeedToken,
		}) => [
			id,
			firstName,
			middleName,
			lastName,
			preferredName,
			email,
			personalEmail,
			phoneNumber,
			personalPhoneNumber,
			address,
			postcode,
			employeeId,
			taxId,
			calendarFeedToken,
		],
	);
	const accounts = sandbox.jumpCloud.accounts.flatMap(
		({ _id, username, email, alternateEmail }) => [_id, username, email, alternateEmail],
	);
	const values = [...personal, ...accounts, sandbox.humaans.token, sandbox.jumpCloud.apiKey]
		.filter((value): value is string => typeof value === 'string')
		.map((value) => value.trim());
	return [...new Set(values)].filter((value) => value.length >= SHORTEST && !COMMON.test(value));
}

/** Everything in an error that can be stored or shown, whichever way it is reached. */
function textsOf(value: unknown, seen = new Set<unknown>()): string[] {
	if (typeof value === 'string') return [value];
	if (value === null || typeof value !== 'object' || seen.has(value)) return [];
	seen.add(value);
	// A node in an error is the workflow's own.
	return Object.getOwnPropertyNames(value)
		.filter((key) => key !== 'node')
		.flatMap((key) => textsOf((value as Record<string, unknown>)[key], seen));
}

function storedBeside({ run }: Finished): string[] {
	const { error, runData } = run.data.resultData;
	const runs = Object.values(runData).flat();
	const failed = runs
		.flatMap(({ data }) => (data?.main ?? []).flatMap((items) => items ?? []))
		.map(({ json }) => [json.error, json.details]);
	return [
		...textsOf(error),
		...runs.flatMap((one) => [...textsOf(one.error), ...textsOf(one.hints)]),
		...textsOf(failed),
	];
}

const found = (texts: readonly string[], secrets: readonly string[]): string[] => {
	const all = texts.join('\n');
	return secrets.filter((secret) =>
		new RegExp(`(?<![\\w@.-])${secret.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w@-])`).test(
			all,
		),
	);
};

let written: string[];
beforeEach(() => {
	written = [];
	for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const)
		jest
			.spyOn(console, method)
			.mockImplementation(
				(...parts: unknown[]) => void written.push(...parts.flatMap((part) => textsOf(part))),
			);
	// n8n's log goes to the streams of the console, which are others in Jest.
	const { _stdout, _stderr } = console as unknown as Record<
		'_stdout' | '_stderr',
		NodeJS.WriteStream
	>;
	for (const stream of [process.stdout, process.stderr, _stdout, _stderr])
		jest.spyOn(stream, 'write').mockImplementation((part) => written.push(String(part)) > 0);
});
afterEach(() => jest.restoreAllMocks());

const FAULTS: Array<[Service, FaultKind, object]> = [
	['humaans', '401', { times: Infinity }],
	['humaans', '404-text', { path: '/people/', times: Infinity }],
	['humaans', '403', { times: Infinity }],
	['humaans', 'html-200', { times: Infinity }],
	['humaans', 'cut-mid-body', { skip: 4, times: Infinity }],
	['humaans', 'truncated-json', { skip: 2, times: Infinity }],
	['humaans', '500-html', { skip: 3, times: Infinity }],
	['jumpCloud', '401', { skip: 3, times: Infinity }],
	['jumpCloud', '403', { skip: 5, times: Infinity }],
	['jumpCloud', 'html-200', { method: 'POST', times: 40 }],
	['jumpCloud', 'cut-mid-body', { method: 'PUT', times: 40 }],
	['jumpCloud', 'truncated-json', { skip: 2, times: 30 }],
	['jumpCloud', '500-after-apply', { method: 'POST', times: 20 }],
];

it.each(sampled(FAULTS, 4))(
	'%s, %s',
	async (service, kind, more) =>
		await withSandbox(
			async (sandbox) => {
				sandbox.faults.add({ service, kind, ...more });
				const run = await runTemplate(apply(loadTemplate('reconcile')), sandbox);
				const texts = storedBeside(run);
				expect(texts.length).toBeGreaterThan(0);
				expect(found([...texts, ...written], secretsOf(sandbox))).toEqual([]);
			},
			// What JumpCloud says of a conflict repeats what was sent.
			{ quirks: { duplicateMessage: 'details', takenElsewhere: ['mateo.lindqvist@acme.example'] } },
		),
	120_000,
);

it('the check itself sees what leaks', async () =>
	await withSandbox(async (sandbox) => {
		const { email } = sandbox.humaans.people.find((person) => person.email)!;
		const error = Object.assign(new Error('it failed'), {
			context: { data: { message: `There is ${email} already.` } },
		});
		expect(found(textsOf(error), secretsOf(sandbox))).toContain(email);
		expect(
			found(
				['The key is sandbox-jumpcloud-key.'],
				[sandbox.jumpCloud.apiKey, 'sandbox-jumpcloud-key'],
			),
		).not.toEqual([]);
	}));

it('what the trigger remembers holds ids and no value', async () =>
	await withSandbox(
		async (sandbox) => {
			sandbox.humaans.setToken(['public:read', 'private:read', 'webhooks:manage']);
			const trigger = await publishedTrigger(sandbox, { options: { includeCustomFields: true } });
			try {
				await trigger.activate();
				sandbox.admin.change(sandbox.humaans.people[5]!.id, { city: 'Porto' });
				await trigger.settled();
				const kept = JSON.stringify(trigger.saved());
				expect(kept.length).toBeGreaterThan(1000);
				const ids = new Set(sandbox.humaans.people.map(({ id }) => id));
				expect(
					found(
						[kept],
						secretsOf(sandbox).filter((value) => !ids.has(value)),
					),
				).toEqual([]);
				expect(kept).not.toContain(sandbox.humaans.webhooks[0]!.secret);
			} finally {
				await trigger.stop();
			}
		},
		{ quirks: WEBHOOKS_AS_ASKED },
	));
