/** One spelling of a word, in everything that people read: pages, panels, messages, comments. */
import { inRepository, read } from './pages';

/** Not to be written, and how it is written. Put together here, so that this file is no use of them. */
const SPELLINGS: ReadonlyArray<readonly [string, string]> = [
	[['e', 'mail'].join('-'), 'email'],
	[['organi', 'ation'].join('s'), 'organization'],
];

const texts = [...inRepository()].filter(
	(file) =>
		/\.(ts|mjs|js|cjs|json|md|yml|html|sh)$|Dockerfile$/.test(file) &&
		!file.endsWith('package-lock.json'),
);

it('reads the files', () => expect(texts.length).toBeGreaterThan(300));

it.each(SPELLINGS)('nobody writes "%s": it is "%s"', (not) =>
	expect(texts.filter((file) => read(file).toLowerCase().includes(not))).toEqual([]),
);
