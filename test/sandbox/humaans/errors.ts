import type { Answer } from '../http';

const NAMES: Record<number, string> = {
	400: 'BadRequest',
	401: 'NotAuthenticated',
	403: 'Forbidden',
	404: 'NotFound',
	405: 'MethodNotAllowed',
	422: 'Unprocessable',
	429: 'TooManyRequests',
};

export interface Issue {
	name: string;
	reason: string;
}

/** The documented shape of an error: {id, code, name, message, issues[]}. */
export function refuse(status: number, message: string, issues: Issue[] = []): Answer {
	return {
		status,
		body: {
			id: `err${String(status).padStart(21, '0')}`,
			code: status,
			name: NAMES[status] ?? 'GeneralError',
			message,
			issues,
		},
	};
}

export const NOT_FOUND = refuse(404, 'Not found');
