import { desired, named, person, staged } from '../policyWorld';
import { IMMEDIATELY, NEVER, hire, none, row, setting, type Section } from './scenario';

const undated = person({ employmentStartDate: null });
const waiting = { person: hire, account: staged() };
const FOURTEEN_DAYS = setting('Create 14 days before the start', { createDaysBefore: 14 });

export const JOINERS: Section = {
	title: 'Joiners',
	text:
		'An account is always created staged: no access, no mail. Activation is a step of its own, at ' +
		'the local start of the start date unless the settings say otherwise. It comes before any ' +
		'field: nobody waits for access because of a department. *Immediately* means: as soon as ' +
		'Humaans has the person as active.',
	scenarios: [
		row('Works here, no account', none),
		row('Starts on 1 December, no account', { ...none, person: hire }),
		row('Starts on 1 December, staged account', waiting),
		row(
			'Starts on 1 December, staged account',
			waiting,
			setting('Activation Hour 9, Minute 30', { activationHour: 9, activationMinute: 30 }),
		),
		row('Start date has come, staged account', { account: staged() }),
		row('Start date has come, staged account, another department in Humaans', {
			account: staged(),
			desired: desired({ department: 'Legal' }),
		}),
		row('Starts on 1 December, staged account, another department in Humaans', {
			...waiting,
			desired: desired({ department: 'Legal' }),
		}),
		row(
			'Start date has come, staged account',
			{ account: staged() },
			setting('Send Invite Email: off', { sendInvite: false }),
		),
		row('Starts on 1 December, no account', { ...none, person: hire }, IMMEDIATELY),
		row('Starts on 1 December, staged account', waiting, IMMEDIATELY),
		row('Active, starts on 1 December, staged account', {
			person: { ...hire, status: 'active' },
			account: staged(),
		}),
		row(
			'Active, starts on 1 December, staged account',
			{ person: { ...hire, status: 'active' }, account: staged() },
			IMMEDIATELY,
		),
		row(
			'New hire, start date has come, staged account',
			{ person: person({ status: 'newHire' }), account: staged() },
			IMMEDIATELY,
		),
		row(
			'New hire without a start date, staged account',
			{ person: { ...undated, status: 'newHire' }, account: staged() },
			IMMEDIATELY,
		),
		row(
			'Starts on 1 December, staged account',
			waiting,
			setting('Activation Trigger: Immediately; Activate New Hires Too: on', {
				activationTrigger: 'immediately',
				activateNewHires: true,
			}),
		),
		row('Start date has come, staged account; no address is surely theirs', {
			person: person({ email: null, personalEmail: null }),
			account: staged({ email: 'carla.neu@acme.example', alternateEmail: null }),
			desired: { ...desired({}), attributes: {} },
		}),
		row('Start date has come, staged account', { account: staged() }, NEVER),
		row(
			'Starts on 1 December, staged account',
			waiting,
			setting('Actions Allowed: without Activate', { actionsAllowed: ['create', 'update'] }),
		),
		row(
			'Starts on 1 February, no account',
			{ ...none, person: person({ status: 'newHire', employmentStartDate: '2027-02-01' }) },
			FOURTEEN_DAYS,
		),
		row('Starts on 1 December, no account', { ...none, person: hire }, FOURTEEN_DAYS),
		row('No start date, no account', { ...none, person: undated }),
		row('No start date, staged account', { person: undated, account: staged() }),
		row('Impossible start date, staged account', {
			person: person({ employmentStartDate: null, unusable: ['employmentStartDate'] }),
			account: staged(),
		}),
		row('No start date, no account', { ...none, person: undated }, IMMEDIATELY),
		row('Unknown time zone, no zone of a location', {
			account: staged(),
			person: person({ timezone: 'Mars/Olympus' }),
		}),
		row('No work email yet, no account', { ...none, desired: desired({ email: null }) }),
		row('The work email is an account’s already, no account of their own', {
			...none,
			match: { ...none.match, emailHeldBy: [named([], { username: 'asilva' })] },
		}),
		row('No name, no account', { ...none, person: person({ firstName: null, lastName: null }) }),
		row('A field that JumpCloud would refuse, no account', {
			...none,
			desired: desired(
				{},
				{
					problems: [
						{
							field: 'username',
							message: 'No username can be made of the work email.',
							blocking: true,
						},
					],
				},
			),
		}),
		row('Active account, in step'),
	],
};

export const MOVED_STARTS: Section = {
	title: 'Moved start date',
	text:
		'A postponed start never costs anybody their access and an active account is never put back; a staged ' +
		'one waits for the new day.',
	scenarios: [
		row('Postponed to 1 December, account active already', { person: hire }),
		row('Postponed to 1 December, account staged', waiting),
		row('Brought forward to today, account staged', {
			person: person({ employmentStartDate: '2026-11-23' }),
			account: staged(),
		}),
		row('Start date removed, account active', { person: undated }),
	],
};
