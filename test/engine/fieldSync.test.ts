/**
 * Fields over two and three reconcile runs, with edits on both sides between them. No run may break
 * the contract.
 */
import type { IDataObject } from 'n8n-workflow';
import { customAttribute } from '../../nodes/core/account/link';
import { company, MAPPER } from './smallCompany';

const mapper = (options: IDataObject, more: IDataObject = {}): IDataObject => ({
	options,
	...more,
});
const without = (body: Record<string, unknown> | undefined, ...keys: string[]) =>
	Object.fromEntries(Object.entries(body ?? {}).filter(([key]) => !keys.includes(key)));

it('Only When Changed in Humaans: a hand edit stays over three runs, until that field changes', async () =>
	await company(async ({ sandbox, reconcile, hire, account }) => {
		const rule = { syncRule: 'whenChanged' };
		const ana = hire();
		await reconcile(rule);
		sandbox.admin.setAccount(account(ana)._id, { department: 'Treasury' });
		expect((await reconcile(rule)).bodies).toEqual([]);
		sandbox.admin.change(ana, { jobTitle: 'Lead' });
		expect((await reconcile(rule)).bodies).toEqual([
			{ jobTitle: 'Lead', attributes: expect.anything() },
		]);
		expect(account(ana)).toMatchObject({ department: 'Treasury', jobTitle: 'Lead' });
		sandbox.admin.change(ana, { department: 'Legal' });
		sandbox.admin.setAccount(account(ana)._id, { jobTitle: 'Wizard' });
		expect((await reconcile(rule)).bodies).toEqual([
			{ department: 'Legal', attributes: expect.anything() },
		]);
		expect(account(ana)).toMatchObject({ department: 'Legal', jobTitle: 'Wizard' });
		expect((await reconcile(rule)).bodies).toEqual([]);
	}));

it('each rule, with the field changed in Humaans and edited in JumpCloud between two runs', async () => {
	const ends = {
		always: 'Legal',
		whenChanged: 'Legal',
		fillEmpty: 'Treasury',
		onCreate: 'Treasury',
	};
	for (const [rule, department] of Object.entries(ends)) {
		await company(async ({ sandbox, reconcile, hire, account }) => {
			const ana = hire();
			await reconcile({ syncRule: rule });
			expect(account(ana).department).toBe('Sales');
			sandbox.admin.change(ana, { department: 'Legal' });
			sandbox.admin.setAccount(account(ana)._id, { department: 'Treasury' });
			await reconcile({ syncRule: rule });
			expect(account(ana).department).toBe(department);
			expect((await reconcile({ syncRule: rule })).bodies).toEqual([]);
		});
	}
});

it('one rule for all and another for one field; changes say from, to, rule and why', async () =>
	await company(async ({ sandbox, reconcile, hire, account }) => {
		const settings = mapper({
			fieldRules: { rule: [{ field: 'jobTitle', syncRule: 'fillEmpty' }] },
		});
		const ana = hire();
		await reconcile(settings);
		sandbox.admin.setAccount(account(ana)._id, { jobTitle: '', department: 'Treasury' });
		const { run, bodies } = await reconcile(settings);
		expect(bodies).toEqual([{ jobTitle: 'Engineer', department: 'Sales' }]);
		expect(run.decisionsOf(ana)[0]!.changes).toEqual([
			{
				attribute: 'jobTitle',
				from: null,
				to: 'Engineer',
				rule: 'fillEmpty',
				why: 'empty in JumpCloud',
			},
			{
				attribute: 'department',
				from: 'Treasury',
				to: 'Sales',
				rule: 'always',
				why: 'differs from Humaans',
			},
		]);
	}));

it('phones, addresses and custom attributes of others survive every run, and their order causes no write', async () =>
	await company(async ({ sandbox, reconcile, hire, account }) => {
		const ana = hire({
			phoneNumber: '+351 1',
			address: 'Rua A 1',
			city: 'Porto',
			countryCode: null,
			country: 'Portugal',
		});
		await reconcile();
		const { _id, phoneNumbers, addresses, attributes } = account(ana);
		expect(addresses).toMatchObject([
			{ type: 'home', streetAddress: 'Rua A 1', locality: 'Porto', country: 'PT' },
		]);
		sandbox.admin.setAccount(_id, {
			phoneNumbers: [{ type: 'home', number: '+1 555' }, ...phoneNumbers!],
			addresses: [{ type: 'work', streetAddress: 'Dock 1' }, ...addresses!],
			attributes: [{ name: 'badge', value: '77' }, ...[...attributes!].reverse()],
		});
		expect((await reconcile()).bodies).toEqual([]);
		sandbox.admin.change(ana, { phoneNumber: '+351 2', address: 'Rua B 2' });
		const { bodies } = await reconcile();
		expect(without(bodies[0], 'attributes')).toMatchObject({
			phoneNumbers: [
				{ type: 'home', number: '+1 555' },
				{ type: 'work', number: '+351 2' },
			],
			addresses: [
				{ type: 'work', streetAddress: 'Dock 1' },
				{ type: 'home', streetAddress: 'Rua B 2', locality: 'Porto', country: 'PT' },
			],
		});
		expect(customAttribute(account(ana), 'badge')).toBe('77');
		expect((await reconcile()).bodies).toEqual([]);
	}));

it('an emptied field is kept, then cleared when the switch is on; names never', async () =>
	await company(async ({ sandbox, reconcile, hire, account }) => {
		const ana = hire({ phoneNumber: '+351 1', employeeId: 'E1' });
		await reconcile();
		sandbox.admin.change(ana, { department: null, phoneNumber: null, personalEmail: null });
		expect((await reconcile()).bodies).toEqual([]);
		const { bodies } = await reconcile(mapper({ clearEmpty: true }));
		expect(without(bodies[0], 'attributes')).toEqual({
			department: '',
			phoneNumbers: [],
			alternateEmail: '',
		});
		expect(account(ana)).toMatchObject({ firstname: 'Ana', jobTitle: 'Engineer' });
		expect((await reconcile(mapper({ clearEmpty: true }))).bodies).toEqual([]);
	}));

it('the manager: healed by the next run, in a circle too; a manager who left is cleared or kept', async () =>
	await company(async ({ sandbox, reconcile, hire, account }) => {
		const fields = { fields: ['firstName', 'lastName', 'workEmail', 'manager'] };
		const ana = hire();
		const boss = hire({ reportingTo: ana });
		sandbox.admin.change(ana, { reportingTo: boss });
		await reconcile(fields);
		await reconcile(fields);
		expect([account(ana).manager, account(boss).manager]).toEqual([
			account(boss)._id,
			account(ana)._id,
		]);
		expect((await reconcile(fields)).bodies).toEqual([]);
		sandbox.admin.offboard(boss, '2026-11-20');
		await reconcile(fields);
		expect(account(boss).state).toBe('SUSPENDED');
		expect((await reconcile(fields)).bodies).toEqual([]);
		expect(account(ana).manager).toBe(account(boss)._id);
		const clearing = { ...fields, ...mapper({ clearEmpty: true }) };
		expect((await reconcile(clearing)).bodies).toEqual([
			expect.objectContaining({ manager: null }),
		]);
		expect((await reconcile(clearing)).bodies).toEqual([]);
	}));

it('custom mappings and custom fields, with a hint while they are not read', async () =>
	await company(async ({ sandbox, reconcile, hire, account }) => {
		const ana = hire();
		const speaks = (...value: string[]): void => {
			const state = sandbox.snapshot();
			const idOf = (name: string) => state.customFields.find((field) => field.name === name)!.id;
			sandbox.restore({
				...state,
				customValues: [
					{ id: 'v1', personId: ana, customFieldId: idOf('Languages'), value },
					{ id: 'v2', personId: ana, customFieldId: idOf('Cost centre'), value: 'CC-7' },
				],
			});
		};
		speaks('French', 'English');
		const custom = {
			customMappings: {
				mapping: [
					{
						target: 'custom',
						attributeName: 'languages',
						value: '={{ $json.person.customFields?.Languages }}',
						rule: 'default',
					},
					{
						target: 'description',
						value: '={{ $json.person.firstName }} of {{ $json.person.department }}',
						rule: 'onCreate',
					},
					{ target: 'custom', attributeName: 'not-a-name', value: 'x', rule: 'default' },
				],
			},
		};
		const settings = {
			fields: ['firstName', 'lastName', 'workEmail', 'costCentre'],
			...mapper(custom),
		};
		const first = await reconcile(settings);
		const hints = first.run.run.data.resultData.runData[MAPPER]![0]!.hints ?? [];
		expect(hints.map((hint) => hint.message)).toEqual([
			expect.stringContaining('Add Custom Fields under Options'),
		]);
		expect(account(ana)).toMatchObject({ description: 'Ana of Sales' });
		expect(account(ana).costCenter ?? '').toBe('');
		expect(first.run.decisionsOf(ana)[0]!.warnings).toEqual([
			expect.stringContaining('"not-a-name" is not a custom attribute name'),
		]);

		const include = { options: { include: ['jobRoles', 'locations', 'customFields'] } };
		await reconcile(settings, include);
		expect(account(ana).costCenter).toBe('CC-7');
		expect(customAttribute(account(ana), 'languages')).toBe('English, French');
		speaks('English', 'French');
		expect((await reconcile(settings, include)).bodies).toEqual([]);
		// Not read again: unknown, so nothing is touched.
		expect(
			(await reconcile({ ...settings, ...mapper({ ...custom, clearEmpty: true }) })).bodies,
		).toEqual([]);
	}));

it('a missing work email: left to a person, or made from the name, until Humaans has one', async () =>
	await company(async ({ sandbox, reconcile, hire, account }) => {
		const ana = hire({ firstName: 'Ána', lastName: 'Núñez', email: null });
		const nobody = hire({ firstName: '王', lastName: '伟', email: null });
		expect((await reconcile()).run.path(ana)).toBe('needsReview');
		const settings = mapper({
			missingWorkEmail: 'pattern',
			workEmailPattern: '{first}.{last}',
			workEmailDomain: 'acme.example',
		});
		const { run } = await reconcile(settings);
		expect(account(ana)).toMatchObject({ email: 'ana.nunez@acme.example', username: 'ana.nunez' });
		expect(run.decisionsOf(nobody)[0]).toMatchObject({
			action: 'needsReview',
			code: 'person.unusableField',
		});
		sandbox.admin.setAccount(account(ana)._id, { email: 'ana@acme.example' });
		expect((await reconcile(settings)).bodies).toEqual([]);
		sandbox.admin.change(ana, { email: 'ana.n@acme.example' });
		await reconcile(settings);
		expect(account(ana)).toMatchObject({ email: 'ana.n@acme.example', username: 'ana.nunez' });
		expect((await reconcile(settings)).bodies).toEqual([]);
	}));

it('a restricted field and a value over the limit are reported; the rest goes on', async () =>
	await company(async ({ sandbox, reconcile, hire, account }) => {
		const ana = hire();
		await reconcile();
		sandbox.admin.setAccount(account(ana)._id, {
			restrictedFields: [{ field: 'department', type: 'scim' }],
		});
		sandbox.admin.change(ana, {
			department: 'Legal',
			jobTitle: 'Lead',
			employeeId: 'x'.repeat(300),
		});
		const { run, bodies } = await reconcile();
		expect(without(bodies[0], 'attributes')).toEqual({ jobTitle: 'Lead' });
		expect(run.decisionsOf(ana)[0]!.warnings).toEqual([
			'The Department is managed by another directory in JumpCloud and is left alone.',
			'The value has 300 characters; JumpCloud takes at most 256. It is left as it is.',
		]);
		expect(account(ana)).toMatchObject({ department: 'Sales', employeeIdentifier: 'E1' });
		expect((await reconcile()).bodies).toEqual([]);
	}));

it('a username that is taken gets a number, and never changes afterwards', async () =>
	await company(async ({ sandbox, reconcile, hire, account }) => {
		const settings = mapper({ usernameStrategy: 'firstDotLast' });
		const ana = hire({ lastName: 'Silva' });
		await reconcile(settings);
		const other = hire({ lastName: 'Silva' });
		await reconcile(settings);
		expect([account(ana).username, account(other).username]).toEqual(['ana.silva', 'ana.silva2']);
		sandbox.admin.change(ana, { lastName: 'Costa' });
		await reconcile(settings);
		expect(account(ana)).toMatchObject({ lastname: 'Costa', username: 'ana.silva' });
	}));
