import type { DeprovisionEvent, PolicySettings } from './settings';
import { DEFAULT_SETTINGS } from './settings';

type Read = (name: string) => unknown;

/** Settings of the node, wherever they come from; what is absent is the default. `option` reads the Options collection. */
export function readSettings(parameter: Read, option: Read): PolicySettings {
	const or = <T>(value: unknown, fallback: T): T => (value === undefined || value === null || value === '' ? fallback : (value as T));
	const names = String(option('protectedAccounts') ?? '')
		.split(/[,;\n]/)
		.map((name) => name.trim().toLowerCase())
		.filter((name) => name !== '');
	return {
		mode: or(parameter('mode'), DEFAULT_SETTINGS.mode),
		activationTrigger: or(parameter('activationTrigger'), DEFAULT_SETTINGS.activationTrigger),
		sendInvite: or(parameter('sendInvite'), DEFAULT_SETTINGS.sendInvite),
		deprovisionWhen: or(parameter('deprovisionWhen') as DeprovisionEvent[] | undefined, DEFAULT_SETTINGS.deprovisionWhen),
		deprovisionHow: or(parameter('deprovisionHow'), DEFAULT_SETTINGS.deprovisionHow),
		deleteAfterDays: or(parameter('deleteAfterDays'), DEFAULT_SETTINGS.deleteAfterDays),
		activationHour: or(option('activationHour'), DEFAULT_SETTINGS.activationHour),
		activationMinute: or(option('activationMinute'), DEFAULT_SETTINGS.activationMinute),
		fixedZone: or(option('timezone'), DEFAULT_SETTINGS.fixedZone),
		inviteTo: or(option('inviteTo'), DEFAULT_SETTINGS.inviteTo),
		createDaysBefore: or(option('createDaysBefore'), DEFAULT_SETTINGS.createDaysBefore),
		rehire: or(option('rehire'), DEFAULT_SETTINGS.rehire),
		existingAccounts: or(option('existingAccounts'), DEFAULT_SETTINGS.existingAccounts),
		actionsAllowed: or(option('actionsAllowed'), DEFAULT_SETTINGS.actionsAllowed),
		includeDemoPeople: or(option('includeDemoPeople'), DEFAULT_SETTINGS.includeDemoPeople),
		outOfScope: or(option('outOfScope'), DEFAULT_SETTINGS.outOfScope),
		protectedAccounts: new Set(names),
		limit: {
			count: or(parameter('deprovisioningLimit'), DEFAULT_SETTINGS.limit.count),
			percent: or(option('limitPercent'), DEFAULT_SETTINGS.limit.percent),
			holds: or(option('limitHolds'), DEFAULT_SETTINGS.limit.holds),
		},
	};
}
