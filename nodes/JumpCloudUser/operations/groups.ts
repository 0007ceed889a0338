import type { JumpCloudClient } from '../../shared/clients/jumpcloud';
import type { Account } from '../../shared/subject';
import { Declined } from './guard';

const PAGE = 100;

/** The id of the group with exactly this name. @throws Declined when there is none, or more than one */
export async function groupIdByName(client: JumpCloudClient, name: string): Promise<string> {
	const wanted = name.trim();
	const found: string[] = [];
	for (let skip = 0; ; skip += PAGE) {
		const groups = await client.groups(skip, PAGE);
		found.push(...groups.filter((group) => group.name === wanted).map((group) => group.id));
		if (groups.length < PAGE) break;
	}
	if (found.length !== 1) {
		throw new Declined(`${found.length === 0 ? 'No' : 'More than one'} JumpCloud group has that name.`, 'Check the name, or choose the group from the list.');
	}
	return found[0]!;
}

/** The one account with this work e-mail. @throws Declined when there is none */
export async function accountByEmail(client: JumpCloudClient, email: string): Promise<Account> {
	const found = (await client.find({ email })).filter((account) => account.email.toLowerCase() === email.trim().toLowerCase());
	if (found.length !== 1) throw new Declined('No JumpCloud account has that e-mail.', 'Check the address, or choose the user from the list.');
	return found[0]!;
}

const SIMPLE = ['_id', 'username', 'email', 'firstname', 'lastname', 'state', 'activated', 'jobTitle', 'department', 'employeeIdentifier'] as const;

/** The ten fields people look for first. */
export const simplified = (account: Account): Record<string, unknown> => Object.fromEntries(SIMPLE.map((field) => [field, account[field] ?? null]));
