/** A sandbox in which everything can be seen that the check looks at. */
import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox';

const DAY_MS = 86_400_000;

/**
 * More than a hundred accounts, some without employee ID and personal email; people who were
 * entered one after the other and changed in another order; a token with every scope that is asked
 * for, made by an administrator.
 */
export async function startTenant(options: SandboxOptions = {}): Promise<Sandbox> {
	const sandbox = await startSandbox({ people: 150, accounts: true, ...options });
	const { humaans, jumpCloud } = sandbox;
	const start = Date.now() - 1000 * DAY_MS;
	humaans.people.forEach((person, at) => {
		person.createdAt = new Date(start + at * DAY_MS).toISOString();
		person.updatedAt = new Date(start + ((at * 37) % 150) * DAY_MS).toISOString();
	});
	for (const { _id } of jumpCloud.accounts.slice(0, 2))
		sandbox.admin.setAccount(_id, { employeeIdentifier: '', alternateEmail: '' });
	const maker = humaans.people[0]!.id;
	humaans.setToken(['public:read', 'private:read', 'webhooks:manage'], maker, 'admin');
	return sandbox;
}

/** Somebody leaves in ten days; whether their status turns at once is a switch. */
export function letSomebodyLeave({ humaans, admin }: Sandbox): void {
	const person = humaans.people.find(
		({ status, id }) => status === 'active' && id !== humaans.people[0]!.id,
	)!;
	admin.offboard(person.id, new Date(Date.now() + 10 * DAY_MS).toISOString().slice(0, 10));
}

/** Everything in the sandbox that names somebody or opens something: none of it may be shown. */
export function secretsOf({ humaans, jumpCloud }: Sandbox): string[] {
	const rows = [
		...humaans.people.flatMap((person) => [
			person.id,
			person.lastName,
			person.email,
			person.personalEmail,
			person.employeeId,
			person.phoneNumber,
		]),
		...jumpCloud.accounts.flatMap((account) => [
			account._id,
			account.username,
			account.email,
			account.alternateEmail,
		]),
		...jumpCloud.groups.map(({ id }) => id),
		...[humaans.token, jumpCloud.apiKey, jumpCloud.orgId],
		...[jumpCloud.serviceAccount.clientSecret, 'sandbox-service-token'],
	];
	return [
		...new Set(rows.filter((text): text is string => typeof text === 'string' && text !== '')),
	];
}
