/**
 * The sandbox on the command line: `tsx test/sandbox/main.ts --shift-to-today`. Prints one JSON
 * line when ready.
 */
import { parseArgs } from 'node:util';
import { DEFAULT_QUIRKS, startSandbox, type Quirks } from '.';

function integer(text: string | undefined, name: string): number | undefined {
	if (text === undefined) return undefined;
	if (!/^\d+$/.test(text)) throw new Error(`--${name} must be a whole number`);
	return Number(text);
}

/** Switches as JSON, such as {"statusAll": "refused"}. */
function switches(text: string | undefined): Partial<Quirks> {
	const given = JSON.parse(text ?? '{}') as Partial<Quirks>;
	const unknown = Object.keys(given).filter((name) => !(name in DEFAULT_QUIRKS));
	if (unknown.length > 0) throw new Error(`--quirks knows no ${unknown.join(', ')}`);
	return given;
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			company: { type: 'string' },
			people: { type: 'string' },
			accounts: { type: 'boolean' },
			seed: { type: 'string' },
			organization: { type: 'string' },
			'humaans-port': { type: 'string' },
			'jumpcloud-port': { type: 'string' },
			'page-port': { type: 'string' },
			'shift-to-today': { type: 'boolean' },
			latency: { type: 'string' },
			scopes: { type: 'string' },
			quirks: { type: 'string' },
		},
	});
	const people = integer(values.people, 'people');
	const seed = integer(values.seed, 'seed');
	const sandbox = await startSandbox({
		...(values.company === undefined ? {} : { company: values.company }),
		...(people === undefined ? {} : { people }),
		...(seed === undefined ? {} : { seed }),
		...(values.organization === undefined ? {} : { organization: values.organization }),
		accounts: values.accounts ?? false,
		shiftToToday: values['shift-to-today'] ?? false,
		quirks: switches(values.quirks),
		latencyMs: integer(values.latency, 'latency') ?? 0,
		ports: {
			humaans: integer(values['humaans-port'], 'humaans-port') ?? 0,
			jumpCloud: integer(values['jumpcloud-port'], 'jumpcloud-port') ?? 0,
			page: integer(values['page-port'], 'page-port') ?? 0,
		},
	});
	const { humaans, jumpCloud, pageUrl } = sandbox;
	if (values.scopes !== undefined) humaans.setToken(values.scopes.split(','));
	process.stdout.write(
		`${JSON.stringify({
			ready: true,
			humaans: { baseUrl: humaans.baseUrl, token: humaans.token },
			jumpCloud: { baseUrl: jumpCloud.baseUrl, apiKey: jumpCloud.apiKey },
			page: pageUrl,
		})}\n`,
	);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void sandbox.stop().then(() => process.exit(0)));
	}
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
