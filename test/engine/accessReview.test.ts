/** access-review on n8n's engine: only reads leave, everybody is in the list, and a half is none. */
import type { IDataObject } from 'n8n-workflow';
import { stampOf } from '../../nodes/core/account/stamp';
import { stateOf } from '../../nodes/core/account/link';
import type { Account } from '../../nodes/core/subject';
import { loadTemplate, nodeOf, runTemplate, type Finished, type Services } from '../harness/engine';
import { caseOf, withSandbox } from '../harness/fixedClock';
import { readCsv } from '../unit/reviewWorld';
import { startSandbox, type Sandbox } from '../sandbox';

interface Asked {
	show: 'Accounts' | 'Evidence of leavers' | 'What will happen';
	date?: string;
	from?: string;
	until?: string;
	ahead?: string;
}
interface Answer {
	title: string;
	html: string;
	/** Rows of the file by column; null: there is no file. */
	file: Array<Record<string, string>> | null;
	fileName: string | undefined;
	run: Finished;
}

function tableOf(csv: string): Array<Record<string, string>> {
	const [columns, ...lines] = readCsv(csv);
	return lines.map((cells) => Object.fromEntries(columns!.map((name, at) => [name, cells[at]!])));
}

/** The form, filled in and sent, and the page that answers. */
async function ask(services: Services, asked: Asked): Promise<Answer> {
	const run = await runTemplate(loadTemplate('access-review'), services, {
		from: 'Ask for a Review',
		items: [
			{
				date: '',
				from: '',
				until: '',
				ahead: '',
				...asked,
				submittedAt: '2026-11-23T12:00:00.000Z',
			},
		],
	});
	expect(run.error).toBeUndefined();
	expect(run.status).toBe('waiting');
	const [withFile] = run.items('Show the Page and the File');
	const [without] = run.items('Say Why Not');
	expect([withFile, without].filter(Boolean)).toHaveLength(1);
	const { title, message } = (withFile ?? without)!.json as { title: string; message: string };
	const data = run.items('Make the File')[0]?.binary?.data;
	const csv = data ? Buffer.from(data.data, 'base64').toString('utf8') : null;
	return {
		...{ title, html: message, run, fileName: data?.fileName },
		file: csv === null ? null : tableOf(csv),
	};
}

/** What left: no request but those that read. A search of accounts is a POST. */
const notReads = (sandbox: Sandbox) =>
	sandbox.log.filter(({ method, path }) => method !== 'GET' && !path.startsWith('/api/search/'));

describe('only reads leave', () => {
	it.each<[string, Asked]>([
		['accounts', { show: 'Accounts' }],
		['accounts on a day to come', { show: 'Accounts', date: '2026-12-24' }],
		['evidence of leavers', { show: 'Evidence of leavers' }],
		['what will happen', { show: 'What will happen', ahead: '2027-11-01' }],
	])(
		'%s',
		async (_what, asked) =>
			await withSandbox(async (sandbox) => {
				const before = JSON.stringify(sandbox.jumpCloud.accounts);
				const { file, title } = await ask(sandbox, asked);
				expect(title).not.toBe('There is no list');
				expect(file!.length).toBeGreaterThan(3);
				expect(sandbox.log.length).toBeGreaterThan(0);
				expect(notReads(sandbox)).toEqual([]);
				expect(sandbox.writes()).toEqual([]);
				expect(sandbox.outbox).toEqual([]);
				expect(JSON.stringify(sandbox.jumpCloud.accounts)).toBe(before);
				expect(sandbox.violations).toEqual([]);
			}),
	);

	it('whatever somebody sets in Decide: with Mode: Apply there is no list, and nothing is written', async () =>
		await withSandbox(async (sandbox) => {
			const template = loadTemplate('access-review');
			nodeOf(template, 'Decide').parameters.mode = 'apply';
			const run = await runTemplate(template, sandbox, {
				from: 'Ask for a Review',
				items: [{ show: 'Accounts', date: '', from: '', until: '', ahead: '' }],
			});
			expect(run.items('Say Why Not')[0]!.json.message).toContain('set Mode to Review Everything');
			expect(notReads(sandbox)).toEqual([]);
		}));
});

describe('accounts', () => {
	it('every account of JumpCloud once, on the page and in the file', async () =>
		await withSandbox(async (sandbox) => {
			const { file, html, fileName, title } = await ask(sandbox, { show: 'Accounts' });
			expect(title).toBe('Who has an account, and why, 23 November 2026');
			expect(fileName).toBe('access-review-accounts.csv');
			const ids = file!.map((row) => row['JumpCloud ID']!);
			expect(ids.sort()).toEqual(sandbox.jumpCloud.accounts.map(({ _id }) => _id).sort());
			for (const { username } of sandbox.jumpCloud.accounts)
				expect(html).toContain(`<td>${username}</td>`);
			expect(html).toContain('<a href="../form/access-review">Back to the form</a>');
		}));

	it('who left and is still active comes first: as many as the sandbox knows', async () =>
		await withSandbox(async (sandbox) => {
			const { file } = await ask(sandbox, { show: 'Accounts' });
			const open = file!.filter((row) => row.Class === 'Left and still active');
			expect(file!.slice(0, open.length)).toEqual(open);
			const { personId, accountId } = caseOf(sandbox, 'offboarded, linked account');
			const { accountId: notLinked } = caseOf(sandbox, 'offboarded, account not linked');
			const ids = open.map((row) => row['JumpCloud ID']);
			expect(ids).toEqual(expect.arrayContaining([accountId, notLinked]));
			expect(open.find((row) => row['Humaans ID'] === personId)!.Why).toMatch(
				/^To do: Suspend the account\. The person is offboarded in Humaans\./,
			);
			for (const row of open) {
				const person = sandbox.humaans.people.find(({ id }) => id === row['Humaans ID']);
				const account = sandbox.admin.account(row['JumpCloud ID']!) as unknown as Account;
				expect([person?.status ?? 'offboarded', stateOf(account)]).toEqual([
					'offboarded',
					'ACTIVATED',
				]);
			}
		}));

	it('a leaver with a second account that is open and not linked: it comes first, and there is no yes', async () =>
		await withSandbox(async (sandbox) => {
			const { personId, accountId } = caseOf(sandbox, 'offboarded, linked account');
			const account = sandbox.admin.account(accountId)!;
			const person = sandbox.humaans.people.find(({ id }) => id === personId)!;
			const lastDay = '2026-11-20';
			sandbox.admin.change(personId, {
				...{ employeeId: 'E-4711', timezone: 'UTC', employmentStartDate: '2020-01-01' },
				...{ employmentEndDate: lastDay, lastWorkingDay: lastDay },
			});
			const stamp = { name: 'humaansDeprovisionedAt', value: '2026-11-21T00:30:00.000Z leaving' };
			sandbox.admin.setAccount(accountId, {
				...{ email: 'old.address@acme.example', employeeIdentifier: '' },
				...{ state: 'SUSPENDED', suspended: true, attributes: [...account.attributes, stamp] },
			} as never);
			const evidence = async () =>
				(await ask(sandbox, { show: 'Evidence of leavers' })).file!.find(
					(row) => row['Humaans ID'] === personId,
				);
			expect(await evidence()).toMatchObject({ 'In Time': 'yes', Hours: '0.5' });
			const second = {
				...structuredClone(account),
				...{ _id: 'f'.repeat(24), id: 'f'.repeat(24), username: 'second.one' },
				...{ email: person.email!, employeeIdentifier: 'E-4711', alternateEmail: '' },
				...{ state: 'ACTIVATED', suspended: false, attributes: [] },
			};
			sandbox.admin.addAccount(second as never);
			const { file } = await ask(sandbox, { show: 'Accounts' });
			const row = file!.find((one) => one['JumpCloud ID'] === second._id)!;
			expect(row).toMatchObject({ Class: 'Left and still active', Account: 'second.one' });
			expect(row.Person).toMatch(/^\(not certain: /);
			expect(row.Why).toContain(personId);
			expect(await evidence()).toMatchObject({
				'In Time': 'no',
				Reason: expect.stringMatching(/^Another account with their work email .*: second\.one\./),
			});
			expect(notReads(sandbox)).toEqual([]);
		}));

	it('run by hand: the rows are items, and no form is waited for', async () =>
		await withSandbox(async (sandbox) => {
			const run = await runTemplate(loadTemplate('access-review'), sandbox);
			expect(run.error).toBeUndefined();
			expect(run.status).toBe('success');
			const rows = run.items('Read the List Here').map(({ json }) => json);
			expect(rows).toHaveLength(sandbox.jumpCloud.accounts.length);
			expect(rows[0]).toMatchObject({ Class: 'Left and still active' });
			expect(notReads(sandbox)).toEqual([]);
		}));

	it('2,000 people: no more calls than two reads of everything', async () =>
		await withSandbox(
			async (sandbox) => {
				sandbox.quirks.searchPageLimit = 1000;
				const { file } = await ask(sandbox, { show: 'Accounts' });
				const accounts = sandbox.jumpCloud.accounts.length;
				expect(file).toHaveLength(accounts);
				const calls = (service: string) =>
					sandbox.log.filter((request) => request.service === service).length;
				// 250 people or job roles a page, one page of places, and who made the token.
				expect(calls('humaans')).toBeLessThanOrEqual(2 * Math.ceil(2000 / 250) + 6);
				// Each page begins with the last account of the one before; the first one is read twice at most.
				expect(calls('jumpCloud')).toBeLessThanOrEqual(Math.ceil(accounts / 999) + 2);
				expect(notReads(sandbox)).toEqual([]);
			},
			{ people: 2000, accounts: true, seed: 18 },
		));
});

describe('evidence of leavers', () => {
	it('of a seeded quarter: what the page says is what stands on the accounts', async () =>
		await withSandbox(
			async (sandbox) => {
				const hoursOf: Record<string, number> = {};
				const people = sandbox.humaans.people.filter(
					({ status, id }) => status === 'active' && sandbox.admin.accountByHumaansId(id),
				);
				// A seeded quarter: a leaver every other day, cut off so many hours after the end of the day.
				people.slice(10, 50).forEach((person, at) => {
					const day = new Date(Date.UTC(2026, 6, 1 + at * 2));
					const lastDay = day.toISOString().slice(0, 10);
					const took = (at * 7) % 40;
					const stamp = new Date(day.getTime() + (24 + took) * 3_600_000).toISOString();
					sandbox.admin.change(person.id, {
						...{ status: 'offboarded', employmentEndDate: lastDay, lastWorkingDay: lastDay },
						...{ employmentStartDate: '2020-01-01', timezone: 'UTC' },
					});
					const account = sandbox.admin.accountByHumaansId(person.id)!;
					sandbox.admin.setAccount(account._id, {
						...{ state: 'SUSPENDED', suspended: true },
						attributes: [
							...account.attributes,
							{ name: 'humaansDeprovisionedAt', value: `${stamp} leaving` },
						],
					} as never);
					hoursOf[person.id] = took;
				});
				const asked: Asked = {
					show: 'Evidence of leavers',
					from: '2026-07-01',
					until: '2026-09-30',
				};
				const { file, html, title } = await ask(sandbox, asked);
				expect(title).toBe('When leavers lost access, 1 July 2026 to 30 September 2026');
				const shown = file!.filter((row) => row.Hours !== '' && row['Access Ended'] !== '');
				expect(
					Object.fromEntries(shown.map((row) => [row['Humaans ID'], Number(row.Hours)])),
				).toEqual(hoursOf);
				for (const row of shown) {
					const account = sandbox.admin.account(row['JumpCloud ID']!) as unknown as Account;
					const [, day, time] = /^(\d+) \w+ \d+ at (\d\d:\d\d)/.exec(row['Access Ended']!)!;
					const at = stampOf(account)!.at.toISOString();
					expect([day!.padStart(2, '0'), time]).toEqual([at.slice(8, 10), at.slice(11, 16)]);
					expect(row['In Time']).toBe(hoursOf[row['Humaans ID']!]! <= 24 ? 'yes' : 'no');
				}
				const late = Object.values(hoursOf).filter((took) => took > 24).length;
				expect(late).toBeGreaterThan(5);
				expect(shown.filter((row) => row['In Time'] === 'no')).toHaveLength(late);
				expect(html).toContain('24 hours are allowed');
			},
			{ people: 200, accounts: true, seed: 7 },
		));
});

describe('no list', () => {
	const why = async (services: Services, asked: Asked = { show: 'Accounts' }) => {
		const { title, html, file, run } = await ask(services, asked);
		expect(title).toBe('There is no list');
		expect(file).toBeNull();
		expect(html).not.toContain('<table');
		expect(run.items('Make the File')).toEqual([]);
		return html;
	};

	it('a token that does not see everybody, a wrong token, a wrong key', async () =>
		await withSandbox(async (sandbox) => {
			const { humaans, jumpCloud } = sandbox;
			expect(await why({ humaans: { ...humaans, token: 'wrong' }, jumpCloud })).toContain(
				'Humaans did not accept the access token',
			);
			expect(await why({ humaans, jumpCloud: { ...jumpCloud, apiKey: 'wrong' } })).toContain(
				'JumpCloud did not accept the API key',
			);
			sandbox.humaans.setToken(['public:read', 'private:read'], undefined, 'user');
			expect(await why(sandbox)).toContain('so it may not show everybody.');
			sandbox.humaans.setToken(['public:read']);
			expect(await why(sandbox)).toMatch(/^<p><strong>[A-Z][^<]+<\/strong><\/p><p>[A-Z]/);
			expect(notReads(sandbox)).toEqual([]);
		}));

	it('a row of JumpCloud without an ID: an account is missing, and nobody can say which', async () =>
		await withSandbox(async (sandbox) => {
			(sandbox.jumpCloud.accounts[5] as unknown as IDataObject)._id = '';
			expect(await why(sandbox)).toMatch(/1 account of JumpCloud could not be read|no ID/);
		}));

	it('an empty company', async () =>
		await withSandbox(async (sandbox) => {
			for (const { id } of [...sandbox.humaans.people]) sandbox.admin.remove(id);
			expect(await why(sandbox)).toMatch(/<strong>[^<]+<\/strong>/);
			expect(notReads(sandbox)).toEqual([]);
		}));

	it.each<[string, Asked, string]>([
		['a date in the past', { show: 'Accounts', date: '2026-11-22' }, 'The date is in the past.'],
		[
			'a date over a year ahead',
			{ show: 'What will happen', ahead: '2027-12-24' },
			'The date is more than a year ahead.',
		],
		[
			'a reversed period',
			{ show: 'Evidence of leavers', from: '2026-09-30', until: '2026-07-01' },
			'The period ends before it begins.',
		],
		[
			'what is no date at all',
			{ show: 'Accounts', date: '<b>soon</b>' },
			'The setting Evaluate As Of cannot be used',
		],
	])(
		'%s',
		async (_what, asked, words) =>
			await withSandbox(async (sandbox) => {
				const html = await why(sandbox, asked);
				expect(html).toContain(words);
				expect(html).not.toContain('<b>');
			}),
	);
});

/** What a page says before anything else, but for the name of the file. */
const firstWordsOf = (html: string): string =>
	/^<p>Your browser has saved [^<]+<\/p><h3>Before you read on<\/h3><p>([^<]+)/.exec(html)?.[1] ??
	'';

it('a company without accounts: the page says that there is nothing, and what will happen', async () =>
	await withSandbox(async (sandbox) => {
		for (const { _id } of [...sandbox.jumpCloud.accounts]) sandbox.admin.removeAccount(_id);
		const { html, file } = await ask(sandbox, { show: 'Accounts' });
		expect(html).toContain('There is nothing to list.');
		expect(firstWordsOf(html)).toMatch(/^JumpCloud gave no account at all\. /);
		expect(file).toEqual([]);
		const ahead = await ask(sandbox, { show: 'What will happen' });
		expect(ahead.file!.filter((row) => row.Action!.startsWith('Create')).length).toBeGreaterThan(
			50,
		);
	}));

it('a token of another company, nothing linked yet: that comes first, before what each account is', async () =>
	await withSandbox(async (sandbox) => {
		const other = await startSandbox({ now: () => new Date(), people: 40, seed: 77 });
		try {
			for (const { _id } of sandbox.jumpCloud.accounts)
				sandbox.admin.setAccount(_id, { attributes: [], employeeIdentifier: '' } as never);
			const services = { humaans: other.humaans, jumpCloud: sandbox.jumpCloud };
			for (const show of ['Accounts', 'Evidence of leavers', 'What will happen'] as const) {
				const { html } = await ask(services, { show });
				expect(firstWordsOf(html)).toMatch(/^Not one of the \d+ accounts fits/);
			}
			const { html } = await ask(sandbox, { show: 'Accounts' });
			expect(html).not.toContain('Before you read on');
		} finally {
			await other.stop();
		}
	}));

it('nothing that people wrote can act: on the page, in the file', async () =>
	await withSandbox(async (sandbox) => {
		const { personId, accountId } = caseOf(sandbox, 'offboarded, linked account');
		const evil = ['<img src=x onerror=alert(1)>', '=cmd()', '+1+1', '-1+1', '@SUM(A1)'];
		const people = sandbox.humaans.people.filter(({ id }) => id !== personId).slice(0, evil.length);
		people.forEach(({ id }, at) =>
			sandbox.admin.change(id, {
				...{ firstName: evil[at]!, lastName: evil[at]!, preferredName: evil[at]! },
			}),
		);
		sandbox.admin.change(personId, { firstName: evil[0]!, preferredName: evil[0]!, lastName: '' });
		sandbox.admin.setAccount(accountId, { department: '=1', username: '=cmd' } as never);
		for (const show of ['Accounts', 'Evidence of leavers', 'What will happen'] as const) {
			const { html, file } = await ask(sandbox, { show, from: '2020-01-01' });
			expect(html).not.toContain('<img');
			const tags = new Set([...html.matchAll(/<\/?([^\s>]+)/g)].map(([, tag]) => tag));
			expect([...tags].sort()).toEqual(
				['a', 'h3', 'li', 'p', 'table', 'tbody', 'td', 'th', 'thead', 'tr', 'ul'].filter((tag) =>
					tags.has(tag),
				),
			);
			for (const row of file!)
				for (const cell of Object.values(row).filter((text) => Number.isNaN(Number(text))))
					expect(cell).not.toMatch(/^\s*[=+\-@]/);
		}
		const { html, file } = await ask(sandbox, { show: 'Accounts' });
		expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
		expect(file!.map((row) => row.Account)).toContain("'=cmd");
	}));
