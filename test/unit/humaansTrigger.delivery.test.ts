import { createHmac } from 'node:crypto';
import { webhookProperties } from '../../nodes/HumaansTrigger/description/webhookProperties';
import {
	isGenuine,
	LIKELY_SIGNATURE,
	markOf,
	personIdOf,
	secretFor,
	type SignatureSettings,
} from '../../nodes/core/watch/delivery';

const NOW = new Date('2026-03-02T09:00:00.000Z');
const RAW = Buffer.from('{"data":{"id":"p1"}}');
const sign = (raw: Buffer, secret = 's3', encoding: 'hex' | 'base64' = 'hex') =>
	createHmac('sha256', secret).update(raw).digest(encoding);
const genuine = (
	headers: Record<string, string | string[]>,
	settings: Partial<SignatureSettings> = {},
	raw: Buffer | undefined = RAW,
	secret = 's3',
) => isGenuine({ raw, headers }, secret, { ...LIKELY_SIGNATURE, ...settings }, NOW);
const HEADER = 'x-humaans-signature';
const TIME = 'x-humaans-timestamp';

describe('a delivery is genuine', () => {
	it.each<[string, Record<string, string>, Partial<SignatureSettings>]>([
		['signed in hex', { [HEADER]: sign(RAW) }, {}],
		['in upper-case hex', { [HEADER]: sign(RAW).toUpperCase() }, {}],
		['in base64', { [HEADER]: sign(RAW, 's3', 'base64') }, { encoding: 'base64' }],
		['with a prefix', { [HEADER]: `sha256=${sign(RAW)}` }, { prefix: 'sha256=' }],
		['in another header', { 'x-hook': sign(RAW) }, { signatureHeader: 'X-Hook' }],
		[
			'sent four minutes ago, in seconds',
			{ [HEADER]: sign(RAW), [TIME]: String(NOW.getTime() / 1000 - 240) },
			{},
		],
		['in milliseconds', { [HEADER]: sign(RAW), [TIME]: String(NOW.getTime() - 240_000) }, {}],
		['as a date', { [HEADER]: sign(RAW), [TIME]: '2026-03-02T08:56:00Z' }, {}],
		[
			'old, but nobody asked for the time',
			{ [HEADER]: sign(RAW), [TIME]: '2020-01-01T00:00:00Z' },
			{ timestampHeader: '' },
		],
	])('%s', (_what, headers, settings) => expect(genuine(headers, settings)).toBe(true));
});

describe('a delivery is refused', () => {
	it.each<[string, Record<string, string | string[]>, Partial<SignatureSettings>]>([
		['without a signature', {}, {}],
		['with an empty one', { [HEADER]: '' }, {}],
		['with two', { [HEADER]: [sign(RAW), sign(RAW)] }, {}],
		['signed with another secret', { [HEADER]: sign(RAW, 'other') }, {}],
		['signed over another body', { [HEADER]: sign(Buffer.from('{"data":{"id":"p2"}}')) }, {}],
		[
			'signed over the same JSON written differently',
			{ [HEADER]: sign(Buffer.from('{ "data": { "id": "p1" } }')) },
			{},
		],
		['with something after the signature', { [HEADER]: `${sign(RAW)}00` }, {}],
		['with half of it', { [HEADER]: sign(RAW).slice(0, 32) }, {}],
		['without the prefix that is due', { [HEADER]: sign(RAW) }, { prefix: 'sha256=' }],
		['in the other encoding', { [HEADER]: sign(RAW, 's3', 'base64') }, {}],
		['sent six minutes ago', { [HEADER]: sign(RAW), [TIME]: '2026-03-02T08:54:00Z' }, {}],
		['sent in six minutes', { [HEADER]: sign(RAW), [TIME]: '2026-03-02T09:06:00Z' }, {}],
		['sent at a time nobody can read', { [HEADER]: sign(RAW), [TIME]: 'yesterday' }, {}],
	])('%s', (_what, headers, settings) => expect(genuine(headers, settings)).toBe(false));

	it('when there is no secret, whatever it is signed with', () =>
		expect(genuine({ [HEADER]: sign(RAW, '') }, {}, RAW, '')).toBe(false));
	it('when there is no body', () =>
		expect(
			isGenuine({ raw: undefined, headers: { [HEADER]: sign(RAW) } }, 's3', LIKELY_SIGNATURE, NOW),
		).toBe(false));
});

const PERSON = 'person1'.padEnd(24, '0');
it.each([
	['data.id', { data: { id: PERSON } }, PERSON],
	['data.personId', { data: { personId: PERSON } }, PERSON],
	['personId', { personId: PERSON }, PERSON],
	[
		'the person before the object',
		{ data: { id: 'role7'.padEnd(24, '0'), personId: PERSON } },
		PERSON,
	],
	['what can be no ID before one that can', { data: { id: PERSON }, personId: 'me' }, PERSON],
	['a word', { data: { id: 'me' }, personId: 'Grace' }, null],
	['no id', { event: 'person.updated' }, null],
	['an id that is none', { data: { id: '../me' } }, null],
	['a number', { data: { id: 7 } }, null],
	['data that is null', { data: null }, null],
	['a list', [1], null],
	['null', null, null],
])('whom it is about: %s', (_what, body, id) =>
	expect(personIdOf(Buffer.from(JSON.stringify(body)))).toBe(id),
);
it('whom it is about: not JSON', () => expect(personIdOf(Buffer.from('<x/>'))).toBeNull());

it('a secret depends on the token and the address, and its mark does not tell it', () => {
	const secret = secretFor('token', 'https://a.example/hook');
	expect(
		new Set([
			secret,
			secretFor('token', 'https://b.example/hook'),
			secretFor('other', 'https://a.example/hook'),
		]).size,
	).toBe(3);
	expect(secret).not.toContain(markOf(secret));
});

it('the options have the likely settings as their defaults', () => {
	const { options } = webhookProperties.find(({ name }) => name === 'webhookOptions')!;
	expect(
		Object.fromEntries(
			options!.map((option) => [option.name, (option as { default: unknown }).default]),
		),
	).toEqual(LIKELY_SIGNATURE);
});
