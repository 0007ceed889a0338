/** A URL as somebody typed it, without spaces around it and slashes at its end. */
export const withoutEndSlash = (url: unknown): string =>
	String(url ?? '')
		.trim()
		.replace(/\/+$/, '');
