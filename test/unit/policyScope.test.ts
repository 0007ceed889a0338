/** Who is in scope, and conditions whose value nobody can tell. */
import { fieldsOfScope, unreadFields } from '../../nodes/core/policy/scopeFields';
import type { Person, Subject } from '../../nodes/core/subject';
import {
	account,
	decideOne,
	desired,
	matched,
	person,
	staged,
	stamped,
	subject,
	suspended,
	verdict,
} from './policyWorld';

const left = person({ status: 'offboarded' });
const OUT = { inScope: false } as const;
const SUSPEND = { outOfScope: 'suspend' } as const;
const counted = { match: matched({ accountsInUse: 50 }) };

describe('who is out', () => {
	it('an item without an account says nothing of one', () => {
		const nothing = { account: undefined, match: matched({ by: null }) };
		expect(verdict(nothing, SUSPEND, OUT)).toBe('noAction scope.out');
		expect(verdict({ person: person({ demo: true }) }, SUSPEND, OUT)).toBe('noAction scope.demo');
		expect(verdict({ account: staged(), ...counted }, SUSPEND, OUT)).toBe('deprovision scope.left');
		// How many others were suspended lately is known only where all accounts were read.
		expect(verdict({ account: staged() }, SUSPEND, OUT)).toBe('needsReview scope.notCounted');
		expect(verdict({ account: suspended() }, SUSPEND, OUT)).toBe('noAction leaver.suspended');
		expect(verdict({ ...nothing, person: left })).toBe('noAction leaver.noAccount');
	});
	it('never deletes, whatever Deprovision How says', () => {
		for (const deprovisionHow of ['suspend', 'delete', 'suspendThenDelete'] as const) {
			expect(verdict(counted, { ...SUSPEND, deprovisionHow }, OUT)).toBe('deprovision scope.left');
			const long = {
				account: suspended({ attributes: stamped('2026-01-01T00:00:00.000Z scope') }),
			};
			expect(verdict({ ...counted, ...long }, { ...SUSPEND, deprovisionHow }, OUT)).toBe(
				'noAction leaver.suspended',
			);
		}
		const review = { ...SUSPEND, deprovisionHow: 'review' } as const;
		expect(verdict({}, review, OUT)).toBe('needsReview scope.left');
		expect(decideOne({}, SUSPEND, OUT).blockedAction).toBe('deprovision');
	});
	it('spares who is protected, and nobody is suspended after an incomplete read', () => {
		const admin = { ...counted, account: account({ admin: { id: 'a' } }) };
		expect(verdict(admin, SUSPEND, OUT)).toBe('needsReview account.administrator');
		expect(verdict({ ...counted, complete: false }, SUSPEND, OUT)).toBe(
			'needsReview read.incomplete',
		);
	});
	it('S7: unknown is not out', () => {
		const unknown = { inScope: { unknown: 'department was not read.' } };
		expect(decideOne(counted, SUSPEND, unknown)).toMatchObject({
			action: 'needsReview',
			code: 'scope.unknown',
			reason:
				'It cannot be said whether the person is among the People in Scope: department was not read.',
		});
		expect(verdict({ ...counted, person: left }, SUSPEND, unknown)).toBe(
			'deprovision leaver.offboarded',
		);
	});
});

const conditions = (expression: string) => ({
	conditions: [
		{ leftValue: `={{ ${expression} }}`, rightValue: 'the person.department of $json.person' },
	],
});

describe('conditions of People in Scope', () => {
	it('name the fields they look at', () => {
		const fields = [
			{ leftValue: '={{ $json.person.department }}' },
			{ leftValue: '={{ $json.person?.employmentStartDate }}' },
			{ leftValue: '={{ $json.person["contractType"] }} {{ $json.person[\'teams\'] }}' },
			{ leftValue: 'Sales', rightValue: '={{ $json["person"].x }}' },
		];
		expect(fieldsOfScope({ conditions: fields })).toEqual({
			person: ['department', 'employmentStartDate', 'contractType', 'teams', 'x'],
			desired: [],
			isNamed: true,
		});
		// Not one of these looks at the person.
		const event = [{ leftValue: '={{ $json.event }}' }];
		expect(fieldsOfScope({ conditions: [...fields, ...event] })).toMatchObject({ isNamed: false });
		for (const nothing of [null, undefined, '', 'Sales', { conditions: [{ leftValue: 1 }] }]) {
			expect(fieldsOfScope(nothing)).toEqual({ person: [], desired: [], isNamed: false });
		}
	});
	it.each<[string, string[], string[]]>([
		['$json["person"]["department"]', ['department'], []],
		["$json['person'].department", ['department'], []],
		['$json[ `person` ][ `department` ]', ['department'], []],
		['$json.person?.["department"]', ['department'], []],
		['$json["person"]?.department', ['department'], []],
		['$json?.person?.department', ['department'], []],
		['$json . person . department', ['department'], []],
		['$json.person.manager.email', ['manager.email'], []],
		['$json.person.manager?.name', ['manager.name'], []],
		['$json.person.manager.email.length', ['manager.email'], []],
		['$json . desired . attributes . department', [], ['department']],
		['$json.desired ?. attributes ?. department', [], ['department']],
		['$json.desired.attributes.department.length', [], ['department']],
		['$json.person.customFields["Team A"]', ['customFields.Team A'], []],
		["$json.person.customFields['Team A']", ['customFields.Team A'], []],
		['$json.person.department.toLowerCase()', ['department.toLowerCase'], []],
		['$input.item.json.person.department', ['department'], []],
		['$("Match").item.json.person.department', ['department'], []],
		['$node["Match"].json.person.department', ['department'], []],
		['$json.desired.attributes.department', [], ['department']],
		['$json.desired?.attributes?.department', [], ['department']],
		['$json.desired.attributes["phoneNumbers.work"]', [], ['phoneNumbers.work']],
		['$json.person.department + $json.desired.attributes.jobTitle', ['department'], ['jobTitle']],
	])('S7: %s names what it looks at', (expression, ofPerson, ofDesired) =>
		expect(fieldsOfScope(conditions(expression))).toEqual({
			person: ofPerson,
			desired: ofDesired,
			isNamed: true,
		}),
	);
	it.each<[string, string[]]>([
		['$jmespath($json, "person.department")', ['department']],
		['$json.person ? $json.person.department : ""', ['department']],
		['(({ department }) => department)($json.person)', ['department']],
		['(({ person }) => person.department)($json)', ['department']],
		['(({ person: { department } }) => department)($json)', ['department']],
		['$json["desired"]["attributes"]["department"]', ['department']],
		['$json["per" + "son"]["department"]', ['department']],
		['JSON.stringify($json).includes("Sales")', []],
		['$json.person[$json.event]', []],
		['$json.event === "person"', []],
		['$json.desired.attributes', []],
		['$json.desiredOrNot.attributes.x', []],
		['$json.account.department', ['department']],
		['$input.first().json', []],
		['$now.hour > 8', []],
	])(
		'S7: %s does not: then nobody is out by it, and what it mentions must be read',
		(expression, ofPerson) =>
			expect(fieldsOfScope(conditions(expression))).toStrictEqual({
				person: ofPerson,
				desired: [],
				isNamed: false,
			}),
	);
	it('S7: an item that is taken by its number is an item too', () =>
		expect(
			fieldsOfScope(conditions('$item(0).length > 1 && $json.person.department === "Sales"')),
		).toEqual({ person: ['department'], desired: [], isNamed: false }));
	it('S7: one condition that names nothing is enough', () =>
		expect(
			fieldsOfScope([conditions('$json.person.department'), conditions('$json.event')]),
		).toMatchObject({ person: ['department'], isNamed: false }));
});

describe('what was read of a person', () => {
	const unread = (
		patch: object,
		fields: string[],
		slots: string[] = [],
		wanted?: Subject['desired'],
	) =>
		unreadFields(
			{ ...subject({ desired: wanted }), person: patch as Person },
			{ person: fields, desired: slots, isNamed: true },
		);
	it('a name or an email beside an ID alone, and a custom field without a value, are not known', () => {
		const fields = [
			'manager.email',
			'manager.id',
			'customFields.Team',
			'customFields.Shift',
			'location.city',
			'department.toLowerCase',
		];
		const known = {
			manager: { id: 'm1', name: null, email: null },
			customFields: { Shift: null },
			location: { id: 'l1', city: null },
			department: 'Sales',
		};
		expect(unread(known, fields)).toEqual(['manager.email', 'customFields.Team']);
		expect(unread({ ...known, manager: null, customFields: {} }, fields)).toEqual([
			'customFields.Team',
			'customFields.Shift',
		]);
		expect(unread({}, fields)).toEqual(fields);
		const named = { manager: { id: 'm1', name: 'Bo', email: null } };
		expect(unread(named, ['manager.name', 'manager.email'])).toEqual(['manager.email']);
		const nobody = { manager: { id: null, name: null, email: null }, teams: ['a'] };
		expect(unread(nobody, ['manager.name', 'teams.length', 'manager'])).toEqual([]);
	});
	it('what is asked of a text or a list that was read is known', () => {
		const known = { department: 'Sales', teams: ['a'] };
		expect(unread(known, ['department.first', 'teams.first', 'teams.0'])).toEqual([]);
	});
	it('a name that is null beside an ID is not known either', () => {
		const known = { manager: { id: 'm1', name: null, email: null, phone: null } };
		expect(unread(known, ['manager.name', 'manager.phone'])).toEqual(['manager.name']);
	});
	it('a custom field with a point in its name is looked up by the whole of it', () => {
		const known = { customFields: { 'Team.Lead': 'Bo' } };
		expect(unread(known, ['customFields.Team.Lead', 'customFields.Team.Deputy'])).toEqual([
			'customFields.Team.Deputy',
		]);
	});
	it('absent is not known, empty is', () =>
		expect(
			unread({ department: null, teams: [] }, ['department', 'teams', 'contractType']),
		).toEqual(['contractType']));
	it('S7: a slot that Field Mapper left out is not known, one that is empty is', () => {
		const wanted = desired({ jobTitle: null });
		expect(unread({}, [], ['department', 'jobTitle', 'company'], wanted)).toEqual(['company']);
		expect(unread({}, [], ['toString'], wanted)).toEqual(['toString']);
		expect(unread({}, [], ['department'])).toEqual(['department']);
	});
	it('S7: without a person everything is unread', () =>
		expect(
			unreadFields({ person: null }, { person: ['department'], desired: ['email'], isNamed: true }),
		).toEqual(['department', 'email']));
});
