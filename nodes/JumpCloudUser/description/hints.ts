import type { NodeHint } from 'n8n-workflow';
import { hint } from '../../n8n/hint';

const doing = (...operations: string[]): string =>
	`${JSON.stringify(operations)}.includes($parameter["operation"])`;
const CHOSEN = '$parameter["userFrom"] === "values"';

/** What an operation leads to, said while it is chosen. */
export const hints: NodeHint[] = [
	hint(
		'warning',
		'A deleted account is gone for good, with its groups, devices and keys. Suspend takes ' +
			'access away and can be undone.',
		doing('delete'),
	),
	hint(
		'info',
		'This is done at once: policy and limits do not apply to an account that is chosen here. It ' +
			'must be one that this package created or adopted, and not an administrator’s.',
		`${doing('suspend', 'delete')} && ${CHOSEN}`,
	),
	hint(
		'info',
		'Accounts of nobody come out too, without a person: a list for people to look at. ' +
			'Provisioning Policy does nothing about them.',
		`${doing('match')} && ($parameter["options"] || {}).emitOfNobody === true`,
	),
	hint(
		'info',
		'An account that is suspended here, by hand, is never reactivated by the policy.',
		`${doing('suspend')} && ${CHOSEN}`,
	),
];
