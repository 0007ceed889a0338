/** One sandbox for all tests of a file, as it was before each of them. */
import { startSandbox, type Quirks, type Sandbox, type SandboxOptions } from '../sandbox';
import { clientOf, type Client, type Json } from '../sandbox/client';

export interface OneSandbox {
	sandbox: Sandbox;
	client: Client;
}

/** A new JumpCloud account that may be created as it is. */
export const staged = {
	username: 'zoe.new',
	email: 'zoe.new@big.example',
	state: 'STAGED',
	suspended: false,
};

/**
 * Starts a sandbox before the first test, sets it back before each, and stops it after the last.
 * `begun` is called once, when it is there, with what it is set back to.
 */
export function setBackBeforeEach(
	begin: () => Promise<Sandbox>,
	begun: (sandbox: Sandbox, start: ReturnType<Sandbox['snapshot']>) => void,
): void {
	let sandbox: Sandbox;
	let start: ReturnType<Sandbox['snapshot']>;
	beforeAll(async () => {
		sandbox = await begin();
		start = sandbox.snapshot();
		begun(sandbox, start);
	});
	afterAll(() => sandbox.stop());
	beforeEach(() => {
		sandbox.restore(start);
		sandbox.clearLog();
	});
}

/** For the sandbox's own tests, with a client; `begun` is called once, when both are there. */
export function oneSandbox(options: SandboxOptions, begun: (one: OneSandbox) => void) {
	let sandbox: Sandbox;
	let client: Client;
	setBackBeforeEach(
		async () => await startSandbox(options),
		(started) => {
			sandbox = started;
			client = clientOf(sandbox);
			begun({ sandbox, client });
		},
	);

	return {
		/** Sets quirks for as long as `run` takes. */
		withQuirks: async (quirks: Partial<Quirks>, run: () => Promise<void>): Promise<void> => {
			const before = { ...sandbox.quirks };
			Object.assign(sandbox.quirks, quirks);
			try {
				await run();
			} finally {
				Object.assign(sandbox.quirks, before);
			}
		},
		/** Creates `staged` in JumpCloud. @returns what JumpCloud answered */
		create: async (more: object = {}): Promise<Json> =>
			(await client.jumpCloud('POST', '/systemusers', { ...staged, ...more })).body,
	};
}
