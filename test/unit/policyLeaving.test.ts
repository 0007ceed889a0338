/** What is said of people who leave where it is not plain what to do. */
import { OTHER_ID, decideOne, person, stamped, suspended } from './policyWorld';

const LAST_DAY_ALONE = { deprovisionWhen: ['lastDay'] } as const;
const THEN_DELETE = { deprovisionHow: 'suspendThenDelete', deleteAfterDays: 30 } as const;
const left = person({ status: 'offboarded' });

describe('offboarded, where the last day alone counts', () => {
	const goes = (patch: object) => ({ person: { ...left, timezone: 'UTC', ...patch } });
	it('a day to come, and people decide how: that is asked now, by the last day', () =>
		expect(
			decideOne(goes({ employmentEndDate: '2026-11-30' }), {
				...LAST_DAY_ALONE,
				deprovisionHow: 'review',
			}),
		).toMatchObject({
			...{ action: 'needsReview', code: 'leaver.lastDay', blockedAction: 'deprovision' },
			reason:
				'The last day, 30 November 2026, ends on 1 December 2026 at 00:00 UTC. Somebody decides ' +
				'about the account.',
		}));
	it('a day that is no day: nobody can say when it ends', () =>
		expect(decideOne(goes({ employmentEndDate: '2026-02-30' }), LAST_DAY_ALONE)).toMatchObject({
			...{ action: 'needsReview', code: 'person.unusableEndDate' },
			reason:
				'The employment end date in Humaans is not a date, so it cannot be said when the last day ends.',
		}));
});

describe('an account that is suspended already', () => {
	const suspendedFor = (stamp: string) => suspended({ attributes: stamped(stamp) });
	it('for the scope: that they left is written on it at once, and the days count from then', () =>
		expect(
			decideOne(
				{ person: left, account: suspendedFor('2026-11-13T12:00:00.000Z scope') },
				THEN_DELETE,
			),
		).toMatchObject({
			...{ action: 'deprovision', code: 'leaver.offboarded' },
			reason: 'The person is offboarded in Humaans. The days until deletion count from now.',
		}));
	it('because they left: it is deleted when the days are over', () =>
		expect(
			decideOne(
				{ person: left, account: suspendedFor('2026-11-13T12:00:00.000Z leaving') },
				THEN_DELETE,
			),
		).toMatchObject({
			...{ action: 'noAction', code: 'leaver.deleteLater', dueAt: '2026-12-13T12:00:00.000Z' },
			reason:
				'The person is offboarded in Humaans. The account is suspended and will be deleted after ' +
				'13 December 2026 at 12:00 UTC.',
		}));
	it('the account of a second record is named with what it would lose', () =>
		expect(
			decideOne(
				{
					person: { ...left, sameNameAndEmailAs: [OTHER_ID, 'person00000000000000000c'] },
					account: suspendedFor('2026-01-01T12:00:00.000Z leaving'),
				},
				THEN_DELETE,
			),
		).toMatchObject({
			...{ action: 'needsReview', code: 'leaver.sameHuman', blockedAction: 'delete' },
			reason:
				'The person is offboarded in Humaans. Somebody who can be the same human works here, or will, ' +
				`and has the same work email (Humaans ID ${OTHER_ID}, person00000000000000000c), so the account ` +
				'ana.silva is not touched. If both are one person, set the account’s custom attribute ' +
				'humaansId to that ID.',
		}));
});
