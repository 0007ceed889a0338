import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One folder for what the engine of every test file writes: workers inherit its path. */
export default function beforeAllFiles(): void {
	process.env.ENGINE_FOLDERS ??= mkdtempSync(join(tmpdir(), 'engine-tests-'));
}
