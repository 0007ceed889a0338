/** A company for a bench to measure on: `company.ts` as a process of its own. */
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Order } from './company';

export interface Addresses {
	humaans: { url: string; token: string };
	jumpCloud: { url: string; key: string };
}
export interface Company {
	addresses: Addresses;
	order: (order: Order) => Promise<unknown>;
	stop: () => void;
}
/** @param accounts everybody has one, as after a first run */
export async function found(people: number, accounts = false): Promise<Company> {
	const words = [String(people), ...(accounts ? ['accounts'] : [])];
	const child: ChildProcess = fork(join(__dirname, 'company.ts'), words, {
		execArgv: ['--import', 'tsx', '--max-old-space-size=8192'],
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
	});
	const ended = new Promise<never>((_resolve, reject) =>
		child.once('exit', () => reject(new Error('The sandbox ended.'))),
	);
	ended.catch(() => {});
	const next = async () =>
		await Promise.race([new Promise<unknown>((resolve) => child.once('message', resolve)), ended]);
	const addresses = (await next()) as Addresses;
	const order = async (what: Order) => {
		child.send(what);
		return ((await next()) as { answer: unknown }).answer;
	};
	return { addresses, order, stop: () => void child.kill() };
}
