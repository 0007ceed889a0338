/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * People of the sandbox together with their accounts, and days about them.
 */
import { accountsOf, stateOf } from '../../scripts/demo/sandbox.mjs';

const DAY_MS = 86_400_000;

/** @param {number} days from today @returns {string} an ISO date */
export const dayIn = (days) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

/** @param {any} account @param {string} name @returns {string | undefined} */
export const attributeOf = (account, name) =>
	account?.attributes.find((/** @type {any} */ one) => one.name === name)?.value;

/**
 * Everybody who works here and has a linked account in use: the account is theirs alone, and no
 * administrator's.
 * @param {import('../../scripts/demo/sandbox.mjs').Sandbox} sandbox
 * @returns {Promise<Array<{ personId: string, person: any, account: any }>>}
 */
export async function linkedAndActive(sandbox) {
	const { people } = await stateOf(sandbox);
	return (await accountsOf(sandbox)).flatMap((account) => {
		const link = attributeOf(account, 'humaansId');
		const fits = people.filter(
			({ id, email }) => id === link || email?.toLowerCase() === account.email.toLowerCase(),
		);
		const [person] = fits;
		const isTheirs = fits.length === 1 && person.id === link && person.status === 'active';
		if (!isTheirs || account.state !== 'ACTIVATED' || account.admin) return [];
		return [{ personId: person.id, person, account }];
	});
}
