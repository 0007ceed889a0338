import { choice, moment, number } from './settingKinds';

/** Rows of SETTINGS for *Access Review*. */
export const REVIEW_SETTINGS = {
	accessReview: choice(
		'Access Review',
		[
			{
				name: 'Accounts',
				value: 'accounts',
				description: 'Every account: whose it is, in what state, and why',
			},
			{
				name: 'Evidence of Leavers',
				value: 'leavers',
				description: 'When the access of each leaver of a period ended',
			},
			{ name: 'None', value: 'none' },
			{
				name: 'What Will Happen',
				value: 'forecast',
				description:
					'Joiners, leavers, deletions, changes and questions from now until Evaluate As Of',
			},
		],
		{
			parameter: 'accessReview',
			default: 'none',
			description:
				'Whether the Summary Item also holds a list for people: as a page, a file and rows. Only ' +
				'with Mode: Review Everything, and everybody and every account in the run.',
		},
	),
	hoursAllowed: number(
		'Hours to End Access',
		{ from: 0, to: 8760 },
		{
			parameter: 'hoursAllowed',
			default: 24,
			description: 'Hours after the end of the last day; for Evidence of Leavers in Access Review',
		},
	),
	reviewFrom: moment('Review From', {
		parameter: 'reviewFrom',
		description:
			'For Evidence of Leavers in Access Review: the first day; when empty, 90 days before the last one',
	}),
	reviewUntil: moment('Review Until', {
		parameter: 'reviewUntil',
		description: 'For Evidence of Leavers in Access Review: the last day; when empty, today',
	}),
} as const;
