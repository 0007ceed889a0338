/** What the panel can give, and what it means. */
import { NodeHelpers } from 'n8n-workflow';
import { ProvisioningPolicy } from '../../nodes/ProvisioningPolicy/ProvisioningPolicy.node';
import { DEFAULT_SETTINGS, readSettings } from '../../nodes/core/policy/settings';

const read = (parameters: Record<string, unknown> = {}, options: Record<string, unknown> = {}) =>
	readSettings(
		(name) => parameters[name],
		(name) => options[name],
	);

describe('settings', () => {
	it('what is absent is the default', () => {
		expect(read()).toEqual(DEFAULT_SETTINGS);
		const nothing = Object.fromEntries(
			[
				'mode',
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
	it('F4: names and texts are taken as people read them', () => {
		const pasted = read(
			{},
			{
				protectedAccounts: '\u200bceo@acme.example\u200b, jose\u0301',
				keyOwner: 'admin@acme.example\ufeff',
				protectedAttribute: '\u00adbreakGlass',
			},
		);
		expect(pasted).toMatchObject({
			protectedAccounts: new Set(['ceo@acme.example', 'jos\u00e9']),
			apiKeyOwner: 'admin@acme.example',
			protectedAttribute: 'breakGlass',
		});
		expect(read({}, { keyOwner: '\u200b' }).apiKeyOwner).toBeNull();
	});
	it('the defaults are those of the design', () => {
		expect(DEFAULT_SETTINGS).toEqual({
			mode: 'review',
			activationTrigger: 'onStartDate',
			activateNewHires: false,
			activationHour: 0,
			activationMinute: 0,
			fixedZone: 'UTC',
			sendInvite: true,
			inviteTo: 'personalThenWork',
			createDaysBefore: null,
			deprovisionWhen: ['offboarded', 'deleted'],
			deprovisionHow: 'suspend',
			deleteAfterDays: 30,
			lastDayToCome: 'wait',
			rehire: 'reactivate',
			existingAccounts: 'adopt',
			actionsAllowed: ['create', 'activate', 'update', 'reactivate', 'deprovision', 'delete'],
			includeDemoPeople: false,
			outOfScope: 'leave',
			protectedAccounts: new Set(),
			protectedAttribute: null,
			apiKeyOwner: null,
			deprovisioningLimit: 3,
			limitPercent: 5,
			limitHolds: 'larger',
			emailLimit: 3,
			emailLimitPercent: 5,
			approvedPlans: new Set(),
			onlyApprovedPlans: false,
			evaluateAsOf: null,
			accessReview: 'none',
			reviewFrom: null,
			reviewUntil: null,
			hoursAllowed: 24,
			explain: false,
			summaryItem: false,
			hideUnusedOutputs: false,
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
					protectedAccounts: 'CEO@acme.example, break-glass;\n x\n\n y',
					protectedAttribute: ' breakGlass ',
					keyOwner: ' Admin@acme.example ',
					limitPercent: 2.5,
					limitHolds: 'smaller',
					emailLimit: '4',
					emailLimitPercent: 100,
					approvedPlan: 'ABC, def',
					onlyApprovedPlans: true,
					explain: true,
					activateNewHires: true,
					lastDayToCome: 'deprovision',
					evaluateAsOf: '2026-12-01T09:00:00',
					accessReview: 'leavers',
					reviewFrom: '2026-07-01',
					reviewUntil: '2026-09-30',
					hoursAllowed: 4,
					summaryItem: true,
					hideUnusedOutputs: true,
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
			apiKeyOwner: 'Admin@acme.example',
			deprovisioningLimit: 9,
			limitPercent: 2.5,
			limitHolds: 'smaller',
			emailLimit: 4,
			emailLimitPercent: 100,
			approvedPlans: new Set(['abc', 'def']),
			onlyApprovedPlans: true,
			explain: true,
			activateNewHires: true,
			lastDayToCome: 'deprovision',
			evaluateAsOf: '2026-12-01T09:00:00',
			accessReview: 'leavers',
			reviewFrom: '2026-07-01',
			reviewUntil: '2026-09-30',
			hoursAllowed: 4,
			summaryItem: true,
			hideUnusedOutputs: true,
		});
	});
	it.each<[string, Record<string, unknown>, Record<string, unknown>, string]>([
		['Mode', { mode: 'Review' }, {}, 'Choose one of: review, apply.'],
		[
			'Activation Trigger',
			{ activationTrigger: 'soon' },
			{},
			'Choose one of: immediately, never, onStartDate.',
		],
		['Send Invite Email', { sendInvite: 'no' }, {}, 'Switch it on or off (true or false).'],
		[
			'Deprovision When',
			{ deprovisionWhen: 'offboarded' },
			{},
			'Choose from: deleted, lastDay, offboarded.',
		],
		[
			'Deprovision When',
			{ deprovisionWhen: ['offboarded', 'fired'] },
			{},
			'Choose from: deleted, lastDay, offboarded.',
		],
		[
			'Deprovision How',
			{ deprovisionHow: 'destroy' },
			{},
			'Choose one of: delete, review, suspend, suspendThenDelete.',
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
			'Choose one of: personal, personalThenWork, work.',
		],
		[
			'Create Days Before Start',
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
			'Choose from: activate, create, delete, reactivate, deprovision, update.',
		],
		['Include Demo People', {}, { includeDemoPeople: 1 }, 'Switch it on or off (true or false).'],
		['People Who Leave the Scope', {}, { outOfScope: 'x' }, 'Choose one of: leave, suspend.'],
		['When Both Limits Are Set', {}, { limitHolds: 'x' }, 'Choose one of: larger, smaller.'],
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
		['Activate New Hires Too', {}, { activateNewHires: 1 }, 'Switch it on or off (true or false).'],
		[
			'Access Review',
			{},
			{ accessReview: 'all' },
			'Choose one of: accounts, leavers, none, forecast.',
		],
		[
			'Review From',
			{},
			{ reviewFrom: 'soon' },
			'Give a date and time, for example 2026-12-01T09:00:00.',
		],
		[
			'Review Until',
			{},
			{ reviewUntil: 'soon' },
			'Give a date and time, for example 2026-12-01T09:00:00.',
		],
		['Hours to End Access', {}, { hoursAllowed: -1 }, 'Give a whole number from 0 to 8760.'],
		['Summary Item', {}, { summaryItem: 'no' }, 'Switch it on or off (true or false).'],
		['Hide Unused Outputs', {}, { hideUnusedOutputs: 0 }, 'Switch it on or off (true or false).'],
		[
			'Offboarded, Last Day to Come',
			{},
			{ lastDayToCome: 'x' },
			'Choose one of: deprovision, review, wait.',
		],
		[
			'Evaluate As Of',
			{},
			{ evaluateAsOf: 'soon' },
			'Give a date and time, for example 2026-12-01T09:00:00.',
		],
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
		[
			'Only Approved Plans',
			{},
			{ onlyApprovedPlans: 'yes' },
			'Switch it on or off (true or false).',
		],
		['Protected Attribute', {}, { protectedAttribute: ['breakGlass'] }, 'Give a text.'],
		[
			'API Key Owner',
			{},
			{ keyOwner: { email: 'admin@acme.example' } },
			'Give the email or username of one account.',
		],
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
