/**
 * A generated company behind both services, as a process of its own that takes orders over IPC.
 * Started as `tsx company.ts <people>`; sends its addresses when ready, then one answer to each
 * order.
 */
import { startSandbox } from '../../../test/sandbox';
import { isWrite } from '../../../test/sandbox/requestLog';
import type { SandboxOptions } from '../../../test/sandbox';

/** What the services were asked since the last `reset`. */
export interface Asked {
	reads: number;
	writes: number;
	/** Most requests in flight at once, of the busier service. */
	peak: number;
	violations: number;
	/**
	 * The fewest calls in which everybody and every account could be read: the token, and each list
	 * in full pages.
	 */
	least: number;
	/** Accounts that there are. */
	accounts: number;
	/** Answers 429. */
	refused: number;
	/** Most answers that were not 429 in any one second. */
	perSecond: number;
}

export type Order =
	| { do: 'latency'; ms: number }
	/** So many active people get another last name; answers how many. */
	| { do: 'edit'; people: number; round: number }
	/** How many active people have no account with their email and last name. */
	| { do: 'outOfStep' }
	| { do: 'reset' }
	| { do: 'asked' };

const pages = (rows: number, size: number): number => Math.max(1, Math.ceil(rows / size));

const options: SandboxOptions = {
	people: Number(process.argv[2]),
	accounts: process.argv[3] === 'accounts',
	latencyMs: 0,
};

async function main(): Promise<void> {
	const sandbox = await startSandbox(options);
	const active = () => sandbox.humaans.people.filter(({ status }) => status === 'active');

	const answer = (order: Order): unknown => {
		switch (order.do) {
			case 'latency':
				options.latencyMs = order.ms;
				return true;
			case 'edit': {
				const chosen = active();
				const step = Math.max(1, Math.floor(chosen.length / order.people));
				for (let i = 0; i < order.people; i++)
					sandbox.admin.change(chosen[i * step]!.id, { lastName: `Novak ${order.round}` });
				return order.people;
			}
			case 'outOfStep': {
				const names = new Map(
					sandbox.jumpCloud.accounts.map(({ email, lastname }) => [email, lastname]),
				);
				return active().filter(({ email, lastName }) => names.get(email as string) !== lastName)
					.length;
			}
			case 'reset':
				sandbox.clearLog();
				for (const { load } of [sandbox.humaans, sandbox.jumpCloud]) load.peak = 0;
				return true;
			case 'asked': {
				const writes = sandbox.log.filter(isWrite).length;
				const served = new Map<string, number>();
				for (const { at, status } of sandbox.log)
					if (status !== 429) served.set(at.slice(0, 19), (served.get(at.slice(0, 19)) ?? 0) + 1);
				return {
					reads: sandbox.log.length - writes,
					writes,
					peak: Math.max(sandbox.humaans.load.peak, sandbox.jumpCloud.load.peak),
					violations: sandbox.violations.length,
					least:
						1 +
						pages(sandbox.humaans.people.length, 250) +
						pages(sandbox.humaans.jobRoles.length, 250) +
						pages(sandbox.humaans.locations.length, 250) +
						pages(sandbox.jumpCloud.accounts.length, 1000),
					accounts: sandbox.jumpCloud.accounts.length,
					refused: sandbox.log.filter(({ status }) => status === 429).length,
					perSecond: Math.max(0, ...served.values()),
				} satisfies Asked;
			}
		}
	};

	process.on('message', (order: Order) => process.send!({ answer: answer(order) }));
	process.on('disconnect', () => void sandbox.stop().then(() => process.exit(0)));
	process.send!({
		humaans: { url: sandbox.humaans.baseUrl, token: sandbox.humaans.token },
		jumpCloud: { url: sandbox.jumpCloud.baseUrl, key: sandbox.jumpCloud.apiKey },
	});
}

void main();
