import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Nodes and credentials are loaded from there, as n8n does.
if (!existsSync(join(__dirname, '..', '..', 'dist', 'index.js')))
	throw new Error('There is no dist/, and these tests need it. Run "npm run build" first.');

// n8n-core writes an encryption key into its user folder: a new one for each test file.
process.env.N8N_USER_FOLDER = mkdtempSync(join(process.env.ENGINE_FOLDERS ?? tmpdir(), 'engine-'));
