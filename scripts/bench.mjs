/**
 * `npm run bench`: every bench of scripts/bench, one after another, as tables; written to docs/benchmarks.md with machine, versions and date.
 * Further arguments choose benches by name: npm run bench -- mapping. --short: each in a small form, for the gate; nothing is written.
 */
import { readdir, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { runMain, say } from './host/console.mjs';
import { PROJECT } from './host/install.mjs';
import { nodeOf } from './host/npm.mjs';
import { ensureProject, toolEnv } from './project.mjs';

const short = process.argv.includes('--short');
const FOLDER = join(PROJECT, 'scripts', 'bench');
const TSX = join(PROJECT, 'node_modules', 'tsx', 'dist', 'cli.mjs');

/** What a bench prints, shown as it comes. @param {string} file @returns {Promise<{ code: number, text: string }>} */
const measure = async (file) =>
	await new Promise((resolve, reject) => {
		const child = spawn(nodeOf(PROJECT), [TSX, join(FOLDER, file), ...(short ? ['--short'] : [])], { cwd: PROJECT, env: toolEnv(), stdio: ['ignore', 'pipe', 'inherit'] });
		let text = '';
		child.stdout.on('data', (chunk) => {
			text += chunk;
			process.stdout.write(chunk);
		});
		child.on('error', reject);
		child.on('close', (code) => resolve({ code: code ?? 1, text }));
	});

await runMain(async () => {
	await ensureProject();
	const chosen = process.argv.slice(2).filter((one) => one !== '--short');
	const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.ts') && (chosen.length === 0 || chosen.includes(file.replace('.ts', '')))).sort();
	const parts = [];
	for (const file of files) {
		say(`• ${file.replace('.ts', '')} …`);
		const { code, text } = await measure(file);
		if (code !== 0) return code;
		// console.table draws boxes: those are shown as they are.
		const shown = text.includes('│') ? `\`\`\`\n${text.trim()}\n\`\`\`` : text.trim();
		parts.push(`## ${file.replace('.ts', '')}\n\n${shown}\n`);
	}
	if (chosen.length === 0 && !short) {
		const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node 24, ${new Date().toISOString().slice(0, 10)}`;
		await writeFile(join(PROJECT, 'docs', 'benchmarks.md'), `# Benchmarks\n\nMade by \`npm run bench\` on ${machine}. Times on shared machines are noisy: read ratios and counts.\n\n${parts.join('\n')}`);
		say('• Written to docs/benchmarks.md');
	}
	return 0;
});
