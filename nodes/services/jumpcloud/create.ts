import { basisOf } from '../../core/account/basis';
import { linkOf, stateOf } from '../../core/account/link';
import { planCreate, type PlanContext } from '../../core/account/plan';
import { sameEmail } from '../../core/email';
import type { Account, Desired, RefusedValue, Subject } from '../../core/subject';
import { attempt, type ServiceFailure } from '../http/failure';
import type { AccountKeys, JumpCloudClient } from './client';
import { inTurn } from './conditionalWrite';
import { desiredText, inUse, inUseElsewhere, obstacleTo, type Obstacle } from './conflict';
import {
	Declined,
	mayBeTaken,
	outcome,
	requirePersonId,
	type ProtectedAccounts,
	type Written,
} from './guard';
import { retryUnsafeWrite } from './retryUnsafeWrite';
import { outcomeOfValues } from './update';
import { writeValues } from './values';

/** When an account with this work email is there already. */
export type OnConflict = 'adopt' | 'report';

export interface CreateOptions {
	/** @default report */
	onConflict?: OnConflict;
	/** @default nobody */
	protectedAccounts?: ProtectedAccounts;
}

/**
 * What is sent, one after another, while JumpCloud refuses a value and no look-up shows which:
 * everything, what people are known by, what JumpCloud asks for. The rest is written when the account
 * is there: then it shows which value is refused.
 */
const BODIES: ReadonlyArray<ReadonlySet<string> | undefined> = [
	undefined,
	new Set(['email', 'firstname', 'lastname']),
	new Set(['email']),
];

function requireUsableDesired({ desired }: Subject): Desired {
	if (!desired) {
		throw new Declined(
			'Nobody said what the account should hold.',
			'Put Field Mapper in front of this node.',
		);
	}
	const blocking = desired.problems.find((problem) => problem.blocking);
	if (blocking) throw new Declined(blocking.message, 'Correct it in Humaans.');
	if (!desiredText(desired, 'email')) {
		throw new Declined('There is no work email to create the account with.', 'Add it in Humaans.');
	}
	return desired;
}

/**
 * Whether the account is surely this person's, and may be linked: nobody's yet, in use, and with the
 * work email that Humaans has for them and for nobody else. An employee ID is typed in by hand, and
 * an address that was made from the name or mapped proves nothing.
 */
function isTheirs(
	account: Account,
	person: Subject['person'],
	protectedAccounts: ProtectedAccounts,
): boolean {
	const isAlone = Boolean(person?.email) && !person!.sharesWorkEmailWith?.length;
	if (!isAlone || !sameEmail(account.email, person!.email)) return false;
	const isFree = linkOf(account) === null && stateOf(account) === 'ACTIVATED';
	return isFree && mayBeTaken(account, protectedAccounts);
}

/** A creation on its way: which usernames are left, and what was left off. */
class Creation {
	private readonly personId: string;
	private readonly desired: Desired;
	private readonly usernames: string[];
	private readonly refused = new Map<string, RefusedValue>();
	/** Which of BODIES is sent. */
	private body = 0;
	/** A request got no clear answer, so an account with our link may be the one of this creation. */
	private isUncertain = false;

	constructor(
		private readonly client: JumpCloudClient,
		private readonly subject: Subject,
		private readonly options: CreateOptions,
	) {
		this.personId = requirePersonId(subject);
		this.desired = requireUsableDesired(subject);
		this.usernames = [...this.desired.usernames];
	}

	async run(): Promise<Written> {
		while (this.usernames.length > 0) {
			const sent = await this.send();
			if (sent.ok) {
				if (!this.isUncertain) this.client.tenant.justCreated.note(sent.value);
				return this.body === 0
					? this.created(sent.value, 'applied')
					: await this.completed(sent.value);
			}
			const { failure } = sent;
			// JumpCloud's wording of a conflict is not documented: every refusal is looked into.
			if (failure.kind !== 'duplicate' && failure.kind !== 'refused') throw failure;
			const keys = { ...this.keys(), username: this.usernames[0]! };
			const obstacle = await obstacleTo(this.client, keys, this.isMine);
			if (obstacle.kind === 'mine' && this.body > 0) return await this.completed(obstacle.account);
			if (obstacle.kind === 'mine') {
				return this.created(obstacle.account, this.isUncertain ? 'applied' : 'unchanged');
			}
			if (obstacle.kind === 'username') this.usernames.shift();
			else if (obstacle.kind === 'workEmail') return await this.adopt(obstacle);
			else if (obstacle.kind === 'unknown') this.sendLess(failure);
			else this.leaveOff(obstacle);
		}
		throw new Declined(
			'All username candidates are taken.',
			'Choose another username strategy in Field Mapper.',
		);
	}

	private readonly isMine = (account: Account): boolean => linkOf(account) === this.personId;

	private context(): PlanContext {
		const { person, match } = this.subject;
		return {
			...{ personId: this.personId, companyId: person?.companyId },
			managerAccountId: match?.managerAccountId,
			// Each was found at another account: leaveOff.
			refused: new Map([...this.refused.keys()].map((slot) => [slot, 'taken'])),
		};
	}

	/** The unique values that are sent. */
	private keys(): AccountKeys {
		const valueOf = (slot: string) =>
			this.refused.has(slot) ? null : desiredText(this.desired, slot);
		return {
			email: valueOf('email'),
			employeeIdentifier: valueOf('employeeIdentifier'),
			alternateEmail: valueOf('alternateEmail'),
		};
	}

	private async send() {
		const only = BODIES[this.body];
		const context = { ...this.context(), ...(only ? { only } : {}) };
		const body = planCreate(this.desired, this.usernames[0]!, context);
		const readResult = async () => {
			this.isUncertain = true;
			return (await this.client.find(this.keys())).find(this.isMine);
		};
		const create = async (attempts: number) => await this.client.create(body, attempts);
		return await attempt(retryUnsafeWrite(create, readResult));
	}

	/** @throws when nothing less can be sent: then it is the work email or the username */
	private sendLess(failure: ServiceFailure): void {
		if (++this.body < BODIES.length) return;
		throw failure.kind === 'duplicate' ? inUseElsewhere() : failure;
	}

	private created(account: Account, status: 'applied' | 'unchanged'): Written {
		const refused = [...this.refused.values()];
		const result = refused.length > 0 && status === 'applied' ? 'partly' : status;
		const warnings = refused.map(({ reason }) => reason);
		const extra = { warnings, ...(refused.length > 0 ? { refused } : {}) };
		return { account, outcome: outcome('create', result, extra) };
	}

	/** A value that somebody else has is no reason to have no account. */
	private leaveOff(obstacle: Extract<Obstacle, { kind: 'employeeIdentifier' | 'personalEmail' }>) {
		const isPersonal = obstacle.kind === 'personalEmail';
		const attribute = isPersonal ? 'alternateEmail' : 'employeeIdentifier';
		const what = isPersonal ? 'personal email' : 'employee ID';
		const holders = obstacle.holders.map(({ username }) => username).join(', ');
		const reason = `The account ${holders} has the ${what} already, so it was left off.`;
		this.refused.set(attribute, { attribute, reason });
	}

	/** Links the one account that is in the way, when it is theirs. */
	private async adopt({ kind, holders }: Extract<Obstacle, { kind: 'workEmail' }>) {
		const { onConflict = 'report', protectedAccounts = new Set<string>() } = this.options;
		const [holder, ...others] = holders;
		const isAdoptable =
			holder && others.length === 0 && isTheirs(holder, this.subject.person, protectedAccounts);
		if (onConflict === 'report' || !isAdoptable) throw inUse(kind, holders);
		return await this.writeAll(holder, 'unchanged');
	}

	/** The account is there with what it cannot do without; the rest is written after that. */
	private async completed(account: Account): Promise<Written> {
		const written = await this.writeAll(account, 'applied');
		const left = [...this.refused.values()];
		const refused = [...left, ...(written.outcome.refused ?? [])];
		const status = refused.length > 0 ? 'partly' : 'applied';
		const warnings = [...left.map(({ reason }) => reason), ...written.outcome.warnings];
		const extra = refused.length > 0 ? { warnings, refused } : { warnings };
		return { ...written, outcome: outcome('create', status, extra) };
	}

	/**
	 * All values on an account that is there, but for those that are refused.
	 * @param ours what to say of an account that is theirs and was changed at the same moment: the
	 * policy sees what is left to do
	 */
	private async writeAll(account: Account, ours: 'applied' | 'unchanged'): Promise<Written> {
		const { client, desired, personId } = this;
		const target = { accountId: account._id, personId, basis: basisOf(account, null) };
		const result = await inTurn(
			account._id,
			async () => await writeValues({ client, target, desired, context: this.context() }),
		);
		if (result.kind === 'written') {
			return { account: result.account, outcome: outcomeOfValues('create', 'adopted', result) };
		}
		if (result.kind === 'outdated' && this.isMine(result.account)) {
			return { account: result.account, outcome: outcome('create', ours) };
		}
		throw new Declined(
			'Somebody else changed the account at the same moment, so it was left alone.',
			'Run again: Match looks at the account as it is now.',
		);
	}
}

/**
 * Creates the account: STAGED, with the link in the same request, so that a lost answer can be
 * settled by reading. A taken username is followed by the next candidate. A taken employee ID or
 * personal email, and a value that JumpCloud refuses, is left off and named.
 * @throws Declined when another account has the work email
 */
export const createAccount = async (
	client: JumpCloudClient,
	subject: Subject,
	options: CreateOptions = {},
): Promise<Written> => await new Creation(client, subject, options).run();
