import type { Account } from '../subject';

/**
 * What another directory may own (jumpcloud-v1 swagger, restrictedFields.field), as far as this
 * package writes it.
 */
const OWNED_ELSEWHERE: readonly string[] = [
	'addresses',
	'company',
	'costCenter',
	'department',
	'description',
	'displayname',
	'email',
	'employeeIdentifier',
	'employeeType',
	'firstname',
	'jobTitle',
	'lastname',
	'location',
	'middlename',
	'phoneNumbers',
];

/**
 * Attributes of the account that another directory owns. `externally_managed` is the old way to say
 * it: JumpCloud fills `restrictedFields` from it, and where it has not, all of them are meant.
 */
export function restrictedRoots(account: Account): ReadonlySet<string> {
	const named = account.restrictedFields ?? [];
	if (named.length === 0 && account.externally_managed === true) return new Set(OWNED_ELSEWHERE);
	return new Set(named.map((entry) => entry.field));
}
