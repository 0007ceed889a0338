import js from '@eslint/js';
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import importX from 'eslint-plugin-import-x';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

const CODE = ['**/*.{ts,js,mjs}'];
const SHIPPED = ['nodes/**/*.ts', 'credentials/**/*.ts', 'index.ts'];

/** Pure code: no n8n, no network, no clock. Everything in nodes/ but the nodes themselves, the operations and the clients. */
const PURE = ['nodes/**/*.ts'];
const NOT_PURE = ['nodes/**/*.node.ts', 'nodes/*/operations/**', 'nodes/*/description/**', 'nodes/*/node/**', 'nodes/shared/clients/**', 'nodes/shared/node/**', 'nodes/shared/nodeErrors.ts'];

const noN8n = { regex: '^n8n-', message: 'Pure code and clients know nothing of n8n: hand in what is needed.' };
const noClient = { regex: '(^|/)clients(/|$)', message: 'Pure code does not call a service. Imports go nodes → clients → pure.' };
const noNode = { regex: '(\\.node$|/node/|/description/)', message: 'Imports go nodes → clients → pure.' };
const noOperation = { regex: '/operations/', message: 'Imports go nodes → clients → pure.' };

export default tseslint.config(
	{ ignores: ['dist/**', 'node_modules/**', '.host/**', '.demo/**', '.cache/**', 'coverage/**'] },
	{ files: CODE, extends: [js.configs.recommended, ...tseslint.configs.recommended] },
	{
		files: CODE,
		plugins: { 'import-x': importX },
		rules: { 'import-x/no-cycle': 'error', 'no-console': 'error' },
		settings: { 'import-x/resolver-next': [importX.createNodeResolver({ extensions: ['.ts', '.js', '.mjs'] })] },
	},
	{ files: SHIPPED, ...n8nCommunityNodesPlugin.configs.recommended },
	{ files: ['package.json'], ...n8nCommunityNodesPlugin.configs.recommended, languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } } },
	{ files: ['nodes/**/*.ts'], plugins: { 'n8n-nodes-base': n8nNodesBase }, rules: n8nNodesBase.configs.nodes.rules },
	{ files: ['credentials/**/*.ts'], plugins: { 'n8n-nodes-base': n8nNodesBase }, rules: n8nNodesBase.configs.credentials.rules },
	{ files: PURE, ignores: NOT_PURE, rules: { 'no-restricted-imports': ['error', { patterns: [noN8n, noClient, noNode, noOperation] }] } },
	{
		files: ['nodes/shared/clients/**', 'nodes/*/operations/**'],
		ignores: ['nodes/shared/clients/transport.ts'],
		rules: { 'no-restricted-imports': ['error', { patterns: [noN8n, noNode] }] },
	},
	{ files: ['**/*.js', '**/*.mjs', 'scripts/**', 'test/**'], languageOptions: { globals: { process: 'readonly', console: 'readonly', require: 'readonly', module: 'writable', exports: 'writable', setTimeout: 'readonly', clearTimeout: 'readonly', setInterval: 'readonly', clearInterval: 'readonly', fetch: 'readonly', URL: 'readonly', Buffer: 'readonly', AbortController: 'readonly', AbortSignal: 'readonly', __dirname: 'readonly', document: 'readonly', window: 'readonly', location: 'readonly', performance: 'readonly', structuredClone: 'readonly' } }, rules: { 'no-console': 'off', '@typescript-eslint/no-require-imports': 'off', '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }] } },
);
