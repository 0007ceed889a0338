import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Nodes and credentials are loaded from there, as n8n does.
if (!existsSync(join(__dirname, '..', '..', 'dist', 'index.js')))
	throw new Error('There is no dist/, and these tests need it. Run "npm run build" first.');

/**
 * Waits of the package, and the clock they are counted with, go ten times as fast: nobody waits for
 * a back-off. The date and n8n's own timers are as ever.
 */
const FASTER = 10;
const { performance: real } = globalThis;
const realNow = real.now.bind(real);
let now = () => realNow() * FASTER;
Object.defineProperty(globalThis, 'performance', {
	configurable: true,
	value: new Proxy(real, {
		get: (target, name) => {
			if (name === 'now') return now;
			const value: unknown = Reflect.get(target, name, target);
			return typeof value === 'function' ? value.bind(target) : value;
		},
		set: (target, name, value) => {
			if (name !== 'now') return Reflect.set(target, name, value, target);
			now = value;
			return true;
		},
	}),
});
jest.mock('n8n-workflow', () => {
	const n8nWorkflow = jest.requireActual<typeof import('n8n-workflow')>('n8n-workflow');
	return {
		...n8nWorkflow,
		sleep: async (ms: number) => await n8nWorkflow.sleep(ms / FASTER),
	};
});

// n8n-core writes an encryption key into its user folder: a new one for each test file.
process.env.N8N_USER_FOLDER = mkdtempSync(join(tmpdir(), 'engine-'));
