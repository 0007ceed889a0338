import type { Account } from '../../core/subject';

/** So long after its creation an account counts as just created, in milliseconds. */
const HOLDS_MS = 120_000;

/**
 * Accounts that this process has created a moment ago and nothing here has written to since. Such an
 * account need not be read before its activation: what is known of it is JumpCloud's own answer.
 */
export class JustCreated {
	private readonly created = new Map<string, { account: Account; at: number }>();

	/** @param elapsed monotonic clock, in milliseconds */
	constructor(private readonly elapsed: () => number = () => performance.now()) {}

	/** @param account the answer to the creation */
	note(account: Account): void {
		this.created.set(account._id, { account, at: this.elapsed() });
		for (const [id, { at }] of this.created) {
			if (this.isFresh(at)) break;
			this.created.delete(id);
		}
	}

	/** The account as it was created, once; null when it was not created here a moment ago. */
	take(accountId: string): Account | null {
		const known = this.created.get(accountId);
		this.created.delete(accountId);
		return known && this.isFresh(known.at) ? known.account : null;
	}

	private readonly isFresh = (at: number): boolean => this.elapsed() - at < HOLDS_MS;
}
