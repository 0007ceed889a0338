/** A fresh n8n with access-review, and each of its lists asked for in Chromium. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fillIn } from '../../../test/e2e/accessReview.mjs';
import { inChromium } from '../../../test/e2e/chromium.mjs';
import { SIGNED_IN, publishForm, readCsv, sendForFile } from '../../../test/e2e/form.mjs';
import { FORM_USER, OWNER } from '../../demo/setup.mjs';
import { prepared, readTemplates } from '../../demo/templates.mjs';
import { PROJECT } from '../../host/install.mjs';
import { installPackage, startN8n, stopN8n } from '../../host/n8n.mjs';
import { Session } from '../../host/session.mjs';
import { credentialsFor } from './stage.mjs';

const FOLDER = join(PROJECT, '.cache', 'bench', 'form');
const DAY_MS = 86_400_000;

/**
 * @typedef {object} Review
 * @property {string} what the choice in the form
 * @property {number} ms from the click until the page is there and the file is saved
 * @property {number} cpuMs what n8n computed in that time, whatever else the machine does
 * @property {number} lines of the file, without its first one
 * @property {number} bytes of the file
 * @property {number} onPage rows of all tables of the page
 */

/** Clock ticks of a process are hundredths of a second on Linux. */
const TICK_MS = 10;

/** @param {number} pid @returns {number} milliseconds that it has computed so far */
function computed(pid) {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
	return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/**
 * @param {string} tarball
 * @param {import('./stage.mjs').Addresses} addresses
 * @param {(review: Review) => Promise<void>} tell after each list
 */
export async function reviewsOf(tarball, addresses, tell) {
	rmSync(FOLDER, { recursive: true, force: true });
	await installPackage(FOLDER, tarball);
	const n8n = await startN8n({ folder: FOLDER, port: 0 });
	try {
		const session = new Session(n8n.url);
		await session.signIn(OWNER);
		const name = 'Form password';
		const password = { name, type: 'httpBasicAuth', data: FORM_USER };
		const credentials = {
			...(await credentialsFor(session, addresses)),
			httpBasicAuth: { id: await session.importCredential(password), name },
		};
		const template = readTemplates().find(({ file }) => file === 'access-review')?.workflow;
		const workflow = prepared('access-review', template, { credentials, mode: 'review' });
		const { id } = await session.importWorkflow(workflow);
		const url = await publishForm(session, id, 'access-review');
		const date = new Date(Date.now() + 90 * DAY_MS).toISOString().slice(0, 10);
		await inChromium({ ...SIGNED_IN, acceptDownloads: true }, async (page) => {
			for (const asked of /** @type {const} */ ([
				{ show: 'Accounts' },
				{ show: 'Accounts', date },
				{ show: 'Evidence of leavers' },
				{ show: 'What will happen', date },
			])) {
				await fillIn(page, url, asked);
				const pid = n8n.server.child.pid ?? 0;
				const [started, before] = [Date.now(), computed(pid)];
				const { shown, csv } = await sendForFile(page);
				const [ms, cpuMs] = [Date.now() - started, computed(pid) - before];
				const onPage = shown.tables.reduce((sum, { rows }) => sum + rows.length, 0);
				const ahead = 'date' in asked ? ', in 90 days' : '';
				await tell({
					...{ what: `${asked.show}${ahead}`, ms, cpuMs, onPage },
					...{ lines: readCsv(csv).length, bytes: Buffer.byteLength(csv) },
				});
			}
		});
	} finally {
		await stopN8n(n8n);
	}
}
