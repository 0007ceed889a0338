/** The worked examples of CONTRIBUTING.md, as steps that a machine can follow word by word. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Step =
	| { kind: 'insert'; file: string; below: string; code: string }
	| { kind: 'replace'; file: string; old: string; by: string }
	| { kind: 'newFile'; file: string; code: string }
	| { kind: 'commands'; code: string };

const FENCE = '```(?:ts|sh)\\n([\\s\\S]*?)\\n```';
const INSERT = new RegExp(
	`^In \`([^\`]+)\`, below the line that begins with \`([^\`]+)\`:\\n\\n${FENCE}`,
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
					([, file, below, code]) => ({ kind: 'insert', file: file!, below: below!, code: code! }),
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
	const at = lines.indexOf(
		only(
			lines.filter((line) => line.trimStart().startsWith(step.below)),
			`a line that begins with "${step.below}" in ${step.file}`,
		),
	);
	const indent = /^\s*/.exec(lines[at]!)![0];
	lines.splice(
		at + 1,
		0,
		...step.code.split('\n').map((line) => (line === '' ? line : indent + line)),
	);
	writeFileSync(path, lines.join('\n'));
	return '';
}
