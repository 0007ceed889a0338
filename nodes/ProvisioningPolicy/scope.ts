import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { subjectOf } from '../n8n/eachItem';
import { flag } from '../core/policy/readSettings';
import { fieldsOfScope, unknownFields } from '../core/policy/scopeFields';
import type { InScope } from '../core/policy/verdict';

/**
 * Per item: whether *People in Scope* takes the person in. A condition that cannot be evaluated
 * holds up that one person.
 */
export function scopeOf(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
): InScope[] {
	if (!flag('Only Some People', context.getNodeParameter('limitScope', 0, false), false))
		return items.map(() => true);
	const fields = fieldsOfScope(
		context.getNodeParameter('peopleInScope', 0, null, { rawExpressions: true }),
	);
	return items.map((item, index): InScope => {
		const { person } = subjectOf(item);
		// Leavers and the unreadable are decided before anybody asks for the scope.
		if (!person) return false;
		const unknown = unknownFields(person, fields.names);
		if (unknown.length > 0) return { unknown: `${unknown.join(', ')} was not read.` };
		try {
			if (context.getNodeParameter('peopleInScope', index, true, { extractValue: true }) === true)
				return true;
		} catch {
			return { unknown: 'a condition cannot be compared with what this person has.' };
		}
		// A field that was not read would look the same as one that does not fit.
		return (
			fields.unnamed && {
				unknown:
					'a condition does not name the field it looks at, as in {{ $json.person.department }}.',
			}
		);
	});
}
