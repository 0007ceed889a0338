import {
	DEPROVISIONED_AT,
	INVITE,
	LINK,
	NOT_REMINDED,
	SYNC_RECORD,
	customAttribute,
	linkOf,
	stateOf,
} from './link';
import {
	NEVER_EMPTIED,
	addressOver,
	bodyFor,
	isMappable,
	parseSlot,
	readSlot,
	sameSlotValue,
	type AccountBody,
} from './slots';
import type { Account, Change, Desired, SlotValue } from '../subject';
import {
	AWAITED,
	formatRecord,
	parseRecord,
	recordedFor,
	valueHash,
	type SlotEntry,
	type SyncRecord,
} from './record';
import { restrictedRoots } from './restricted';
import { whyWrite } from './rules';

export interface SyncPlan {
	/** What would change, one entry a slot; empty when nothing differs. */
	changes: Change[];
	/** Body of the PUT; null when there is nothing to send. */
	body: AccountBody | null;
	/** Fields left alone, and why. */
	warnings: string[];
}

export interface PlanContext {
	personId: string;
	/**
	 * JumpCloud id of the manager's account; null = the manager has left (their account is
	 * suspended), absent = not known, or no account yet.
	 */
	managerAccountId?: string | null;
	/** Slots whose value JumpCloud refused just now. */
	refused?: ReadonlySet<string>;
}

/** What a slot should hold on this account, or undefined when that cannot be said yet. */
function resolve(
	slot: string,
	wanted: SlotValue | null,
	current: SlotValue | null,
	context: PlanContext,
): SlotValue | null | undefined {
	if (wanted === null) return null;
	// The manager is known by Humaans id in `desired` and by JumpCloud id on the account.
	if (slot === 'manager') return context.managerAccountId;
	return typeof wanted === 'string' ? wanted : addressOver(wanted, current);
}

class Slot {
	refused = false;
	private made: string | undefined;

	constructor(
		readonly name: string,
		readonly wanted: SlotValue | null,
	) {}

	/** Hash of what Humaans says; worked out when it is needed. */
	hash(): string {
		return (this.made ??= valueHash(this.name, this.wanted));
	}
}

/** One pass over the slots of one account. */
class Planner {
	readonly values = new Map<string, SlotValue | null>();
	readonly changes: Change[] = [];
	readonly warnings: string[] = [];
	private readonly known: Slot[] = [];
	private readonly record: SyncRecord;
	private readonly restricted: ReadonlySet<string>;
	/** The record misses something that a later run must know. */
	private recordDue = false;

	constructor(
		private readonly account: Account,
		private readonly desired: Desired,
		private readonly context: PlanContext,
	) {
		this.record = parseRecord(customAttribute(account, SYNC_RECORD));
		this.restricted = restrictedRoots(account);
	}

	look(slot: string, wanted: SlotValue | null): void {
		if (!isMappable(slot)) {
			this.warnings.push(`${slot} is not an attribute that can be mapped.`);
			return;
		}
		const current = readSlot(this.account, slot, wanted);
		const to = resolve(slot, wanted, current, this.context);
		if (to === undefined) return;
		const same = sameSlotValue(slot, current, to);
		const rule = this.desired.rules[slot] ?? 'always';
		const recorded = recordedFor(this.record, slot);
		const awaited = recorded?.hash === AWAITED;
		const known = new Slot(slot, wanted);

		if (
			this.context.refused?.has(slot) ||
			(recorded?.refused === true && recorded.hash === known.hash())
		) {
			if (!recorded?.refused || recorded.hash !== known.hash()) this.recordDue = true;
			known.refused = true;
			this.known.push(known);
			if (!same)
				this.warnings.push(
					`JumpCloud refused the ${slot} of this person (it is in use elsewhere); it is left ` +
						'off until it changes in Humaans.',
				);
			return;
		}
		const restricted = this.restricted.has(parseSlot(slot).root);
		if (!restricted) {
			this.known.push(known);
			if (rule === 'whenChanged' && recorded?.hash !== known.hash()) this.recordDue = true;
		}
		if (same || (to === null && !this.mayClear(slot))) return;
		const changedInHumaans = recorded && !awaited ? recorded.hash !== known.hash() : null;
		const why = whyWrite(rule, { current, changedInHumaans, awaited });
		if (why === null) return;
		if (restricted) {
			this.warnings.push(`${slot} is managed by another directory in JumpCloud and is left alone.`);
			return;
		}
		this.values.set(slot, to);
		this.changes.push({
			attribute: slot,
			from: current,
			to,
			rule,
			why: to === null ? (wanted === null ? 'empty in Humaans' : 'the manager has left') : why,
		});
	}

	private mayClear(slot: string): boolean {
		return this.desired.clearEmpty && !NEVER_EMPTIED.has(slot);
	}

	link(): void {
		const linked = linkOf(this.account);
		if (linked === this.context.personId) return;
		this.values.set(`attributes.${LINK}`, this.context.personId);
		// Staged by somebody else, but activated here.
		if (stateOf(this.account) === 'STAGED' && customAttribute(this.account, INVITE) === null)
			this.values.set(`attributes.${INVITE}`, NOT_REMINDED);
		this.changes.push({
			attribute: LINK,
			from: linked,
			to: this.context.personId,
			rule: 'always',
			why: 'links the account to the person',
		});
	}

	/**
	 * An account that is in use again is no longer deprovisioned: the next one to suspend it may be
	 * somebody with a reason.
	 */
	unstamp(): void {
		const stamp = customAttribute(this.account, DEPROVISIONED_AT);
		if (stamp === null || stateOf(this.account) === 'SUSPENDED') return;
		this.values.set(`attributes.${DEPROVISIONED_AT}`, null);
		this.changes.push({
			attribute: DEPROVISIONED_AT,
			from: stamp,
			to: null,
			rule: 'always',
			why: 'the account is in use again',
		});
	}

	remember(): void {
		if (this.values.size === 0 && !this.recordDue) return;
		// Those that cannot do without being remembered come first.
		const needed = (slot: Slot) => slot.refused || this.desired.rules[slot.name] === 'whenChanged';
		const inOrder = [...this.known.filter(needed), ...this.known.filter((slot) => !needed(slot))];
		const { text, dropped } = formatRecord(
			inOrder.map(
				(slot): SlotEntry => ({ slot: slot.name, hash: slot.hash(), refused: slot.refused }),
			),
			this.record,
		);
		const forgotten = dropped.filter((slot) => this.desired.rules[slot] === 'whenChanged');
		if (forgotten.length > 0)
			this.warnings.push(
				`Too many fields to remember: "Only When Changed in Humaans" treats ${forgotten.join(', ')} as never synced.`,
			);
		if (text === customAttribute(this.account, SYNC_RECORD)) return;
		this.values.set(`attributes.${SYNC_RECORD}`, text);
		if (this.changes.length === 0) {
			this.changes.push({
				attribute: SYNC_RECORD,
				from: null,
				to: null,
				rule: 'whenChanged',
				why: 'remembers what Humaans says now',
			});
		}
	}
}

/**
 * What would bring an account into step with `desired`. Pure: applying the plan and planning again
 * gives no changes. Unknown values (absent slots) never touch; empty ones clear only with *Clear
 * Empty Values* and never a name or e-mail.
 */
export function planUpdate(account: Account, desired: Desired, context: PlanContext): SyncPlan {
	const planner = new Planner(account, desired, context);
	for (const [slot, wanted] of Object.entries(desired.attributes)) planner.look(slot, wanted);
	planner.link();
	planner.unstamp();
	planner.remember();
	const { changes, values, warnings } = planner;
	return { changes, body: values.size === 0 ? null : bodyFor(account, values), warnings };
}

/**
 * Body of the POST that creates the account: STAGED, linked, with every value that is known and not
 * empty.
 */
export function planCreate(desired: Desired, username: string, context: PlanContext): AccountBody {
	const values = new Map<string, SlotValue | null>();
	const entries: SlotEntry[] = [];
	for (const [slot, wanted] of Object.entries(desired.attributes)) {
		if (!isMappable(slot)) continue;
		const to = resolve(slot, wanted, null, context);
		if (to === undefined) {
			// Set once the manager has an account: the one value of a creation that may come later.
			if (desired.rules[slot] === 'onCreate') entries.push({ slot, hash: AWAITED, refused: false });
			continue;
		}
		const refused = context.refused?.has(slot) === true;
		entries.push({ slot, hash: valueHash(slot, wanted), refused });
		if (to !== null && !refused) values.set(slot, to);
	}
	values.set(`attributes.${LINK}`, context.personId);
	values.set(`attributes.${SYNC_RECORD}`, formatRecord(entries).text);
	values.set(`attributes.${INVITE}`, NOT_REMINDED);
	return { username, state: 'STAGED', suspended: false, ...bodyFor({}, values) };
}

/** `attributes` that carry the day of deprovisioning (ISO time), or no longer carry it (null). */
export const deprovisionStamp = (at: string | null): Record<string, string | null> => ({
	[DEPROVISIONED_AT]: at,
});
