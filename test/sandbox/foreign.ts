import type { Answer } from './http';

/** A page in HTML that carries nothing but its title. */
export const htmlPage = (status: number, title: string): Answer => ({
	status,
	headers: { 'content-type': 'text/html; charset=utf-8' },
	text:
		'<!DOCTYPE ' +
		`html><html><head><title>${title}</title></head><body><center><h1>${title}</h1></center><hr></body></html>`,
});

/** What gateways say of an address behind which nobody answers: no word of the service itself. */
export const FOREIGN_NOT_FOUND: Readonly<Record<'html' | 'json' | 'text', Answer>> = {
	html: htmlPage(404, '404 Not Found'),
	json: { status: 404, body: { message: 'no Route matched with those values' } },
	text: { status: 404, headers: { 'content-type': 'text/plain' }, text: 'default backend - 404' },
};
