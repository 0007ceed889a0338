import { attempt } from '../../shared/clients/failure';
import type { JumpCloudClient } from '../../shared/clients/jumpcloud';
import { sameEmail } from '../../shared/email';
import { linkOf } from '../../shared/link';
import { planCreate } from '../../shared/sync/changes';
import type { Account, Desired, Subject } from '../../shared/subject';
import { Declined, outcome, requirePersonId, type Written } from './guard';
import { sendOnce } from './settle';

const TAKEN_PERSONAL = 'JumpCloud does not take the personal e-mail (it is in use elsewhere), so it was left off the account; the invite still goes to it.';

/** What stands in the way of a creation, found by looking up every unique value that was sent. */
type Obstacle = { kind: 'mine'; account: Account } | { kind: 'username' } | { kind: 'personalEmail' } | { kind: 'workEmail' } | { kind: 'employeeIdentifier' } | { kind: 'unknown' };

const text = (desired: Desired, slot: string): string | null => {
	const value = desired.attributes[slot];
	return typeof value === 'string' ? value : null;
};

async function obstacleTo(client: JumpCloudClient, personId: string, desired: Desired, username: string): Promise<Obstacle> {
	const email = text(desired, 'email');
	const alternateEmail = text(desired, 'alternateEmail');
	const employeeIdentifier = text(desired, 'employeeIdentifier');
	const found = await client.find({ email, username, employeeIdentifier, alternateEmail });
	const mine = found.find((account) => linkOf(account) === personId);
	if (mine) return { kind: 'mine', account: mine };
	if (found.some((account) => sameEmail(account.email, email) || sameEmail(account.alternateEmail, email))) return { kind: 'workEmail' };
	if (employeeIdentifier && found.some((account) => account.employeeIdentifier === employeeIdentifier)) return { kind: 'employeeIdentifier' };
	if (found.some((account) => account.username.toLowerCase() === username.toLowerCase())) return { kind: 'username' };
	if (found.some((account) => sameEmail(account.alternateEmail, alternateEmail) || sameEmail(account.email, alternateEmail))) return { kind: 'personalEmail' };
	return { kind: 'unknown' };
}

const inUse = (what: string): Declined =>
	new Declined(`Another JumpCloud account has the same ${what}, so none was created.`, 'Run again: Match finds that account, and it is adopted or reviewed.');

const elsewhere = (): Declined =>
	new Declined(
		'JumpCloud says a value is in use, and no account here has it. E-mail addresses are unique across all JumpCloud organisations.',
		'Ask JumpCloud support which organisation holds the work e-mail, or change it in Humaans.',
	);

/**
 * Creates the account: STAGED, with the link in the same request, so that a lost answer can be settled by reading. A taken username is
 * followed by the next candidate; a taken personal e-mail is left off with a warning.
 * @throws Declined when another account stands in the way
 */
export async function createAccount(client: JumpCloudClient, subject: Subject): Promise<Written> {
	const personId = requirePersonId(subject);
	const { desired } = subject;
	if (!desired) throw new Declined('Nobody said what the account should hold.', 'Put Field Mapper in front of this node.');
	const blocking = desired.problems.find((problem) => problem.blocking);
	if (blocking) throw new Declined(blocking.message, 'Correct it in Humaans.');
	if (!text(desired, 'email')) throw new Declined('There is no work e-mail to create the account with.', 'Add it in Humaans.');

	const refused = new Set<string>();
	const warnings: string[] = [];
	const usernames = [...desired.usernames];
	while (usernames.length > 0) {
		const username = usernames[0]!;
		const body = planCreate(desired, username, { personId, managerAccountId: subject.match?.managerAccountId, refused });
		const mine = async () => (await client.find({ email: text(desired, 'email'), employeeIdentifier: text(desired, 'employeeIdentifier') })).find((account) => linkOf(account) === personId);
		const sent = await attempt(sendOnce(() => client.create(body), mine));
		if (sent.ok) return { account: sent.value, outcome: outcome('create', 'applied', { warnings }) };
		// JumpCloud's wording of a conflict is not documented: every refused creation is looked into.
		if (sent.failure.kind !== 'duplicate' && sent.failure.kind !== 'refused') throw sent.failure;
		const obstacle = await obstacleTo(client, personId, desired, username);
		switch (obstacle.kind) {
			case 'mine':
				return { account: obstacle.account, outcome: outcome('create', 'applied', { warnings }) };
			case 'username':
				usernames.shift();
				continue;
			case 'workEmail':
				throw inUse('work e-mail');
			case 'employeeIdentifier':
				throw inUse('employee ID');
			case 'unknown':
				// Refused for another reason than a conflict, as far as anybody can tell, once the personal e-mail is off.
				if (sent.failure.kind === 'refused' && (refused.has('alternateEmail') || !text(desired, 'alternateEmail'))) throw sent.failure;
				break;
			case 'personalEmail':
				break;
		}
		// The one value that may be left off goes first; what is left then can only be the work e-mail.
		if (refused.has('alternateEmail') || !text(desired, 'alternateEmail')) throw elsewhere();
		refused.add('alternateEmail');
		warnings.push(TAKEN_PERSONAL);
	}
	throw new Declined('All username candidates are taken.', 'Choose another username strategy in Field Mapper.');
}
