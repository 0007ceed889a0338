import type { IExecuteFunctions } from 'n8n-workflow';
import { UnusableSetting } from '../core/policy/settingKinds';
import { typedMoment } from '../core/time';

const TODO =
	'Its expression gives different values for different people, and a setting is for the whole run. ' +
	'Give one value; for two kinds of people, put a Filter before two Provisioning Policy nodes.';

/**
 * What is the same for everybody: an item of another node that does not depend on this one, the time,
 * and what n8n knows of the workflow.
 */
const SAME_FOR_ALL =
	/\$\((?:'[^'\\]*'|"[^"\\]*")\)\.(?:first|last)\(\)|\$(?:now|today|vars|env|workflow|execution)\b/g;
/** What n8n gives to an expression begins with $. */
const MAY_DIFFER = /\$|random/;

/** For thousands of people an expression takes n8n seconds, so it is asked only where it must be. */
function dependsOnPerson(raw: unknown): boolean {
	if (typeof raw === 'string')
		return raw.startsWith('=') && MAY_DIFFER.test(raw.replace(SAME_FOR_ALL, ''));
	return Array.isArray(raw) && raw.some(dependsOnPerson);
}

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;
/** `$now` is another moment for each person: moments so close are one, in milliseconds. */
const SAME_MOMENT_MS = 60_000;

function isSameValue(one: unknown, other: unknown): boolean {
	const [text, otherText] = [JSON.stringify(one) ?? '', JSON.stringify(other) ?? ''];
	if (text === otherText) return true;
	const moments = [text, otherText].map((json) => json.slice(1, -1));
	if (!moments.every((moment) => MOMENT.test(moment))) return false;
	const [at, otherAt] = moments.map((moment) => typedMoment(moment, 'UTC')?.getTime() ?? NaN);
	return Math.abs(at! - otherAt!) < SAME_MOMENT_MS;
}

/**
 * A setting of a run: what the first person gives holds for all, so an expression must give the
 * same for each of them.
 * @throws UnusableSetting when it does not
 */
export function oneForAll(context: IExecuteFunctions, parameter: string, label: string): unknown {
	const value = context.getNodeParameter(parameter, 0, null) as unknown;
	const raw = context.getNodeParameter(parameter, 0, null, { rawExpressions: true }) as unknown;
	if (!dependsOnPerson(raw)) return value;
	const differs = context
		.getInputData()
		.some((_, index) => !isSameValue(context.getNodeParameter(parameter, index, null), value));
	if (differs) throw new UnusableSetting(label, TODO);
	return value;
}
