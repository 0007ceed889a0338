/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * `npm run pictures`: draws docs/*.png anew, in a real n8n with the sandbox: every canvas and panel
 * that a page shows, light and dark, and the pages of the forms. Pictures that are there to be looked
 * at only go to .cache/pictures.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { claimFolder } from './demo/claim.mjs';
import { sandboxOnly } from './demo/sandbox.mjs';
import { setUp } from './demo/setup.mjs';
import { must } from './host/command.mjs';
import { step } from './host/console.mjs';
import { PROJECT } from './host/install.mjs';
import { runUntilStopped } from './host/processes.mjs';
import { drawEditor } from './pictures/editor.mjs';
import { drawForms } from './pictures/forms.mjs';
import { TO_LOOK_AT } from './pictures/places.mjs';
import { toolEnv } from './project.mjs';

async function pictures() {
	sandboxOnly('npm run pictures');
	const folder = join(PROJECT, '.cache', 'e2e');
	claimFolder(folder);
	rmSync(TO_LOOK_AT, { recursive: true, force: true });
	mkdirSync(TO_LOOK_AT, { recursive: true });
	const stage = await setUp({ folder, mode: 'review' });
	await step('Drawing canvases, panels and tables', () => drawEditor(stage));
	await step('Drawing forms and their pages', () => drawForms(stage));
	await must('docs/pictures.json could not be written', 'jest', ['test/docs/pictures'], {
		cwd: PROJECT,
		env: { ...toolEnv(), UPDATE_DOCS: '1' },
	});
	return 0;
}

runUntilStopped(pictures);
