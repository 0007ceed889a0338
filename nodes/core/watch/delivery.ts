import { createHmac, timingSafeEqual } from 'node:crypto';
import { isPersonId } from '../account/link';
import { sha256 } from '../hash';
import { MINUTE_MS } from '../time';

/**
 * How Humaans signs a delivery. Its documentation only says HMAC-SHA256, so the rest can be set.
 */
export interface SignatureSettings {
	/** Name of the header with the signature. */
	signatureHeader: string;
	encoding: 'hex' | 'base64';
	/** Text before the signature, such as `sha256=`. */
	prefix: string;
	/** Name of the header with the time of sending. A delivery without it is not refused for that. */
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
	/** The body, byte for byte; `undefined` when there was none. */
	raw: Uint8Array | undefined;
	headers: Readonly<Record<string, string | string[] | undefined>>;
}

const header = ({ headers }: Delivery, name: string): string | undefined => {
	const value = headers[name.trim().toLowerCase()];
	return typeof value === 'string' ? value.trim() : undefined;
};

/** Takes the same time wherever the texts differ, and however long they are. */
const equalInConstantTime = (a: string, b: string): boolean =>
	timingSafeEqual(sha256(a), sha256(b));

/** From seconds or milliseconds since 1970, or a date, to milliseconds; NaN for anything else. */
function momentOf(text: string): number {
	if (!/^\d+$/.test(text)) return Date.parse(text);
	const value = Number(text);
	return value < 100_000_000_000 ? value * 1000 : value;
}

/**
 * Whether the delivery is signed with the secret and not too old. Without a secret no delivery is
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
	if (!equalInConstantTime(plain, settings.prefix + digest)) return false;
	const sentAt =
		settings.timestampHeader.trim() === '' ? undefined : header(delivery, settings.timestampHeader);
	// NaN, a time that cannot be read, is refused too.
	return (
		sentAt === undefined ||
		Math.abs(now.getTime() - momentOf(sentAt)) <= settings.maxAge * MINUTE_MS
	);
}

/**
 * The ID of the person a delivery is about, or `null`. `data.id` comes last: in a delivery about a
 * job role it is the ID of the role.
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
		(candidate) => typeof candidate === 'string' && isPersonId(candidate),
	);
	return (id as string | undefined) ?? null;
}

/**
 * The secret for the webhook at this address, when the credential has none. Nobody without the
 * token can work it out.
 */
export const secretFor = (accessToken: string, url: string): string =>
	createHmac('sha256', accessToken).update(`webhook ${url}`).digest('hex');

/** Stands for a secret, to tell later whether it is still the same one. */
export const markOf = (secret: string): string => sha256(secret).toString('base64url').slice(0, 16);
