import { DEPROVISIONED_AT, LINK, MAX_ATTRIBUTE_VALUE, OWN_ATTRIBUTES, SYNC_RECORD, customAttribute, linkOf } from '../link';
import { bodyFor, parseSlot, readSlot, sameSlotValue, type AccountBody } from '../slots';
import type { Account, Change, Desired, SlotValue, SyncRule } from '../subject';
import { formatRecord, parseRecord, recordedFor, valueHash } from './record';

/** Never emptied, whatever the settings: an account without them is no account. */
const NEVER_EMPTIED = new Set(['firstname', 'lastname', 'email', 'username']);

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
	/** JumpCloud id of the manager's account; null = has none, absent = unknown. */
	managerAccountId?: string | null;
	/** Slots whose value JumpCloud refused just now. */
	refused?: ReadonlySet<string>;
}

type Verdict = { write: true; why: string } | { write: false };

function judge(rule: SyncRule, current: SlotValue | null, changedInHumaans: boolean | null): Verdict {
	switch (rule) {
		case 'always':
			return { write: true, why: changedInHumaans === true ? 'changed in Humaans' : 'differs from Humaans' };
		case 'whenChanged':
			if (changedInHumaans === true) return { write: true, why: 'changed in Humaans' };
			// Never synced before: fill what is empty, keep what somebody put there.
			return changedInHumaans === null && current === null ? { write: true, why: 'empty in JumpCloud' } : { write: false };
		case 'fillEmpty':
			return current === null ? { write: true, why: 'empty in JumpCloud' } : { write: false };
		case 'onCreate':
			return { write: false };
	}
}

/** The manager is known by Humaans id in `desired` and by JumpCloud id on the account. */
function target(slot: string, value: SlotValue | null, context: PlanContext): SlotValue | null | undefined {
	if (slot !== 'manager' || value === null) return value;
	return context.managerAccountId ?? undefined;
}

/**
 * What would bring an account into step with `desired`. Pure: applying the plan and planning again gives no changes.
 * Unknown values (absent slots) never touch; empty ones clear only with *Clear Empty Values* and never a name or e-mail.
 */
export function planUpdate(account: Account, desired: Desired, context: PlanContext): SyncPlan {
	const values = new Map<string, SlotValue | null>();
	const changes: Change[] = [];
	const warnings: string[] = [];
	const record = parseRecord(customAttribute(account, SYNC_RECORD));
	const restricted = new Set((account.restrictedFields ?? []).map((entry) => entry.field));
	const entries: Array<{ slot: string; hash: string; refused: boolean }> = [];
	let recordDue = false;

	for (const [slot, wanted] of Object.entries(desired.attributes)) {
		const to = target(slot, wanted, context);
		if (to === undefined) continue;
		const rule = desired.rules[slot] ?? 'always';
		const recorded = recordedFor(record, slot);
		const hash = valueHash(slot, to);
		const current = readSlot(account, slot);
		const refused = context.refused?.has(slot) === true || (recorded?.refused === true && recorded.hash === hash);

		if (restricted.has(parseSlot(slot).root)) {
			if (!sameSlotValue(slot, current, to)) warnings.push(`${slot} is managed by another directory in JumpCloud and is left alone.`);
			continue;
		}
		entries.push({ slot, hash, refused });
		if (refused) {
			if (recorded?.hash !== hash || !recorded.refused) recordDue = true;
			if (!sameSlotValue(slot, current, to)) warnings.push(`JumpCloud refused the ${slot} of this person (it is in use elsewhere); it is left off until it changes in Humaans.`);
			continue;
		}
		if (rule === 'whenChanged' && recorded?.hash !== hash) recordDue = true;
		if (sameSlotValue(slot, current, to)) continue;
		if (to === null && (!desired.clearEmpty || NEVER_EMPTIED.has(slot))) continue;
		const verdict = judge(rule, current, recorded ? recorded.hash !== hash : null);
		if (!verdict.write) continue;
		values.set(slot, to);
		changes.push({ attribute: slot, from: current, to, rule, why: to === null ? 'empty in Humaans' : verdict.why });
	}

	const linked = linkOf(account);
	if (linked !== context.personId) {
		values.set(`attributes.${LINK}`, context.personId);
		changes.push({ attribute: LINK, from: linked, to: context.personId, rule: 'always', why: 'links the account to the person' });
	}
	if (values.size > 0 || recordDue) {
		const text = formatRecord(entries);
		if (text.length > MAX_ATTRIBUTE_VALUE) warnings.push('Too many fields to remember; "Only When Changed in Humaans" treats them as never synced.');
		else if (text !== customAttribute(account, SYNC_RECORD)) {
			values.set(`attributes.${SYNC_RECORD}`, text);
			if (changes.length === 0) {
				changes.push({ attribute: SYNC_RECORD, from: null, to: null, rule: 'whenChanged', why: 'remembers what Humaans says now' });
			}
		}
	}
	return { changes, body: values.size === 0 ? null : bodyFor(account, values), warnings };
}

/** Body of the POST that creates the account: STAGED, linked, with every value that is known and not empty. */
export function planCreate(desired: Desired, username: string, context: PlanContext): AccountBody {
	const values = new Map<string, SlotValue | null>();
	const entries: Array<{ slot: string; hash: string; refused: boolean }> = [];
	for (const [slot, wanted] of Object.entries(desired.attributes)) {
		const to = target(slot, wanted, context);
		if (to === undefined) continue;
		const refused = context.refused?.has(slot) === true;
		entries.push({ slot, hash: valueHash(slot, to), refused });
		if (to !== null && !refused) values.set(slot, to);
	}
	values.set(`attributes.${LINK}`, context.personId);
	const text = formatRecord(entries);
	if (text.length <= MAX_ATTRIBUTE_VALUE) values.set(`attributes.${SYNC_RECORD}`, text);
	return { username, state: 'STAGED', suspended: false, ...bodyFor({}, values) };
}

/** `attributes` that carry the day of deprovisioning (ISO time), or no longer carry it (null). */
export const deprovisionStamp = (at: string | null): Record<string, string | null> => ({ [DEPROVISIONED_AT]: at });

export const isOwnAttribute = (name: string): boolean => OWN_ATTRIBUTES.includes(name);
