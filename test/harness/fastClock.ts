/**
 * For tests of faults that pass or last: waits of the package, and the clock they are counted with,
 * go five times as fast. The date and n8n's own timers are as ever. Work seems slower by as much, so
 * it is no clock for what may not take long (jest.config.js names the files).
 */
const FASTER = 5;
const { performance: real } = globalThis;
Object.defineProperty(globalThis, 'performance', {
	configurable: true,
	value: new Proxy(real, {
		get: (target, name) => {
			if (name === 'now') return () => target.now() * FASTER;
			const value: unknown = Reflect.get(target, name, target);
			return typeof value === 'function' ? value.bind(target) : value;
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

export {};
