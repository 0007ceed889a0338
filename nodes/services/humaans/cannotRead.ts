import { ExplainedError } from '../../core/errors';

/** Something that somebody must put right before people can be read. */
export class CannotRead extends ExplainedError {
	override readonly name = 'CannotRead';
}
