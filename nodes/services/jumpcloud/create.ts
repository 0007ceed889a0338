import { attempt } from '../http/failure';
import type { AccountKeys, JumpCloudClient } from './client';
import { sameEmail } from '../../core/email';
import { linkOf, stateOf } from '../../core/account/link';
import { planCreate } from '../../core/account/changes';
import type { Account, Desired, Subject } from '../../core/subject';
import { inUse, inUseElsewhere, obstacleTo, type Obstacle } from './conflict';
import {
	Declined,
	mayBeTaken,
	outcome,
	requirePersonId,
	type ProtectedAccounts,
	type Written,
} from './guard';
import { sendOnce } from './settle';
import { updateAccount } from './update';

const TAKEN_PERSONAL =
	'JumpCloud does not take the personal e-mail (it is in use elsewhere), so it was left off ' +
	'the account; the invite still goes to it.';

/** When an account with this work e-mail or employee ID is there already. */
export type OnConflict = 'adopt' | 'report';

const text = (desired: Desired, slot: string): string | null => {
	const value = desired.attributes[slot];
	return typeof value === 'string' ? value : null;
};

function ready(subject: Subject): Desired {
	const { desired } = subject;
	if (!desired)
		throw new Declined(
			'Nobody said what the account should hold.',
			'Put Field Mapper in front of this node.',
		);
	const blocking = desired.problems.find((problem) => problem.blocking);
	if (blocking) throw new Declined(blocking.message, 'Correct it in Humaans.');
	if (!text(desired, 'email'))
		throw new Declined('There is no work e-mail to create the account with.', 'Add it in Humaans.');
	return desired;
}

/**
 * Whether the account is surely this person's, and may be linked: nobody's yet, with the work
 * e-mail that Humaans has for them and for nobody else. An employee ID is typed in by hand, and an
 * address that was made from the name or mapped proves nothing.
 */
function isTheirs(
	account: Account,
	person: Subject['person'],
	protectedAccounts: ProtectedAccounts,
): boolean {
	if (
		!person?.email ||
		person.sharesWorkEmailWith?.length ||
		!sameEmail(account.email, person.email)
	)
		return false;
	return (
		linkOf(account) === null &&
		stateOf(account) !== 'SUSPENDED' &&
		mayBeTaken(account, protectedAccounts)
	);
}

/**
 * Links the one account that is in the way, when it is theirs; two of them, or anybody else's, are
 * for a person to look at.
 */
async function adopt(
	client: JumpCloudClient,
	subject: Subject,
	obstacle: Extract<Obstacle, { holders: Account[] }>,
	protectedAccounts: ProtectedAccounts,
): Promise<Written> {
	const [holder, ...others] = obstacle.holders;
	if (!holder || others.length > 0 || !isTheirs(holder, subject.person, protectedAccounts))
		throw inUse(obstacle.kind);
	const written = await updateAccount(client, { ...subject, account: holder });
	return { ...written, outcome: { ...written.outcome, action: 'create', status: 'adopted' } };
}

/**
 * Creates the account: STAGED, with the link in the same request, so that a lost answer can be
 * settled by reading. A taken username is followed by the next candidate; a taken personal e-mail
 * is left off with a warning.
 * @throws Declined when another account stands in the way
 */
export async function createAccount(
	client: JumpCloudClient,
	subject: Subject,
	onConflict: OnConflict = 'report',
	protectedAccounts: ProtectedAccounts = new Set(),
): Promise<Written> {
	const personId = requirePersonId(subject);
	const desired = ready(subject);
	const isMine = (account: Account) => linkOf(account) === personId;
	const refused = new Set<string>();
	const warnings: string[] = [];
	const usernames = [...desired.usernames];
	/** The personal e-mail was left off, and no account was found that holds it. */
	let suspected = false;
	while (usernames.length > 0) {
		const username = usernames[0]!;
		const body = planCreate(desired, username, {
			personId,
			managerAccountId: subject.match?.managerAccountId,
			refused,
		});
		const keys: AccountKeys = {
			email: text(desired, 'email'),
			employeeIdentifier: text(desired, 'employeeIdentifier'),
		};
		let doubted = false;
		const mine = async () => {
			doubted = true;
			return (await client.find(keys)).find(isMine);
		};
		const sent = await attempt(sendOnce((attempts) => client.create(body, attempts), mine));
		if (sent.ok)
			return { account: sent.value, outcome: outcome('create', 'applied', { warnings }) };
		// JumpCloud's wording of a conflict is not documented: every refused creation is looked into.
		if (sent.failure.kind !== 'duplicate' && sent.failure.kind !== 'refused') throw sent.failure;
		const obstacle = await obstacleTo(
			client,
			{ ...keys, username, alternateEmail: text(desired, 'alternateEmail') },
			isMine,
		);
		const spare = text(desired, 'alternateEmail') !== null && !refused.has('alternateEmail');
		switch (obstacle.kind) {
			case 'mine':
				// Ours after an answer that was lost; otherwise another run was first.
				return {
					account: obstacle.account,
					outcome: outcome('create', doubted ? 'applied' : 'unchanged', { warnings }),
				};
			case 'username':
				usernames.shift();
				// It was the username, so nothing speaks against the personal e-mail that was left off on
				// suspicion.
				if (suspected) {
					suspected = false;
					refused.delete('alternateEmail');
					warnings.pop();
				}
				continue;
			case 'workEmail':
			case 'employeeIdentifier':
				if (onConflict === 'adopt')
					return await adopt(client, subject, obstacle, protectedAccounts);
				throw inUse(obstacle.kind);
			case 'unknown':
				// Refused for another reason than a conflict, as far as anybody can tell, once the personal
				// e-mail is off.
				if (sent.failure.kind === 'refused' && !spare) throw sent.failure;
				suspected = true;
				break;
			case 'personalEmail':
				break;
		}
		// The one value that may be left off goes first; what is left then can only be the work e-mail.
		if (!spare) throw inUseElsewhere();
		refused.add('alternateEmail');
		warnings.push(TAKEN_PERSONAL);
	}
	throw new Declined(
		'All username candidates are taken.',
		'Choose another username strategy in Field Mapper.',
	);
}
