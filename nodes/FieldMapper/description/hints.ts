import type { NodeHint } from 'n8n-workflow';
import { hint } from '../../n8n/hint';
import { FIELDS } from '../../core/mapping/fields';

const OPTIONS = '($parameter["options"] || {})';
const LIST = '($parameter["fields"] || [])';
const tickedFields = (ids: readonly string[]): string =>
	`${JSON.stringify(ids)}.some((id) => ${LIST}.includes(id))`;

const warning = (message: string, condition: string): NodeHint =>
	hint('warning', message, condition);

const labels = (ids: readonly string[]): string =>
	FIELDS.filter((field) => ids.includes(field.id))
		.map((field) => field.label)
		.join(' and ');
const OF_CUSTOM_FIELDS = FIELDS.filter((field) => field.needs === 'customFields').map(
	(field) => field.id,
);

/** Said in the node's panel, before anything runs, when a setting cannot work. */
export const hints: NodeHint[] = [
	warning(
		'No field is ticked and nothing is mapped, so nothing is kept in step.',
		`${LIST}.length === 0 && !${OPTIONS}.customMappings?.mapping?.length`,
	),
	warning(
		'Work Email is not ticked: without it no account can be created.',
		`${LIST}.length > 0 && !${LIST}.includes("workEmail") && ` +
			`!${OPTIONS}.customMappings?.mapping?.some((row) => row.target === "email")`,
	),
	{
		...warning(
			`${labels(OF_CUSTOM_FIELDS)} come from Humaans' custom fields: add Custom Fields under ` +
				'Options → Include of the Humaans node.',
			tickedFields(OF_CUSTOM_FIELDS),
		),
		type: 'info',
		whenToDisplay: 'beforeExecution',
	},
	warning(
		'Username is set to Expression, and Username Expression is empty: the work email is used instead.',
		`${OPTIONS}.usernameStrategy === "expression" && !${OPTIONS}.usernameExpression`,
	),
	warning(
		'Username Expression has no effect unless Username is set to Expression.',
		`!!${OPTIONS}.usernameExpression && ${OPTIONS}.usernameStrategy !== "expression"`,
	),
	warning(
		'Missing work emails are to be made from the name, and Work Email Domain is empty: ' +
			'those people go to Needs Review.',
		`${OPTIONS}.missingWorkEmail === "pattern" && !${OPTIONS}.workEmailDomain`,
	),
	warning(
		'Work Email Domain has no effect unless Missing Work Email is set to Make It From the Name.',
		`!!${OPTIONS}.workEmailDomain && ${OPTIONS}.missingWorkEmail !== "pattern"`,
	),
	warning(
		'A rule is set for a field that is not ticked, so it has no effect.',
		`!!${OPTIONS}.fieldRules?.rule?.some((row) => !${LIST}.includes(row.field))`,
	),
	warning(
		'Clear Empty Values has no effect under Only on Creation or Only Fill Empty.',
		`${OPTIONS}.clearEmpty === true && ["onCreate", ` +
			`"fillEmpty"].includes($parameter["syncRule"]) && !${OPTIONS}.fieldRules?.rule?.length`,
	),
];
