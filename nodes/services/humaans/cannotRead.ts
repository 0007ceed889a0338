import { ExplainedError } from '../../core/errors';

/** Said of what can be nobody's ID: Humaans is not asked, because its answer would read as "gone". */
export const NO_ID = 'This is no ID of Humaans, and no email address.';

/** Something that somebody must put right before people can be read. */
export class CannotRead extends ExplainedError {
	override readonly name = 'CannotRead';
}
