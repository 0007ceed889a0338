/** An employment end that stands for "for ever", 9999-12-31: its day ends in the year 10000. */
import { addPass, newTotals, summaryOf } from '../../nodes/core/policy/summary';
import { another, decideAll, decideOne, person, staged } from './policyWorld';

const LAST_DAY = { deprovisionWhen: ['lastDay'] } as const;
const FOR_EVER = { employmentEndDate: '9999-12-31', timezone: 'UTC' };
const AFTER_IT = '+010000-01-01T00:00:00.000Z';
const DECEMBER = '2026-12-01T00:00:00.000Z';

describe('an employment that ends on 31 December 9999', () => {
	const forEver = another(1, { person: person({ id: another(1).personId!, ...FOR_EVER }) });
	const starter = another(2, {
		person: person({
			...{ id: another(2).personId!, status: 'newHire', timezone: 'UTC' },
			employmentStartDate: '2026-12-01',
		}),
		account: staged({ ...another(2).account!, state: 'STAGED' }),
	});
	it('is waited for, in words that can be read', () =>
		expect(decideOne({ person: person(FOR_EVER) }, LAST_DAY)).toMatchObject({
			...{ action: 'waitUntilDue', dueAt: AFTER_IT },
			reason: 'The last day, 31 December 9999, ends on 1 January 10000 at 00:00 UTC.',
		}));
	it('comes after a start of the same person', () =>
		expect(
			decideOne({ ...starter, person: { ...starter.person!, ...FOR_EVER } }, LAST_DAY).dueAt,
		).toBe(DECEMBER));
	it('keeps nobody else waiting until then', () =>
		expect(
			decideAll([forEver, starter], LAST_DAY).decisions.map(({ action, resumeAt }) => [
				action,
				resumeAt,
			]),
		).toEqual([
			['waitUntilDue', DECEMBER],
			['waitUntilDue', DECEMBER],
		]));
	it('is named in the summary only when nothing else comes before it', () => {
		const messageOf = (subjects: Array<typeof forEver>) => {
			const totals = newTotals();
			addPass(totals, subjects, decideAll(subjects, LAST_DAY), true);
			return summaryOf(totals).message;
		};
		expect(messageOf([forEver, starter])).toContain('Next due: 1 December 2026 at 00:00 UTC.');
		expect(messageOf([starter, forEver])).toContain('Next due: 1 December 2026 at 00:00 UTC.');
		expect(messageOf([forEver])).toContain('Next due: 1 January 10000 at 00:00 UTC.');
	});
});
