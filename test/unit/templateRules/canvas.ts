/** What a person sees when they open the template: nothing lies over another thing. */
import type { INode } from 'n8n-workflow';
import {
	boxOf,
	holds,
	isInside,
	lineOf,
	linesOfNote,
	touch,
	withLabel,
	type Box,
} from './geometry';
import { isNote, linksOf, nodesOf, reached, type Template, type TemplateRule } from './template';

function overlaps(boxes: readonly Box[], say: (a: Box, b: Box) => string): string[] {
	return boxes.flatMap((box, at) =>
		boxes
			.slice(at + 1)
			.filter((other) => touch(box, other))
			.map((other) => say(box, other)),
	);
}

const covers = (a: Box, b: Box) => `${a.name} lies over ${b.name}`;

const placesOf = (all: readonly INode[]): string[] => {
	const notes = all.filter(isNote).map(boxOf);
	const nodes = all.filter((node) => !isNote(node));
	const labelled = nodes.map(withLabel);
	const half = labelled.flatMap((box) =>
		notes
			.filter((note) => touch(box, note) && !isInside(box, note))
			.map((note) => `${box.name} lies half in ${note.name}`),
	);
	return [...overlaps(notes, covers), ...overlaps(labelled, covers), ...half];
};

/** Nothing stands on the words of a note, no line goes through them, and they fit in. */
function textsOf(template: Template): string[] {
	const nodes = template.nodes.filter((node) => !isNote(node));
	const byName = new Map(nodes.map((node) => [node.name, node]));
	const lines = linksOf(template).flatMap((link) => {
		const [from, to] = [byName.get(link.from), byName.get(link.to)];
		return from && to ? [{ name: `${link.from} → ${link.to}`, way: lineOf(from, link, to) }] : [];
	});
	return template.nodes.filter(isNote).flatMap((note) => {
		const text = linesOfNote(note);
		const over = nodes.map(boxOf).filter((box) => text.some((line) => touch(line, box)));
		const through = lines.filter(({ way }) =>
			way.some((point) => text.some((line) => holds(line, point))),
		);
		const fits = text.every((line) => isInside(line, boxOf(note)));
		return [
			...over.map(({ name }) => `${name} lies on the words of ${note.name}`),
			...through.map(({ name }) => `${name} goes through the words of ${note.name}`),
			...(fits ? [] : [`the words of ${note.name} do not fit in it`]),
		];
	});
}

/** n8n puts what is imported on its grid, and that can move two things apart or over each other. */
const GRID = 16;
const offGrid = (all: readonly INode[]): string[] =>
	all
		.filter(({ position }) => position.some((place) => place % GRID !== 0))
		.map(({ name }) => `${name} is not on the grid of ${GRID}`);

/** No line goes behind a node, or through a note in which neither of its ends stands. */
function hiddenLines(template: Template): string[] {
	const byName = new Map(template.nodes.map((node) => [node.name, node]));
	const boxes = template.nodes.map((node) => ({ box: boxOf(node), isNote: isNote(node) }));
	return linksOf(template).flatMap((link) => {
		const [from, to] = [byName.get(link.from), byName.get(link.to)];
		if (!from || !to) return [];
		const way = lineOf(from, link, to);
		const ends = [boxOf(from), boxOf(to)];
		return boxes
			.filter(({ box, isNote: note }) =>
				note
					? !ends.some((end) => isInside(end, box))
					: !ends.some(({ name }) => name === box.name),
			)
			.filter(({ box }) => way.some((point) => holds(box, point)))
			.map(({ box }) => `${link.from} → ${link.to} goes behind ${box.name}`);
	});
}

/** From left to right, but for what closes a loop. */
function directionsOf(template: Template): string[] {
	const links = linksOf(template);
	const left = (name: string) => template.nodes.find((node) => node.name === name)?.position[0];
	return links
		.filter(
			({ from, to }) => (left(from) ?? 0) > (left(to) ?? 0) && !reached(links, [to]).has(from),
		)
		.map(({ from, to }) => `${from} → ${to} goes to the left`);
}

/** The tables, and the messages, stand where the note says that people look. */
function forPeople(template: Template): string[] {
	const note = template.nodes.find(
		(node) => isNote(node) && String(node.parameters.content).startsWith('## For people'),
	);
	const inNote = ['Needs Review', 'No Action', 'Message Text'];
	return template.nodes
		.filter(({ name }) => inNote.includes(name))
		.filter((node) => !note || !isInside(boxOf(node), boxOf(note)))
		.map(({ name }) => `${name} is not where a person looks`);
}

export const canvas: TemplateRule = (template) => [
	...placesOf(template.nodes),
	...textsOf(template),
	...offGrid(template.nodes),
	...hiddenLines(template),
	...directionsOf(template),
	...forPeople(template),
	...(nodesOf(template, 'stickyNote').length > 0 ? [] : ['it has no note']),
];
