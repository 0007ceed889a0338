import type { Answer } from '../http';
import type { Quirks } from '../quirks';

/** In practice JumpCloud's errors are often just a message. */
export const refuse = (status: number, message: string): Answer => ({ status, body: { message } });

export const NOT_FOUND = refuse(404, 'Not Found');

/**
 * A value that somebody else holds: the documentation gives the status and no wording, so the
 * wording is a quirk.
 */
export function duplicate(field: string, quirks: Quirks): Answer {
	const status = quirks.duplicateStatus;
	if (quirks.duplicateMessage === 'vague') return refuse(status, 'Bad Request');
	if (quirks.duplicateMessage === 'details') {
		return {
			status,
			body: {
				code: status,
				message: 'Validation failed',
				status: 'INVALID_ARGUMENT',
				details: [
					{
						'@type': 'type.googleapis.com/google.rpc.BadRequest',
						fieldViolationsList: [{ field, description: 'must be unique' }],
					},
				],
			},
		};
	}
	return refuse(status, `User already exists: ${field} is already taken`);
}
