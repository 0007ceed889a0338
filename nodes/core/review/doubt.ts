/** What a whole list does not show, however whole it is: that both services are of one company. */
import type { Subject } from '../subject';
import { ownerIds } from './accounts';

/** So many accounts that fit nobody are no chance any more. */
const HANDFUL = 5;

const fitsSomebody = (subject: Subject): boolean =>
	Boolean(subject.account && (subject.person || subject.problem)) || ownerIds(subject).length > 0;

/** What is to be read before anything else on the page, in plain words; null: nothing. */
export function doubtAbout(subjects: readonly Subject[]): string | null {
	const accounts = subjects.filter(({ account }) => account).length;
	if (accounts === 0) {
		return (
			'JumpCloud gave no account at all. If it has some, check that its API key is that of the ' +
			'right organization; in a new organization there is nothing to review yet.'
		);
	}
	if (accounts < HANDFUL || subjects.some(fitsSomebody)) return null;
	return (
		`Not one of the ${accounts} accounts fits anybody in Humaans, so this list shows nothing about ` +
		'any of them: first check that the access token of Humaans and the API key of JumpCloud are ' +
		'of one company.'
	);
}
