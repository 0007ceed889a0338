/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * Debian's packages, for root on Debian.
 */
import { exists, run } from './command.mjs';
import { PlainError } from './console.mjs';

/**
 * Installs packages; tried twice, because a mirror sometimes fails one request.
 * @param {string[]} packages
 * @param {string} why the sentence of the error when this machine is not Debian, or the user not root
 */
export async function aptInstall(packages, why) {
	const names = packages.join(' ');
	if (process.getuid?.() !== 0 || !(await exists('apt-get')))
		throw new PlainError(why, `On Debian: sudo apt-get install ${names}`);
	const apt = { cwd: '/', env: { DEBIAN_FRONTEND: 'noninteractive' }, onLine: () => {} };
	for (let attempt = 1; ; attempt++) {
		await run('apt-get', ['update'], apt);
		const { code, tail } = await run(
			'apt-get',
			['install', '-y', '--no-install-recommends', ...packages],
			apt,
		);
		if (code === 0) return;
		if (attempt === 2)
			throw new PlainError(`apt-get could not install ${names}.`, tail.slice(-3).join('\n  '));
	}
}
