/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * docs/examples/ask-an-agent.json on real n8n, with a fake model that calls the tool it is offered.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { credentialTypeOf } from '../../scripts/demo/templates.mjs';
import { PROJECT } from '../../scripts/host/install.mjs';
import { Copies } from './copies.mjs';
import { linkedAndActive } from './people.mjs';

const EXAMPLE = join(PROJECT, 'docs', 'examples', 'ask-an-agent.json');
const MODEL_NODE = '@n8n/n8n-nodes-langchain.lmChatOpenAi';
const ID = 'e2eAskAnAgent000';
const PUBLISHED_WITHIN_MS = 5_000;

/**
 * A model that calls the first tool once, and then repeats what the tool said.
 * @param {object} given what it gives the tool
 */
async function fakeModel(given) {
	/** @type {any[]} */
	const asked = [];
	const server = createServer(async (request, response) => {
		let text = '';
		for await (const part of request) text += part;
		const body = JSON.parse(text || '{}');
		asked.push(body);
		const said = body.messages?.findLast((/** @type {any} */ one) => one.role === 'tool');
		const call = {
			id: 'call_1',
			type: 'function',
			function: { name: body.tools?.[0]?.function.name, arguments: JSON.stringify(given) },
		};
		const message = said
			? { role: 'assistant', content: String(said.content) }
			: { role: 'assistant', content: null, tool_calls: [call] };
		const finish = said ? 'stop' : 'tool_calls';
		const base = { id: 'answer', created: 0, model: 'fake' };
		const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
		if (!body.stream) {
			response.setHeader('content-type', 'application/json');
			const choices = [{ index: 0, message, finish_reason: finish }];
			response.end(JSON.stringify({ ...base, object: 'chat.completion', choices, usage }));
			return;
		}
		response.setHeader('content-type', 'text/event-stream');
		const delta = said ? message : { ...message, tool_calls: [{ index: 0, ...call }] };
		for (const choice of [
			{ index: 0, delta, finish_reason: null },
			{ index: 0, delta: {}, finish_reason: finish },
		]) {
			const chunk = { ...base, object: 'chat.completion.chunk', choices: [choice] };
			response.write(`data: ${JSON.stringify(chunk)}\n\n`);
		}
		response.end('data: [DONE]\n\n');
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	return { url: `http://127.0.0.1:${port}/v1`, asked, stop: () => server.close() };
}

/** What n8n's chat window sends. @param {string} question */
const chat = (question) => ({
	...{
		startTime: 0,
		executionTime: 0,
		executionIndex: 0,
		executionStatus: 'success',
		source: [null],
	},
	data: { main: [[{ json: { sessionId: 'e2e', action: 'sendMessage', chatInput: question } }]] },
});

/**
 * On a company of its own: other parts write to the shared one meanwhile.
 * @param {import('../../scripts/demo/setup.mjs').Stage} stage
 * @param {import('./checks.mjs').Checks} checks
 */
export async function checkAgent({ session }, checks) {
	const copies = await Copies.begin(session, 'agent');
	try {
		await checkAnswer(copies, checks);
	} finally {
		await copies.end();
	}
}

/** @param {Copies} copies @param {import('./checks.mjs').Checks} checks */
async function checkAnswer(copies, checks) {
	const { session } = copies;
	const [linked] = await linkedAndActive(copies.sandbox);
	if (!linked) throw new Error('the sandbox has nobody active with an account');
	const { email, firstname } = linked.account;
	// More than the tool takes: a model can be told to try.
	const model = await fakeModel({ person: email, action: 'Apply', mode: 'apply' });
	try {
		const data = { apiKey: 'none', url: model.url };
		const openAi = { name: 'Fake model', type: 'openAiApi' };
		const id = await session.importCredential({ ...openAi, data });
		const { nodes, ...workflow } = JSON.parse(await readFile(EXAMPLE, 'utf8'));
		for (const node of nodes) {
			const type = node.type === MODEL_NODE ? openAi.type : credentialTypeOf(node);
			if (type)
				node.credentials = { [type]: copies.credentials[type] ?? { id, name: openAi.name } };
		}
		await session.importWorkflow({ ...workflow, id: ID, nodes });
		// A workflow that is called must be published, and n8n answers before it is.
		await session.publish(ID);
		await sleep(PUBLISHED_WITHIN_MS);
		const question = `Why has ${email} no account? Apply it.`;
		const { result, writes } = await copies.writesOf(() =>
			session.run(ID, 'Somebody Asks', 300_000, chat(question)),
		);
		const { runData } = result.data.resultData;
		const answer = runData.Answer?.at(-1)?.data?.main?.[0]?.[0]?.json?.output;
		// n8n gives it as a text or as parts of one.
		const said = JSON.stringify(answer ?? '');
		checks.equal('the run ends well', result.status, 'success');
		checks.check('the model is asked twice', model.asked.length === 2, model.asked.length);
		const tools = model.asked[0]?.tools?.map((/** @type {any} */ one) => one.function.name);
		checks.equal('it is offered one tool', tools, ['Why_This_Account']);
		checks.check(
			'the answer is what the policy says of that person',
			said.includes(firstname) && said.includes('WHICH RULE DECIDED'),
			said,
		);
		checks.equal('nothing is written', writes, []);
		await session.unpublish(ID);
	} finally {
		model.stop();
	}
}
