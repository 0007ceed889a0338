/** Writes the values of a plan so that one which JumpCloud refuses never stops the others. */
import { labelOf } from '../../core/account/attributes';
import { basisOf, differencesFrom } from '../../core/account/basis';
import { bodyFor, holdsArrays, type AccountBody } from '../../core/account/body';
import { isOwnAttribute, LINK } from '../../core/account/link';
import {
	planUpdate,
	type PlanContext,
	type RefusalKind,
	type SyncPlan,
} from '../../core/account/plan';
import { parseSlot, readSlot, sameSlotValue, UNIQUE_SLOTS } from '../../core/account/slots';
import type { Account, Desired, RefusedValue } from '../../core/subject';
import { attempt, type ServiceFailure } from '../http/failure';
import type { JumpCloudClient } from './client';
import { conditionalWrite, type Conditional, type WriteTarget } from './conditionalWrite';

/** What is to be written, and on what it rests. */
export interface ValuesWrite {
	client: JumpCloudClient;
	target: WriteTarget;
	desired: Desired;
	context: PlanContext;
}

interface Sent {
	plan: SyncPlan;
	after: Account;
}

/** The account is no longer what the decision rests on, or is gone. */
export type Stopped = Exclude<Conditional<never>, { kind: 'done' }>;

export interface ValuesWritten {
	kind: 'written';
	account: Account;
	/** Something was sent. */
	isSent: boolean;
	refused: RefusedValue[];
	warnings: string[];
}

const isNoteSlot = (slot: string): boolean => {
	const { root, key } = parseSlot(slot);
	return root === 'attributes' && isOwnAttribute(key ?? '');
};

/** The values of a plan without the notes of this package. */
const slotsOf = ({ values }: SyncPlan): string[] =>
	[...values.keys()].filter((slot) => !isNoteSlot(slot));
const notesOf = ({ values }: SyncPlan): string[] => [...values.keys()].filter(isNoteSlot);

/** The body without the notes; null when nothing is left. */
function bodyWithoutNotes(account: Account, plan: SyncPlan): AccountBody | null {
	const values = new Map([...plan.values].filter(([slot]) => !isNoteSlot(slot)));
	return values.size === 0 ? null : bodyFor(account, values);
}

const NOT_NOTED =
	'JumpCloud refused the custom attributes of the account as they are, so nothing could be noted ' +
	'in them. Look for names or values there that JumpCloud does not take.';

const isRefusal = ({ kind }: ServiceFailure): boolean => kind === 'refused' || kind === 'duplicate';

/** Slots that a refusal may be about, by the words of JumpCloud; the personal email by experience. */
function suspects(slots: readonly string[], { attribute }: ServiceFailure): string[] {
	const named = slots.filter((slot) => parseSlot(slot).root === attribute);
	return named.length > 0 ? named : slots.filter((slot) => slot === 'alternateEmail');
}

/** Slots whose value JumpCloud took, and keeps in another form than it was sent. */
function keptOtherwise(plan: SyncPlan, after: Account): string[] {
	return slotsOf(plan).filter((slot) => {
		const { value } = plan.values.get(slot)!;
		return !sameSlotValue(slot, readSlot(after, slot, value), value);
	});
}

/** Who has a value that was refused. */
interface Holder {
	/** Whether JumpCloud may take it later. */
	mayBeFreed: boolean;
	/** '' when nobody is found. */
	words: string;
}

/**
 * Who has a value that must be unique. That nobody is found is no final answer at once: whoever had
 * it can have let it go a moment ago.
 */
async function holderOf(
	{ client, target, context }: ValuesWrite,
	slot: string,
	value: string,
): Promise<Holder> {
	const found = await attempt(client.find({ [slot]: value }));
	if (!found.ok) return { mayBeFreed: true, words: '' };
	const holder = found.value.find(({ _id }) => _id !== target.accountId);
	if (holder) return { mayBeFreed: true, words: ` The account ${holder.username} has it.` };
	return { mayBeFreed: !context.freeAgain?.includes(slot), words: '' };
}

/** One account on its way to the values of a plan. */
class ValuesWriter {
	private readonly refused = new Map<string, ServiceFailure>();
	/** Of refused values that must be unique: who has them. */
	private readonly holders = new Map<string, Holder>();
	/** Moves on with what this writer itself has changed. */
	private target: WriteTarget;
	private isSent = false;

	constructor(private readonly write: ValuesWrite) {
		this.target = write.target;
	}

	/** @param read the account as it was read a while ago, for a write to which that does no harm */
	async run(read: Account | null): Promise<ValuesWritten | Stopped> {
		const first = await attempt(read ? this.sendUnread(read) : this.send({}));
		let sent: Sent | Stopped;
		if (first.ok) sent = first.value;
		else {
			if (!isRefusal(first.failure)) throw first.failure;
			sent = await this.sendAround(first.failure);
		}
		return 'kind' in sent ? sent : await this.finish(sent);
	}

	/** Reads the account and writes what the plan says for it now. */
	private async send(
		differs: Partial<PlanContext>,
		bodyOf = (_account: Account, { body }: SyncPlan) => body,
	): Promise<Sent | Stopped> {
		const { client, desired, context } = this.write;
		const write = async (account: Account, sends: (body: AccountBody) => void): Promise<Sent> => {
			const plan = planUpdate(account, desired, { ...context, ...differs });
			const body = bodyOf(account, plan);
			if (body === null) return { plan, after: account };
			sends(body);
			this.isSent = true;
			return { plan, after: await client.update(account._id, body) };
		};
		const result = await conditionalWrite(client, this.target, write);
		if (result.kind !== 'done') return result;
		const { basis } = this.target;
		const now = basis && basisOf(result.value.after, basis.protection?.[0] ?? null);
		this.target = { ...this.target, basis: now };
		return result.value;
	}

	/**
	 * A body without arrays and without a value by which people are known does no harm on an account
	 * that was read a while ago: it changes single values of the profile that are Humaans' whatever
	 * stands there. What the answer shows is held against the basis.
	 */
	private async sendUnread(account: Account): Promise<Sent | Stopped> {
		const { client, desired, context } = this.write;
		const plan = planUpdate(account, desired, context);
		const { body, changes } = plan;
		const isHarmless =
			body !== null &&
			!holdsArrays(body) &&
			!UNIQUE_SLOTS.some((slot) => slot in body) &&
			changes.every(({ rule }) => rule === 'always');
		if (!isHarmless) return await this.send({});
		this.isSent = true;
		client.tenant.justCreated.take(account._id);
		const sent = await attempt(client.update(account._id, body));
		if (!sent.ok) {
			// That it is gone is for a read to say.
			if (sent.failure.kind === 'notFound') return await this.send({});
			throw sent.failure;
		}
		const after = sent.value;
		const { basis } = this.target;
		const differences = basis ? differencesFrom(basis, after) : [];
		if (differences.length > 0) return { kind: 'outdated', account: after, differences };
		return { plan, after };
	}

	/** Writes everything but the values that are refused, which are found on the way. */
	private async sendAround(failure: ServiceFailure): Promise<Sent | Stopped> {
		const read = await this.read();
		if ('kind' in read) return read;
		if (read.plan.values.has(`attributes.${LINK}`)) {
			// No value stands on an account that is nobody's: the link comes first, or nothing.
			const linked = await this.send({ only: new Set([LINK]) });
			if ('kind' in linked) return linked;
		}
		const slots = slotsOf(read.plan);
		// Where notes went along, they can be what was refused.
		const stopped =
			notesOf(read.plan).length > 0
				? await this.tryGroup(slots)
				: await this.search(slots, failure);
		return stopped ?? (await this.sendNotes());
	}

	/** What is left: what is to be remembered. */
	private async sendNotes(): Promise<Sent | Stopped> {
		for (const slot of UNIQUE_SLOTS.filter((one) => this.refused.has(one))) {
			const value = this.write.desired.attributes[slot];
			if (typeof value !== 'string') continue;
			this.holders.set(slot, await holderOf(this.write, slot, value));
		}
		const sent = await attempt(this.send(this.leftOff));
		if (sent.ok) return sent.value;
		if (!isRefusal(sent.failure)) throw sent.failure;
		const read = await this.read();
		if ('kind' in read) return read;
		for (const slot of notesOf(read.plan)) this.refused.set(slot, sent.failure);
		return read;
	}

	private get leftOff(): Pick<PlanContext, 'refused'> {
		const kindOf = (slot: string): RefusalKind =>
			this.holders.get(slot)?.mayBeFreed ? 'taken' : 'refused';
		const own = [...this.refused.keys()].map((slot) => [slot, kindOf(slot)] as const);
		return { refused: new Map([...(this.write.context.refused ?? []), ...own]) };
	}

	/** The account as it is now and the plan for it, of which nothing is written. */
	private async read(): Promise<Sent | Stopped> {
		return await this.send(this.leftOff, () => null);
	}

	/** @returns what stopped it, or null when each of the slots is written or refused */
	private async search(slots: readonly string[], failure: ServiceFailure): Promise<Stopped | null> {
		const [only, ...others] = slots;
		if (only === undefined) return null;
		if (others.length === 0) {
			this.refused.set(only, failure);
			return null;
		}
		const likely = suspects(slots, failure);
		if (likely.length > 0 && likely.length < slots.length) {
			const rest = slots.filter((slot) => !likely.includes(slot));
			return (await this.tryGroup(rest)) ?? (await this.tryGroup(likely));
		}
		const half = Math.ceil(slots.length / 2);
		const [first, second] = [slots.slice(0, half), slots.slice(half)];
		return (await this.tryGroup(first)) ?? (await this.tryGroup(second));
	}

	private async tryGroup(slots: readonly string[]): Promise<Stopped | null> {
		if (slots.length === 0) return null;
		const sent = await attempt(this.send({ only: new Set(slots) }, bodyWithoutNotes));
		if (sent.ok) return 'kind' in sent.value ? sent.value : null;
		if (!isRefusal(sent.failure)) throw sent.failure;
		return await this.search(slots, sent.failure);
	}

	private async finish({ plan, after }: Sent): Promise<ValuesWritten> {
		const account = await this.asItIs(plan, after);
		const kept = keptOtherwise(plan, account);
		const noted = kept.length > 0 ? await this.note(kept) : null;
		const refused = [...this.refused].map(([attribute, { status }]) => {
			if (isNoteSlot(attribute)) return { attribute, reason: NOT_NOTED };
			const holder = this.holders.get(attribute)?.words ?? '';
			return { attribute, reason: `JumpCloud refused the value (${status}).${holder}` };
		});
		const words = (slot: string) =>
			`JumpCloud keeps the ${labelOf(slot)} in another form than Humaans has it.`;
		return {
			kind: 'written',
			account: noted ?? account,
			isSent: this.isSent,
			refused,
			warnings: [...plan.warnings, ...kept.map(words)],
		};
	}

	/** The answer of a PUT may lack what was sent: then the account is read. */
	private async asItIs(plan: SyncPlan, after: Account): Promise<Account> {
		const roots = slotsOf(plan).map((slot) => parseSlot(slot).root);
		if (roots.every((root) => root in after)) return after;
		return (await this.write.client.get(after._id)) ?? after;
	}

	/**
	 * Remembers that JumpCloud keeps some values in another form, so that no run writes them again for
	 * nothing. When that fails it is only said once more.
	 */
	private async note(kept: readonly string[]): Promise<Account | null> {
		const noted = await attempt(this.send({ kept: new Set(kept) }));
		return noted.ok && !('kind' in noted.value) ? noted.value.after : null;
	}
}

/**
 * Brings the values of an account to what the plan says. A refused value is found, left off and
 * remembered until it changes. To be called in turn (`inTurn`).
 * @param read the account as it was read a while ago; null: read it now, whatever is written
 */
export const writeValues = async (
	write: ValuesWrite,
	read: Account | null = null,
): Promise<ValuesWritten | Stopped> => await new ValuesWriter(write).run(read);
