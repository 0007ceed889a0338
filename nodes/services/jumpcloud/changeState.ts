import {
	customAttribute,
	stateOf,
	withAttributes,
	type AccountState,
} from '../../core/account/link';
import { STAMP, STATE } from '../../core/account/basis';
import { stampAttribute, stampFor, stampOf, type StampReason } from '../../core/account/stamp';
import type { Account, RefusedValue } from '../../core/subject';
import { attempt } from '../http/failure';
import type { JumpCloudClient } from './client';
import { conditionalWrite, inTurn, type Conditional, type WriteTarget } from './conditionalWrite';
import {
	Declined,
	GONE,
	outcome,
	outdated,
	requireOurs,
	requireTheirs,
	type Kept,
	type Written,
} from './guard';

const isCutOff = (account: Account): boolean => stateOf(account) === 'SUSPENDED';

/** A state and our stamp beside it; `suspended` always goes with the state. */
interface StateChange {
	state: Exclude<AccountState, 'STAGED'>;
	/** Own attributes to set (text) or to take off (null). */
	attributes: Record<string, string | null>;
}

interface Changed {
	account: Account;
	/** Our attributes, when JumpCloud refused to take the array back. */
	refused: RefusedValue[];
}

const REFUSED_ATTRIBUTES =
	'JumpCloud refused the custom attributes of the account as they are, so the state was changed ' +
	'without them. Look for names or values there that JumpCloud does not take.';

/**
 * State and attributes in one request. When JumpCloud refuses that, the state goes alone: access
 * never hangs on an attribute.
 */
async function sendState(
	client: JumpCloudClient,
	account: Account,
	{ state, attributes }: StateChange,
): Promise<Changed> {
	const both = { state, suspended: state === 'SUSPENDED' };
	if (Object.keys(attributes).length === 0) {
		return { account: await client.update(account._id, both), refused: [] };
	}
	const whole = { ...both, attributes: withAttributes(account, attributes) };
	const sent = await attempt(client.update(account._id, whole));
	if (sent.ok) return { account: sent.value, refused: [] };
	const { kind } = sent.failure;
	if (kind !== 'refused' && kind !== 'duplicate') throw sent.failure;
	const refused = Object.keys(attributes).map(
		(attribute): RefusedValue => ({
			...{ attribute, reason: REFUSED_ATTRIBUTES },
		}),
	);
	return { account: await client.update(account._id, both), refused };
}

/**
 * A good answer is no proof: the account must show the state. When it does not, it is read; for a
 * suspension JumpCloud's own verb is tried; then the change has failed.
 * @param isDoubted the same change was made before and did not last: the answer is not believed
 */
async function verified(
	client: JumpCloudClient,
	answered: Account,
	state: StateChange['state'],
	isDoubted: boolean,
): Promise<Account> {
	const id = answered._id;
	const shows = (account: Account | null): account is Account =>
		account !== null &&
		('state' in account || 'suspended' in account) &&
		stateOf(account) === state;
	if (shows(answered) && !isDoubted) return answered;
	const read = await client.get(id);
	if (shows(read)) return read;
	if (state === 'SUSPENDED') {
		const verb = await attempt(client.suspend(id));
		// Not every tenant need have the verb, and a 404 for it can be anybody's.
		if (!verb.ok && verb.failure.kind !== 'refused' && verb.failure.status !== 404) {
			throw verb.failure;
		}
		const after = await client.get(id);
		if (shows(after)) return after;
	}
	const what = state === 'SUSPENDED' ? 'suspension' : 'reactivation';
	throw new Declined(
		`JumpCloud accepted the ${what}, and the account does not show it.`,
		'Change the state by hand in JumpCloud, and ask JumpCloud support why it was not changed.',
	);
}

/** The account differs from the basis in nothing but this change, made in full. */
function isOwnWork(
	change: StateChange | null,
	{ account, differences }: Extract<Conditional<never>, { kind: 'outdated' }>,
): boolean {
	if (change === null || stateOf(account) !== change.state) return false;
	const isMade = Object.entries(change.attributes).every(
		([name, value]) => customAttribute(account, name) === value,
	);
	return isMade && differences.every((part) => [STATE, STAMP].includes(part));
}

/** State changes of one account, one after another until one is settled. */
class StateChanger {
	/** The last change that was sent: its answer may be lost. */
	private sent: StateChange | null = null;

	constructor(
		private readonly client: JumpCloudClient,
		private readonly action: 'deprovision' | 'reactivate',
	) {}

	async change(account: Account, change: StateChange): Promise<Written> {
		this.sent = change;
		const { account: answered, refused } = await sendState(this.client, account, change);
		// In use, and with the stamp of a suspension by this package.
		const isDoubted =
			change.state === 'SUSPENDED' && stampOf(account) !== null && !isCutOff(account);
		const changed = await verified(this.client, answered, change.state, isDoubted);
		const extra = refused.length > 0 ? { refused, warnings: [REFUSED_ATTRIBUTES] } : {};
		const status = refused.length > 0 ? 'partly' : 'applied';
		return { account: changed, outcome: outcome(this.action, status, extra) };
	}

	/** What is to be said of an account that is not as it was decided. */
	outdated(found: Extract<Conditional<never>, { kind: 'outdated' }>): Written {
		const { account, differences } = found;
		return isOwnWork(this.sent, found)
			? { account, outcome: outcome(this.action, 'applied') }
			: outdated(this.action, account, differences);
	}
}

export interface Suspension extends Kept {
	/** Why; null when somebody chose the account by hand. */
	reason: StampReason | null;
	now: () => Date;
	/** A custom attribute to keep somebody's words in. */
	note?: { attribute: string; text: string };
}

/** Characters of a note: JumpCloud takes 1,024 in a custom attribute. */
const LONGEST_NOTE = 500;

/**
 * The note goes on the account once it is suspended, in a request of its own: access never hangs on
 * it, nor does the stamp. What cannot be kept is said. An attribute of the same name in other letters
 * is that attribute; our own hold links and stamps, which nobody's words may take the place of.
 */
async function withNote(
	client: JumpCloudClient,
	written: Written,
	{ attribute, text }: NonNullable<Suspension['note']>,
): Promise<Written> {
	const { account } = written;
	if (!account || !isCutOff(account)) return written;
	const lower = attribute.toLowerCase();
	const isOurs = lower.startsWith('humaans');
	if (!isOurs) {
		const same = account.attributes?.find((one) => one?.name?.toLowerCase() === lower);
		const value = [...text].slice(0, LONGEST_NOTE).join('');
		const attributes = withAttributes(account, { [same?.name ?? attribute]: value });
		const sent = await attempt(client.update(account._id, { attributes }));
		if (sent.ok) return { ...written, account: sent.value };
	}
	const why = isOurs ? 'this package uses that attribute itself' : 'JumpCloud did not take it';
	const warning =
		`The reason was not kept on the account in ${attribute}: ${why}. Choose another name in Reason ` +
		'Attribute.';
	const warnings = [...(written.outcome.warnings ?? []), warning];
	return { ...written, outcome: { ...written.outcome, warnings } };
}

/**
 * Suspends. For a person the policy decided, so the day and the reason go on the account, and the
 * policy may undo it. An account chosen by hand carries no such day: somebody cut it off, and only
 * somebody opens it again. Suspended already (and nothing to note), or gone: unchanged.
 */
export async function suspendAccount(
	client: JumpCloudClient,
	target: WriteTarget,
	{ reason, now, note, ...kept }: Suspension,
): Promise<Written> {
	const changer = new StateChanger(client, 'deprovision');
	const suspend = async (account: Account): Promise<Written> => {
		requireOurs(account, target, 'suspended', kept);
		const isSuspended = stateOf(account) === 'SUSPENDED';
		const stamp = stampOf(account);
		const wanted = reason === null ? null : stampFor(account, reason, now(), isSuspended);
		// A stamp on a suspension of somebody else would make it ours to undo.
		if (isSuspended && (stamp === null || stamp.reason === wanted?.reason)) {
			return { account, outcome: outcome('deprovision', 'unchanged') };
		}
		const isSame = stamp === null && wanted === null;
		const attributes = isSame ? {} : stampAttribute(wanted);
		return await changer.change(account, { state: 'SUSPENDED', attributes });
	};
	const result = await inTurn(target.accountId, async () => {
		const done = await conditionalWrite(client, target, suspend);
		if (!note || done.kind !== 'done') return done;
		return { ...done, value: await withNote(client, done.value, note) };
	});
	if (result.kind === 'done') return result.value;
	if (result.kind === 'gone')
		return { account: null, outcome: outcome('deprovision', 'unchanged') };
	return changer.outdated(result);
}

/**
 * Undoes a suspension. For a person only this package's own; an account chosen by hand is somebody's
 * own decision.
 */
export async function reactivateAccount(
	client: JumpCloudClient,
	target: WriteTarget,
): Promise<Written> {
	const changer = new StateChanger(client, 'reactivate');
	const reactivate = async (account: Account): Promise<Written> => {
		requireTheirs(account, target, 'reactivated');
		if (stateOf(account) !== 'SUSPENDED') {
			return { account, outcome: outcome('reactivate', 'unchanged') };
		}
		const stamp = stampOf(account);
		if (target.personId !== null && stamp === null) {
			throw new Declined(
				'The account was suspended by somebody else, so it is not reactivated.',
				'Ask who suspended it, then reactivate it by hand in JumpCloud.',
			);
		}
		const attributes = stamp === null ? {} : stampAttribute(null);
		return await changer.change(account, { state: 'ACTIVATED', attributes });
	};
	const result = await inTurn(
		target.accountId,
		async () => await conditionalWrite(client, target, reactivate),
	);
	if (result.kind === 'done') return result.value;
	if (result.kind === 'outdated') return changer.outdated(result);
	if (target.basis) return outdated('reactivate', null, GONE);
	throw new Declined(
		'The account no longer exists in JumpCloud.',
		'Run again: a new one is created when it is due.',
	);
}
