import type { JobRole } from '../types';

/** Everybody's role on a day: the latest that has taken effect. */
export function rolesAsOf(roles: readonly JobRole[], day: string): JobRole[] {
	const current = new Map<string, JobRole>();
	for (const role of roles) {
		if (role.effectiveDate > day) continue;
		const other = current.get(role.personId);
		if (!other || role.effectiveDate >= other.effectiveDate) current.set(role.personId, role);
	}
	return [...current.values()];
}
