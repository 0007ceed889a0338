import js from '@eslint/js';
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import importX from 'eslint-plugin-import-x';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

const CODE = ['**/*.{ts,js,mjs}'];
const SHIPPED = ['nodes/**/*.ts', 'credentials/**/*.ts', 'index.ts'];

/**
 * Which floors of nodes/ a floor may import, besides itself. Everything else is refused: nodes →
 * n8n → services → core.
 */
const FLOORS = { core: [], services: ['core'], n8n: ['core', 'services'] };
const NODES = ['FieldMapper', 'Humaans', 'HumaansTrigger', 'JumpCloudUser', 'ProvisioningPolicy'];
const zone = (floor, others) => ({
	target: `./nodes/${floor}`,
	from: './nodes',
	except: [floor, ...others].map((one) => `./${one}`),
	message: 'Imports go nodes → n8n → services → core, and no node imports another.',
});
const ZONES = [
	...Object.entries(FLOORS).map(([floor, others]) => zone(floor, others)),
	...NODES.map((node) => zone(node, ['core', 'services', 'n8n'])),
];

/** Packages that a floor may import; n8n brings them. */
const packages = (...names) => [
	'error',
	{
		patterns: [
			{
				regex: `^(?!\\.|(${names.join('|')})$)`,
				message: 'This floor knows nothing of that: hand in what is needed.',
			},
		],
	},
];
const CLOCK = [
	{
		selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
		message: 'Core code has no clock: the time is an argument.',
	},
	{
		selector: 'CallExpression[callee.name="Date"]',
		message: 'Core code has no clock: the time is an argument.',
	},
	{
		selector: 'MemberExpression[object.name="Date"][property.name="now"]',
		message: 'Core code has no clock: the time is an argument.',
	},
	{
		selector: 'MemberExpression[object.name="performance"]',
		message: 'Core code has no clock: the time is an argument.',
	},
];

export default tseslint.config(
	{ ignores: ['dist/**', 'node_modules/**', '.host/**', '.demo/**', '.cache/**', 'coverage/**'] },
	{ files: CODE, extends: [js.configs.recommended, ...tseslint.configs.recommended] },
	{
		files: CODE,
		plugins: { 'import-x': importX },
		rules: { 'import-x/no-cycle': 'error', 'no-console': 'error' },
		settings: {
			'import-x/resolver-next': [
				importX.createNodeResolver({ extensions: ['.ts', '.js', '.mjs'] }),
			],
		},
	},
	{ files: SHIPPED, ...n8nCommunityNodesPlugin.configs.recommended },
	{
		files: ['package.json'],
		...n8nCommunityNodesPlugin.configs.recommended,
		languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
	},
	{
		files: ['nodes/**/*.ts'],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		rules: n8nNodesBase.configs.nodes.rules,
	},
	{
		files: ['credentials/**/*.ts'],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		rules: n8nNodesBase.configs.credentials.rules,
	},
	{
		files: ['nodes/**/*.ts'],
		rules: { 'import-x/no-restricted-paths': ['error', { zones: ZONES }] },
	},
	{
		files: ['nodes/core/**'],
		rules: {
			'no-restricted-imports': packages('luxon', 'zod', 'node:crypto'),
			'no-restricted-syntax': ['error', ...CLOCK],
		},
	},
	{
		files: ['nodes/services/**'],
		rules: { 'no-restricted-imports': packages('p-limit', 'node:crypto') },
	},
	{
		files: ['**/*.js', '**/*.mjs', 'scripts/**', 'test/**'],
		languageOptions: {
			globals: {
				process: 'readonly',
				console: 'readonly',
				require: 'readonly',
				module: 'writable',
				exports: 'writable',
				setTimeout: 'readonly',
				clearTimeout: 'readonly',
				setInterval: 'readonly',
				clearInterval: 'readonly',
				fetch: 'readonly',
				URL: 'readonly',
				Buffer: 'readonly',
				AbortController: 'readonly',
				AbortSignal: 'readonly',
				__dirname: 'readonly',
				document: 'readonly',
				window: 'readonly',
				location: 'readonly',
				performance: 'readonly',
				structuredClone: 'readonly',
			},
		},
		rules: {
			'no-console': 'off',
			'@typescript-eslint/no-require-imports': 'off',
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
			],
		},
	},
);
