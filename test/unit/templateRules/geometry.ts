/**
 * Where n8n 2.41 draws nodes, names, notes and lines, in points of the canvas; measured on pictures
 * of the editor at 100 %.
 */
import type { INode } from 'n8n-workflow';
import { isNote, outputsOf, type Link } from './template';

export interface Box {
	name: string;
	left: number;
	top: number;
	right: number;
	bottom: number;
}
export type Point = readonly [x: number, y: number];

const NODE = 96;
/** From one output of a node to the next; a node with several grows with them. */
const BETWEEN_OUTPUTS = 32;

const heightOf = (node: INode): number => Math.max(NODE, BETWEEN_OUTPUTS * (outputsOf(node) + 1));

export function boxOf(node: INode): Box {
	const [left, top] = node.position;
	const note = node.parameters as { width: number; height: number };
	const [width, height] = isNote(node) ? [note.width, note.height] : [NODE, heightOf(node)];
	return { name: node.name, left, top, right: left + width, bottom: top + height };
}

export const touch = (a: Box, b: Box): boolean =>
	a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
export const isInside = (a: Box, b: Box): boolean =>
	a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;

/** Words in lines of at most so many letters. */
function wrapped(text: string, letters: number): string[] {
	const lines: string[] = [];
	for (const word of text.split(' ')) {
		const last = lines.at(-1);
		if (last !== undefined && last.length + 1 + word.length <= letters)
			lines[lines.length - 1] = `${last} ${word}`;
		else lines.push(word);
	}
	return lines;
}

const LABEL = { letter: 8.8, most: 192, line: 22, above: 8, subtitle: 20 };

/** A node with its name below it, and the line of small print that most have. */
export function withLabel(node: INode): Box {
	const box = boxOf(node);
	const lines = [
		...wrapped(node.name, LABEL.most / LABEL.letter),
		...(node.disabled ? ['(Deactivated)'] : []),
	];
	const half = (Math.max(...lines.map(({ length }) => length)) * LABEL.letter) / 2;
	const middle = (box.left + box.right) / 2;
	return {
		...box,
		left: Math.min(box.left, middle - half),
		right: Math.max(box.right, middle + half),
		bottom: box.bottom + LABEL.above + LABEL.line * lines.length + LABEL.subtitle,
	};
}

const NOTE = { margin: 14, top: 12, heading: 28, line: 18, letter: 6.7, paragraph: 10, item: 5 };
const HEADING_LETTER = 11.3;

/** The lines of a note's text, each as wide as its words. */
export function linesOfNote(node: INode): Box[] {
	const { name, left, top, right } = boxOf(node);
	const width = right - left - 2 * NOTE.margin;
	const boxes: Box[] = [];
	let y = top + NOTE.top;
	const put = (text: string, letter: number, height: number) => {
		for (const line of wrapped(text, width / letter)) {
			const start = left + NOTE.margin;
			const end = start + line.length * letter;
			boxes.push({ name, left: start, top: y, right: end, bottom: y + height });
			y += height;
		}
	};
	for (const part of String(node.parameters.content).split('\n')) {
		const plain = part.replaceAll(/\*\*|\*|`/g, '');
		if (plain.startsWith('## ')) {
			put(plain.slice(3), HEADING_LETTER, NOTE.heading);
			y += NOTE.paragraph;
		} else if (plain !== '') {
			put(plain, NOTE.letter, NOTE.line);
			y += /^\d+\. /.test(plain) ? NOTE.item : NOTE.paragraph;
		}
	}
	return boxes;
}

/** Out to the side and down, before a line that goes back turns to the left. */
const BACK = { aside: 40, down: 130 };
const STEPS = 40;

/** The way of a line, from output to input. */
export function lineOf(from: INode, { index }: Link, to: INode): Point[] {
	const [a, b] = [boxOf(from), boxOf(to)];
	const [x1, x2] = [a.right, b.left];
	const y1 = a.top + (heightOf(from) * (index + 1)) / (outputsOf(from) + 1);
	const y2 = (b.top + b.bottom) / 2;
	if (x1 - 20 > x2) {
		const [right, low, left] = [x1 + BACK.aside, y1 + BACK.down, x2 - BACK.aside];
		const corners: Point[] = [
			...([
				[x1, y1] as Point,
				[right, y1],
				[right, low],
				[left, low],
				[left, y2],
				[x2, y2],
			] as const),
		];
		return corners.flatMap((corner, at) => between(corner, corners[at + 1] ?? corner));
	}
	const bend = x2 >= x1 ? (x2 - x1) / 2 : 6.25 * Math.sqrt(x1 - x2);
	const curve = (t: number, p: number, q: number, r: number, s: number) =>
		(1 - t) ** 3 * p + 3 * (1 - t) ** 2 * t * q + 3 * (1 - t) * t ** 2 * r + t ** 3 * s;
	return Array.from({ length: STEPS + 1 }, (_, step): Point => {
		const t = step / STEPS;
		return [curve(t, x1, x1 + bend, x2 - bend, x2), curve(t, y1, y1, y2, y2)];
	});
}

const between = ([x1, y1]: Point, [x2, y2]: Point): Point[] =>
	Array.from({ length: STEPS }, (_, step) => [
		x1 + ((x2 - x1) * step) / STEPS,
		y1 + ((y2 - y1) * step) / STEPS,
	]);

export const holds = ({ left, top, right, bottom }: Box, [x, y]: Point): boolean =>
	x > left && x < right && y > top && y < bottom;
