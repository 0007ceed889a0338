import { LINKED, account, person, stamped, suspended } from '../policyWorld';
import { IMMEDIATELY, NEVER, hire, left, row, setting, type Section } from './scenario';

const REVIEW = setting('Rehires: Review', { rehire: 'review' });
const returned = suspended({ attributes: stamped('2026-11-01T09:00:00.000Z returned') });
const opened = account({ attributes: stamped('2026-11-01T09:00:00.000Z leaving') });

export const REHIRES: Section = {
	title: 'Rehire and cancelled offboarding',
	text:
		'Only what this package did is undone: when it suspended an account, and why, stands on the ' +
		'account. An account that somebody else suspended stays suspended. When an account is in use ' +
		'again, that stamp is removed, so that a later suspension by an administrator is theirs. Where ' +
		'somebody is back and the account stays suspended for now, that is noted on it first.',
	scenarios: [
		row('Offboarding cancelled, suspended by us', { account: suspended() }),
		row('Comes back on 1 December, suspended by us', { person: hire, account: suspended() }),
		row('Comes back on 1 December, suspended by us; that is noted already', {
			person: hire,
			account: returned,
		}),
		row(
			'Comes back on 1 December, suspended by us; that is noted already',
			{ person: hire, account: returned },
			IMMEDIATELY,
		),
		row(
			'Comes back on 1 December, suspended by us; that is noted already',
			{ person: hire, account: returned },
			NEVER,
		),
		row('Comes back, but without a start date; that is noted already', {
			person: person({ status: 'newHire', employmentStartDate: null }),
			account: returned,
		}),
		row('Active without a start date, suspended by us', {
			person: person({ employmentStartDate: null }),
			account: suspended(),
		}),
		row('Active, starts tomorrow where the person is; that is noted already', {
			person: person({ employmentStartDate: '2026-11-24' }),
			account: returned,
		}),
		row('Active, with a start far ahead', {
			person: person({ employmentStartDate: '2027-06-01' }),
			account: suspended(),
		}),
		row('Back, suspended by us', { account: suspended() }, REVIEW),
		row('Back, suspended by us; that is noted already', { account: returned }, REVIEW),
		row('Works here, suspended by somebody else', { account: suspended({ attributes: LINKED }) }),
		row('Cancelled hire comes back, never had a password', {
			account: suspended({ activated: false }),
		}),
		row(
			'Cancelled hire comes back, never had a password; that is noted already',
			{ account: { ...returned, activated: false } },
			NEVER,
		),
		row('Back under another name and with other emails; that is noted already', {
			person: person({
				...{ firstName: 'Bruno', lastName: 'Costa', preferredName: null },
				...{ email: 'bruno.costa@acme.example', personalEmail: 'bruno@home.example' },
			}),
			account: returned,
		}),
		row('An administrator opened the account again, person active', { account: opened }),
		row('An administrator opened the account again, person still gone', {
			person: left,
			account: opened,
		}),
	],
};
