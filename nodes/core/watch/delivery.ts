import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * How Humaans signs a delivery: its documentation says HMAC-SHA256 and not more, so the rest can be
 * set.
 */
export interface SignatureSettings {
	/** Header that carries the signature. */
	signatureHeader: string;
	encoding: 'hex' | 'base64';
	/** Text before the signature, such as `sha256=`. */
	prefix: string;
	/** Header that carries the time of sending; one that does not come is not missed. */
	timestampHeader: string;
	/** Minutes; an older delivery is refused. */
	maxAge: number;
}

export const LIKELY_SIGNATURE: SignatureSettings = {
	signatureHeader: 'X-Humaans-Signature',
	encoding: 'hex',
	prefix: '',
	timestampHeader: 'X-Humaans-Timestamp',
	maxAge: 5,
};

export interface Delivery {
	/** The body, byte for byte; absent when there was none. */
	raw: Uint8Array | undefined;
	headers: Readonly<Record<string, string | string[] | undefined>>;
}

const header = ({ headers }: Delivery, name: string): string | undefined => {
	const value = headers[name.trim().toLowerCase()];
	return typeof value === 'string' ? value.trim() : undefined;
};

const fingerprint = (text: string): Buffer => createHash('sha256').update(text).digest();

/** In the same time wherever the first difference is, whatever the lengths. */
const sameText = (a: string, b: string): boolean => timingSafeEqual(fingerprint(a), fingerprint(b));

/** Seconds or milliseconds since 1970, or a date; NaN for anything else. */
function momentOf(text: string): number {
	if (!/^\d+$/.test(text)) return Date.parse(text);
	const value = Number(text);
	return value < 100_000_000_000 ? value * 1000 : value;
}

const MINUTE_MS = 60_000;

/**
 * Whether the delivery is signed with the secret, and not too old. Without a secret nothing is
 * genuine.
 */
export function isGenuine(
	delivery: Delivery,
	secret: string,
	settings: SignatureSettings,
	now: Date,
): boolean {
	const given = header(delivery, settings.signatureHeader);
	if (secret === '' || given === undefined || delivery.raw === undefined) return false;
	const digest = createHmac('sha256', secret).update(delivery.raw).digest(settings.encoding);
	const plain =
		settings.encoding === 'hex' && given.startsWith(settings.prefix)
			? settings.prefix + given.slice(settings.prefix.length).toLowerCase()
			: given;
	if (!sameText(plain, settings.prefix + digest)) return false;
	const sentAt =
		settings.timestampHeader.trim() === '' ? undefined : header(delivery, settings.timestampHeader);
	// Written so that a time nobody can read is refused too.
	return (
		sentAt === undefined ||
		Math.abs(now.getTime() - momentOf(sentAt)) <= settings.maxAge * MINUTE_MS
	);
}

const USABLE_ID = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Whom a delivery is about, when it says so in a way that is known. `data.id` last: of a job role
 * it is the role's own.
 */
export function personIdOf(raw: Uint8Array): string | null {
	let body: unknown;
	try {
		body = JSON.parse(Buffer.from(raw).toString('utf8'));
	} catch {
		return null;
	}
	const { data, personId } = (body ?? {}) as {
		data?: { id?: unknown; personId?: unknown } | null;
		personId?: unknown;
	};
	const id = [data?.personId, personId, data?.id].find(
		(candidate) => typeof candidate === 'string' && USABLE_ID.test(candidate),
	);
	return (id as string | undefined) ?? null;
}

/**
 * The secret that a webhook of this address is registered with when the credential names none: only
 * who has the token can work it out.
 */
export const secretFor = (accessToken: string, url: string): string =>
	createHmac('sha256', accessToken).update(`webhook ${url}`).digest('hex');

/** Tells whether a secret is still the same without keeping it. */
export const markOf = (secret: string): string =>
	fingerprint(secret).toString('base64url').slice(0, 16);
