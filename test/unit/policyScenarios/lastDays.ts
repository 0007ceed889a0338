import { account, person, staged, suspended } from '../policyWorld';
import {
	DELETE,
	ONLY_LAST_DAY,
	THEN_DELETE,
	WITH_LAST_DAY,
	none,
	row,
	setting,
	type Section,
} from './scenario';

const goes = person({ status: 'offboarded', employmentEndDate: '2026-12-31' });
const inAHundredYears = person({ status: 'offboarded', employmentEndDate: '2126-12-31' });
const ended = person({ employmentEndDate: '2026-11-20' });
const unknownStart = { employmentStartDate: null, employmentEndDate: '2023-06-30' };
const AT_ONCE = setting('Offboarded, Last Day to Come: Deprovision at Once', {
	lastDayToCome: 'deprovision',
});
const REVIEW = setting('Offboarded, Last Day to Come: Review', { lastDayToCome: 'review' });

export const LAST_DAY_TO_COME: Section = {
	title: 'Offboarded before the last day is over',
	text:
		'Humaans has somebody as offboarded, and their last day is not over where they are: the ' +
		'account stays open until then, and the workflow waits for that moment. Who must go at once is ' +
		'cut off by hand.',
	scenarios: [
		row('Offboarded, last day is 31 December', { person: goes }),
		row('Offboarded, last day is 31 December 2126', { person: inAHundredYears }),
		row('Offboarded, last day is 31 December', { person: goes }, DELETE),
		row('Offboarded, last day is 31 December', { person: goes }, AT_ONCE),
		row('Offboarded, last day is 31 December', { person: goes }, REVIEW),
		row('Offboarded, last day is 31 December, out of step', {
			person: goes,
			account: account({ department: 'Legal' }),
		}),
		row('Offboarded, last day is 31 December, staged account', {
			person: goes,
			account: staged(),
		}),
		row('Offboarded, last day is 31 December, suspended by us already', {
			person: goes,
			account: suspended(),
		}),
		row(
			'Offboarded, last day is 31 December, suspended by us already',
			{ person: goes, account: suspended() },
			THEN_DELETE,
		),
		row('Offboarded, last day is 31 December, no account', { ...none, person: goes }),
		row('Offboarded, last day is 31 December, administrator in JumpCloud', {
			person: goes,
			account: account({ admin: { id: 'a' } }),
		}),
		row('Offboarded, last day is today where they are', {
			person: person({ status: 'offboarded', employmentEndDate: '2026-11-23' }),
		}),
		row('Offboarded, last working day is 15 December, no end date', {
			person: person({ status: 'offboarded', lastWorkingDay: '2026-12-15' }),
		}),
		row('Offboarded, the last day is not a date', {
			person: person({ status: 'offboarded', unusable: ['employmentEndDate'] }),
		}),
		row('Offboarded, last day is 31 December', { person: goes }, WITH_LAST_DAY),
		row('Offboarded, last day is 31 December', { person: goes }, ONLY_LAST_DAY),
		row(
			'Offboarded without an end date',
			{ person: person({ status: 'offboarded' }) },
			ONLY_LAST_DAY,
		),
		row(
			'Offboarded without an end date, suspended',
			{ person: person({ status: 'offboarded' }), account: suspended() },
			ONLY_LAST_DAY,
		),
	],
};

export const LAST_DAYS: Section = {
	title: 'End of the last working day',
	text:
		'With *End of the Last Working Day* somebody whom Humaans still has as active leaves at local ' +
		'midnight after that day, and the workflow waits for it. A day that is not to be believed ' +
		'goes to Needs Review. Without it nobody is let in once that day is over: who has an open ' +
		'account keeps it.',
	scenarios: [
		row('Active, employment ended three days ago', { person: ended }),
		row('Active, employment ended three days ago, no account', { ...none, person: ended }),
		row('Active, employment ended three days ago, staged account', {
			person: ended,
			account: staged(),
		}),
		row('Active, employment ended three days ago, suspended by us', {
			person: ended,
			account: suspended(),
		}),
		row('New hire, one week of work is over, no account', {
			...none,
			person: person({
				...{ status: 'newHire', employmentStartDate: '2026-11-10' },
				employmentEndDate: '2026-11-16',
			}),
		}),
		row('Active, employment ended three days ago', { person: ended }, WITH_LAST_DAY),
		row(
			'Active, last day is today',
			{ person: person({ employmentEndDate: '2026-11-23' }) },
			WITH_LAST_DAY,
		),
		row(
			'Active, last working day last week, employment ends later',
			{ person: person({ lastWorkingDay: '2026-11-16', employmentEndDate: '2026-12-31' }) },
			WITH_LAST_DAY,
		),
		row(
			'Active, last working day equal to the start date, no end',
			{ person: person({ lastWorkingDay: '2024-01-15' }) },
			WITH_LAST_DAY,
		),
		row(
			'Active, employment end equal to the start date',
			{ person: person({ employmentEndDate: '2024-01-15' }) },
			WITH_LAST_DAY,
		),
		row(
			'Active, employment end before the start (an earlier employment)',
			{ person: person({ employmentEndDate: '2023-06-30' }) },
			WITH_LAST_DAY,
		),
		row(
			'Active, employment ended, no start date (may be an earlier employment)',
			{ person: person(unknownStart) },
			WITH_LAST_DAY,
		),
		row(
			'Offboarded, employment ended, no start date',
			{ person: person({ status: 'offboarded', ...unknownStart }) },
			WITH_LAST_DAY,
		),
		row(
			'Active, impossible last working day, employment ends later',
			{
				person: person({
					lastWorkingDay: null,
					unusable: ['lastWorkingDay'],
					employmentEndDate: '2026-12-31',
				}),
			},
			WITH_LAST_DAY,
		),
		row(
			'Active, impossible employment end',
			{ person: person({ unusable: ['employmentEndDate'] }) },
			WITH_LAST_DAY,
		),
	],
};
