/** Evidence of leavers: when access ended, held against the last day; what cannot be shown is named. */
import type { Account, Subject } from '../../nodes/core/subject';
import { another, leaver, matched, named } from './policyWorld';
import { column, linked, ofNobody, reviewAs, stamp, whole } from './reviewWorld';

describe('evidence of leavers', () => {
	/** Somebody offboarded whose last day in Lisbon is this one. */
	const left = (index: number, lastDay: string | null, patch: Partial<Account> | null): Subject => {
		const one = leaver(index);
		const attributes = (patch?.attributes ?? []) as never[];
		return {
			...one,
			person: { ...one.person!, employmentEndDate: lastDay },
			account:
				patch === null
					? null
					: { ...one.account!, ...patch, attributes: [...linked(one.personId!), ...attributes] },
		};
	};
	const off = (at: string): Partial<Account> => ({
		...{ state: 'SUSPENDED', suspended: true, attributes: [stamp(`${at} leaving`)] },
	});
	const evidence = (subjects: Subject[], set = {}) =>
		reviewAs('leavers', whole(subjects), {
			...{ reviewFrom: '2026-07-01', reviewUntil: '2026-09-30' },
			...set,
		});
	const cells = (review: ReturnType<typeof evidence>) =>
		review.rows.map((row) => [row.Account, row.Hours, row['In Time']]);

	it('hours from the end of the last day where they are to the stamp, and whether that is allowed', () => {
		// Lisbon is an hour ahead in summer: the last day ends at 23:00 UTC.
		const review = evidence([
			left(1, '2026-07-31', off('2026-07-31T23:30:00.000Z')),
			left(2, '2026-08-15', off('2026-08-16T23:00:00.000Z')),
			left(3, '2026-08-16', off('2026-08-18T00:00:00.000Z')),
			left(4, '2026-08-20', off('2026-08-20T11:00:00.000Z')),
		]);
		expect(cells(review)).toEqual([
			['p3', 25, 'no'],
			['p1', 0.5, 'yes'],
			['p2', 24, 'yes'],
			['p4', -12, 'yes'],
		]);
		expect(review.html.match(/<h3>[^<]*/g)).toEqual([
			...['<h3>In short', '<h3>Access did not end in time (1)', '<h3>Access ended in time (3)'],
		]);
		expect(review.rows[0]).toMatchObject({
			'Last Day Ended': '17 August 2026 at 00:00, Lisbon time',
			'Access Ended': '18 August 2026 at 00:00 UTC',
			'Humaans Said So': 'not known',
			Reason: 'Access ended 25 hours after the end of the last day.',
		});
		expect(
			cells(
				evidence([left(3, '2026-08-16', off('2026-08-18T00:00:00.000Z'))], { hoursAllowed: 48 }),
			),
		).toEqual([['p3', 25, 'yes']]);
	});

	it('only of the period: by the last day, or by the stamp', () => {
		const inPeriod = (lastDay: string, at: string) =>
			evidence([left(1, lastDay, off(at))]).rows.length;
		expect(inPeriod('2026-06-30', '2026-06-30T23:00:00.000Z')).toBe(0);
		expect(inPeriod('2026-06-30', '2026-07-01T00:00:00.000Z')).toBe(1);
		expect(inPeriod('2026-07-01', '2026-07-01T23:00:00.000Z')).toBe(1);
		expect(inPeriod('2026-09-30', '2026-10-01T08:00:00.000Z')).toBe(1);
		expect(inPeriod('2026-10-01', '2026-10-01T23:00:00.000Z')).toBe(0);
	});

	it('who still has access, and why', () => {
		const review = evidence([left(1, '2026-08-01', {})]);
		expect(review.rows).toMatchObject([{ 'In Time': 'no', 'Access Ended': '' }]);
		expect(review.rows[0]!.Reason).toMatch(
			/^The account is still active\. To do: Suspend the account\./,
		);
		const today = reviewAs('leavers', whole([left(1, '2026-11-22', {})]));
		expect(today.rows).toMatchObject([{ 'In Time': 'not over yet', Hours: 12 }]);
	});

	it('what cannot be shown is named, never left out', () => {
		const gone: Subject = {
			...left(1, null, off('2026-08-02T10:00:00.000Z')),
			person: null,
		};
		const review = evidence([
			gone,
			left(2, '2026-08-01', null),
			left(3, '2026-08-01', { state: 'SUSPENDED', suspended: true }),
			left(4, null, { state: 'SUSPENDED', suspended: true }),
		]);
		expect(new Set(column(review, 'In Time'))).toEqual(new Set(['cannot be shown']));
		expect(review.rows).toHaveLength(4);
		expect(review.rows.map((row) => row.Reason)).toEqual(
			expect.arrayContaining([
				'The person was deleted in Humaans, so the last day is not known.',
				'There is no account: it was deleted, or never there. That cannot be told apart.',
				'Somebody else suspended the account, and when is not known.',
			]),
		);
		expect(review.html).toContain('accounts that were deleted');
	});

	describe('another account of theirs is still active', () => {
		const inTime = left(1, '2026-07-31', off('2026-07-31T23:30:00.000Z'));
		const email = inTime.person!.email!;
		const second = (patch: Partial<Account>, match = { fits: [inTime.personId!] }): Subject => {
			const one = ofNobody(9, patch);
			return { ...one, match: { ...one.match!, ...match } };
		};
		const verdict = (more: Subject[], one = inTime) =>
			evidence([one, ...more]).rows.map((row) => [row['In Time'], row.Hours, row.Reason])[0];
		const words = 'Another account with their work email or employee ID is still active: nobody9.';

		it('with their work email: access has not ended', () =>
			expect(verdict([second({ email: email.toUpperCase() })])).toEqual(['no', 0.5, words]));
		it('with their employee ID alone, or of somebody who works here too: that cannot be shown', () => {
			expect(verdict([second({})])).toEqual(['cannot be shown', 0.5, words]);
			const shared = { fits: [inTime.personId!, another(5).personId!] };
			expect(verdict([second({ email }, shared), another(5)])![0]).toBe('cannot be shown');
		});
		it('suspended, or of somebody else: that says nothing', () => {
			const plain = ['yes', 0.5, ''];
			expect(verdict([second({ email, state: 'SUSPENDED', suspended: true })])).toEqual(plain);
			expect(verdict([second({ email }, { fits: ['another'] })])).toEqual(plain);
			expect(verdict([second({ email, state: 'STAGED' })])).toEqual(plain);
		});
		it('late is late all the same, and both are said', () => {
			const late = left(1, '2026-08-16', off('2026-08-18T00:00:00.000Z'));
			const said = verdict([second({ email })], late)!;
			expect(said[0]).toBe('no');
			expect(said[2]).toBe(`${words} Access ended 25 hours after the end of the last day.`);
		});
		it('the allowed hours are not over: not over yet', () => {
			const today = left(1, '2026-11-22', off('2026-11-22T23:30:00.000Z'));
			const { rows } = reviewAs('leavers', whole([today, second({ email })]));
			expect(rows).toMatchObject([{ 'In Time': 'not over yet' }]);
		});
		it('one of two that fit, and none is linked: it is never said that there is none', () => {
			const two = { by: null, candidates: [named(['email']), named(['email'], { id: 'b' })] };
			const one = { ...left(1, '2026-08-01', null), match: matched(two) };
			expect(verdict([another(5)], one)![2]).toMatch(
				/^It is not certain which account is theirs: /,
			);
			const open = second({ email }, { claimants: [one.personId!] } as never);
			expect(verdict([open], one)![0]).toBe('no');
		});
	});

	it('who works here, or is yet to leave, is not in it', () =>
		expect(
			evidence([
				another(1),
				{ ...leaver(2), person: { ...leaver(2).person!, employmentEndDate: '2026-11-30' } },
			]).rows,
		).toEqual([]));
});
