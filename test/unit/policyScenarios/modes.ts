import type { Decision } from '../../../nodes/core/subject';
import { LINKED, OTHER_ID, account, desired, person, staged, suspended } from '../policyWorld';
import { hire, left, none, row, setting, type Section } from './scenario';

const REVIEW = setting('Mode: Review Everything', { mode: 'review' });
const ONLY_UPDATE = setting('Actions Allowed: only Update', { actionsAllowed: ['update'] });
const legal = desired({ department: 'Legal' });
const DRIFT: Decision = {
	...{ action: 'update', code: 'drift', reason: '', changes: [], warnings: [] },
	...{ decidedAt: '2026-11-23T12:00:00.000Z', step: 1 },
};

export const MISSING: Section = {
	title: 'When something is missing or has no effect',
	text:
		'Whatever cannot be known goes to Needs Review; one bad item never stops the others. ' +
		'When nobody in the run has passed Match, or nobody Field Mapper, the run stops with a ' +
		'sentence that says so.',
	scenarios: [
		row('The person could not be read', {
			person: undefined,
			problem: 'Humaans returned a person this package cannot read (check: status).',
		}),
		row('The person was read 30 hours ago', { readAt: '2026-11-22T06:00:00.000Z' }),
		row('Nobody knows when the person was read', { readAt: 'yesterday' }),
		row('The item has no person ID', { personId: undefined }),
		row('The item names one person and holds another', { person: person({ id: OTHER_ID }) }),
		row('Match was left out', { match: undefined }),
		row('Field Mapper was left out', { desired: undefined }),
		row('Field Mapper was left out, no account', { ...none, desired: undefined }),
		row('A linked account of somebody else came along', {
			account: account({ attributes: [{ name: 'humaansId', value: OTHER_ID }] }),
		}),
		row('An update was accepted and changed nothing', {
			desired: legal,
			outcome: { action: 'update', status: 'applied', attempts: [], warnings: [] },
		}),
		row('The account had changed since the decision, so an update was not made', {
			desired: legal,
			outcome: { action: 'update', status: 'outdated', attempts: [], warnings: [] },
		}),
		row('A write failed in this run', {
			desired: legal,
			decision: DRIFT,
			outcome: {
				...{ action: 'update', status: 'failed', attempts: [], warnings: [] },
				failure: { message: 'JumpCloud refused the key (401).', todo: 'Check the credential.' },
			},
		}),
		row('Six decisions in one run already', {
			decision: { ...DRIFT, step: 6 },
		}),
	],
};

export const MODES: Section = {
	title: 'Mode and Actions Allowed',
	text: '*Review Everything* shows what would be done and does nothing.',
	scenarios: [
		row('Works here, no account', none, REVIEW),
		row('Starts on 1 December, staged account', { person: hire, account: staged() }, REVIEW),
		row('Offboarded, active account', { person: left }, REVIEW),
		row('Works here, no account', none, ONLY_UPDATE),
		row(
			'Works here, suspended by somebody else',
			{ account: suspended({ attributes: LINKED }) },
			ONLY_UPDATE,
		),
		row(
			'Comes back on 1 December, suspended by us',
			{ person: hire, account: suspended() },
			setting('Actions Allowed: without Update', {
				actionsAllowed: ['create', 'activate', 'reactivate'],
			}),
		),
	],
};
