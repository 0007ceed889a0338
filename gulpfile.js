const { rm } = require('node:fs/promises');
const { spawn } = require('node:child_process');
const { src, dest, series, parallel } = require('gulp');

const clean = () => rm('dist', { recursive: true, force: true });

/** tsc writes dist/index.js, dist/nodes and dist/credentials. */
const compile = () =>
	spawn(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
		stdio: 'inherit',
	});

/** Icons are bytes, not text: `encoding: false` keeps them as they are. */
const icons = () => src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));

/** Codex files (how n8n lists a node) and output schemas stand beside their node. */
const codex = () =>
	src(['nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'], { base: 'nodes' }).pipe(
		dest('dist/nodes'),
	);

exports.clean = clean;
exports.icons = icons;
exports.codex = codex;
exports.build = series(clean, compile, parallel(icons, codex));
exports.default = exports.build;
