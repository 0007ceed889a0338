/** The generated parts of docs/field-mapping.md. */
import { FIELDS } from '../../nodes/core/mapping/fields';
import { CUSTOM_TARGETS } from '../../nodes/core/mapping/targets';
import {
	RULES,
	SAMPLES,
	SITUATIONS,
	effectOn,
	type FieldSample,
	type Situation,
} from './fieldMapperTruth';

const row = (cells: readonly string[]): string =>
	`| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
const table = (head: readonly string[], rows: ReadonlyArray<readonly string[]>): string =>
	[row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
const code = (value: unknown): string => `\`${JSON.stringify(value)}\``;
const yes = (value: boolean): string => (value ? 'yes' : 'no');

const fields = () =>
	table(
		['Field', 'Ticked', 'From Humaans', 'To JumpCloud', 'How', 'Longest', 'May be cleared'],
		FIELDS.map((field) => [
			field.label,
			yes(field.default),
			field.source,
			`\`${field.slot}\``,
			field.normalisation,
			String(field.limit),
			yes(field.clearable),
		]),
	);

const rules = () =>
	table(
		['Rule', 'Meaning'],
		RULES.map(({ label, meaning }) => [label, meaning]),
	);
const situations = () =>
	table(
		['Situation', 'Meaning'],
		SITUATIONS.map(({ label, meaning }) => [label, meaning]),
	);
const targets = () =>
	table(
		['Attribute', 'In JumpCloud', 'Longest'],
		[...CUSTOM_TARGETS].map(([slot, { label, limit }]) => [label, `\`${slot}\``, String(limit)]),
	);

function cell(
	sample: FieldSample,
	situation: Situation,
	rule: (typeof RULES)[number]['rule'],
): string {
	switch (effectOn(sample, situation, rule)) {
		case 'write':
			return code(sample.nowHolds);
		case 'clear':
			return code(sample.cleared);
		case 'remember':
			return 'only `humaansSync`';
		case 'none':
			return '—';
	}
}

const truth = () =>
	FIELDS.map(({ id, label, slot }) => {
		const sample = SAMPLES[id]!;
		const head = ['Situation', ...RULES.map((rule) => rule.label)];
		const creation = ['no account yet (POST)', ...RULES.map(() => code(sample.nowHolds))];
		const rows = SITUATIONS.map((situation) => [
			situation.label,
			...RULES.map(({ rule }) => cell(sample, situation, rule)),
		]);
		return `#### ${label} (\`${slot}\`)\n\n${table(head, [creation, ...rows])}`;
	}).join('\n\n');

const PARTS: Readonly<Record<string, () => string>> = { fields, rules, situations, targets, truth };

/** The page with its generated parts as they should be. */
export function upToDate(page: string): string {
	return Object.entries(PARTS).reduce((text, [name, make]) => {
		const [from, to] = [`<!-- generated: ${name} -->`, `<!-- end: ${name} -->`];
		const start = text.indexOf(from);
		const end = text.indexOf(to);
		if (start < 0 || end < start) throw new Error(`The page has no part "${name}".`);
		return `${text.slice(0, start + from.length)}\n\n${make()}\n\n${text.slice(end)}`;
	}, page);
}
