import { isEmail } from '../email';
import { isOwnAttribute } from '../account/link';
import { ATTRIBUTES, LONGEST_TEXT, type AccountAttribute } from '../account/attributes';
import { WRITTEN_PARTS, parseSlot } from '../account/slots';
import type { AddressEntry } from '../subject';
import { countryCodeOf } from './countries';
import { joined, oneLine, type SourceValue } from './sources';

/** Where a custom mapping may write. */
export type CustomTarget = Pick<AccountAttribute, 'label' | 'limit' | 'kind'>;

/** JumpCloud attributes a custom mapping may write, by slot. */
export const CUSTOM_TARGETS: ReadonlyMap<string, CustomTarget> = new Map(
	ATTRIBUTES.map((attribute) => [attribute.slot, attribute]),
);

const CUSTOM_ATTRIBUTE: CustomTarget = {
	...{ label: 'Custom Attribute', limit: LONGEST_TEXT, kind: 'text' },
};

/** JumpCloud, "Create custom user attributes": letters and digits only, under 32 characters. */
const isCustomAttributeName = (name: string): boolean => /^[A-Za-z0-9]{1,31}$/.test(name);

/** Where a custom mapping may write, or a sentence that says why not. */
export function customTarget(slot: string): CustomTarget | string {
	const { root, key } = parseSlot(slot);
	if (root !== 'attributes' || key === null) {
		const todo = 'Choose an attribute from the list.';
		return CUSTOM_TARGETS.get(slot) ?? `"${slot}" cannot be mapped. ${todo}`;
	}
	if (key === '') return 'A custom mapping has no attribute name.';
	if (!isCustomAttributeName(key)) {
		const rule = 'JumpCloud takes letters and digits only, under 32 characters';
		return `"${key}" is not a custom attribute name: ${rule}.`;
	}
	if (isOwnAttribute(key)) return `"${key}" is kept by this package and cannot be mapped.`;
	if (/passw(or)?d/i.test(key)) return 'Passwords cannot be mapped: JumpCloud controls them.';
	return CUSTOM_ATTRIBUTE;
}

export type Yielded = { value: SourceValue } | { problem: string };

/**
 * An address is given as one line, which is the street, or as an object with JumpCloud's own names
 * of its parts.
 */
function addressValue(value: unknown): Yielded {
	if (typeof value !== 'object' || value === null) {
		const street = oneLine(value);
		return { value: typeof street === 'string' ? { streetAddress: street } : street };
	}
	const given = value as Record<string, unknown>;
	const parts: Array<[keyof Omit<AddressEntry, 'type'>, string]> = [];
	for (const part of WRITTEN_PARTS) {
		if (part === 'country') continue;
		const text = oneLine(given[part]);
		if (text !== undefined) parts.push([part, text ?? '']);
	}
	const land = oneLine(given.country);
	const code = typeof land === 'string' ? countryCodeOf(land) : land;
	if (code !== undefined) parts.push(['country', code ?? '']);
	if (parts.length === 0)
		return {
			problem:
				'An address takes a text, or an object with streetAddress, locality, region, postalCode and country.',
		};
	return { value: parts.every(([, text]) => text === '') ? null : Object.fromEntries(parts) };
}

function plainValue(value: unknown): Yielded {
	if (Array.isArray(value))
		return value.some((entry) => typeof entry === 'object' && entry !== null)
			? { problem: OBJECT }
			: { value: joined(value) };
	if (typeof value === 'boolean') return { value: String(value) };
	if (typeof value === 'object' && value !== null) {
		// Dates of n8n expressions: Luxon's and the language's own.
		const date = value as { toISO?: () => string | null; toISOString?: () => string };
		const iso =
			date.toISO?.() ??
			(value instanceof Date && !Number.isNaN(value.getTime()) ? date.toISOString?.() : undefined);
		return typeof iso === 'string' ? { value: iso } : { problem: OBJECT };
	}
	return { value: oneLine(value) };
}

const OBJECT = 'The expression yields an object, not a text. Choose one of its values.';

/** What a custom mapping's expression yielded, as a value for its slot. */
export function customValue(slot: string, value: unknown): Yielded {
	if (parseSlot(slot).root === 'addresses') return addressValue(value);
	const yielded = plainValue(value);
	if (
		'value' in yielded &&
		typeof yielded.value === 'string' &&
		CUSTOM_TARGETS.get(slot)?.kind === 'email' &&
		!isEmail(yielded.value)
	) {
		return { problem: 'The expression does not yield a valid email address.' };
	}
	return yielded;
}
