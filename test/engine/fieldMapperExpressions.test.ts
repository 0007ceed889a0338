/**
 * S11: an expression that cannot be worked out for one person costs that value of that person, on
 * n8n's own engine and expressions.
 */
import type { IDataObject, INode } from 'n8n-workflow';
import type { Desired, Person } from '../../nodes/core/subject';
import { runTemplate, type Template } from '../harness/engine';

const SERVICES = {
	humaans: { baseUrl: 'http://127.0.0.1:1/api', token: '' },
	jumpCloud: { baseUrl: 'http://127.0.0.1:1', apiKey: '' },
};
const node = (name: string, type: string, parameters = {}): INode => ({
	...{ id: name, name, type, typeVersion: 1, parameters },
	position: [0, 0],
});

/** What Field Mapper makes of these people. */
async function mapped(
	options: IDataObject,
	people: Array<Partial<Person>>,
	more: IDataObject = {},
): Promise<Desired[]> {
	const mapper = node('Mapper', 'n8n-nodes-humaans-jumpcloud.fieldMapper', { options, ...more });
	const template: Template = {
		name: 'one',
		nodes: [node('Run Now', 'n8n-nodes-base.manualTrigger'), mapper],
		connections: { 'Run Now': { main: [[{ node: 'Mapper', type: 'main', index: 0 }]] } },
	};
	const items = people.map((patch, at) => {
		const id = `person${at}`;
		const person = { id, status: 'active', firstName: 'Ana', lastName: 'Silva', ...patch };
		return { personId: id, person: { email: `ana${at}@acme.example`, ...person } };
	});
	const finished = await runTemplate(template, SERVICES, { items });
	if (finished.error) throw finished.error;
	return finished.items('Mapper').map(({ json }) => json.desired as unknown as Desired);
}
const mapping = (...rows: IDataObject[]): IDataObject => ({ customMappings: { mapping: rows } });
const row = (target: string, value: unknown, more: IDataObject = {}): IDataObject => ({
	...{ target, value: value as string, rule: 'default', ...more },
});

const CALL = '={{ $json.person.phoneNumber?.toNumber() }}';
const RULE = '={{ $json.person.phoneNumber.toNumber() > 0 ? "always" : "onCreate" }}';
const OFF = { 'call me': 'call me', nothing: null };

it('S11: one employee’s phone number stops nobody, and costs that value', async () => {
	const rows = mapping(
		row('costCenter', CALL),
		row('description', '={{ $json.person.firstName }}'),
		row('custom', '={{ $json.person.id }}', { attributeName: '={{ "bad" + "ge" }}' }),
	);
	const [good, bad, none] = await mapped(rows, [
		{ phoneNumber: '44' },
		{ phoneNumber: OFF['call me'] },
		{ phoneNumber: OFF.nothing },
	]);
	expect(good!.attributes).toMatchObject({
		...{ costCenter: '44', description: 'Ana', 'attributes.badge': 'person0' },
	});
	expect(bad!.attributes).toMatchObject({ description: 'Ana', 'attributes.badge': 'person1' });
	expect(bad!.attributes).not.toHaveProperty('costCenter');
	expect(bad!.attributes).toMatchObject({ firstname: 'Ana', email: 'ana1@acme.example' });
	expect(bad!.problems).toEqual([
		{
			field: 'costCenter',
			message:
				'The expression mapped onto Cost Center cannot be worked out for this person, so that value is left as it is.',
		},
	]);
	// What yields nothing is unknown, and no problem.
	expect(none!.attributes).not.toHaveProperty('costCenter');
	expect(none!.problems).toEqual([]);
});

it('S11: a mapping that yields nothing is no problem beside one that fails', async () => {
	const rows = mapping(row('costCenter', CALL), row('description', '={{ $json.person.nothing }}'));
	const [bad] = await mapped(rows, [{ phoneNumber: 'call me' }]);
	expect(bad!.problems.map(({ field }) => field)).toEqual(['costCenter']);
	expect(bad!.attributes).not.toHaveProperty('description');
});

it('S11: a work email that cannot be worked out keeps an account from being created', async () => {
	const rows = mapping(row('email', '={{ $json.person.phoneNumber.toNumber() }}'));
	const [bad] = await mapped(rows, [{ phoneNumber: 'call me' }]);
	expect(bad!.problems).toEqual([expect.objectContaining({ field: 'email', blocking: true })]);
	expect(bad!.attributes).not.toHaveProperty('email');
});

it('S11: a username that cannot be worked out is said, and made from the work email', async () => {
	const options = {
		...{ usernameStrategy: 'expression', clearEmpty: true },
		usernameExpression: '={{ $json.person.phoneNumber.toNumber() }}',
	};
	const [bad, good] = await mapped(options, [{ phoneNumber: 'call me' }, { phoneNumber: '7' }]);
	expect(bad!.usernames[0]).toBe('ana0');
	expect(bad!.clearEmpty).toBe(true);
	expect(bad!.problems).toEqual([
		{
			field: 'username',
			message:
				'The expression for the username cannot be worked out for this person, so it is made ' +
				'from the work email or the names.',
		},
	]);
	expect(good!.problems).toEqual([]);
});

it.each([
	['clearEmpty', { clearEmpty: '={{ $json.person.phoneNumber.toNumber() > 0 }}' }],
	[
		'a rule',
		{
			fieldRules: {
				rule: [{ field: 'jobTitle', syncRule: RULE }],
			},
		},
	],
	['the pattern', { workEmailPattern: '={{ $json.person.phoneNumber.toNumber() }}' }],
])(
	'S11: where %s cannot be worked out for somebody, nothing is mapped for them alone',
	async (_what, options) => {
		const [bad, good] = await mapped(options, [{ phoneNumber: 'call me' }, { phoneNumber: '7' }]);
		expect(bad).toMatchObject({
			attributes: {},
			problems: [{ field: 'settings', blocking: true }],
		});
		expect(good!.attributes).toMatchObject({ firstname: 'Ana' });
	},
);
