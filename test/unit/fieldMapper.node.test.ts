/** The node: parameters in, items and hints out, and a panel whose hints fit its settings. */
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { hints } from '../../nodes/FieldMapper/description/hints';
import { properties } from '../../nodes/FieldMapper/description/properties';
import { FieldMapper } from '../../nodes/FieldMapper/FieldMapper.node';
import { DEFAULT_FIELD_IDS, FIELDS } from '../../nodes/core/mapping/fields';
import { CUSTOM_TARGETS } from '../../nodes/core/mapping/targets';
import type { Subject } from '../../nodes/core/subject';
import { ana } from './fieldMapperPeople';

const DEFAULTS: IDataObject = { fields: [...DEFAULT_FIELD_IDS], syncRule: 'always', options: {} };

async function run(
	items: Subject[],
	parameters: IDataObject = {},
	read = (_name: string, _place: number): unknown => undefined,
): Promise<{ items: INodeExecutionData[]; hints: string[] }> {
	const said: string[] = [];
	const all = { ...DEFAULTS, ...parameters };
	const context = {
		getInputData: () => items.map((json) => ({ json })),
		getNodeParameter: (name: string, place: number) => read(name, place) ?? all[name],
		getNode: () => ({ name: 'Field Mapper' }),
		continueOnFail: () => false,
		addExecutionHints: (...added: Array<{ message: string }>) =>
			said.push(...added.map((hint) => hint.message)),
	} as unknown as IExecuteFunctions;
	const [out] = await new FieldMapper().execute.call(context);
	return { items: out!, hints: said };
}
const desiredOf = async (parameters: IDataObject, person = ana()) =>
	(await run([{ personId: person.id, person }], parameters)).items[0]!.json
		.desired as unknown as NonNullable<Subject['desired']>;

it('gives each person what their account should hold; a subject without a person passes', async () => {
	const { items, hints: said } = await run([
		{ personId: 'a', person: ana() },
		{ personId: 'gone', person: null },
	]);
	expect(items[0]!.json).toMatchObject({
		personId: 'a',
		desired: {
			attributes: { firstname: 'Ana' },
			rules: { firstname: 'always' },
			clearEmpty: false,
			usernames: expect.arrayContaining(['ana.silva']),
		},
	});
	expect(items[1]).toEqual({ json: { personId: 'gone', person: null }, pairedItem: { item: 1 } });
	expect(said).toEqual([]);
});
it('S11: a setting that cannot be worked out for one person stops that person alone', async () => {
	const people = ['a', 'b'].map((personId) => ({ personId, person: ana() }));
	const { items } = await run(people, {}, (name, place) => {
		if (name === 'syncRule' && place === 0) throw new Error('cannot convert to number');
		return undefined;
	});
	const [failed, mapped] = items.map(({ json }) => (json as Subject).desired!);
	expect(failed).toMatchObject({
		attributes: {},
		problems: [{ field: 'settings', blocking: true }],
	});
	expect(mapped).toMatchObject({ attributes: { firstname: 'Ana' }, problems: [] });
});
it('reads its options', async () => {
	const options = {
		clearEmpty: true,
		fieldRules: { rule: [{ field: 'firstName', syncRule: 'onCreate' }] },
		usernameStrategy: 'expression',
		usernameExpression: 'x'.repeat(40),
		usernameForWindows: true,
		customMappings: {
			mapping: [
				{ target: 'custom', attributeName: ' badge ', value: '7', rule: 'fillEmpty' },
				{ target: 'custom', value: '7', rule: 'default' },
				{ target: 'description', attributeName: 'ignored', value: 'd', rule: 'default' },
			],
		},
	};
	expect(await desiredOf({ options, syncRule: 'whenChanged', fields: ['firstName'] })).toEqual({
		attributes: { firstname: 'Ana', 'attributes.badge': '7', description: 'd' },
		rules: { firstname: 'onCreate', 'attributes.badge': 'fillEmpty', description: 'whenChanged' },
		usernames: expect.arrayContaining(['x'.repeat(20)]),
		clearEmpty: true,
		problems: [{ field: 'attributes.', message: 'A custom mapping has no attribute name.' }],
	});
	const missing = ana({ email: null });
	expect((await desiredOf({}, missing)).attributes.email).toBeNull();
	expect(
		(
			await desiredOf(
				{ options: { missingWorkEmail: 'pattern', workEmailDomain: 'acme.example' } },
				missing,
			)
		).attributes.email,
	).toBe('ana.silva@acme.example');
	expect(
		(
			await desiredOf(
				{
					options: {
						missingWorkEmail: 'pattern',
						workEmailDomain: 'acme.example',
						workEmailPattern: '{f}{last}',
					},
				},
				missing,
			)
		).attributes.email,
	).toBe('asilva@acme.example');
	expect(
		(await desiredOf({ options: { missingWorkEmail: 'pattern' } }, missing)).problems,
	).toMatchObject([{ blocking: true }]);
});
it.each<[string, IDataObject]>([
	['a rule for all', { syncRule: 'sometimes' }],
	[
		'a rule of one field',
		{ options: { fieldRules: { rule: [{ field: 'jobTitle', syncRule: '' }] } } },
	],
	[
		'a rule of a mapping',
		{ options: { customMappings: { mapping: [{ target: 'company', value: 'x', rule: 'no' }] } } },
	],
	['fields that are no list', { fields: 'firstName' }],
])('S16: %s that is none maps nothing, and says so', async (_what, parameters) =>
	expect(await desiredOf(parameters)).toMatchObject({
		attributes: {},
		problems: [{ field: 'settings', blocking: true }],
	}),
);
it('S16: a mapping onto something odd is a problem of that mapping, and a text empties nothing', async () => {
	const rows = [undefined, 7, null].map((target) => ({ target, value: 'x', rule: 'default' }));
	const named = { target: 'custom', attributeName: 7, value: 'x', rule: 'default' };
	const mapping = [...rows, named] as unknown as IDataObject[];
	const options = { clearEmpty: 'false', customMappings: { mapping } };
	const { attributes, clearEmpty, problems } = await desiredOf({ options });
	expect(attributes).toMatchObject({ firstname: 'Ana', 'attributes.7': 'x' });
	expect(clearEmpty).toBe(false);
	expect(problems.map(({ field }) => field)).toEqual(['undefined', '7', 'null']);
});
it('S16: a domain or pattern of an odd kind stops nobody', async () => {
	for (const odd of [7, true, {}, null]) {
		const options = { missingWorkEmail: 'pattern', workEmailDomain: odd, workEmailPattern: odd };
		const { attributes } = await desiredOf({ options: options as IDataObject });
		expect(attributes.email).toBe('ana.silva@acme.example');
	}
});
it('says after a run that a ticked field was not read', async () => {
	expect((await run([{ personId: 'a', person: ana() }], { fields: ['costCentre'] })).hints).toEqual(
		[expect.stringContaining('Cost Center is ticked, and was not read')],
	);
	const mapped = {
		customMappings: { mapping: [{ target: 'costCenter', value: '7', rule: 'default' }] },
	};
	expect(
		(await run([{ personId: 'a', person: ana() }], { fields: ['costCentre'], options: mapped }))
			.hints,
	).toEqual([]);
});

describe('the panel', () => {
	const options = properties.find(({ name }) => name === 'options')!.options as INodeProperties[];
	it('shows three settings, and the rest under Options', () =>
		expect(properties.map(({ displayName }) => displayName)).toEqual([
			'Fields to Sync',
			'Sync Rule',
			'Options',
		]));
	it('offers every field and every attribute of the tables', () => {
		expect(
			(properties[0]!.options as Array<{ value: string }>).map(({ value }) => value).sort(),
		).toEqual(FIELDS.map(({ id }) => id).sort());
		expect(properties[0]!.default).toEqual(DEFAULT_FIELD_IDS);
		const mapping = (
			options.find(({ name }) => name === 'customMappings')!.options as Array<{
				values: INodeProperties[];
			}>
		)[0]!.values;
		expect(
			(mapping.find(({ name }) => name === 'target')!.options as Array<{ value: string }>)
				.map(({ value }) => value)
				.sort(),
		).toEqual([...CUSTOM_TARGETS.keys(), 'custom'].sort());
	});
	it('has no word of a password but that there is none to map', () =>
		expect(JSON.stringify(properties).match(/[^.]*password[^.]*\./gi)).toEqual([
			expect.stringContaining('Passwords cannot be mapped'),
		]));

	/** The hints that n8n would show for these parameters: it evaluates the same expression. */
	const shown = (parameters: IDataObject) =>
		hints
			.filter(({ displayCondition }) => {
				const expression = displayCondition!.replace(/^=\{\{|\}\}$/g, '');
				return (
					new Function('$parameter', `return (${expression});`)({ ...DEFAULTS, ...parameters }) ===
					true
				);
			})
			.map(({ message }) => message);
	it('says nothing about settings that work', () => {
		expect(shown({})).toEqual([]);
		expect(shown({ options: undefined })).toEqual([]);
		expect(
			shown({
				options: {
					usernameStrategy: 'expression',
					usernameExpression: 'x',
					missingWorkEmail: 'pattern',
					workEmailDomain: 'a.example',
					fieldRules: { rule: [{ field: 'jobTitle', syncRule: 'onCreate' }] },
					clearEmpty: true,
				},
			}),
		).toEqual([]);
	});
	it.each<[string, IDataObject]>([
		['No field is ticked', { fields: [] }],
		['Work Email is not ticked', { fields: ['firstName'] }],
		[
			"Company and Cost Center come from Humaans' custom fields",
			{ fields: ['workEmail', 'costCentre'] },
		],
		[
			'Username is set to Expression, and Username Expression is empty',
			{ options: { usernameStrategy: 'expression' } },
		],
		['Username Expression has no effect', { options: { usernameExpression: 'x' } }],
		[
			'Missing work emails are to be made from the name, and Work Email Domain is empty',
			{ options: { missingWorkEmail: 'pattern' } },
		],
		['Work Email Domain has no effect', { options: { workEmailDomain: 'a.example' } }],
		[
			'A rule is set for a field that is not ticked',
			{ options: { fieldRules: { rule: [{ field: 'manager', syncRule: 'always' }] } } },
		],
		['Clear Empty Values has no effect', { syncRule: 'onCreate', options: { clearEmpty: true } }],
	])('%s', (message, parameters) =>
		expect(shown(parameters)).toEqual([expect.stringContaining(message)]),
	);
	it('a mapped email is as good as a ticked one', () =>
		expect(
			shown({
				fields: ['firstName'],
				options: { customMappings: { mapping: [{ target: 'email' }] } },
			}),
		).toEqual([]));
});
