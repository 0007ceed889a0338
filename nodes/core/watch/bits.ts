/**
 * Numbers of any width up to 20 bits as one text, 6 bits a character (the alphabet of base64url:
 * one byte each in JSON).
 */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const PLACES = new Map([...ALPHABET].map((letter, place) => [letter.charCodeAt(0), place]));
const PER_LETTER = 6;

export class BitWriter {
	private readonly letters: string[] = [];
	private held = 0;
	private width = 0;

	write(value: number, width: number): void {
		this.held = (this.held << width) | value;
		this.width += width;
		while (this.width >= PER_LETTER) {
			this.width -= PER_LETTER;
			this.letters.push(ALPHABET[this.held >>> this.width]!);
			this.held &= (1 << this.width) - 1;
		}
	}

	/** All that was written; the last character is filled up with zeros. */
	finish(): string {
		if (this.width > 0) this.write(0, PER_LETTER - this.width);
		return this.letters.join('');
	}
}

export class BitReader {
	private at = 0;
	private held = 0;
	private width = 0;

	constructor(private readonly text: string) {}

	/** The next number; zeros after the end of the text. */
	read(width: number): number {
		while (this.width < width) {
			this.held = (this.held << PER_LETTER) | (PLACES.get(this.text.charCodeAt(this.at++)) ?? 0);
			this.width += PER_LETTER;
		}
		this.width -= width;
		const value = this.held >>> this.width;
		this.held &= (1 << this.width) - 1;
		return value;
	}
}
