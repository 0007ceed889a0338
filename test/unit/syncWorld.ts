/** A JumpCloud account as far as a PUT or POST changes it: what the tests apply bodies to. */
import {
	planCreate,
	planUpdate,
	type PlanContext,
	type RefusalKind,
} from '../../nodes/core/account/plan';
import type { AccountBody } from '../../nodes/core/account/body';
import type { Account, Desired, SlotValue, SyncRule } from '../../nodes/core/subject';

export const PERSON_ID = 'person00000000000000000a';

/** An active account with this id that carries somebody's link. */
export const linkedTo = (
	id: string,
	personId: string,
	{ attributes = [], ...patch }: Partial<Account> = {},
): Account => ({
	_id: id,
	username: id,
	email: `${id}@acme.example`,
	state: 'ACTIVATED',
	suspended: false,
	attributes: [{ name: 'humaansId', value: personId }, ...attributes],
	...patch,
});

/** A PUT is partial at the top and whole below; "" and null empty an attribute. */
export function applied(account: Account, body: AccountBody | null): Account {
	return { ...account, ...(structuredClone(body) ?? {}) } as Account;
}

export const linkedAccount = (patch: Partial<Account> = {}): Account => ({
	_id: 'account1',
	username: 'ana.silva',
	email: 'ana.silva@acme.example',
	state: 'ACTIVATED',
	suspended: false,
	attributes: [{ name: 'humaansId', value: PERSON_ID }],
	phoneNumbers: [],
	addresses: [],
	...patch,
});

export function wanted(
	attributes: Record<string, SlotValue | null>,
	rule: SyncRule | Record<string, SyncRule> = 'always',
	clearEmpty = false,
): Desired {
	const rules =
		typeof rule === 'string'
			? Object.fromEntries(Object.keys(attributes).map((slot) => [slot, rule]))
			: rule;
	return { attributes, rules, usernames: ['ana.silva'], clearEmpty, problems: [] };
}

/** That JumpCloud refused these slots just now. */
export const refusing = (
	slots: Iterable<string>,
	kind: RefusalKind = 'refused',
): Pick<PlanContext, 'refused'> => ({ refused: new Map([...slots].map((slot) => [slot, kind])) });

export const plan = (account: Account, desired: Desired, context: Partial<PlanContext> = {}) =>
	planUpdate(account, desired, { personId: PERSON_ID, ...context });
export const creation = (desired: Desired, context: Partial<PlanContext> = {}) =>
	planCreate(desired, 'ana.silva', { personId: PERSON_ID, ...context });

/** An account that was made from `desired`, as JumpCloud holds it. */
export const createdFrom = (desired: Desired, context: Partial<PlanContext> = {}): Account =>
	applied(
		{ _id: 'account1', username: '', email: '' },
		{ ...creation(desired, context), state: 'ACTIVATED' },
	);

/** Run after run until nothing is left; the accounts in between. */
export function runs(
	account: Account,
	desired: Desired,
	context: Partial<PlanContext> = {},
): Account {
	const first = applied(account, plan(account, desired, context).body);
	const second = plan(first, desired, context);
	if (second.body !== null)
		throw new Error(`A second run still writes ${JSON.stringify(second.body)}`);
	return first;
}
