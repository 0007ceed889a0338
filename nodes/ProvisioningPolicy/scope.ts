import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { fieldsOfScope, unreadFields } from '../core/policy/scopeFields';
import { UnusableSetting } from '../core/policy/settingKinds';
import type { InScope } from '../core/policy/verdict';
import { subjectOf } from '../n8n/eachItem';
import { oneForAll } from './oneForAll';

const NOT_NAMED =
	'a condition does not name the field it looks at, as in {{ $json.person.department }}.';

/**
 * Per item: whether *People in Scope* takes the person in. A condition that cannot be evaluated
 * holds up that one person.
 */
export function scopeOf(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
): InScope[] {
	const limitScope = oneForAll(context, 'limitScope', 'Only Some People') ?? false;
	if (typeof limitScope !== 'boolean') {
		throw new UnusableSetting('Only Some People', 'Switch it on or off (true or false).');
	}
	if (!limitScope) return items.map(() => true);
	const raw = context.getNodeParameter('peopleInScope', 0, null, { rawExpressions: true });
	if (isBlank(raw)) {
		const todo = 'Add a condition to People in Scope, or switch Only Some People off.';
		throw new UnusableSetting('Only Some People', todo);
	}
	const fields = fieldsOfScope(raw);
	return items.map((item, index): InScope => {
		const subject = subjectOf(item);
		// Leavers and the unreadable are decided before anybody asks for the scope.
		if (!subject.person) return false;
		const unread = unreadFields(subject, fields);
		if (unread.length > 0) return { unknown: `${unread.join(', ')} was not read.` };
		try {
			const isIn = context.getNodeParameter('peopleInScope', index, true, { extractValue: true });
			if (isIn === true) return true;
		} catch {
			return { unknown: 'a condition cannot be compared with what this person has.' };
		}
		// A field that was not read would look the same as one that does not fit.
		return fields.isNamed ? false : { unknown: NOT_NAMED };
	});
}

/** No condition, or only the empty one that n8n puts there. */
function isBlank(filter: unknown): boolean {
	const { conditions } = (filter ?? {}) as { conditions?: unknown };
	if (!Array.isArray(conditions)) return true;
	return conditions.every(
		(condition: { leftValue?: unknown; rightValue?: unknown } | null) =>
			(condition?.leftValue ?? '') === '' && (condition?.rightValue ?? '') === '',
	);
}
