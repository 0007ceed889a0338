/** People in Scope, as the node asks n8n for it: each answer per person, unknown is never out. */
import { scopeOf } from '../../nodes/ProvisioningPolicy/scope';
import type { Subject } from '../../nodes/core/subject';
import { contextOf } from './policyContext';
import { another } from './policyWorld';

const PEOPLE: Subject[] = [1, 2, 3].map((index) => another(index));
const IS_SALES = { leftValue: '={{ $json.person.department }}', rightValue: 'Sales' };

interface Asked {
	limitScope?: unknown;
	/** The filter as it is typed in, and what it gives for the person at a place. */
	raw?: unknown;
	answer?: (place: number) => unknown;
	subjects?: readonly Subject[];
}

function scope({
	limitScope = true,
	raw = { conditions: [IS_SALES] },
	answer = () => true,
	subjects = PEOPLE,
}: Asked) {
	const context = contextOf({ subjects, parameters: { limitScope } });
	const others = context.getNodeParameter.bind(context);
	const places: number[] = [];
	const getNodeParameter = (
		name: string,
		place: number,
		fallback: unknown,
		how: { rawExpressions?: boolean; extractValue?: boolean } = {},
	): unknown => {
		if (name !== 'peopleInScope') return others(name, place, fallback as never, how as never);
		if (how.rawExpressions) return raw ?? fallback;
		if (how.extractValue !== true) throw new Error('n8n gives the conditions, not their answer.');
		places.push(place);
		return answer(place);
	};
	const items = subjects.map((json) => ({ json: json as never }));
	const result = scopeOf({ ...context, getNodeParameter } as never, items);
	return { result, places };
}

const problem = (todo: string) =>
	expect.objectContaining({
		name: 'UnusableSetting',
		message: 'The setting Only Some People cannot be used, so nothing was decided.',
		todo,
	});

it('everybody is in when it is off, and then nobody asks', () =>
	expect(scope({ limitScope: false, raw: null, answer: () => false })).toEqual({
		result: [true, true, true],
		places: [],
	}));

it.each([['yes'], [1], ['']])('a switch that is %j stops the run', (limitScope) =>
	expect(() => scope({ limitScope })).toThrow(problem('Switch it on or off (true or false).')),
);

it('the answer is per person', () => {
	const { result, places } = scope({ answer: (place) => place !== 1 });
	expect(result).toEqual([true, false, true]);
	expect(places).toEqual([0, 1, 2]);
});

const EMPTY = { leftValue: '', rightValue: '' };
it.each([
	['no filter', null],
	['no conditions', {}],
	['conditions that are no list', { conditions: 'all' }],
	['none', { conditions: [] }],
	['the empty one that n8n puts there', { conditions: [EMPTY] }],
	['two empty ones', { conditions: [EMPTY, { leftValue: null }] }],
	['nothing where a condition should be', { conditions: [null] }],
])('%s: the run stops, it is not everybody', (_name, raw) =>
	expect(() => scope({ raw })).toThrow(
		problem('Add a condition to People in Scope, or switch Only Some People off.'),
	),
);

it.each([
	['only its left side', { conditions: [EMPTY, { leftValue: '={{ $json.person.department }}' }] }],
	['only its right side', { conditions: [{ leftValue: '', rightValue: 'Sales' }, EMPTY] }],
])('a condition with %s counts', (_name, raw) =>
	expect(scope({ raw }).result).toEqual([true, true, true]),
);

it('who left, or could not be read, is not asked for', () => {
	const subjects = [{ ...PEOPLE[0]!, person: null }, { personId: 'x' }, PEOPLE[2]!] as Subject[];
	expect(scope({ subjects })).toEqual({ result: [false, false, true], places: [2] });
});

it('S7: a condition that throws is unknown for that person', () => {
	const answer = (place: number): boolean => {
		if (place === 1) throw new Error('cannot compare');
		return false;
	};
	const unknown = 'a condition cannot be compared with what this person has.';
	expect(scope({ answer }).result).toEqual([false, { unknown }, false]);
});

it('S7: who fails a condition whose field nobody can tell is unknown, not out', () => {
	const raw = { conditions: [{ leftValue: '={{ $now.hour }}', rightValue: '9' }] };
	const unknown =
		'a condition does not name the field it looks at, as in {{ $json.person.department }}.';
	const answer = (place: number): boolean => place === 0;
	expect(scope({ raw, answer }).result).toEqual([true, { unknown }, { unknown }]);
});

it('S7: a field that was not read is unknown, whatever the condition says, and all are named', () => {
	const raw = {
		conditions: [IS_SALES, { leftValue: '={{ $json.person.jobTitle }}', rightValue: 'CFO' }],
	};
	const { department: _, ...person } = PEOPLE[1]!.person!;
	const first = { ...PEOPLE[0]!, person: { ...PEOPLE[0]!.person!, jobTitle: 'CFO' } };
	const subjects = [first, { ...PEOPLE[1]!, person } as unknown as Subject];
	const { result, places } = scope({ raw, subjects, answer: () => true });
	expect(result[0]).toBe(true);
	expect(result[1]).toEqual({ unknown: 'department, jobTitle was not read.' });
	expect(places).toEqual([0]);
});
