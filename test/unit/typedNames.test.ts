/** Accounts as people type or paste them, for instance into Protected Accounts. */
import { protectedAccountsOf, type Call } from '../../nodes/JumpCloudUser/call';
import { typedNames } from '../../nodes/core/account/typedNames';
import { readSettings } from '../../nodes/core/policy/settings';

const CEO = 'ceo@acme.example';
const namesOf = (value: unknown): string[] => [...typedNames(value)!.names];

it.each([
	CEO,
	`Jane Doe <${CEO}>`,
	`"Doe, Jane" <${CEO}>`,
	`Jane "JD" Doe <${CEO}>`,
	`<${CEO}>;`,
	`"${CEO}"`,
	`“${CEO}”`,
	`'${CEO}',`,
	`mailto:${CEO}`,
	`<MAILTO:${CEO}>`,
	`${CEO}.`,
	`Jane <${CEO}>.`,
	` \u200b${CEO}\ufeff\n`,
])('%s is the address in it', (text) => {
	expect(typedNames(text)).toEqual({ names: new Set([CEO]), wrong: [] });
});

it.each([
	['commas, semicolons, lines and tabs', 'a, b;c\nd\r\n\te\u2028f；g，h'],
	['the entries of a list', ['a', 'b,c', 'd', 'e', 'f', 'g', 'h']],
])('%s separate', (_what, value) => {
	expect(namesOf(value)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']);
});

it('addresses and IDs may have spaces between, because none of them is a word', () => {
	const id = 'a1'.repeat(12);
	expect(typedNames(`${CEO} ${id}  cfo@acme.example`)).toEqual({
		names: new Set([CEO, id, 'cfo@acme.example']),
		wrong: [],
	});
});

it('whatever an account can be called is taken', () => {
	expect(namesOf('josé, break-glass, j.doe., 1234, o’brien@acme.example')).toEqual([
		...['josé', 'break-glass', 'j.doe.', 'j.doe', '1234', 'o’brien@acme.example'],
	]);
	expect(namesOf([1234])).toEqual(['1234']);
	// An address that stands for the name counts too.
	expect(namesOf(`a@acme.example <${CEO}>`)).toEqual(['a@acme.example', CEO]);
});

it.each([
	'Jane Doe',
	`ceo ${CEO}`,
	`<${CEO}> <cfo@acme.example>`,
	`Jane <${CEO}> Smith`,
	'<>',
	'<ceo>>',
	`[${CEO}](mailto:${CEO})`,
	`smtp:${CEO}`,
	'ceo@',
	'@acme.example',
	'*@acme.example',
	'ceo＠acme.example',
	'ceo@acme',
	`"${CEO}, cfo@acme.example"`,
	'break–glass',
	'- ceo',
])('%s can be no account, and that is said', (entry) => {
	expect(typedNames(`${CEO}, ${entry}`)).toEqual({ names: new Set([CEO]), wrong: [2] });
});

it('what is no text is not read, and nothing is nothing', () => {
	expect(typedNames({ id: 'a' })).toBeNull();
	expect(typedNames(['a', null])).toBeNull();
	for (const nothing of ['', ' ', ' ;,\n', '""', '\u200b', []])
		expect(typedNames(nothing)).toEqual({ names: new Set(), wrong: [] });
});

it('a long text takes no long time', () => {
	for (const text of ['"', '<', 'a <', '.', ' ', '"a" ', 'a@'])
		expect(typedNames(text.repeat(50_000 / text.length))).not.toBeNull();
});

describe('where accounts are typed', () => {
	const policy = (options: Record<string, unknown>) =>
		readSettings(
			() => undefined,
			(name) => options[name],
		);
	const node = (protectedAccounts: unknown) =>
		protectedAccountsOf({ options: { protectedAccounts } } as Call);
	const todo =
		'Entry 1, 3 can be neither an ID nor a username nor an email. Write each as the account has ' +
		'it, for example ceo@example.com, and separate them by commas.';

	it('Provisioning Policy and JumpCloud User read them alike, in lower case', () => {
		const text = 'Jane Doe <CEO@acme.example>; Break-Glass';
		const names = new Set([CEO, 'break-glass']);
		expect(policy({ protectedAccounts: text }).protectedAccounts).toEqual(names);
		expect(node(text)).toEqual(names);
		expect(node(undefined)).toEqual(new Set());
	});
	it('an entry that can be no account stops both', () => {
		const text = 'Jane Doe, x, <>';
		expect(() => policy({ protectedAccounts: text })).toThrow(
			expect.objectContaining({ name: 'UnusableSetting', todo }),
		);
		expect(() => node(text)).toThrow(expect.objectContaining({ name: 'Declined', todo }));
		expect(() => node({})).toThrow(expect.objectContaining({ name: 'Declined' }));
	});
	it('the API Key Owner is one account', () => {
		const owner = (keyOwner: unknown) => policy({ keyOwner }).apiKeyOwner;
		expect(owner('Jane Doe <Admin@acme.example>')).toBe('Admin@acme.example');
		expect(owner('""')).toBeNull();
		for (const unusable of ['Jane Doe', 'a, b', 'a@'])
			expect(() => owner(unusable)).toThrow(expect.objectContaining({ name: 'UnusableSetting' }));
	});
});
