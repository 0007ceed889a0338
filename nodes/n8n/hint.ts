import type { NodeHint } from 'n8n-workflow';

/** Said in a node's panel while the condition holds, an expression without its braces. */
export const hint = (type: 'info' | 'warning', message: string, condition: string): NodeHint => ({
	message,
	type,
	location: 'ndv',
	whenToDisplay: 'always',
	displayCondition: `={{ ${condition} }}`,
});
