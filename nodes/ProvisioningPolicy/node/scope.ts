import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { subjectOf } from '../../shared/node/eachItem';
import { fieldsOfScope, unknownFields } from '../scope';
import type { InScope } from '../verdict';

/** Per item: whether *People in Scope* takes the person in. A condition that cannot be evaluated holds up that one person. */
export function scopeOf(context: IExecuteFunctions, items: readonly INodeExecutionData[]): InScope[] {
	if (context.getNodeParameter('limitScope', 0, false) !== true) return items.map(() => true);
	const fields = fieldsOfScope(context.getNodeParameter('peopleInScope', 0, null, { rawExpressions: true }));
	return items.map((item, index) => {
		const { person } = subjectOf(item);
		// Leavers and the unreadable are decided before anybody asks for the scope.
		if (!person) return false;
		const unknown = unknownFields(person, fields);
		if (unknown.length > 0) return { unknown: `${unknown.join(', ')} was not read.` };
		try {
			return context.getNodeParameter('peopleInScope', index, true, { extractValue: true }) === true;
		} catch {
			return { unknown: 'a condition cannot be compared with what this person has.' };
		}
	});
}
