import type { Account, Change, Desired } from '../subject';
import { bodyFor, type AccountBody, type SlotChange } from './body';
import {
	findingFor,
	knownHash,
	ownedElsewhere,
	resolve,
	type Finding,
	type PlanContext,
} from './finding';
import {
	COMPANY,
	DEPROVISIONED_AT,
	INVITE,
	LINK,
	NOT_REMINDED,
	PROTECTED_AS,
	SYNC_RECORD,
	customAttribute,
	stateOf,
} from './link';
import {
	formatRecord,
	parseRecord,
	refusalOf,
	remembered,
	valueHash,
	type Memory,
	type SlotMemory,
	type SyncRecord,
} from './record';
import { isMappable, parseSlot, readSlot } from './slots';
import { stampOf, stampText } from './stamp';

export type { PlanContext } from './finding';
export type { RefusalKind } from './record';

export interface SyncPlan {
	/** What would change, one entry a slot; empty when nothing differs. */
	changes: Change[];
	/** The same as values, with the notes of this package beside them. */
	values: ReadonlyMap<string, SlotChange>;
	/** Body of the PUT; null when there is nothing to send. */
	body: AccountBody | null;
	/** Values left alone, and why. */
	warnings: string[];
}

/** Our own attributes that must change: the link, and what stands beside it. */
function ownChanges(account: Account, context: PlanContext): Change[] {
	const changes: Change[] = [];
	const set = (attribute: string, to: string | null, why: string): void => {
		const from = customAttribute(account, attribute);
		if (from !== to) changes.push({ attribute, from, to, rule: 'always', why });
	};
	set(LINK, context.personId, 'links the account to the person');
	if (context.companyId) set(COMPANY, context.companyId, 'says of which Humaans company');
	const stamp = stampOf(account);
	if (stateOf(account) !== 'SUSPENDED') {
		// The next one to suspend it may be somebody with a reason of their own.
		set(DEPROVISIONED_AT, null, 'the account is in use again');
	} else if (stamp?.reason === 'leaving') {
		// Should they leave again, the days until a deletion count from then.
		const back = stampText({ ...stamp, reason: 'returned' });
		set(DEPROVISIONED_AT, back, 'the person is back');
	}
	if (context.protectedAs !== undefined) {
		const listed = context.protectedAs !== null;
		const why = `${listed ? 'on' : 'no longer on'} the list of protected accounts`;
		set(PROTECTED_AS, context.protectedAs, why);
	}
	return changes;
}

/** What was refused is forgotten once Humaans says something else: it may say it again, and be right. */
const isDue = (known: Memory | undefined, memory: Memory | null, written: boolean): boolean =>
	memory === null
		? known !== undefined && (written || known.kind === 'refused' || known.kind === 'taken')
		: memory.kind !== known?.kind ||
			knownHash(memory) !== knownHash(known) ||
			(memory.kind === 'kept' && known.kind === 'kept' && memory.form !== known.form);

/** The record as it must be, or undefined when a later run can do with the one that is there. */
function recordAfter(
	account: Account,
	record: SyncRecord,
	findings: ReadonlyMap<string, Finding>,
	sendsAttributes: boolean,
): { text: string | null; dropped: string[] } | undefined {
	const due = [...findings].some(([slot, { memory, change }]) =>
		isDue(remembered(record, slot), memory, change !== undefined),
	);
	if (!due && !sendsAttributes) return undefined;
	// What only the record knows comes first.
	const entries = [...findings].map(([slot, { memory }]): SlotMemory => ({ slot, memory }));
	const rank = ({ memory }: SlotMemory): number => (memory?.kind === 'last' ? 1 : 0);
	const { text, dropped } = formatRecord(
		entries.sort((a, b) => rank(a) - rank(b)),
		record,
	);
	return text === customAttribute(account, SYNC_RECORD) ? undefined : { text, dropped };
}

const TOO_MANY =
	'Too many fields to remember: "Only When Changed in Humaans" treats {fields} as never synced.';

/**
 * What would bring an account into step with `desired`, for somebody who works here. Pure: applying
 * the plan and planning again gives no changes. Unknown values (absent slots) never touch; empty
 * ones clear only with *Clear Empty Values* and never a name or work email.
 */
export function planUpdate(account: Account, desired: Desired, context: PlanContext): SyncPlan {
	const record = parseRecord(customAttribute(account, SYNC_RECORD));
	const elsewhere = ownedElsewhere(account);
	const mayChange = (attribute: string): boolean => context.only?.has(attribute) ?? true;
	const findings = new Map<string, Finding>();
	const values = new Map<string, SlotChange>();
	const changes: Change[] = [];
	const warnings: string[] = [];

	for (const [slot, wanted] of Object.entries(desired.attributes)) {
		if (!isMappable(slot)) {
			warnings.push(`${slot} is not an attribute that can be mapped.`);
			continue;
		}
		const current = readSlot(account, slot, wanted);
		const to = resolve(slot, wanted, current, context);
		if (to === undefined) continue;
		const rule = desired.rules[slot] ?? 'always';
		const finding = findingFor({
			...{ account, context, slot, wanted, current, to, rule },
			known: remembered(record, slot),
			clearEmpty: desired.clearEmpty,
			isOwnedElsewhere: elsewhere.has(parseSlot(slot).root),
		});
		if (finding.change && !mayChange(slot)) continue;
		findings.set(slot, finding);
		if (finding.warning) warnings.push(finding.warning);
		if (!finding.change) continue;
		const { value, why } = finding.change;
		values.set(slot, { value, current });
		changes.push({ attribute: slot, from: current, to: value, rule, why });
	}
	for (const change of ownChanges(account, context)) {
		if (!mayChange(change.attribute)) continue;
		changes.push(change);
		values.set(`attributes.${change.attribute}`, {
			value: change.to,
			current: change.from,
		});
	}

	const sendsAttributes = [...values.keys()].some((slot) => slot.startsWith('attributes.'));
	const after = recordAfter(account, record, findings, sendsAttributes);
	if (after) {
		const current = customAttribute(account, SYNC_RECORD);
		values.set(`attributes.${SYNC_RECORD}`, { value: after.text, current });
		const lost = after.dropped.filter((slot) => desired.rules[slot] === 'whenChanged');
		if (lost.length > 0) warnings.push(TOO_MANY.replace('{fields}', lost.join(', ')));
		if (changes.length === 0) {
			const why = 'remembers what Humaans says now';
			changes.push({ attribute: SYNC_RECORD, from: null, to: null, rule: 'whenChanged', why });
		}
	}
	return { changes, values, warnings, body: values.size === 0 ? null : bodyFor(account, values) };
}

/**
 * Body of the POST that creates the account: STAGED, linked, with every value that is known, not
 * empty and not refused.
 */
export function planCreate(desired: Desired, username: string, context: PlanContext): AccountBody {
	const values = new Map<string, SlotChange>();
	const entries: SlotMemory[] = [];
	for (const [slot, wanted] of Object.entries(desired.attributes)) {
		if (!isMappable(slot) || context.only?.has(slot) === false) continue;
		const rule = desired.rules[slot] ?? 'always';
		const to = resolve(slot, wanted, null, context);
		if (to === undefined) {
			// Set once the manager has an account: the one value of a creation that may come later.
			if (rule === 'onCreate') entries.push({ slot, memory: { kind: 'awaited' } });
			continue;
		}
		const refusal = to === null ? undefined : context.refused?.get(slot);
		if (refusal !== undefined || rule === 'whenChanged') {
			const hash = valueHash(slot, wanted);
			const memory: Memory = refusal
				? refusalOf(refusal, hash, valueHash(slot, null))
				: { kind: 'last', hash };
			entries.push({ slot, memory });
		}
		if (to !== null && refusal === undefined) values.set(slot, { value: to, current: null });
	}
	const own: Record<string, string | null> = {
		[LINK]: context.personId,
		[COMPANY]: context.companyId ?? null,
		[SYNC_RECORD]: formatRecord(entries).text,
		[INVITE]: NOT_REMINDED,
	};
	for (const [name, value] of Object.entries(own)) {
		values.set(`attributes.${name}`, { value, current: null });
	}
	return { username, state: 'STAGED', suspended: false, ...bodyFor({}, values) };
}
