import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_QUIRKS, SWITCHES } from '.';

const TESTS = readdirSync(__dirname)
	.filter((file) => file.endsWith('.test.ts') && file !== 'quirks.test.ts')
	.map((file) => readFileSync(join(__dirname, file), 'utf8'))
	.join('\n');
const switches = Object.entries(SWITCHES).map(
	([name, one]) => [name, one.default as unknown, one.others as readonly unknown[]] as const,
);

it.each(switches)('%s has another value than its default, and each once', (_name, own, others) => {
	const values = [own, ...others].map((value) => JSON.stringify(value));
	expect(values.length).toBeGreaterThan(1);
	expect(new Set(values).size).toBe(values.length);
});

it('every switch is tried by a test of the sandbox', () => {
	const untried = switches.map(([name]) => name).filter((name) => !TESTS.includes(name));
	expect(untried).toEqual([]);
});

it('the sandbox starts with the defaults', () => {
	expect(DEFAULT_QUIRKS).toEqual(Object.fromEntries(switches.map(([name, own]) => [name, own])));
	// What the second look at the sources made of the guesses of the first.
	expect(DEFAULT_QUIRKS).toMatchObject({
		searchPageLimit: 1000,
		getPageLimit: 100,
		customAttributeFilter: 'works',
		activateActivated: 200,
		putAcceptsUnlistedFields: true,
		withoutKey: 302,
		bareListReturns: 'active',
		statusAll: 'all',
		errorStatusValidation: 422,
		webhookEventsRequired: true,
	});
});
