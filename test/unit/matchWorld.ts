/** Accounts and people for tests of matching. */
import type { Account, Person, Subject } from '../../nodes/core/subject';
import { personIdOf } from '../harness/personIds';
import { linkedTo } from './syncWorld';

/** `link`: the name of the person it is linked to. */
export const account = (id: string, extra: Partial<Account> & { link?: string } = {}): Account => {
	const { link, ...rest } = extra;
	const made = { username: `user-${id}`, ...rest };
	if (link !== undefined) return linkedTo(id, personIdOf(link), made);
	return { ...linkedTo(id, ''), attributes: [], ...made };
};
export const subject = (name: string, extra: Partial<Person> = {}): Subject => {
	const id = personIdOf(name);
	const email = `${name}@people.example`;
	return { personId: id, person: { id, status: 'active', email, employeeId: null, ...extra } };
};
