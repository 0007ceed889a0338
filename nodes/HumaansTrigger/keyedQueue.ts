/** The whole company; anything else is a person's ID. */
export const EVERYBODY = '*';

interface Turn {
	about: string;
	begun: boolean;
	done: Promise<void>;
}

/**
 * By node: n8n may begin a poll while the one before still reads, and webhooks come when they like.
 */
const queues = new Map<string, Turn[]>();

const conflict = (a: string, b: string): boolean => a === b || a === EVERYBODY || b === EVERYBODY;

/** Whether everybody is being read, or about to be. */
export const readsEverybody = (node: string): boolean =>
	(queues.get(node) ?? []).some((turn) => turn.about === EVERYBODY);

/**
 * Work about somebody, after all earlier work about them: an older read is never compared after a
 * newer one. People do not wait for each other, only for everybody. Undefined, and nothing done,
 * when work that has not begun yet will see the same.
 */
export async function inTurn<T>(
	node: string,
	about: string,
	work: () => Promise<T>,
): Promise<T | undefined> {
	const queue = queues.get(node) ?? [];
	queues.set(node, queue);
	if (queue.some((turn) => !turn.begun && (turn.about === about || turn.about === EVERYBODY)))
		return undefined;
	const before = queue.filter((turn) => conflict(turn.about, about)).map((turn) => turn.done);
	let end = () => {};
	const turn: Turn = { about, begun: false, done: new Promise((resolve) => (end = resolve)) };
	queue.push(turn);
	try {
		await Promise.all(before);
		turn.begun = true;
		return await work();
	} finally {
		end();
		queue.splice(queue.indexOf(turn), 1);
		if (queue.length === 0) queues.delete(node);
	}
}
