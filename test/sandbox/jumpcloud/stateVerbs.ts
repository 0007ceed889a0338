import type { Answer, ApiRequest } from '../http';
import type { Account } from '../types';
import type { World } from '../world';
import { NOT_FOUND, refuse } from './errors';
import { isEmail, send, sendActivation } from './mail';
import { accountRow } from './rows';
import { setState } from './systemusers';

const ACTIVATED: Answer = { status: 200, body: 'User activated' };

/**
 * POST /systemusers/{id}/state/activate: STAGED to ACTIVATED, with a mail unless `email` is false.
 * Answers with a bare string.
 */
export function activate(world: World, id: string, request: ApiRequest): Answer {
	const account = world.account(id);
	if (!account) return NOT_FOUND;
	const how = answerTo(world, account);
	if (how === 400 || how === 409)
		return refuse(how, `Cannot activate a user in state ${account.state}`);
	const { email } = request.body as { email?: string | boolean };
	if (typeof email === 'string') {
		if (!isEmail(email)) return refuse(400, 'email must be a valid email address');
		if (
			world.quirks.refusedInviteAddresses.some(
				(refused) => refused.toLowerCase() === email.toLowerCase(),
			)
		) {
			return refuse(400, 'email could not be sent to this address');
		}
	}
	if (how === 'ignored') return ACTIVATED;
	const mails = email !== false && (account.state === 'STAGED' || world.quirks.activateMailsAgain);
	setState(account, 'ACTIVATED');
	if (mails) sendActivation(world, account, typeof email === 'string' ? email : undefined);
	world.touch();
	return ACTIVATED;
}

function answerTo(world: World, account: Account): 200 | 400 | 409 | 'accepted' | 'ignored' {
	if (account.state === 'STAGED') return 200;
	const isPending = account.state === 'ACTIVATED' && !account.activated;
	return isPending ? world.quirks.activateActivated : world.quirks.activateNotStaged;
}

/**
 * POST /systemusers/{id}/state/suspend, whose path the specification lists and nothing else. Where
 * it is not there, its 404 is the same as of an account that is gone.
 */
export function suspend(world: World, id: string): Answer {
	const account = world.account(id);
	if (!account || world.quirks.suspendVerb === 404) return NOT_FOUND;
	setState(account, 'SUSPENDED');
	world.touch();
	return world.quirks.suspendVerb === 'empty'
		? { status: 200 }
		: { status: 200, body: accountRow(world, account) };
}

/**
 * POST /systemusers/reactivate: mails those who are still without a password, and a password reset
 * to the others.
 */
export function resendInvites(world: World, request: ApiRequest): Answer {
	const { models } = request.body as { models: Array<{ _id: string }> };
	const accounts = models.map(({ _id }) => world.account(_id));
	if (accounts.length === 0) return refuse(400, 'models must not be empty');
	if (accounts.includes(undefined)) return NOT_FOUND;
	for (const account of accounts) {
		// Staged users have no access yet, and suspended ones cannot reset anything.
		if (!account || account.state !== 'ACTIVATED') continue;
		const preferred = world.quirks.resendGoesTo === 'alternateEmail' ? account.alternateEmail : '';
		send(
			world,
			preferred || account.email,
			account.activated ? 'passwordReset' : 'activation',
			account,
		);
	}
	return { status: 200, body: {} };
}
