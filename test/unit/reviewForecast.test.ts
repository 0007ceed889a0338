/** What will happen until a day: joiners, leavers, deletions, changes, questions, and what is missing. */
import type { Subject } from '../../nodes/core/subject';
import { account, another, desired, matched, person, staged, subject } from './policyWorld';
import { column, ofNobody, reviewAs, whole, withAccount } from './reviewWorld';

describe('what will happen', () => {
	const until = (asOf: string, subjects: Subject[], set = {}) =>
		reviewAs('forecast', whole(subjects), set, { asOf: new Date(`${asOf}T23:59:59.999Z`) });
	const events = (review: ReturnType<typeof until>) =>
		review.rows.map((row) => `${row.Day} ${row.What}: ${row.Action}`);

	/** Comes and goes in days to come. */
	const temp = subject({
		person: person({
			status: 'newHire',
			employmentStartDate: '2026-12-01',
			employmentEndDate: '2027-02-26',
		}),
		account: staged(),
	});

	it('a new hire: created now, activated on the first day where they are', () => {
		const hire = subject({
			person: person({
				status: 'newHire',
				employmentStartDate: '2026-12-01',
				manager: { id: 'm', name: null, email: null },
			}),
			desired: desired({ manager: 'm' }),
			...{ account: null, match: matched({ by: null }) },
		});
		expect(events(until('2026-11-30', [hire]))).toEqual(['2026-11-23 Joiners: Create']);
		const review = until('2026-12-01', [hire]);
		expect(events(review)).toEqual([
			'2026-11-23 Joiners: Create',
			'2026-12-01 Joiners: Activate, Invite',
		]);
		expect(column(review, 'Missing')).toEqual([
			'linked account of the manager',
			'linked account of the manager',
		]);
		// The manager is no field that is kept: nobody looked for their account.
		const unasked = until('2026-12-01', [{ ...hire, desired: desired() }]);
		expect(column(unasked, 'Missing')).toEqual(['', '']);
	});

	it('created and activated at once: one row', () => {
		const none = { account: null, match: matched({ by: null }) };
		expect(events(until('2026-11-23', [another(1, none)]))).toEqual([
			'2026-11-23 Joiners: Create, Activate, Invite',
		]);
	});

	it('the page says until when, and counts people, not steps', () => {
		const hire = subject({
			person: person({ status: 'newHire', employmentStartDate: '2026-12-01' }),
			...{ account: null, match: matched({ by: null }) },
		});
		const { title, html } = until('2026-12-01', [hire]);
		expect(title).toBe('What will happen until 1 December 2026');
		expect(html).toContain(
			'From now until 1 December 2026: joiners: 1 person, leavers: 0 people, ',
		);
		expect(html).toContain('<h3>Joiners (2)</h3>');
	});

	it('what a joiner still lacks: the rules ask, so it is a question', () => {
		const hire = subject({
			person: person({
				status: 'newHire',
				email: null,
				personalEmail: null,
				employmentStartDate: null,
			}),
			desired: desired({ email: null }),
			...{ account: null, match: matched({ by: null }) },
		});
		expect(until('2026-12-01', [hire]).rows).toMatchObject([
			{
				What: 'Questions for you',
				Action: 'You decide (Create)',
				Missing: 'work email, personal email, start date',
			},
		]);
	});

	it('a last day to come: Humaans is taken to say offboarded then; later the account is deleted', () => {
		const ends = subject({ person: person({ employmentEndDate: '2026-12-04' }) });
		expect(events(until('2026-12-04', [ends]))).toEqual([]);
		expect(events(until('2026-12-05', [ends]))).toEqual(['2026-12-05 Leavers: Suspend']);
		const set = { deprovisionHow: 'suspendThenDelete' as const, deleteAfterDays: 30 };
		expect(events(until('2027-01-31', [ends], set))).toEqual([
			'2026-12-05 Leavers: Suspend',
			'2027-01-04 Deletions: Delete',
		]);
	});

	it('comes, and goes again within the year', () => {
		expect(events(until('2027-06-01', [temp]))).toEqual([
			'2026-12-01 Joiners: Activate, Invite',
			'2027-02-27 Leavers: Suspend',
		]);
	});

	it('what is to come is not told as if it had been', () => {
		const [starts, ends] = column(until('2027-06-01', [temp]), 'Why');
		expect(starts).toContain('The account is to be activated on 1 December 2026 at 00:00');
		expect(ends).toContain('The last day, 26 February 2027, ends on 27 February 2027 at 00:00');
	});

	it('what has been is told so', () => {
		const late = subject({
			person: person({ employmentStartDate: '2026-11-02' }),
			account: staged(),
		});
		const gone = { status: 'offboarded', employmentEndDate: '2026-11-20' } as const;
		const left = subject({ person: person(gone) });
		const why = [late, left].flatMap((one) => column(until('2026-11-23', [one]), 'Why')).join(' ');
		expect(why).toContain('The account was to be activated on 2 November 2026 at 00:00');
		expect(why).toContain('The last day, 20 November 2026, ended on 21 November 2026 at 00:00');
	});

	it('changes and questions of today; nothing for who is in step, and for accounts of nobody', () => {
		const questions = until('2026-11-23', [
			another(1, { desired: desired({ email: 'p1@acme.example', department: 'Legal' }) }),
			another(2),
			ofNobody(3),
			withAccount(4, { attributes: [] }, { match: matched({ certain: false }) }),
		]);
		expect(events(questions)).toEqual([
			'2026-11-23 Changes: Update',
			'2026-11-23 Questions for you: You decide',
		]);
		expect(questions.rows[0]!.Changes).toBe('Department: Sales → Legal');
	});

	it('an item that nobody can read is a question', () =>
		expect(
			until('2026-11-23', [another(1, { account: { ...account(), attributes: [null] } as never })])
				.rows,
		).toHaveLength(1));
});
