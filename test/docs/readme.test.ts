/** What the pages promise, how long they are, and where they send people. */
import { section } from './instructions';
import { PAGES, read } from './pages';

/** Each promise of README, and the test that holds it. */
const HELD_BY: ReadonlyArray<readonly [promise: RegExp, test: RegExp]> = [
	[/^Send, set or read a password\.$/, /^1\. never sends, sets or reads a password$/],
	[
		/^Suspend or delete an account that it did not create or adopt, an administrator's, or one that you protected\.$/,
		/^2\. never disables an account without its link, an administrator or a protected account$/,
	],
	[
		/^Treat somebody as a leaver because a read was incomplete or empty, or because the token cannot see everybody\.$/,
		/^3\. a person missing from an under-privileged read is not gone$/,
	],
	[
		/^Suspend anybody because a start date moved\.$/,
		/^4\. a postponed start date never disables anybody/,
	],
	[/^Let two people share an account\./, /^5\. two people never share an account$/],
];

const promises = [
	...section(read('README.md'), '## What it never does').matchAll(/^- (.+)$/gm),
].map(([, promise]) => promise!);
const tests = [...read('test/engine/rules.test.ts').matchAll(/^\s*it\(\s*'([^']+)'/gm)].map(
	([, title]) => title!,
);

it('finds promises and tests', () => {
	expect(promises.length).toBeGreaterThan(3);
	expect(tests.length).toBeGreaterThan(8);
});

it('every promise of README is held by a test', () =>
	expect(
		promises.filter(
			(promise) =>
				!HELD_BY.some(
					([said, test]) => said.test(promise) && tests.some((title) => test.test(title)),
				),
		),
	).toEqual([]));

/** As `wc -w` counts. */
/** Words that people read: what only draws a picture is none. */
const wordsOf = (text: string): number =>
	text
		.replace(/<[^>]+>/g, '')
		.split(/\s+/)
		.filter(Boolean).length;

it.each([
	['README.md', 1100],
	['docs/admin-guide.md', 1500],
	['docs/moving-over.md', 1500],
	['docs/operations.md', 1500],
	// A record, not a guide.
	['docs/decisions.md', 2300],
	['docs/access-review.md', 1500],
	['docs/approve-held-plan.md', 1500],
	['docs/ask-an-agent.md', 1500],
	['docs/groups.md', 1500],
	['docs/glossary.md', 500],
	['workflows/README.md', 1500],
	['ARCHITECTURE.md', 1500],
] as const)('%s has fewer than %d words', (page, most) =>
	expect(wordsOf(read(page))).toBeLessThan(most),
);

it('no page names a mailbox, or the address of the repository: package.json has it', () => {
	const { repository, author } = JSON.parse(read('package.json')) as {
		repository: { url: string };
		author: { email: string };
	};
	const address = repository.url.replace(/^git\+https:\/\//, '').replace(/\.git$/, '');
	expect(address).toMatch(/^github\.com\//);
	expect(
		PAGES.filter((page) => [address, author.email].some((one) => read(page).includes(one))),
	).toEqual([]);
});
