/**
 * The one table from status and body to a failure: a test a row, and every sentence as it is shown.
 */
import { failureOf } from '../../nodes/services/http/answer';
import { ServiceFailure } from '../../nodes/services/http/failure';
import {
	FAILURE_BY_STATUS,
	FAILURES,
	type FailureKind,
} from '../../nodes/services/http/failureTable';
import { toNodeError } from '../../nodes/n8n/errors';
import type { INode } from 'n8n-workflow';

const ROWS: Array<[number, unknown, FailureKind, 'repeat' | 'stop']> = [
	[301, '', 'redirected', 'stop'],
	[302, '<html>', 'redirected', 'stop'],
	[308, { message: 'moved' }, 'redirected', 'stop'],
	[400, { message: 'User already exists: email is already taken' }, 'duplicate', 'stop'],
	[
		400,
		{ message: 'Validation failed', details: [{ field: 'email is taken' }] },
		'duplicate',
		'stop',
	],
	// F6: words about something else than a value that somebody has.
	[400, { message: 'phone type does not exist' }, 'refused', 'stop'],
	[400, { message: 'Attribute names must be unique' }, 'refused', 'stop'],
	[
		400,
		{
			message: 'Validation failed',
			details: [{ fieldViolationsList: [{ field: 'username', description: 'must be unique' }] }],
		},
		'refused',
		'stop',
	],
	[400, { message: 'username is not valid' }, 'refused', 'stop'],
	[400, '', 'refused', 'stop'],
	[401, { message: 'Unauthorized' }, 'wrongKey', 'stop'],
	[402, { message: 'Payment Required' }, 'paymentRequired', 'stop'],
	[403, { message: 'Forbidden' }, 'notAllowed', 'stop'],
	[403, { message: 'Your IP has been blocked due to suspected abuse' }, 'blocked', 'stop'],
	[403, '<html><body>Your address is banned</body></html>', 'blocked', 'stop'],
	[404, { message: 'Not Found' }, 'notFound', 'stop'],
	[408, '', 'timeout', 'repeat'],
	[409, { message: 'Already Exists' }, 'duplicate', 'stop'],
	[404, '', 'foreign', 'repeat'],
	[404, '<html>default backend - 404</html>', 'foreign', 'repeat'],
	[410, { message: 'User not found' }, 'notFound', 'stop'],
	[410, { message: 'Gone' }, 'foreign', 'repeat'],
	[404, { message: 'no Route matched with those values' }, 'foreign', 'repeat'],
	[410, '', 'foreign', 'repeat'],
	[412, { message: 'Precondition Failed' }, 'changedMeanwhile', 'stop'],
	[413, '', 'refused', 'stop'],
	[422, { error: 'email is already in use' }, 'duplicate', 'stop'],
	[422, { error: 'email must be unique' }, 'refused', 'stop'],
	[422, { error: { message: 'department is too long' } }, 'refused', 'stop'],
	[428, '', 'changedMeanwhile', 'stop'],
	[429, { message: 'Too many requests' }, 'rateLimited', 'repeat'],
	[500, '<html>Internal Server Error</html>', 'unavailable', 'repeat'],
	[502, '', 'unavailable', 'repeat'],
	[503, '<html>', 'unavailable', 'repeat'],
	[504, '', 'unavailable', 'repeat'],
	[599, '', 'unavailable', 'repeat'],
];

it.each(ROWS)('%i %j is %s: %s', (status, body, kind, repeat) => {
	const failure = failureOf('JumpCloud', status, body)!;
	expect([failure.kind, failure.repeatable ? 'repeat' : 'stop']).toEqual([kind, repeat]);
	expect(failure.message).toMatch(/^(JumpCloud|The connection)[^{}]*\.$/);
	expect(failure.todo).toMatch(/^[A-Z][^{}]*\.$/);
});

it.each<[unknown, FailureKind]>([
	[{ id: 'e1', code: 404, name: 'NotFound', message: 'Not found' }, 'notFound'],
	[{ code: 'not-found', name: 'NotFound' }, 'notFound'],
	['default backend - 404', 'foreign'],
	['<html><h1>404</h1></html>', 'foreign'],
	['', 'foreign'],
	[null, 'foreign'],
	[{ message: 'no Route matched with those values' }, 'foreign'],
	[{ status: 404, error: 'Not Found', path: '/api/people/x' }, 'foreign'],
])('only Humaans itself says that somebody is gone: %j is %s', (body, kind) => {
	for (const status of [404, 410]) expect(failureOf('Humaans', status, body)!.kind).toBe(kind);
});

it.each([
	['/login', 'signInPage'],
	['https://console.jumpcloud.com/signin?next=%2Fapi', 'signInPage'],
	['https://console.jumpcloud.com/loginless', 'redirected'],
	['https://elsewhere.example/api/systemusers', 'redirected'],
	[undefined, 'redirected'],
])('a redirect to %j is %s, and is not asked for again', (location, kind) => {
	for (const service of ['Humaans', 'JumpCloud'] as const) {
		const failure = failureOf(service, 302, '', location === undefined ? {} : { location })!;
		expect([failure.kind, failure.repeatable, failure.uncertain]).toEqual([kind, false, false]);
		expect(`${failure.message} ${failure.todo}`).not.toMatch(/elsewhere|next=/);
	}
});

it('every row of the table is used', () => {
	const used = FAILURE_BY_STATUS.filter((row) =>
		ROWS.some(
			([status, , kind]) =>
				kind === row.kind &&
				(typeof row.status === 'number'
					? row.status === status
					: status >= row.status[0] && status <= row.status[1]),
		),
	);
	expect(used).toEqual(FAILURE_BY_STATUS);
});

it.each([200, 201, 204])('%i is good', (status) =>
	expect(failureOf('JumpCloud', status, '')).toBeNull(),
);

it('names the attribute the service complained about, never its value', () => {
	const failure = failureOf('JumpCloud', 400, {
		message: 'alternateEmail ada@home.example is already taken',
	})!;
	expect(failure.attribute).toBe('alternateEmail');
	expect(JSON.stringify([failure, failure.message, failure.todo])).not.toContain('ada@');
});

it('every kind reads as one sentence and one thing to do, with no word n8n asks to avoid', () => {
	for (const kind of Object.keys(FAILURES) as FailureKind[]) {
		for (const service of ['Humaans', 'JumpCloud'] as const) {
			const { message, todo } = new ServiceFailure(service, kind, 400);
			for (const text of [message, todo]) {
				expect(text).toMatch(/^[A-Z].*\.$/);
				expect(text).not.toMatch(/[{}]|error|problem|failure|mistake/i);
			}
		}
	}
	expect(
		Object.fromEntries(
			(Object.keys(FAILURES) as FailureKind[]).map((kind) => [kind, FAILURES[kind].uncertain]),
		),
	).toEqual({
		wrongKey: false,
		wrongServiceAccount: false,
		notAllowed: false,
		blocked: false,
		notFound: false,
		duplicate: false,
		refused: false,
		changedMeanwhile: false,
		paymentRequired: false,
		rateLimited: false,
		signInPage: false,
		redirected: false,
		unavailable: true,
		notJson: true,
		foreign: true,
		network: true,
		timeout: true,
		down: false,
		cancelled: false,
		incomplete: false,
	});
});

it('is shown by n8n with the sentence, the thing to do and the status, and carries nothing of the answer', () => {
	const shown = toNodeError(
		{ name: 'n', type: 't' } as INode,
		failureOf('JumpCloud', 403, { message: 'key 1234 of ada@acme.example' }),
		3,
	);
	expect(shown).toMatchObject({
		message: 'JumpCloud does not let this API key do that (403).',
		description: expect.stringContaining('role'),
		httpCode: '403',
		context: { itemIndex: 3 },
	});
	expect(JSON.stringify(shown)).not.toMatch(/1234|ada@/);
});
