import type { Answer } from '../http';
import type { Quirks } from '../quirks';

/** In practice JumpCloud's errors are often just a message. */
export const refuse = (status: number, message: string): Answer => ({ status, body: { message } });

export const NOT_FOUND = refuse(404, 'Not Found');

/** Measured by a public project on 2026-08-18. */
export const WRONG_KEY: Answer = {
	status: 401,
	body: { error: 'Unauthorized', message: 'Unauthorized: api key user not found' },
};

/** The documented shape that names the field in a list, not in the message. */
export const invalidField = (status: number, field: string, description: string): Answer => ({
	status,
	body: {
		code: status,
		message: 'Validation failed',
		status: 'INVALID_ARGUMENT',
		details: [
			{
				'@type': 'type.googleapis.com/google.rpc.BadRequest',
				fieldViolationsList: [{ field, description }],
			},
		],
	},
});

/**
 * A value that somebody else holds: the documentation gives the status and no wording, so the
 * wording is a quirk.
 */
export function duplicate(field: string, quirks: Quirks): Answer {
	const status = quirks.duplicateStatus;
	if (quirks.duplicateMessage === 'vague') return refuse(status, 'Bad Request');
	if (quirks.duplicateMessage === 'details') return invalidField(status, field, 'must be unique');
	return refuse(status, `User already exists: ${field} is already taken`);
}
