import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

describe('imports go nodes → n8n → services → core', () => {
	/** The project's own lint, as a process: its configuration is an ES module. */
	const refused = (file: string, code: string): string[] => {
		const lint = [
			join(ROOT, 'node_modules', 'eslint', 'bin', 'eslint.js'),
			'--stdin',
			'--stdin-filename',
			file,
			'--format',
			'json',
		];
		const { stdout } = spawnSync(process.execPath, lint, {
			cwd: ROOT,
			input: code,
			encoding: 'utf8',
		});
		const [result] = JSON.parse(stdout) as Array<{ messages: Array<{ ruleId: string }> }>;
		return result!.messages
			.map((message) => message.ruleId)
			.filter((rule) => /no-restricted/.test(rule));
	};

	it.each([
		[
			'core and n8n',
			'nodes/core/policy/decide.ts',
			"import { sleep } from 'n8n-workflow';\nexport const x = sleep;",
		],
		[
			'core and a service',
			'nodes/core/policy/decide.ts',
			"import { JumpCloudClient } from '../../services/jumpcloud/client';\nexport const x = JumpCloudClient;",
		],
		['core and the clock', 'nodes/core/policy/decide.ts', 'export const x = () => new Date();'],
		[
			'a service and n8n',
			'nodes/services/jumpcloud/client.ts',
			"import { sleep } from 'n8n-workflow';\nexport const x = sleep;",
		],
		[
			'a service and a node',
			'nodes/services/jumpcloud/create.ts',
			"import { run } from '../../JumpCloudUser/run';\nexport const x = run;",
		],
		[
			'a node and another node',
			'nodes/Humaans/run.ts',
			"import { run } from '../JumpCloudUser/run';\nexport const x = run;",
		],
	])('refuses %s', (_what, file, code) => expect(refused(file, code)).toHaveLength(1));

	it('takes a client that uses core', () =>
		expect(
			refused(
				'nodes/services/jumpcloud/client.ts',
				"import { linkOf } from '../../core/account/link';\nexport const x = linkOf;",
			),
		).toEqual([]));
});
