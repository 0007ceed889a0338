import { cleanText } from './text';

/**
 * An address JumpCloud and a mail server can use: one @, no white space, a dot in the domain, at
 * most 254 characters (RFC 5321).
 */
export const isEmail = (text: string | null | undefined): text is string =>
	typeof text === 'string' &&
	text.length <= 254 &&
	/^[^\s@<>(),;:"[\]\\]+@[^\s@<>(),;:"[\]\\]+\.[^\s@<>(),;:"[\]\\.]+$/.test(text);

/** Email addresses are compared without regard to case: JumpCloud's own uniqueness is. */
export const sameEmail = (a: string | null | undefined, b: string | null | undefined): boolean =>
	typeof a === 'string' &&
	typeof b === 'string' &&
	cleanText(a).toLowerCase() === cleanText(b).toLowerCase();

/** What follows the last @, in lower case and with it. */
export const domainOf = (address: string): string =>
	address.slice(address.lastIndexOf('@')).toLowerCase();

/** Both are addresses, and of one domain that is not a public provider's. */
export const isOfOwnDomain = (
	a: string | null | undefined,
	b: string | null | undefined,
): boolean => isEmail(a) && isEmail(b) && domainOf(a) === domainOf(b) && !isOfPublicProvider(a);

/** The mailbox behind an address: most mail servers leave out what follows a plus sign. */
export const mailboxOf = (address: string): string =>
	cleanText(address)
		.toLowerCase()
		.replace(/\+[^@]*(?=@)/, '');

/** The largest providers of mailboxes for everybody: a company’s people can have them at work too. */
const PUBLIC_PROVIDERS = new Set(
	[
		...['aol.com', 'gmail.com', 'gmx.com', 'gmx.de', 'gmx.net', 'googlemail.com', 'hotmail.com'],
		...['icloud.com', 'live.com', 'mac.com', 'mail.com', 'mail.ru', 'me.com', 'msn.com'],
		...['outlook.com', 'pm.me', 'proton.me', 'protonmail.com', 'qq.com', 'web.de', 'yahoo.com'],
		...['yandex.ru', 'ymail.com', '163.com'],
	].map((domain) => `@${domain}`),
);

export const isOfPublicProvider = (address: string): boolean =>
	PUBLIC_PROVIDERS.has(domainOf(address));
