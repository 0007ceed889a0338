/**
 * Loaded into n8n before anything else: its calendar runs so many milliseconds ahead, so that days
 * pass between two starts.
 */
const ahead = Number(process.env.CHAOS_AHEAD_MS ?? 0);
const RealDate = Date;

globalThis.Date = class extends RealDate {
	constructor(...given) {
		super(...(given.length === 0 ? [RealDate.now() + ahead] : given));
	}

	static now() {
		return RealDate.now() + ahead;
	}

	static [Symbol.hasInstance](value) {
		return value instanceof RealDate;
	}
};
