import { rolesAsOf } from './humaans/rolesAsOf';
import { applyDates, statusByDates } from './humaans/status';
import type { Webhooks } from './humaans/webhooks';
import { humaansId } from './ids';
import { newPerson } from './newPerson';
import type { Account, JobRole, Person, Row } from './types';
import type { World } from './world';

/** Fields of a job role that hire() and change() take beside those of a person. */
export interface RolePatch {
	jobTitle?: string | null;
	department?: string | null;
	/** Id of the person reported to. */
	reportingTo?: string | null;
	/** When the role takes effect. @default the start date for a hire, today for a change */
	roleEffectiveDate?: string;
}

export type PersonPatch = Partial<Person> & RolePatch;

/**
 * What somebody in HR, or a JumpCloud administrator, does by hand. Every change of a person is
 * announced to webhooks.
 */
export interface Admin {
	/** Somebody new; everything has a default. Without `status` it follows the start date. */
	hire(patch?: PersonPatch): Person;
	/**
	 * Changes fields; job title, department and reportingTo make a job role. The status stays unless
	 * the patch says otherwise.
	 */
	change(personId: string, patch: PersonPatch): Person;
	/**
	 * Ends an employment. A last working day in the future leaves the person active until then, or
	 * not, as the switch statusTurns says. @default today
	 */
	offboard(personId: string, lastWorkingDay?: string): Person;
	/** Deletes the person in Humaans, with their job roles and custom values. */
	remove(personId: string): void;
	addJobRole(patch: Partial<JobRole> & { personId: string }): JobRole;
	/** Statuses follow the dates by the clock, once; answers whose changed. */
	applyDates(): Person[];
	/** The person's role today. */
	jobRole(personId: string): JobRole | undefined;
	/** Changes an account behind the API's back. */
	setAccount(accountId: string, patch: Partial<Account>): Account;
	/** As if the user had followed the activation mail: a password exists now. */
	setPassword(accountId: string): Account;
	/** An account that somebody made in JumpCloud; the row is complete. */
	addAccount(account: Account): Account;
	removeAccount(accountId: string): void;
	account(accountId: string): Account | undefined;
	accountByEmail(email: string): Account | undefined;
	accountByHumaansId(personId: string): Account | undefined;
	/** Accounts with the custom attribute humaansId. */
	linked(): Account[];
}

const ROLE_KEYS = ['jobTitle', 'department', 'reportingTo', 'roleEffectiveDate'] as const;

function split(patch: PersonPatch): { fields: Partial<Person>; role: RolePatch; hasRole: boolean } {
	const fields: Row = { ...patch };
	const role: Row = {};
	for (const key of ROLE_KEYS) {
		if (!(key in fields)) continue;
		if (fields[key] !== undefined) role[key] = fields[key];
		delete fields[key];
	}
	return {
		fields: fields as Partial<Person>,
		role: role as RolePatch,
		hasRole: Object.keys(role).some((key) => key !== 'roleEffectiveDate'),
	};
}

const linkOf = (account: Account): string | undefined =>
	account.attributes.find((attribute) => attribute.name === 'humaansId')?.value;

export function createAdmin(world: World, webhooks: Webhooks): Admin {
	const existing = (personId: string): Person => {
		const person = world.person(personId);
		if (!person) throw new Error(`No person ${personId} in the sandbox`);
		return person;
	};
	const existingAccount = (accountId: string): Account => {
		const account = world.account(accountId);
		if (!account) throw new Error(`No account ${accountId} in the sandbox`);
		return account;
	};
	const bump = (person: Person): void => {
		person.updatedAt = world.now().toISOString();
	};
	const announce = (event: string, personId: string): void => {
		world.touch();
		webhooks.announce(event, personId);
	};

	function addRole(patch: Partial<JobRole> & { personId: string }): JobRole {
		const at = world.now().toISOString();
		const current = admin.jobRole(patch.personId);
		const effectiveDate = patch.effectiveDate ?? world.today();
		const same = world.jobRoles.find(
			(role) => role.personId === patch.personId && role.effectiveDate === effectiveDate,
		);
		if (same) return Object.assign(same, patch, { updatedAt: at });
		const role: JobRole = {
			id: humaansId(world.random),
			companyId: world.people[0]?.companyId ?? null,
			jobTitle: current?.jobTitle ?? null,
			department: current?.department ?? null,
			reportingTo: current?.reportingTo ?? null,
			endDate: null,
			note: null,
			createdAt: at,
			updatedAt: at,
			...patch,
			effectiveDate,
		};
		world.jobRoles.push(role);
		return role;
	}

	const admin: Admin = {
		hire(patch = {}) {
			const { fields, role } = split(patch);
			const person = newPerson(world, fields);
			person.status = fields.status ?? statusByDates(person, world.today());
			world.people.push(person);
			addRole({
				jobTitle: null,
				department: null,
				reportingTo: null,
				...roleFields(role),
				personId: person.id,
				effectiveDate: role.roleEffectiveDate ?? person.employmentStartDate,
			});
			announce('person.created', person.id);
			return person;
		},
		change(personId, patch) {
			const person = existing(personId);
			const { fields, role, hasRole } = split(patch);
			Object.assign(person, fields);
			if (hasRole)
				addRole({
					...roleFields(role),
					personId,
					effectiveDate: role.roleEffectiveDate ?? world.today(),
				});
			if (Object.keys(fields).length > 0 || world.quirks.roleChangeBumpsPerson) bump(person);
			announce('person.updated', personId);
			return person;
		},
		offboard(personId, lastWorkingDay = world.today()) {
			const person = existing(personId);
			person.lastWorkingDay = lastWorkingDay;
			person.employmentEndDate = lastWorkingDay;
			if (lastWorkingDay <= world.today() || world.quirks.statusTurns === 'atOffboarding')
				person.status = 'offboarded';
			bump(person);
			announce('person.offboarded', personId);
			return person;
		},
		remove(personId) {
			existing(personId);
			for (const rows of [world.jobRoles, world.customValues] as Row[][]) {
				rows.splice(0, rows.length, ...rows.filter((row) => row.personId !== personId));
			}
			world.people.splice(
				0,
				world.people.length,
				...world.people.filter((person) => person.id !== personId),
			);
			announce('person.deleted', personId);
		},
		addJobRole(patch) {
			const person = existing(patch.personId);
			const role = addRole(patch);
			if (world.quirks.roleChangeBumpsPerson) bump(person);
			announce('jobRole.created', patch.personId);
			return role;
		},
		applyDates() {
			const changed = applyDates(world);
			for (const person of changed) announce('person.updated', person.id);
			return changed;
		},
		jobRole: (personId) =>
			rolesAsOf(
				world.jobRoles.filter((role) => role.personId === personId),
				world.today(),
			)[0],
		setAccount(accountId, patch) {
			const account = Object.assign(existingAccount(accountId), patch);
			world.touch();
			return account;
		},
		setPassword(accountId) {
			world.withPassword.add(accountId);
			return admin.setAccount(accountId, { activated: true });
		},
		addAccount(account) {
			world.addAccount(account);
			if (account.activated) world.withPassword.add(account._id);
			return account;
		},
		removeAccount(accountId) {
			existingAccount(accountId);
			world.removeAccount(accountId);
		},
		account: (accountId) => world.account(accountId),
		accountByEmail: (email) =>
			world.accounts.find((account) => account.email.toLowerCase() === email.toLowerCase()),
		accountByHumaansId: (personId) =>
			world.accounts.find((account) => linkOf(account) === personId),
		linked: () => world.accounts.filter((account) => linkOf(account) !== undefined),
	};
	return admin;
}

function roleFields({ jobTitle, department, reportingTo }: RolePatch): Partial<JobRole> {
	const fields: Partial<JobRole> = {};
	if (jobTitle !== undefined) fields.jobTitle = jobTitle;
	if (department !== undefined) fields.department = department;
	if (reportingTo !== undefined) fields.reportingTo = reportingTo;
	return fields;
}
