import type { Account, SlotValue, SyncRule } from '../subject';
import { OWNED_ELSEWHERE, labelOf } from './attributes';
import type { SlotChange } from './body';
import { refusalOf, valueHash, type Memory, type RefusalKind } from './record';
import { addressOver, isNeverEmptied, parseSlot, sameSlotValue } from './slots';
import { whyWrite } from './syncRules';

export interface PlanContext {
	personId: string;
	/** Humaans id of the person's company; absent = not known. */
	companyId?: string | null;
	/**
	 * JumpCloud id of the manager's account; null = the manager has left, absent = not known, or no
	 * account yet.
	 */
	managerAccountId?: string | null;
	/**
	 * Slots whose value JumpCloud refused just now; `taken`: it may take it later, because another
	 * account has the value, or had it.
	 */
	refused?: ReadonlyMap<string, RefusalKind>;
	/** Slots that were left off as taken, and whose value no account has now (Match). */
	freeAgain?: readonly string[];
	/** Slots whose value JumpCloud took just now, and keeps in another form. */
	kept?: ReadonlySet<string>;
	/** Why the work email, with which people sign in, is not changed; absent = it may be. */
	keepEmail?: string;
	/** The name under which the account is on the list of protected accounts; absent = not known. */
	protectedAs?: string | null;
	/** Only these attributes may change: those that were decided. @default all */
	only?: ReadonlySet<string>;
}

/** What a slot should hold on this account, or undefined when that cannot be said yet. */
export function resolve(
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

/**
 * Attributes of the account that another directory owns. `externally_managed` is the old way to say
 * it: JumpCloud fills `restrictedFields` from it, and where it has not, all of them are meant.
 */
export function ownedElsewhere(account: Account): ReadonlySet<string> {
	const named = (account.restrictedFields ?? []).map((entry) => entry?.field);
	const all = named.length === 0 && account.externally_managed === true;
	return new Set(all ? OWNED_ELSEWHERE : named);
}

/** Several entries of one type: which of them is Humaans' is not known once Humaans has none. */
function isOneOfSeveral(account: Account, slot: string): boolean {
	const { root, key } = parseSlot(slot);
	if (root !== 'phoneNumbers' && root !== 'addresses') return false;
	const entries: ReadonlyArray<{ type?: string }> = account[root] ?? [];
	return entries.filter((entry) => entry?.type === key).length > 1;
}

/** What is to be done about one slot, and what must be remembered of it from now on. */
export interface Finding {
	memory: Memory | null;
	change?: SlotChange & { why: string };
	warning?: string;
}

/** One slot of one account: everything that a finding rests on. */
export interface SlotCase {
	account: Account;
	context: PlanContext;
	slot: string;
	wanted: SlotValue | null;
	current: SlotValue | null;
	to: SlotValue | null;
	rule: SyncRule;
	known: Memory | undefined;
	clearEmpty: boolean;
	isOwnedElsewhere: boolean;
}

export const knownHash = (known: Memory | undefined): string | null =>
	known && known.kind !== 'awaited' ? known.hash : null;

/** The values that JumpCloud refused, or keeps in another form; null for any other. */
function settledFinding(facts: SlotCase, same: boolean): Finding | null {
	const { context, current, known, slot, wanted } = facts;
	const hash = valueHash(slot, wanted);
	const isRemembered = (kind: Memory['kind']): boolean =>
		known?.kind === kind && knownHash(known) === hash;
	const form = () => valueHash(slot, current);
	const refusedBefore = (): RefusalKind | null => {
		if (isRemembered('refused')) return 'refused';
		return isRemembered('taken') && !context.freeAgain?.includes(slot) ? 'taken' : null;
	};
	const refusal = context.refused?.get(slot) ?? refusedBefore();
	// What the account holds is refused no more.
	if (refusal !== null && !same) {
		const label = labelOf(slot);
		const warning =
			refusal === 'taken'
				? `JumpCloud refused the ${label} of this person, as it does while another account has it, so ` +
					'it is left off. A run over everybody tries again once no account has it.'
				: `JumpCloud refused the ${label} of this person, so it is left off until it changes in Humaans. ` +
					'To have it tried again now, take the custom attribute humaansSync off the account.';
		const heldThen = known?.kind === 'taken' && known.hash === hash ? known.form : form();
		return { memory: refusalOf(refusal, hash, heldThen), warning };
	}
	const isKept = known?.kind === 'kept' && isRemembered('kept') && known.form === form();
	if (!same && (context.kept?.has(slot) || isKept)) {
		return { memory: { kind: 'kept', hash, form: form() } };
	}
	return null;
}

function memoryFor({ current, known, rule, slot, wanted }: SlotCase): Memory | null {
	if (rule === 'whenChanged') return { kind: 'last', hash: valueHash(slot, wanted) };
	return rule === 'onCreate' && known?.kind === 'awaited' && current === null ? known : null;
}

/** Why a value that differs must not be written although its rule says so; or null. */
function whyLeftAlone({ account, context, slot, to, isOwnedElsewhere }: SlotCase): string | null {
	const label = labelOf(slot);
	if (isOwnedElsewhere) {
		return `The ${label} is managed by another directory in JumpCloud and is left alone.`;
	}
	if (slot === 'email' && context.keepEmail) return context.keepEmail;
	if (to === null && isOneOfSeveral(account, slot)) {
		return (
			`The account has several entries for ${label}. It is not known which of them to empty, ` +
			'so all stay.'
		);
	}
	return null;
}

export function findingFor(facts: SlotCase): Finding {
	const { clearEmpty, current, isOwnedElsewhere, known, rule, slot, to, wanted } = facts;
	const same = sameSlotValue(slot, current, to);
	const settled = settledFinding(facts, same);
	if (settled) return settled;
	// What another directory owns is not written, so it is not remembered as written either.
	const memory = isOwnedElsewhere ? (known ?? null) : memoryFor(facts);
	if (same || (to === null && (!clearEmpty || isNeverEmptied(slot)))) return { memory };
	const last = knownHash(known);
	// What was taken has never been written: for the rule it is news, or was not known at creation.
	// Unless somebody has typed another value meanwhile.
	const wasTaken = known?.kind === 'taken' && known.form === valueHash(slot, current);
	const why = whyWrite(rule, {
		current,
		changedInHumaans: last === null ? null : wasTaken || last !== valueHash(slot, wanted),
		awaited: wasTaken || known?.kind === 'awaited',
	});
	if (why === null) return { memory };
	const warning = whyLeftAlone(facts);
	if (warning !== null) return { memory: known ?? null, warning };
	// A value that was awaited comes once.
	const after = known?.kind === 'awaited' && rule === 'onCreate' ? null : memory;
	if (to !== null) return { memory: after, change: { value: to, current, why } };
	const emptied = wanted === null ? 'empty in Humaans' : 'the manager has left';
	return { memory, change: { value: null, current, why: emptied } };
}
