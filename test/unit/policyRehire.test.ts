/** Who comes back to an account that this package suspended. */
import {
	LINKED,
	NOW,
	account,
	apply,
	decideOne,
	foundBy,
	person,
	stamped,
	subject,
	suspended,
	verdict,
} from './policyWorld';

/** Suspended by this package; that the person is back stands on the account already. */
const returned = suspended({ attributes: stamped('2026-11-01T09:00:00.000Z returned') });
const MIDNIGHT = { now: new Date('2026-11-23T00:00:00.000Z') };

describe('who comes back', () => {
	it('a stamp that somebody typed with wider spaces is read all the same', () =>
		expect(
			decideOne({
				account: suspended({
					attributes: stamped('2026-11-01T09:00:00.000Z   scope  2026-11-02T09:00:00.000Z'),
				}),
			}).reason,
		).toBe(
			'The person is back; this package suspended the account on 1 November 2026 because they were ' +
				'out of scope.',
		));
	it('waits at most two days for a start when Humaans counts them as active', () => {
		const back = (employmentStartDate: string) =>
			verdict({ person: person({ employmentStartDate, timezone: 'UTC' }), account: returned });
		expect(back('2026-11-25')).toBe('waitUntilDue rehire.notYet');
		expect(back('2026-11-26')).toBe('reactivate rehire.back');
		expect(back('2026-11-23')).toBe('reactivate rehire.back');
		const starts = (employmentStartDate: string, status: 'active' | 'newHire') => ({
			person: person({ employmentStartDate, timezone: 'UTC', status }),
			account: returned,
		});
		expect(verdict(starts('2026-11-25', 'active'), {}, MIDNIGHT)).toBe(
			'waitUntilDue rehire.notYet',
		);
		expect(verdict(starts('2026-11-23', 'newHire'), {}, MIDNIGHT)).toBe('reactivate rehire.back');
	});
	it('Immediately: an active member at once, a new hire on their day, or at once when it says so', () => {
		const immediately = { activationTrigger: 'immediately' } as const;
		const soon = (status: 'active' | 'newHire') => ({
			person: person({ employmentStartDate: '2026-11-25', timezone: 'UTC', status }),
			account: returned,
		});
		expect(verdict(soon('active'), immediately)).toBe('reactivate rehire.back');
		expect(verdict(soon('newHire'), immediately)).toBe('waitUntilDue rehire.notYet');
		expect(verdict(soon('newHire'), { ...immediately, activateNewHires: true })).toBe(
			'reactivate rehire.back',
		);
		expect(verdict(soon('newHire'), { activateNewHires: true })).toBe('waitUntilDue rehire.notYet');
	});
	it('warns about an unknown zone, names what is held', () => {
		const later = { status: 'newHire', employmentStartDate: '2026-12-01' } as const;
		expect(
			decideOne({ person: person({ ...later, timezone: 'Mars/Olympus' }), account: returned })
				.warnings,
		).toHaveLength(1);
		const undated = person({ status: 'newHire', employmentStartDate: null });
		expect(decideOne({ person: undated, account: returned }).blockedAction).toBe('reactivate');
		expect(decideOne({ account: returned }, { rehire: 'review' }).blockedAction).toBe('reactivate');
		expect(decideOne({ account: suspended({ attributes: LINKED }) }).blockedAction).toBe(
			'reactivate',
		);
		expect(
			decideOne({ account: { ...returned, activated: false } }, { activationTrigger: 'never' })
				.blockedAction,
		).toBe('reactivate');
		expect(
			decideOne({ account: suspended({ attributes: [] }), match: foundBy('email') }).blockedAction,
		).toBe('update');
		expect(decideOne({ account: suspended() }).warnings).toEqual([]);
	});
	it('Never: a reactivation goes on, but not months before they return', () => {
		const never = { activationTrigger: 'never' } as const;
		expect(verdict({ account: suspended() }, never)).toBe('reactivate rehire.back');
		const inMarch = person({ status: 'newHire', employmentStartDate: '2027-03-01' });
		expect(verdict({ account: returned, person: inMarch }, never)).toBe(
			'waitUntilDue rehire.notYet',
		);
		const undated = person({ status: 'newHire', employmentStartDate: null });
		expect(verdict({ account: returned, person: undated }, never)).toBe(
			'needsReview person.noStartDate',
		);
	});
	it('says when and why the account was suspended', () => {
		const reasonOf = (stamp: string) =>
			decideOne({ account: suspended({ attributes: stamped(stamp) }) }).reason;
		const words = 'The person is back; this package suspended the account on 1 November 2026';
		expect(reasonOf('2026-11-01T09:00:00.000Z leaving')).toBe(`${words} because they had left.`);
		expect(reasonOf('2026-11-01T09:00:00.000Z returned')).toBe(`${words} because they had left.`);
		expect(reasonOf('2026-11-01T09:00:00.000Z')).toBe(`${words} because they had left.`);
		expect(reasonOf('2026-11-01T09:00:00.000Z scope')).toBe(
			`${words} because they were out of scope.`,
		);
	});
	it('who never signed in is told to be invited', () => {
		expect(decideOne({ account: suspended({ activated: false }) }).warnings).toEqual([
			'The person has no password in JumpCloud yet, and a reactivation sends no mail: resend the invite.',
		]);
		expect(
			decideOne({ account: { ...returned, activated: false } }, { activationTrigger: 'never' })
				.reason,
		).toBe(
			'The person is back; this package suspended the account on 1 November 2026 because they had left ' +
				'before anybody signed in, and activation is set to manual.',
		);
	});
	it('the stamp goes when the account is in use again, so that an administrator’s later suspension is theirs', () => {
		const stamp = '2026-11-01T09:00:00.000Z leaving';
		const reopened = subject({ account: account({ attributes: stamped(stamp) }) });
		const decision = decideOne(reopened);
		expect(decision.changes).toEqual([
			{
				...{ attribute: 'humaansDeprovisionedAt', from: stamp, to: null, rule: 'always' },
				why: 'the account is in use again',
			},
		]);
		const cleaned = apply(reopened, decision, NOW);
		expect(cleaned.account!.attributes!.map(({ name }) => name)).not.toContain(
			'humaansDeprovisionedAt',
		);
		const { outcome: _outcome, decision: _decision, ...fresh } = cleaned;
		expect(verdict(fresh)).toBe('noAction inStep');
		expect(
			verdict({ ...fresh, account: { ...fresh.account!, state: 'SUSPENDED', suspended: true } }),
		).toBe('needsReview account.suspendedByOthers');
	});
	it('that they are back is one change of its own, with its reason, whatever else differs', () => {
		const out = suspended({ department: 'Legal' });
		const decision = decideOne({ account: out }, { rehire: 'review' });
		expect(decision.changes).toHaveLength(1);
		expect(decision).toMatchObject({
			...{ action: 'update', code: 'rehire.mark' },
			changes: [
				{
					attribute: 'humaansDeprovisionedAt',
					from: '2026-11-01T09:00:00.000Z leaving',
					to: '2026-11-01T09:00:00.000Z returned',
					why: 'the person is back',
				},
			],
			reason:
				'The person is back, and their account stays suspended for now. That is noted on it: ' +
				'should they leave again, the days until a deletion count from then.',
		});
	});
});
