import { matched, person, stamped, suspended } from '../policyWorld';
import { THEN_DELETE, left, none, row, setting, unlinked, type Section } from './scenario';

/** All accounts were read. */
const COUNTED = { match: matched({ accountsInUse: 50 }) };
const OUT = { inScope: false };
const SUSPEND = setting('People Who Leave the Scope: Suspend', { outOfScope: 'suspend' });
const out = 'Not among the People in Scope';

export const SCOPE: Section = {
	title: 'Out of scope',
	text:
		'Demo people are out of scope by default. Leaving the scope changes nothing unless you choose ' +
		'so, and never deletes. Unknown is never out: a condition whose value was not read, or cannot ' +
		'be told, goes to Needs Review, however it is written.',
	scenarios: [
		row(`${out}, no account`, none, OUT),
		row(`${out}, active account`, {}, OUT),
		row(`${out}, active account`, COUNTED, { ...OUT, ...SUSPEND }),
		row(`${out}, active account, only this account was read`, {}, { ...OUT, ...SUSPEND }),
		row(`${out}, active account`, COUNTED, {
			...OUT,
			...setting('People Who Leave the Scope: Suspend; Deprovision How: Delete', {
				outOfScope: 'suspend',
				deprovisionHow: 'delete',
			}),
		}),
		row(
			`${out}, active account`,
			{},
			{
				...OUT,
				...setting('People Who Leave the Scope: Suspend; Deprovision How: Review', {
					outOfScope: 'suspend',
					deprovisionHow: 'review',
				}),
			},
		),
		row(`${out}, account not linked`, unlinked(), { ...OUT, ...SUSPEND }),
		row(`${out}, suspended by us`, { account: suspended() }, { ...OUT, ...SUSPEND }),
		row('In scope again, suspended by us', { account: suspended() }, SUSPEND),
		row(
			'In scope again, suspended by us for leaving the scope',
			{ account: suspended({ attributes: stamped('2026-11-01T09:00:00.000Z scope') }) },
			SUSPEND,
		),
		row(
			'A field of the conditions was not read',
			{},
			{ inScope: { unknown: 'department was not read.' }, ...SUSPEND },
		),
		row(
			'A condition does not say which field it looks at',
			{},
			{
				inScope: {
					unknown:
						'a condition does not name the field it looks at, as in {{ $json.person.department }}.',
				},
				...SUSPEND,
			},
		),
		row(`Offboarded, and ${out.toLowerCase()}`, { person: left }, OUT),
		row(
			`Offboarded, and ${out.toLowerCase()}, suspended by us 53 days ago for that`,
			{
				person: left,
				account: suspended({ attributes: stamped('2026-10-01T09:00:00.000Z scope') }),
			},
			{ ...OUT, ...THEN_DELETE },
		),
		row('Demo person of Humaans', { ...none, person: person({ demo: true }) }),
		row(
			'Demo person of Humaans',
			{ ...none, person: person({ demo: true }) },
			setting('Include Demo People: on', { includeDemoPeople: true }),
		),
	],
};
