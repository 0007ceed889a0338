import type { IExecuteFunctions } from 'n8n-workflow';
import { Declined } from '../services/jumpcloud/guard';
import type { ReminderSettings } from '../core/policy/reminder';

/**
 * Settings of a reminder. An expression can give anything, and a slip must not quietly mean "send".
 */
export function reminderSettings(context: IExecuteFunctions, index: number): ReminderSettings {
	const mode = context.getNodeParameter('mode', index, null);
	if (mode !== 'apply' && mode !== 'review')
		throw new Declined(
			'The parameter Mode cannot be used, so nothing was sent.',
			'Choose Apply or Review Everything.',
		);
	const whole = (name: string, shown: string, least: number): number => {
		const value = Number(context.getNodeParameter(name, index, null) ?? Number.NaN);
		if (!Number.isInteger(value) || value < least || value > 365)
			throw new Declined(
				`The parameter ${shown} cannot be used, so nothing was sent.`,
				`Give a whole number from ${least} to 365.`,
			);
		return value;
	};
	return {
		mode,
		firstAfterDays: whole('firstAfterDays', 'First Reminder After Days', 1),
		daysBetween: whole('daysBetween', 'Days Between Reminders', 1),
		atMost: whole('atMost', 'Max Reminders', 0),
	};
}
