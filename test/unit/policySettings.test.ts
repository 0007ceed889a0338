/** What the panel can give, which outputs follow from it, and what conditions look at. */
import { NodeHelpers } from 'n8n-workflow';
import { ProvisioningPolicy } from '../../nodes/ProvisioningPolicy/ProvisioningPolicy.node';
import {
	OUTPUTS,
	shownOutputs,
	type OutputParameters,
} from '../../nodes/ProvisioningPolicy/outputs';
import { readSettings } from '../../nodes/core/policy/readSettings';
import { fieldsOfScope, unknownFields } from '../../nodes/core/policy/scopeFields';
import { DEFAULT_SETTINGS } from '../../nodes/core/policy/settings';
import { ACTIONS } from '../../nodes/core/actions';

const read = (parameters: Record<string, unknown> = {}, options: Record<string, unknown> = {}) =>
	readSettings(
		(name) => ({ mode: 'apply', ...parameters })[name],
		(name) => options[name],
	);

describe('settings', () => {
	it('what is absent is the default', () => {
		expect(read()).toEqual(DEFAULT_SETTINGS);
		const nothing = Object.fromEntries(
			[
				'activationTrigger',
				'sendInvite',
				'deprovisionWhen',
				'deprovisionHow',
				'deleteAfterDays',
				'deprovisioningLimit',
			].map((name) => [name, null]),
		);
		expect(
			read(nothing, {
				timezone: '',
				activationHour: '',
				keyOwner: ' ',
				protectedAttribute: '',
				protectedAccounts: null,
			}),
		).toEqual(DEFAULT_SETTINGS);
	});
	it('names come as a text, a number or a list', () => {
		expect(
			read({}, { approvedPlan: 1234567890, protectedAccounts: ['CEO', 'break-glass, x'] }),
		).toMatchObject({
			approvedPlans: new Set(['1234567890']),
			protectedAccounts: new Set(['ceo', 'break-glass', 'x']),
		});
	});
	it('the defaults are those of the design', () => {
		expect(DEFAULT_SETTINGS).toEqual({
			mode: 'apply',
			activationTrigger: 'onStartDate',
			activationHour: 0,
			activationMinute: 0,
			fixedZone: 'UTC',
			sendInvite: true,
			inviteTo: 'personalThenWork',
			createDaysBefore: null,
			deprovisionWhen: ['offboarded', 'deleted'],
			deprovisionHow: 'suspend',
			deleteAfterDays: 30,
			rehire: 'reactivate',
			existingAccounts: 'adopt',
			actionsAllowed: ['create', 'activate', 'update', 'reactivate', 'deprovision', 'delete'],
			includeDemoPeople: false,
			outOfScope: 'leave',
			protectedAccounts: new Set(),
			protectedAttribute: null,
			apiKeyOwner: null,
			limit: { count: 3, percent: 5, holds: 'larger' },
			emailLimit: { count: 3, percent: 5, holds: 'larger' },
			approvedPlans: new Set(),
			explain: false,
		});
	});
	it('a new user sees the five that matter first, and the mode', () => {
		const names = new ProvisioningPolicy().description.properties.map(
			({ displayName }) => displayName,
		);
		expect(names.slice(0, 7)).toEqual([
			'Mode',
			'Activation Trigger',
			'Send Invite Email',
			'Deprovision When',
			'Deprovision How',
			'Days Until Deletion',
			'Deprovisioning Limit',
		]);
	});
	it('the panel of a new node gives the defaults', () => {
		const { description } = new ProvisioningPolicy();
		const parameters = NodeHelpers.getNodeParameters(
			description.properties,
			{},
			true,
			false,
			null,
			description,
		) as Record<string, unknown>;
		expect(
			readSettings(
				(name) => parameters[name],
				() => undefined,
			),
		).toEqual(DEFAULT_SETTINGS);
	});
	it('takes what is given', () => {
		expect(
			read(
				{
					mode: 'review',
					activationTrigger: 'never',
					sendInvite: false,
					deprovisionWhen: ['lastDay'],
					deprovisionHow: 'suspendThenDelete',
					deleteAfterDays: 7,
					deprovisioningLimit: 9,
				},
				{
					activationHour: 23,
					activationMinute: 59,
					timezone: 'Asia/Tokyo',
					inviteTo: 'work',
					createDaysBefore: 0,
					rehire: 'review',
					existingAccounts: 'review',
					actionsAllowed: ['create'],
					includeDemoPeople: true,
					outOfScope: 'suspend',
					protectedAccounts: 'CEO@acme.example, break-glass;\n x  y',
					protectedAttribute: ' breakGlass ',
					keyOwner: ' Admin@acme.example ',
					limitPercent: 2.5,
					limitHolds: 'smaller',
					emailLimit: '4',
					emailLimitPercent: 100,
					approvedPlan: 'ABC, def',
					explain: true,
				},
			),
		).toEqual({
			mode: 'review',
			activationTrigger: 'never',
			sendInvite: false,
			deprovisionWhen: ['lastDay'],
			deprovisionHow: 'suspendThenDelete',
			deleteAfterDays: 7,
			activationHour: 23,
			activationMinute: 59,
			fixedZone: 'Asia/Tokyo',
			inviteTo: 'work',
			createDaysBefore: 0,
			rehire: 'review',
			existingAccounts: 'review',
			actionsAllowed: ['create'],
			includeDemoPeople: true,
			outOfScope: 'suspend',
			protectedAccounts: new Set(['ceo@acme.example', 'break-glass', 'x', 'y']),
			protectedAttribute: 'breakGlass',
			apiKeyOwner: 'admin@acme.example',
			limit: { count: 9, percent: 2.5, holds: 'smaller' },
			emailLimit: { count: 4, percent: 100, holds: 'smaller' },
			approvedPlans: new Set(['abc', 'def']),
			explain: true,
		});
	});
	it.each<[string, Record<string, unknown>, Record<string, unknown>, string]>([
		['Mode', { mode: 'Review' }, {}, 'Choose one of: apply, review.'],
		['Mode', { mode: null }, {}, 'Choose one of: apply, review.'],
		['Mode', { mode: '' }, {}, 'Choose one of: apply, review.'],
		[
			'Activation Trigger',
			{ activationTrigger: 'soon' },
			{},
			'Choose one of: immediately, onStartDate, never.',
		],
		['Send Invite Email', { sendInvite: 'no' }, {}, 'Switch it on or off (true or false).'],
		[
			'Deprovision When',
			{ deprovisionWhen: 'offboarded' },
			{},
			'Choose from: offboarded, deleted, lastDay.',
		],
		[
			'Deprovision When',
			{ deprovisionWhen: ['offboarded', 'fired'] },
			{},
			'Choose from: offboarded, deleted, lastDay.',
		],
		[
			'Deprovision How',
			{ deprovisionHow: 'destroy' },
			{},
			'Choose one of: suspend, delete, suspendThenDelete, review.',
		],
		['Days Until Deletion', { deleteAfterDays: 0 }, {}, 'Give a whole number from 1 to 3650.'],
		[
			'Days Until Deletion',
			{ deleteAfterDays: Number.NaN },
			{},
			'Give a whole number from 1 to 3650.',
		],
		['Days Until Deletion', { deleteAfterDays: 3651 }, {}, 'Give a whole number from 1 to 3650.'],
		[
			'Deprovisioning Limit',
			{ deprovisioningLimit: -1 },
			{},
			'Give a whole number from 0 to 1000000.',
		],
		[
			'Deprovisioning Limit',
			{ deprovisioningLimit: 'many' },
			{},
			'Give a whole number from 0 to 1000000.',
		],
		[
			'Deprovisioning Limit',
			{ deprovisioningLimit: 2.5 },
			{},
			'Give a whole number from 0 to 1000000.',
		],
		[
			'Deprovisioning Limit',
			{ deprovisioningLimit: true },
			{},
			'Give a whole number from 0 to 1000000.',
		],
		['Activation Hour', {}, { activationHour: 24 }, 'Give a whole number from 0 to 23.'],
		['Activation Minute', {}, { activationMinute: 60 }, 'Give a whole number from 0 to 59.'],
		[
			'Time Zone',
			{},
			{ timezone: 'Mars/Olympus' },
			'Give an IANA time zone, for example Europe/London.',
		],
		[
			'Invite Goes To',
			{},
			{ inviteTo: 'home' },
			'Choose one of: personalThenWork, personal, work.',
		],
		[
			'Create at Most So Many Days Before the Start',
			{},
			{ createDaysBefore: -1 },
			'Give a whole number from 0 to 3650.',
		],
		['Rehires', {}, { rehire: 1 }, 'Choose one of: reactivate, review.'],
		['Existing Accounts', {}, { existingAccounts: 'x' }, 'Choose one of: adopt, review.'],
		[
			'Actions Allowed',
			{},
			{ actionsAllowed: ['noAction'] },
			'Choose from: create, activate, update, reactivate, deprovision, delete.',
		],
		['Include Demo People', {}, { includeDemoPeople: 1 }, 'Switch it on or off (true or false).'],
		['People Who Leave the Scope', {}, { outOfScope: 'x' }, 'Choose one of: leave, suspend.'],
		['Limits Hold', {}, { limitHolds: 'x' }, 'Choose one of: larger, smaller.'],
		['Deprovisioning Limit in Percent', {}, { limitPercent: 101 }, 'Give a number from 0 to 100.'],
		['Deprovisioning Limit in Percent', {}, { limitPercent: true }, 'Give a number from 0 to 100.'],
		['Email Change Limit', {}, { emailLimit: -1 }, 'Give a whole number from 0 to 1000000.'],
		[
			'Email Change Limit in Percent',
			{},
			{ emailLimitPercent: 101 },
			'Give a number from 0 to 100.',
		],
		['Explain', {}, { explain: 'yes' }, 'Switch it on or off (true or false).'],
		[
			'Protected Accounts',
			{},
			{ protectedAccounts: { id: 'account1' } },
			'Give a text; several are separated by commas.',
		],
		[
			'Protected Accounts',
			{},
			{ protectedAccounts: ['account1', null] },
			'Give a text; several are separated by commas.',
		],
		['Approved Plan', {}, { approvedPlan: true }, 'Give a text; several are separated by commas.'],
		['Protected Attribute', {}, { protectedAttribute: ['breakGlass'] }, 'Give a text.'],
		['API Key Owner', {}, { keyOwner: { email: 'admin@acme.example' } }, 'Give a text.'],
	])(
		'%s that is none of the choices stops the run and decides nothing',
		(name, parameters, options, todo) => {
			expect(() => read(parameters, options)).toThrow(
				expect.objectContaining({
					name: 'UnusableSetting',
					message: `The setting ${name} cannot be used, so nothing was decided.`,
					todo,
				}),
			);
		},
	);
});

describe('outputs', () => {
	const ids = (parameters: OutputParameters) =>
		shownOutputs(parameters, OUTPUTS).map(({ id }) => id);
	const nine = ACTIONS.map(({ id }) => id);
	const hidden = (options: object = {}, parameters: OutputParameters = {}) =>
		ids({ ...parameters, options: { hideUnusedOutputs: true, ...options } }).filter(
			(id) => id !== 'needsReview' && id !== 'noAction',
		);
	const without = (...left: string[]) => nine.slice(0, 7).filter((id) => !left.includes(id));

	it('are nine by default, whatever the settings, and a tenth for the summary', () => {
		expect(ids({})).toEqual(nine);
		expect(
			ids({ activationTrigger: 'never', deprovisionWhen: [], options: { actionsAllowed: [] } }),
		).toEqual(nine);
		expect(ids({ options: { summaryItem: true } })).toEqual([...nine, 'summary']);
		expect(OUTPUTS.map(({ label }) => label)).toEqual([
			...ACTIONS.map(({ label }) => label),
			'Summary',
		]);
	});
	it.each<[object, OutputParameters, string[]]>([
		[{}, {}, without('delete')],
		[{}, { deprovisionHow: 'suspendThenDelete' }, without()],
		[{}, { deprovisionHow: 'suspendThenDelete', deprovisionWhen: ['lastDay'] }, without()],
		[{}, { deprovisionHow: 'delete' }, without('deprovision')],
		[{ outOfScope: 'suspend' }, { deprovisionHow: 'delete' }, without()],
		[
			{ outOfScope: 'suspend' },
			{ deprovisionHow: 'delete', deprovisionWhen: [] },
			without('delete'),
		],
		[{}, { deprovisionHow: 'review' }, without('deprovision', 'delete')],
		[{}, { deprovisionWhen: [] }, without('deprovision', 'delete')],
		[{}, { deprovisionWhen: [], deprovisionHow: 'delete' }, without('deprovision', 'delete')],
		[{ outOfScope: 'suspend' }, { deprovisionWhen: [] }, without('delete')],
		[{}, { activationTrigger: 'never' }, without('activate', 'waitUntilStart', 'delete')],
		[{}, { activationTrigger: 'immediately' }, without('waitUntilStart', 'delete')],
		[{}, { activationTrigger: 'onStartDate' }, without('delete')],
		[{ rehire: 'review' }, {}, without('reactivate', 'delete')],
		[{ actionsAllowed: ['update'] }, { activationTrigger: 'never' }, ['update']],
		[{ actionsAllowed: ['create', 'deprovision'] }, {}, ['create', 'deprovision']],
		[{ actionsAllowed: ['activate'] }, {}, ['activate', 'waitUntilStart']],
		[{ actionsAllowed: ['reactivate'] }, {}, ['waitUntilStart', 'reactivate']],
	])('hidden with %j and %j: the others', (options, parameters, shown) => {
		expect(hidden(options, parameters)).toEqual(shown);
		expect(
			ids({ ...parameters, options: { hideUnusedOutputs: true, ...options } }).slice(-2),
		).toEqual(['needsReview', 'noAction']);
	});
	it('the expression stands by itself', () => {
		const { outputs } = new ProvisioningPolicy().description;
		const source = String(outputs).replace(/^=\{\{|\}\}$/g, '');
		expect(source).not.toContain('}}');
	});
});

describe('conditions of People in Scope', () => {
	it('name the fields they look at', () => {
		expect(
			fieldsOfScope({
				conditions: [
					{ leftValue: '={{ $json.person.department }}' },
					{ leftValue: '={{ $json.person?.employmentStartDate }}' },
					{
						leftValue:
							'={{ $json["person"].x }} {{ $json.person["contractType"] }} {{ $json.person[\'teams\'] }}',
					},
					{ leftValue: '={{ $json.event }}' },
				],
			}),
		).toEqual({
			names: ['department', 'employmentStartDate', 'x', 'contractType', 'teams'],
			unnamed: false,
		});
		expect(fieldsOfScope(null)).toEqual({ names: [], unnamed: false });
		expect(fieldsOfScope(undefined)).toEqual({ names: [], unnamed: false });
	});
	it.each<[string, string[], boolean]>([
		['$json["person"]["department"]', ['department'], false],
		["$json['person'].department", ['department'], false],
		['$json.person?.["department"]', ['department'], false],
		['$json["person"]?.department', ['department'], false],
		['$json.person.manager.email', ['manager.email'], false],
		['$json.person.manager?.name', ['manager.name'], false],
		['$json.person.customFields["Team A"]', ['customFields.Team A'], false],
		['$json.person.department.toLowerCase()', ['department.toLowerCase'], false],
		['$json.person ? $json.person.department : ""', ['department'], true],
		['(({ department }) => department)($json.person)', [], true],
		['$json.person[$json.event]', [], true],
		['$json.event === "person"', [], false],
	])('%s', (expression, names, unnamed) =>
		expect(
			fieldsOfScope({
				conditions: [
					{
						leftValue: `={{ ${expression} }}`,
						rightValue: 'the person.department of $json.person',
					},
				],
			}),
		).toEqual({ names, unnamed }),
	);
	it('a name or an e-mail beside an ID alone, and a custom field without a value, are not known', () => {
		const fields = [
			'manager.email',
			'manager.id',
			'customFields.Team',
			'customFields.Shift',
			'location.city',
			'department.toLowerCase',
		];
		const person = {
			manager: { id: 'm1', name: null, email: null },
			customFields: { Shift: null },
			location: { id: 'l1', city: null },
			department: 'Sales',
		};
		expect(unknownFields(person, fields)).toEqual(['manager.email', 'customFields.Team']);
		expect(unknownFields({ ...person, manager: null, customFields: {} }, fields)).toEqual([
			'customFields.Team',
			'customFields.Shift',
		]);
		expect(unknownFields({}, fields)).toEqual(fields);
		expect(
			unknownFields({ manager: { id: 'm1', name: 'Bo', email: null } }, [
				'manager.name',
				'manager.email',
			]),
		).toEqual(['manager.email']);
		expect(
			unknownFields({ manager: { id: null, name: null, email: null }, teams: ['a'] }, [
				'manager.name',
				'teams.length',
				'manager',
			]),
		).toEqual([]);
	});
	it('absent is not known, empty is', () =>
		expect(
			unknownFields({ department: null, teams: [] }, ['department', 'teams', 'contractType']),
		).toEqual(['contractType']));
});
