import { STRING_FIELDS } from '../contract/systemuser';
import { isConflicting } from '../contract/rules';
import type { Answer } from '../http';
import type { KeptForm } from '../quirks';
import type { Account } from '../types';
import type { World } from '../world';
import { objectId } from '../ids';
import { refuse } from './errors';
import { isEmail } from './mail';
import { withTextsAt } from './paths';
import { refusedOnDemand } from './refusedValues';

/** Letter first, then letters, digits and - . _ ; 30 is the limit of Mac and Linux. */
const USERNAME = /^[A-Za-z][A-Za-z0-9._-]{0,29}$/;
const UNIQUE_STRINGS = new Set(['alternateEmail', 'employeeIdentifier']);

/** What JumpCloud refuses in a create or update beside the contract and uniqueness. */
export function invalidValue(world: World, body: Record<string, unknown>): Answer | undefined {
	if (isConflicting(body)) {
		return refuse(
			400,
			`Cannot save conflicting state and suspended fields. (state=${String(body.state)} ` +
				`suspended=${String(body.suspended)})`,
		);
	}
	if (body.username !== undefined && !USERNAME.test(String(body.username)))
		return refuse(400, 'username is not valid');
	if (body.email !== undefined && !isEmail(String(body.email)))
		return refuse(400, 'email must be a valid email address');
	if (body.alternateEmail && !isEmail(String(body.alternateEmail)))
		return refuse(400, 'alternateEmail must be a valid email address');
	if (body.manager && !world.account(String(body.manager)))
		return refuse(400, 'manager is not a user of this organization');
	return attributeNameProblem(body.attributes) ?? refusedOnDemand(world.quirks.refusedValues, body);
}

/** JumpCloud's own words; the status is a guess. */
function attributeNameProblem(attributes: unknown): Answer | undefined {
	if (!Array.isArray(attributes)) return undefined;
	const names = attributes.map((item) => String((item as { name?: unknown }).name));
	if (names.some((name) => /\s/.test(name)))
		return refuse(400, 'Attribute names may not contain spaces');
	if (names.some((name) => !/^[A-Za-z0-9]+$/.test(name)))
		return refuse(400, 'Attribute names may only contain letters and numbers');
	return undefined;
}

/** "" and null in an update, each as its quirk says: the body to apply, or the refusal. */
export function settleClearing(
	world: World,
	body: Record<string, unknown>,
): { body: Record<string, unknown> } | { refusal: Answer } {
	const settled: Record<string, unknown> = { ...body };
	for (const name of STRING_FIELDS) {
		if (!(name in body) || (body[name] !== null && body[name] !== '')) continue;
		const how =
			body[name] === null
				? world.quirks.nullClearsStrings
				: UNIQUE_STRINGS.has(name)
					? world.quirks.emptyUniqueClears
					: world.quirks.emptyStringClears;
		if (how === '400') return { refusal: refuse(400, `${name} must not be empty`) };
		if (how === 'ignored') delete settled[name];
		else settled[name] = '';
	}
	return { body: settled };
}

const FORMS: Record<Extract<KeptForm, string>, (value: string) => string> = {
	withoutSpaces: (value) => value.replace(/\s/g, ''),
	digitsOnly: (value) => value.replace(/(?!^\+)\D/g, ''),
	lowerCase: (value) => value.toLowerCase(),
	composed: (value) => value.normalize('NFC'),
};

/** The values in the form in which they are kept. */
export function asKept(world: World, body: Record<string, unknown>): Record<string, unknown> {
	return Object.entries(world.quirks.keptForms).reduce(
		(kept, [path, form]) =>
			withTextsAt(kept, path.split('.'), typeof form === 'function' ? form : FORMS[form]) as Record<
				string,
				unknown
			>,
		body,
	);
}

/** JumpCloud gives every phone number and address an id of its own, anew at each write. */
export function withItemIds(world: World, body: Record<string, unknown>): Record<string, unknown> {
	const out = { ...body };
	for (const name of ['phoneNumbers', 'addresses']) {
		const items = body[name];
		if (Array.isArray(items))
			out[name] = items.map((item) => ({ ...(item as object), id: objectId(world.random) }));
	}
	return out;
}

/** A field of the update that another directory owns and that would change. */
export function restrictedChange(
	account: Account,
	body: Record<string, unknown>,
): string | undefined {
	const restricted = (account.restrictedFields as Array<{ field: string }> | undefined) ?? [];
	return restricted
		.map((item) => item.field)
		.find((name) => name in body && JSON.stringify(body[name]) !== JSON.stringify(account[name]));
}
