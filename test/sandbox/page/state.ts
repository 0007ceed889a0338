import { rolesAsOf } from '../humaans/rolesAsOf';
import { isWrite, type RequestLog } from '../requestLog';
import type { Account, Person } from '../types';
import type { World } from '../world';

/** Newest log lines and mails that the page shows. */
const SHOWN = 300;

/** What the page draws: only the fields it shows, never the SECRET ones. */
export function pageState(world: World, log: RequestLog): object {
	const roles = new Map(
		rolesAsOf(world.jobRoles, world.today()).map((role) => [role.personId, role]),
	);
	// Somebody who has not started has a role that lies ahead.
	for (const role of world.jobRoles) if (!roles.has(role.personId)) roles.set(role.personId, role);
	const groups = new Map(world.groups.map((group) => [group.id, group.name]));
	return {
		revision: world.revision,
		today: world.today(),
		people: world.people.map((person) => shownPerson(person, roles.get(person.id))),
		accounts: world.accounts.map((account) => ({
			...shownAccount(account),
			groups: [...world.members]
				.filter(([, ids]) => ids.has(account._id))
				.map(([id]) => groups.get(id) ?? id),
		})),
		outbox: world.outbox.slice(-SHOWN).reverse(),
		mails: world.outbox.length,
		log: log.entries
			.slice(-SHOWN)
			.reverse()
			.map((entry) => ({ ...entry, write: isWrite(entry) })),
		requests: log.entries.length,
		writes: log.writes().length,
		violations: log.violations.slice(-SHOWN),
		violationCount: log.violations.length,
	};
}

function shownPerson(
	person: Person,
	role: { jobTitle?: unknown; department?: unknown } | undefined,
): object {
	const {
		id,
		firstName,
		lastName,
		email,
		personalEmail,
		employeeId,
		employmentStartDate,
		lastWorkingDay,
		employmentEndDate,
		status,
		timezone,
	} = person;
	return {
		id,
		firstName,
		lastName,
		email,
		personalEmail,
		employeeId,
		employmentStartDate,
		lastWorkingDay,
		employmentEndDate,
		status,
		timezone,
		jobTitle: role?.jobTitle ?? null,
		department: role?.department ?? null,
	};
}

function shownAccount(account: Account): object {
	const {
		_id,
		username,
		email,
		alternateEmail,
		firstname,
		lastname,
		jobTitle,
		department,
		employeeIdentifier,
		state,
		activated,
	} = account;
	return {
		id: _id,
		username,
		email,
		alternateEmail,
		firstname,
		lastname,
		jobTitle,
		department,
		employeeIdentifier,
		state,
		activated,
		humaansId:
			account.attributes.find((attribute) => attribute.name === 'humaansId')?.value ?? null,
		admin: Boolean(account.admin),
	};
}
