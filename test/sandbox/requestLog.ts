import type { LoggedRequest, Violation } from './types';

/** JumpCloud requests that only read, although they are POSTs. */
const READING_POSTS = ['/api/search/systemusers'];

export const isWrite = (entry: Pick<LoggedRequest, 'service' | 'method' | 'path'>): boolean =>
	entry.service === 'jumpCloud' &&
	entry.method !== 'GET' &&
	entry.method !== 'HEAD' &&
	!READING_POSTS.includes(entry.path);

const SENSITIVE_KEY = /^(password|secret|token|accesstoken|apikey|x-api-key|authorization)$/i;

/**
 * What was asked of the two services, in order. Never holds the token, the key, a password or a
 * webhook secret.
 */
export class RequestLog {
	readonly entries: LoggedRequest[] = [];
	readonly violations: Violation[] = [];
	private count = 0;

	constructor(private readonly secrets: () => string[]) {}

	nextNumber(): number {
		return ++this.count;
	}

	add(entry: LoggedRequest): LoggedRequest {
		this.entries.push(entry);
		return entry;
	}

	writes(): LoggedRequest[] {
		return this.entries.filter(isWrite);
	}

	clear(): void {
		this.entries.length = 0;
		this.violations.length = 0;
	}

	/** Masks secrets by key and by value, wherever they sit. */
	masked<T>(value: T): T {
		const secrets = this.secrets().filter(Boolean);
		const mask = (item: unknown): unknown => {
			if (typeof item === 'string')
				return secrets.reduce((text, secret) => text.replaceAll(secret, '[secret]'), item);
			if (Array.isArray(item)) return item.map(mask);
			if (item && typeof item === 'object') {
				return Object.fromEntries(
					Object.entries(item).map(([key, inner]) => [
						key,
						SENSITIVE_KEY.test(key) ? '[secret]' : mask(inner),
					]),
				);
			}
			return item;
		};
		return mask(value) as T;
	}
}
