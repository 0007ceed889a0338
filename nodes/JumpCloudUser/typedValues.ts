import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { SlotValue } from '../core/subject';
import { cleanText } from '../core/text';
import { Declined } from '../services/jumpcloud/guard';
import type { TypedValues } from '../services/jumpcloud/typed';

interface Entries {
	entry?: IDataObject[];
}

const textIfTyped = (value: unknown): string | null => {
	const text =
		typeof value === 'string' || typeof value === 'number' ? cleanText(String(value)) : '';
	return text === '' ? null : text;
};

const TYPED_ARRAYS: Readonly<
	Record<string, { key: string; value: (entry: IDataObject) => SlotValue | null }>
> = {
	addresses: {
		key: 'type',
		value: (entry) => {
			const parts = ['streetAddress', 'locality', 'region', 'postalCode', 'country'].flatMap(
				(part) => (textIfTyped(entry[part]) ? [[part, textIfTyped(entry[part])]] : []),
			);
			return parts.length === 0 ? null : (Object.fromEntries(parts) as SlotValue);
		},
	},
	attributes: { key: 'name', value: (entry) => textIfTyped(entry.value) },
	phoneNumbers: { key: 'type', value: (entry) => textIfTyped(entry.number) },
};

/** A collection of fields as slots: an entry of an array each, an empty field as null. */
export function typedValues(
	context: IExecuteFunctions,
	parameter: 'additionalFields' | 'updateFields',
	index: number,
): TypedValues {
	const values = new Map<string, SlotValue | null>();
	for (const [field, typed] of Object.entries(
		context.getNodeParameter(parameter, index, {}) as IDataObject,
	)) {
		const array = TYPED_ARRAYS[field];
		if (!array) {
			values.set(field, textIfTyped(typed));
			continue;
		}
		for (const entry of (typed as Entries).entry ?? []) {
			const slot = `${field}.${textIfTyped(entry[array.key]) ?? ''}`;
			if (values.has(slot))
				throw new Declined(
					`Two entries of ${field} have the same ${array.key}.`,
					'Keep one of each.',
				);
			values.set(slot, array.value(entry));
		}
	}
	return values;
}
