/**
 * What the pages say without a condition: each such sentence names the tests that hold it, and each
 * of these tests is there. Whoever writes another "never" finds a test for it, or does not write it.
 */
import { PAGES, read } from './pages';

const RULES = 'test/engine/rules.test.ts';

/** What the README says that the package never does, and what holds it. */
const NEVER: ReadonlyArray<
	readonly [says: string, tests: ReadonlyArray<readonly [string, string]>]
> = [
	[
		'Send, set or read a password.',
		[
			[RULES, '1. never sends, sets or reads a password'],
			['test/unit/fieldMapper.property.test.ts', 'no body ever has a password'],
		],
	],
	[
		"Suspend or delete an account that it did not create or adopt, an administrator's, or one that you protected.",
		[
			[RULES, '2. never disables an account without its link'],
			['test/unit/jumpCloudGuard.test.ts', 'never of an administrator’s'],
			['test/unit/jumpCloudGuard.test.ts', 'S5: never of a protected one'],
		],
	],
	[
		'Treat somebody as a leaver because a read was incomplete or empty, or because the token cannot see everybody.',
		[
			[RULES, '3. a person missing from an under-privileged read is not gone'],
			[RULES, '3. a person whom only a list forgot is not gone'],
			['test/engine/emptyList.test.ts', 'empty'],
		],
	],
	[
		'Suspend anybody because a start date moved.',
		[[RULES, '4. a postponed start date never disables anybody']],
	],
	[
		'Let two people share an account. In doubt, it asks you: **Needs Review**.',
		[
			[RULES, '5. two people never share an account'],
			['test/unit/match.property.test.ts', 'two people are never given one account'],
		],
	],
];

const section = read('README.md')
	.split(/^## /m)
	.find((part) => part.startsWith('What it never does'))!;

it('every sentence of "What it never does" names its tests, and no other is named', () =>
	expect([...section.matchAll(/^- (.*)$/gm)].map(([, says]) => says)).toEqual(
		NEVER.map(([says]) => says),
	));

it.each(NEVER)('never: %s', (_says, tests) => {
	expect(tests.length).toBeGreaterThan(0);
	for (const [file, name] of tests) {
		const source = read(file);
		const found = source
			.split('\n')
			.filter((line) => /^\s*(it|test|describe)[.(]|^\s*['`]/.test(line) && line.includes(name));
		expect({ file, name, found: found.length > 0 }).toEqual({ file, name, found: true });
		expect(source).not.toMatch(/\b(it|test|describe)\.(skip|only|todo)\b/);
	}
});

/** Words that promise more than any test shows. */
const TOO_MUCH =
	/\b(guarantee[sd]?|100 ?%|bulletproof|foolproof|flawless|impossible to|perfectly|always works)\b/i;

it('no page promises more than a test can show', () =>
	expect(
		PAGES.flatMap((page) =>
			read(page)
				.split('\n')
				.filter((line) => TOO_MUCH.test(line))
				.map((line) => `${page}: ${line}`),
		),
	).toEqual([]));
