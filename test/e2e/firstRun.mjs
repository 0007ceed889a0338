/**
 * What somebody does who has just installed the package: all eight templates imported as they ship,
 * each run once by hand.
 */
import { readTemplates, triggerOf } from '../../scripts/demo/templates.mjs';
import { reportOf } from '../../scripts/demo/report.mjs';
import { Copies } from './copies.mjs';

/**
 * @param {import('../../scripts/demo/setup.mjs').Stage} stage
 * @param {import('./checks.mjs').Checks} checks
 */
export async function checkFirstRun({ session }, checks) {
	const copies = await Copies.begin(session, 'first');
	try {
		const templates = readTemplates();
		checks.equal('there are eight templates', templates.length, 8);
		for (const { file, workflow } of templates) {
			const id = await copies.import(file, { mode: 'review' });
			const { result, writes } = await copies.writesOf(() => session.run(id, triggerOf(workflow)));
			checks.equal(
				`${file} as it ships: it ends with success, no node fails, nothing is written`,
				[result.status, reportOf(result).failures, writes],
				['success', [], []],
			);
		}
		const { violations, outbox } = await copies.state();
		checks.equal(
			'nobody was mailed, and nothing was asked outside the contract',
			[outbox, violations],
			[[], []],
		);
	} finally {
		await copies.end();
	}
}
