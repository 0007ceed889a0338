/**
 * `npm run test:e2e`: the packed package in a real n8n, with the sandbox as both services and the
 * editor open in Chromium. --pictures: also draw docs/*.png anew.
 */
import { join } from 'node:path';
import { Checks } from '../test/e2e/checks.mjs';
import { checkEditor } from '../test/e2e/editor.mjs';
import { checkFirstRun } from '../test/e2e/firstRun.mjs';
import { checkFullLifecycle } from '../test/e2e/fullLifecycle.mjs';
import { checkHotReload } from '../test/e2e/hotReload.mjs';
import { checkOnDemand } from '../test/e2e/onDemand.mjs';
import { checkKilled } from '../test/e2e/poll.mjs';
import { checkReconcile } from '../test/e2e/reconcile.mjs';
import { checkSecurity } from '../test/e2e/security.mjs';
import { checkSmallTemplates } from '../test/e2e/smallTemplates.mjs';
import { checkWaits } from '../test/e2e/waits.mjs';
import { checkWebhook } from '../test/e2e/webhook.mjs';
import { claimFolder } from './demo/claim.mjs';
import { setUp } from './demo/setup.mjs';
import { PlainError, runMain, say } from './host/console.mjs';
import { PROJECT } from './host/install.mjs';
import { stopAll, untilStopped } from './host/processes.mjs';

async function e2e() {
	if (process.env.HUMAANS_ACCESS_TOKEN || process.env.JUMPCLOUD_API_KEY) {
		throw new PlainError(
			'The e2e test only runs on the sandbox.',
			'Unset HUMAANS_ACCESS_TOKEN and JUMPCLOUD_API_KEY.',
		);
	}
	const folder = join(PROJECT, '.cache', 'e2e');
	claimFolder(folder);
	const stage = await setUp({ folder });
	const checks = new Checks();
	const pictures = process.argv.includes('--pictures');
	await checks.part('Reconcile on acme', () => checkReconcile(stage, checks));
	await checks.part('The first run of each template', () => checkFirstRun(stage, checks));
	await checks.part('Full lifecycle', () => checkFullLifecycle(stage, checks));
	await checks.part('Full lifecycle by webhook', () => checkWebhook(stage, checks));
	await checks.part('One person on demand, by the form in Chromium', () =>
		checkOnDemand(stage, checks, { pictures }),
	);
	await checks.part('The editor in Chromium', () => checkEditor(stage, checks, { pictures }));
	await checks.part('n8n killed between a poll and its execution', () =>
		checkKilled(stage, checks, { folder }),
	);
	await checks.part('Start dates while n8n is killed', () =>
		checkWaits(stage, folder, checks, () =>
			checks.part('The smaller templates', () => checkSmallTemplates(stage, checks)),
		),
	);
	await checks.part('Logs, memory and n8n’s own audit', () => checkSecurity(stage, checks, folder));
	await checks.part('Development with hot reload', () => checkHotReload(checks));
	say(`\n${checks.passed} passed, ${checks.failed} failed`);
	return checks.failed === 0 ? 0 : 1;
}

const stopped = untilStopped();
void runMain(async () => {
	const code = await Promise.race([e2e(), stopped]);
	return typeof code === 'number' ? code : 130;
}, stopAll).then(() => process.exit());
