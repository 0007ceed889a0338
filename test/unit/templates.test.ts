/** The templates as files: what n8n would trip over, or a user. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { problemsOf } from './templateRules';
import { shortName } from './templateRules/file';
import { ownTypes, type Template } from './templateRules/template';

const FOLDER = join(__dirname, '..', '..', 'workflows');
const files = readdirSync(FOLDER)
	.filter((file) => file.endsWith('.json'))
	.map((file) => file.slice(0, -5))
	.sort();
const load = (file: string) =>
	JSON.parse(readFileSync(join(FOLDER, `${file}.json`), 'utf8')) as Template;

it('ships these', () =>
	expect(files).toEqual([
		'access-review',
		'approve-held-plan',
		'deprovisioning',
		'full-lifecycle',
		'invite-fallback',
		'provision-on-demand',
		'provisioning',
		'reconcile',
		'start-date-activation',
		'sync-updates',
		'tell-when-broken',
	]));

it('no two have a name or a node in common', () => {
	const all = files.map(load);
	expect(new Set(all.map(({ name }) => name)).size).toBe(files.length);
	const ids = all.flatMap(({ nodes }) => nodes.map(({ id }) => id));
	expect(new Set(ids).size).toBe(ids.length);
});

it.each(files)('%s', (file) => expect(problemsOf(load(file), file)).toEqual([]));

/** The events that start each template with a Humaans Trigger; what is not set has its default. */
const started = files.flatMap((file) =>
	load(file)
		.nodes.filter(({ type }) => type.endsWith('.humaansTrigger'))
		.map(({ type, parameters }) => {
			const { properties } = ownTypes.get(type)!.description;
			const usual = properties.find(({ name }) => name === 'triggerOn')!.default;
			return [file, (parameters.triggerOn ?? usual) as string[]] as const;
		}),
);

it('five begin with what changes in Humaans', () =>
	expect(started.map(([file]) => file)).toEqual([
		'deprovisioning',
		'full-lifecycle',
		'provisioning',
		'start-date-activation',
		'sync-updates',
	]));

it.each(started)(
	'%s: what only the digest sees starts it when every other change of a field does, and only then',
	(_file, events) => expect(events.includes('changed')).toBe(events.includes('updated')),
);

it('README.md names them all, by file and as n8n lists them, and the nodes it sends people to', () => {
	const page = readFileSync(join(FOLDER, 'README.md'), 'utf8');
	const rows = [...page.matchAll(/^\| `([\w-]+)` \| \*\*([^*]+)\*\* \|/gm)];
	expect(rows.map(([, file]) => file).sort()).toEqual(files);
	for (const [, file, name] of rows) expect(name).toBe(shortName(file!));
	const names = new Set(files.flatMap((file) => load(file).nodes.map(({ name }) => name)));
	for (const name of ['Run Now', 'Needs Review', 'No Action', 'Decide', 'Ask Here']) {
		expect(page).toContain(`**${name}**`);
		expect(names).toContain(name);
	}
});
