/** The worked examples of CONTRIBUTING.md, as steps that a machine can follow word by word. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Step =
	| { kind: 'insert'; file: string; where: 'below' | 'above'; line: string; code: string }
	| { kind: 'insertEntry'; file: string; line: string; code: string }
	| { kind: 'replace'; file: string; old: string; by: string }
	| { kind: 'newFile'; file: string; code: string }
	| { kind: 'commands'; code: string };

const FENCE = '```(?:ts|sh)\\n([\\s\\S]*?)\\n```';
const INSERT = new RegExp(
	`^In \`([^\`]+)\`, (below|above) the line that begins with \`([^\`]+)\`:\\n\\n${FENCE}`,
	'm',
);
/** Below an entry of several lines: the one that holds the line. */
const INSERT_ENTRY = new RegExp(
	`^In \`([^\`]+)\`, below the entry with \`([^\`]+)\`:\\n\\n${FENCE}`,
	'm',
);
const REPLACE = /^In `([^`]+)`, replace `([^`]+)` by `([^`]+)`\.$/m;
const NEW_FILE = new RegExp(`^New file \`([^\`]+)\`:\\n\\n${FENCE}`, 'm');
const COMMANDS = new RegExp('^```sh\\n([\\s\\S]*?)\\n```', 'm');

/** The text below a heading, up to the next heading of the same or a higher level. */
export function section(page: string, heading: string): string {
	const start = page.indexOf(`\n${heading}\n`);
	if (start < 0) throw new Error(`There is no section "${heading}".`);
	const level = /^#+/.exec(heading)![0].length;
	const rest = page.slice(start + heading.length + 2);
	const end = rest.search(new RegExp(`^#{1,${level}} `, 'm'));
	return end < 0 ? rest : rest.slice(0, end);
}

/**
 * The steps of a section in their order. A code block that no instruction leads in is an error:
 * nobody could follow it.
 */
export function stepsOf(text: string): Step[] {
	const steps: Step[] = [];
	let rest = text;
	for (;;) {
		const found = (
			[
				[
					INSERT,
					([, file, where, line, code]) => ({
						kind: 'insert',
						file: file!,
						where: where as 'below' | 'above',
						line: line!,
						code: code!,
					}),
				],
				[
					INSERT_ENTRY,
					([, file, line, code]) => ({
						kind: 'insertEntry',
						file: file!,
						line: line!,
						code: code!,
					}),
				],
				[REPLACE, ([, file, old, by]) => ({ kind: 'replace', file: file!, old: old!, by: by! })],
				[NEW_FILE, ([, file, code]) => ({ kind: 'newFile', file: file!, code: code! })],
				[COMMANDS, ([, code]) => ({ kind: 'commands', code: code! })],
			] as Array<[RegExp, (match: RegExpExecArray) => Step]>
		)
			.map(([pattern, make]) => ({ match: pattern.exec(rest), make }))
			.filter(
				(one): one is { match: RegExpExecArray; make: (match: RegExpExecArray) => Step } =>
					one.match !== null,
			)
			.sort((a, b) => a.match.index - b.match.index)[0];
		const before = found ? rest.slice(0, found.match.index) : rest;
		if (before.includes('```'))
			throw new Error(
				`A code block that no instruction leads in: ${before.slice(before.indexOf('```'), before.indexOf('```') + 80)}`,
			);
		if (!found) return steps;
		steps.push(found.make(found.match));
		rest = rest.slice(found.match.index + found.match[0].length);
	}
}

function only<T>(found: readonly T[], what: string): T {
	if (found.length !== 1) throw new Error(`${found.length} times ${what}; it must be there once.`);
	return found[0]!;
}

/** Does what the step says in a copy of the project; answers with the output of commands. */
export function follow(step: Step, project: string): string {
	if (step.kind === 'commands') {
		const PATH = `${join(project, 'node_modules', '.bin')}:${process.env.PATH}`;
		try {
			return execFileSync('sh', ['-ec', `exec 2>&1\n${step.code}`], {
				cwd: project,
				encoding: 'utf8',
				env: { ...process.env, PATH },
				timeout: 100_000,
			});
		} catch (error) {
			const { message, stdout } = error as Error & { stdout?: string };
			throw new Error(`${step.code}\n${message}\n${stdout ?? ''}`);
		}
	}
	const path = join(project, step.file);
	if (step.kind === 'newFile') {
		writeFileSync(path, `${step.code}\n`, { flag: 'wx' });
		return '';
	}
	const text = readFileSync(path, 'utf8');
	if (step.kind === 'replace') {
		only(text.split(step.old).slice(1), `"${step.old}" in ${step.file}`);
		writeFileSync(
			path,
			text.replace(step.old, () => step.by),
		);
		return '';
	}
	const lines = text.split('\n');
	let at = lines.indexOf(
		only(
			lines.filter((line) => line.trimStart().startsWith(step.line)),
			`a line that begins with "${step.line}" in ${step.file}`,
		),
	);
	if (step.kind === 'insertEntry') {
		const inside = indentOf(lines[at]!).length;
		const rest = lines.slice(at).findIndex((line) => indentOf(line).length < inside);
		at += rest;
	}
	const indent = indentOf(lines[at]!);
	const isAbove = step.kind === 'insert' && step.where === 'above';
	lines.splice(
		isAbove ? at : at + 1,
		0,
		...step.code.split('\n').map((line) => (line === '' ? line : indent + line)),
	);
	writeFileSync(path, lines.join('\n'));
	return '';
}

const indentOf = (line: string): string => /^\s*/.exec(line)![0];
