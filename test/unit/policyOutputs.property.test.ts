/** S15: people in = people out, whatever the settings hide. */
import fc from 'fast-check';
import { OUTPUTS, shownOutputs } from '../../nodes/ProvisioningPolicy/outputs';
import { WRITE_ACTIONS } from '../../nodes/core/actions';
import type { Decision, Subject } from '../../nodes/core/subject';
import { setClock } from '../harness/fixedClock';
import { execute } from './policyContext';
import { ACCOUNT_STATES, PEOPLE, subjectFor } from './policyStates';
import { EMAIL, ID, NOW, account } from './policyWorld';

/** Those that something is done to most often. */
const PLAIN = ACCOUNT_STATES.filter(({ name }) => /^none$|linked$/.test(name));
/** Somebody of `policyStates`. */
const subjectAt = fc
	.record({
		who: fc.constantFrom(...PEOPLE),
		what: fc.oneof(fc.constantFrom(...PLAIN), fc.constantFrom(...ACCOUNT_STATES)),
		complete: fc.boolean(),
	})
	.map(({ who, what, complete }) => JSON.stringify(subjectFor(who, what, complete)));

/**
 * Each with an ID, an account and an email of their own, and read just now: the node decides for
 * the time of the clock.
 */
function numbered(texts: readonly string[]): Subject[] {
	return texts.map((text, place) => {
		const number = String(place).padStart(3, '0');
		const own = text
			.replaceAll(ID, `person000000000000000${number}`)
			.replaceAll(account()._id, `account${number}`)
			.replaceAll(EMAIL, `p${number}@acme.example`);
		return { ...(JSON.parse(own) as Subject), readAt: new Date().toISOString() };
	});
}

const setting = fc.record({
	mode: fc.constantFrom('apply', 'apply', 'apply', 'review'),
	activationTrigger: fc.constantFrom('immediately', 'onStartDate', 'never'),
	deprovisionWhen: fc.subarray(['offboarded', 'deleted', 'lastDay']),
	deprovisionHow: fc.constantFrom('suspend', 'delete', 'suspendThenDelete', 'review'),
	deprovisioningLimit: fc.constantFrom(0, 3, 1000),
	limitScope: fc.boolean(),
	'options.actionsAllowed': fc.oneof(fc.constant(undefined), fc.subarray([...WRITE_ACTIONS])),
	'options.activateNewHires': fc.boolean(),
	'options.emailLimit': fc.constantFrom(0, 1000),
	'options.hideUnusedOutputs': fc.boolean(),
	'options.lastDayToCome': fc.constantFrom('wait', 'deprovision', 'review'),
	'options.outOfScope': fc.constantFrom('leave', 'suspend'),
	'options.rehire': fc.constantFrom('reactivate', 'review'),
	'options.existingAccounts': fc.constantFrom('adopt', 'review'),
	'options.summaryItem': fc.boolean(),
});

beforeAll(() => setClock(NOW.toISOString()));
afterAll(() => jest.useRealTimers());

it('S15: everybody who comes in goes out once, and whoever is to be written to at the output for that', async () => {
	const met = new Set<string>();
	await fc.assert(
		fc.asyncProperty(
			fc.array(subjectAt, { minLength: 50, maxLength: 60 }),
			setting,
			async (texts, set) => {
				const subjects = numbered(texts);
				const { limitScope, ...rest } = set;
				const parameters = {
					...rest,
					...(limitScope
						? {
								limitScope,
								peopleInScope: { conditions: [{ leftValue: '={{ $json.person.department }}' }] },
							}
						: {}),
				};
				const outputs = await execute({ subjects, parameters });
				const shown = shownOutputs(
					{
						options: {
							actionsAllowed: set['options.actionsAllowed'],
							hideUnusedOutputs: set['options.hideUnusedOutputs'],
							summaryItem: set['options.summaryItem'],
						},
					},
					OUTPUTS,
				);
				expect(outputs).toHaveLength(shown.length);
				const out = outputs.flatMap((items, place) =>
					items.map((item) => ({ id: shown[place]!.id, item })),
				);
				const people = out.filter(({ id }) => id !== 'summary');
				expect(
					people
						.map(({ item }) => (item.pairedItem as { item: number }).item)
						.sort((a, b) => a - b),
				).toEqual(subjects.map((_, place) => place));
				for (const { id, item } of people) {
					const { action } = (item.json as unknown as { decision: Decision }).decision;
					expect(id).toBe(action);
					met.add(action);
				}
			},
		),
		{ numRuns: 150 },
	);
	expect([...met].sort()).toEqual(
		OUTPUTS.map(({ id }) => id)
			.filter((id) => id !== 'summary')
			.sort(),
	);
}, 60_000);
