import { linkOf } from '../shared/link';
import { disable } from './leaver';
import { nothing, personOf, review, type Rule } from './verdict';

/** People nobody asked for: demo people, and those whom *People in Scope* leaves out. Unknown is not "out": nobody is suspended for a field that was not read. */
export const scopeRule: Rule = (facts) => {
	const { subject, settings, inScope } = facts;
	if (personOf(facts).demo === true && !settings.includeDemoPeople) return nothing('scope.demo', 'This is a demo person of Humaans.');
	if (inScope === true) return null;
	if (inScope !== false) return review('scope.unknown', `It cannot be said whether the person is among the People in Scope: ${inScope.unknown}`);
	const reason = 'The person is not among the People in Scope.';
	const account = subject.account ?? null;
	if (account === null || settings.outOfScope === 'leave' || linkOf(account) !== subject.personId) return nothing('scope.out', reason);
	// Somebody who works here: their account is never deleted for that.
	return disable(facts, account, { code: 'scope.left', reason, how: settings.deprovisionHow === 'review' ? 'review' : 'suspend' });
};

/** Fields of the person that the conditions of *People in Scope* look at, by their expressions: `{{ $json.person.department }}`. */
export function fieldsOfScope(conditions: unknown): string[] {
	const fields = new Set<string>();
	const text = JSON.stringify(conditions ?? null);
	for (const [, field] of text.matchAll(/\bperson(?:\?)?(?:\.|\[\\?["'])(\w+)/g)) fields.add(field!);
	return [...fields];
}

/** Those of the fields that this person's read does not hold. Empty (null) is known; absent is not. */
export const unknownFields = (person: object, fields: readonly string[]): string[] => fields.filter((field) => (person as Record<string, unknown>)[field] === undefined);
