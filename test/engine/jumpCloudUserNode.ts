/**
 * JumpCloud User as the only node of a workflow, on n8n's engine, against one small sandbox that
 * is set back before each test.
 */
import type { IDataObject, INode } from 'n8n-workflow';
import { basisOf } from '../../nodes/core/account/basis';
import { planUpdate } from '../../nodes/core/account/plan';
import type { Account, Desired } from '../../nodes/core/subject';
import { smallSandbox } from '../harness/jumpCloudScenarios';
import { personIdOf } from '../harness/personIds';
import { runTemplate, type Finished, type Template } from '../harness/engine';
import type { LoggedRequest, Sandbox } from '../sandbox';

const TYPE = 'n8n-nodes-humaans-jumpcloud.jumpCloudUser';

const node = (id: string, name: string, type: string): INode => ({
	id,
	name,
	type,
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
});

interface Item {
	personId: string;
	person: IDataObject;
	account: object;
	part?: string;
	complete?: boolean;
	desired?: Desired;
	decision?: object;
	match?: object;
}

/** Starts the sandbox for all tests of a file; `begun` gets it. Nothing outside the contract. */
export function jumpCloudUserNode(begun: (sandbox: Sandbox) => void) {
	let sandbox: Sandbox;
	let state: ReturnType<Sandbox['snapshot']>;
	beforeAll(async () => {
		sandbox = await smallSandbox();
		state = sandbox.snapshot();
		begun(sandbox);
	});
	beforeEach(() => {
		sandbox.restore(state);
		sandbox.clearLog();
		sandbox.faults.clear();
	});
	afterEach(() => expect(sandbox.violations).toEqual([]));
	afterAll(async () => await sandbox.stop());

	return {
		/** Runs the node on items; `settings` are of the node itself, such as onError. */
		async run(
			parameters: IDataObject,
			items: object[] = [{}],
			settings: Partial<INode> = {},
		): Promise<Finished> {
			const users: INode = {
				...node('2', 'Users', TYPE),
				parameters: { resource: 'user', ...parameters },
				credentials: { jumpCloudApi: { id: '2', name: 'JumpCloud' } },
				...settings,
			};
			const template: Template = {
				name: 'one',
				nodes: [node('1', 'Run Now', 'n8n-nodes-base.manualTrigger'), users],
				connections: { 'Run Now': { main: [[{ node: 'Users', type: 'main', index: 0 }]] } },
			};
			return await runTemplate(template, sandbox, { items });
		},
		/**
		 * An item as it comes from the policy: the person of that name, their account as it is now, and
		 * a decision that rests on it.
		 */
		subject: (name: string, id: string, action: string, more: Partial<Item> = {}): Item => {
			const personId = personIdOf(name);
			const found = sandbox.admin.account(id) as unknown as Account | undefined;
			const account = structuredClone(found) ?? null;
			const changes =
				account && more.desired ? planUpdate(account, more.desired, { personId }).changes : [];
			const rest = { basis: basisOf(account, null), changes };
			return {
				personId,
				person: {
					id: personId,
					status: 'active',
					email: `${name}@acme.example`,
					personalEmail: `${name}@home.example`,
					employeeId: `E-${name}`,
				},
				account: account ?? { _id: id },
				...more,
				decision:
					'decision' in more
						? more.decision && { ...more.decision, ...rest }
						: decided(action, rest),
			};
		},
		/** The requests, in order: method, path and query as one text, and the body if any. */
		asked: () =>
			sandbox.log.map(({ method, path, query, body }: LoggedRequest) => [
				`${method} ${path}${Object.entries(query)
					.map(([key, value]) => ` ${key}=${String(value)}`)
					.join('')}`,
				...(body === undefined ? [] : [body]),
			]),
	};
}

/** What the node gave on an output; an error of the run is thrown. */
export const out = (finished: Finished, output = 0): IDataObject[] => {
	if (finished.error) throw finished.error;
	return finished.items('Users', output).map((item) => item.json);
};

/** A choice in a list of the panel. */
const locator = (value: string, mode = 'id') => ({ __rl: true, mode, value });
export const user = locator;
export const group = locator;

/** An ID that no account has. */
export const NOBODY = '000000000000000000000000';

/** Parameters of an operation on an account that is chosen in the node. */
export const chosen = (operation: string, id: string, more: IDataObject = {}): IDataObject => ({
	operation,
	userFrom: 'values',
	user: user(id),
	...more,
});

export const decided = (action: string, more: object = {}) => ({
	action,
	code: 'x',
	reason: 'x',
	changes: [],
	warnings: [],
	step: 1,
	decidedAt: new Date().toISOString(),
	...more,
});

export const desired: Desired = {
	attributes: { email: 'zoe@acme.example', firstname: 'Zoe', department: 'Sales' },
	rules: {},
	usernames: ['zoe', 'zoe2'],
	clearEmpty: true,
	problems: [],
};

/** One page of a search for accounts that fit one of these. */
export const searchFor = (...or: object[]) => [
	'POST /api/search/systemusers limit=100 skip=0 sort=_id',
	{ filter: { or }, limit: 100, skip: 0, sort: '_id' },
];

/** Conditions of a search for an address: as work email or as personal email. */
export const holdersOf = (address: string): object[] => {
	const $regex = `(?i)(^${address.replaceAll('.', '\\.')}$)`;
	return [{ email: { $regex } }, { alternateEmail: { $regex } }];
};
