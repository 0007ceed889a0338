import type { Answer } from '../http';
import type { RefusalWords, RefusedValue } from '../quirks';
import { invalidField, refuse } from './errors';
import { valuesAt } from './paths';

/** What JumpCloud may say of a value that it does not take: nothing here is known. */
const WORDS: Record<RefusalWords, (field: string) => Answer> = {
	named: (field) => refuse(400, `${field} is not valid`),
	details: (field) => invalidField(400, field, 'is not valid'),
	vague: () => refuse(400, 'Bad Request'),
	// Both read like a value that somebody else holds, and are none.
	exist: (field) => refuse(400, `${field} does not exist`),
	unique: (field) => refuse(400, `${field} must be unique within the user`),
};

/** The refusal of the first field that the switch `refusedValues` names. */
export function refusedOnDemand(
	refused: Readonly<Record<string, RefusedValue>>,
	body: Record<string, unknown>,
): Answer | undefined {
	for (const [path, { values, words = 'named' }] of Object.entries(refused)) {
		const [field = ''] = path.split('.');
		if (!(field in body)) continue;
		const isRefused = (value: unknown): boolean =>
			typeof values === 'function' ? values(value) : values.includes(value);
		// A field of its own is one value, also when it is a list.
		const found = path === field ? [body[field]] : valuesAt(body, path.split('.'));
		if (found.some(isRefused)) return WORDS[words](field);
	}
	return undefined;
}
