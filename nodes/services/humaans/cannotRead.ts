import { ExplainedError } from '../../core/errors';

/** Something that somebody must put right before people can be read. */
export class CannotRead extends ExplainedError {
	override readonly name = 'CannotRead';
}

/** Said of what can be nobody's ID: Humaans is not asked, because its answer would read as "gone". */
export const noId = (): CannotRead =>
	new CannotRead(
		'This is no ID of Humaans, and no email address.',
		'An ID has 20 to 32 letters and digits. Or use the whole work email.',
	);
