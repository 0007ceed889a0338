import { attempt, ServiceFailure, type ServiceName } from './failure';

export interface Page<T> {
	/** Rows of the whole list. */
	total: number;
	rows: T[];
}

export interface SweepOptions<T> {
	service: ServiceName;
	/** Rows asked for in one call. */
	pageSize: number;
	fetch: (skip: number, limit: number) => Promise<Page<T>>;
	idOf: (row: T) => string;
	/** The first page, when it was read already. */
	first?: Page<T>;
	/** How often the list is read again when it changed meanwhile. @default 2 */
	restarts?: number;
	/** Pages asked for at once; the client's own limit on requests holds too. @default 4 */
	atOnce?: number;
}

/** Places in a list that are still to be read: from `skip` up to `end`, which is not one of them. */
interface Stretch {
	skip: number;
	end: number;
}

/** What came when the list was read once, from its first page to its last. */
class ListReading<T> {
	/** By id, with the place in the list. */
	readonly rows = new Map<string, { row: T; place: number }>();
	/** Every page named the same total, none came empty, and no row stands in two places. */
	steady = true;
	/** Every page begins with the row that the one before it ends with. */
	joined = true;
	private readonly idAt = new Map<number, string>();

	constructor(
		readonly total: number,
		private readonly idOf: (row: T) => string,
	) {}

	add({ total, rows }: Page<T>, skip: number): void {
		rows.forEach((row, index) => {
			const [id, place] = [this.idOf(row), skip + index];
			if ((this.idAt.get(place) ?? id) !== id) this.joined = false;
			if (!this.idAt.has(place) && this.rows.has(id)) this.steady = false;
			this.idAt.set(place, id);
			this.rows.set(id, { row, place });
		});
		if (total !== this.total) this.steady = false;
	}

	/** As many different rows as every page says there are. */
	get isComplete(): boolean {
		return this.steady && this.rows.size === this.total;
	}

	hasSameRowsAs(other: ListReading<T>): boolean {
		return (
			this.rows.size === other.rows.size && [...this.rows.keys()].every((id) => other.rows.has(id))
		);
	}

	inOrder(): T[] {
		return [...this.rows.values()].sort((a, b) => a.place - b.place).map(({ row }) => row);
	}
}

/** A page has one row in common with the page before it, unless it has no more than one. */
const overlapOf = (size: number): number => (size > 1 ? 1 : 0);

/** Calls that it takes to read a list. @param size Rows that the service gives in one call */
export const pagesIn = (total: number, size: number): number =>
	Math.max(1, Math.ceil(size > 1 ? (total - 1) / (size - 1) : total));

/** The pages after the first one, each when it is its turn: a total may be any number. */
function* stretchesAfter({ total, rows: { length: size } }: Page<unknown>): Generator<Stretch> {
	if (size === 0) return;
	const overlap = overlapOf(size);
	for (let skip = size - overlap; skip + overlap < total; skip += size - overlap)
		yield { skip, end: Math.min(skip + size, total) };
}

/**
 * Reads the list once. The first page tells the total, and how many rows the service gives in one
 * call. The other pages are asked for side by side. A page that came with fewer rows is read on
 * from its last one. Nothing more is asked for once a page has failed.
 */
async function readOnce<T>(
	first: Page<T>,
	{ pageSize, fetch, idOf, atOnce = 4 }: SweepOptions<T>,
): Promise<ListReading<T>> {
	const reading = new ListReading(first.total, idOf);
	reading.add(first, 0);
	const stretches = stretchesAfter(first);
	/** What is left of pages that came short. */
	const rests: Stretch[] = [];
	const size = first.rows.length;
	if (size > 0 && size < first.total && overlapOf(size) === 0) reading.joined = false;

	let failure = null as ServiceFailure | null;
	const readStretches = async (): Promise<void> => {
		for (;;) {
			if (!reading.steady || failure) return;
			const stretch = rests.pop() ?? stretches.next().value;
			if (!stretch) return;
			const { skip, end } = stretch as Stretch;
			const answer = await attempt(fetch(skip, pageSize));
			if (!answer.ok) {
				failure = answer.failure;
				return;
			}
			reading.add(answer.value, skip);
			const { length } = answer.value.rows;
			if (length === 0) reading.steady = false;
			// Its one row joins it to the page before, and none is left to join the next one to it.
			if (length === 1 && skip + 1 < end) reading.joined = false;
			if (skip + length < end) rests.push({ skip: skip + Math.max(1, length - 1), end });
		}
	};
	await Promise.all(Array.from({ length: atOnce }, readStretches));
	if (failure) throw failure;
	return reading;
}

/**
 * Reads a whole list, or fails: an incomplete list is never an answer.
 *
 * The list is whole when every page names the same total, when that many different rows came, and
 * when every page begins with the row that the one before it ends with. Then whoever was in the list
 * all the time was read: they stand between two rows of one page. A total alone proves nothing: one
 * entry may go while another comes, and everybody in between moves to another page.
 *
 * A service that keeps no order never gives such pages. There the list is whole when two readings
 * in a row found the same rows: exactly these were in it between the two.
 */
export async function sweep<T>(options: SweepOptions<T>): Promise<T[]> {
	const { service, pageSize, fetch, restarts = 2 } = options;
	let before: ListReading<T> | null = null;
	let largestTotal = 0;
	for (let round = 0; ; round++) {
		const first = round === 0 && options.first ? options.first : await fetch(0, pageSize);
		const reading = await readOnce(first, options);
		const { total, rows, joined } = reading;
		largestTotal = Math.max(largestTotal, total);
		// A list that had entries a moment ago and has none now is not believed.
		const isBelieved = reading.isComplete && (total > 0 || largestTotal === 0);
		if (isBelieved && (joined || (before !== null && reading.hasSameRowsAs(before))))
			return reading.inOrder();
		if (round >= restarts) {
			const detail = joined
				? `It named ${total} entries and ${rows.size} could be read.`
				: 'Its entries moved while they were read.';
			throw new ServiceFailure(service, 'incomplete', null, null, detail);
		}
		before = isBelieved ? reading : null;
	}
}
