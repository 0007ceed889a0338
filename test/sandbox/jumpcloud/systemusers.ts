import type { Answer, ApiRequest } from '../http';
import { objectId } from '../ids';
import type { Account } from '../types';
import type { World } from '../world';
import { accountDefaults } from './account';
import { NOT_FOUND, duplicate, refuse } from './errors';
import { send, sendActivation } from './mail';
import { accountRow } from './rows';
import { takenField, type UniqueField } from './uniqueness';
import { asKept, invalidValue, restrictedChange, settleClearing, withItemIds } from './values';

type Body = Record<string, unknown>;
const UNIQUE: readonly UniqueField[] = [
	'username',
	'email',
	'alternateEmail',
	'employeeIdentifier',
];

export function getAccount(world: World, id: string, request: ApiRequest): Answer {
	const account = world.account(id);
	const fields = request.query.get('fields') ?? '';
	return account ? { status: 200, body: accountRow(world, account, { fields }) } : NOT_FOUND;
}

export function createAccount(world: World, organization: string, request: ApiRequest): Answer {
	const { password, ...body } = request.body as Body;
	const invalid = invalidValue(world, body);
	if (invalid) return invalid;
	const taken = takenField(body, world.accounts, null, world.quirks);
	if (taken) return duplicate(taken, world.quirks);
	const state = (body.state ??
		(body.suspended === true ? 'SUSPENDED' : world.quirks.defaultState)) as Account['state'];
	const id = objectId(world.random);
	const account = {
		...accountDefaults(),
		...withItemIds(world, asKept(world, body)),
		_id: id,
		id,
		state,
		suspended: state === 'SUSPENDED',
		// False until a password exists, whatever the request says.
		activated: typeof password === 'string',
		created: world.now().toISOString(),
		organization,
	} as Account;
	if (typeof password === 'string') world.withPassword.add(id);
	if (world.quirks.searchLagMs > 0)
		world.visibleFrom.set(id, world.now().getTime() + world.quirks.searchLagMs);
	world.addAccount(account);
	// Nobody can be told where this mail goes: to choose the address, create STAGED and activate.
	if (state === 'ACTIVATED' && !account.activated) {
		const preferred =
			world.quirks.createMailGoesTo === 'alternateEmail' ? account.alternateEmail : '';
		send(world, preferred || account.email, 'activation', account);
	}
	return { status: 200, body: accountRow(world, account) };
}

export function updateAccount(world: World, id: string, request: ApiRequest): Answer {
	const account = world.account(id);
	if (!account) return NOT_FOUND;
	const settled = settleClearing(world, request.body as Body);
	if ('refusal' in settled) return settled.refusal;
	const { password, ...body } = settled.body;
	const refusal = invalidValue(world, body) ?? refusedChange(world, account, body);
	if (refusal) return refusal;
	const before = account.state;
	const asked = stateAsked(body);
	delete body.state;
	delete body.suspended;
	Object.assign(account, withItemIds(world, asKept(world, body)));
	if (typeof password === 'string') {
		world.withPassword.add(id);
		account.activated = true;
	}
	const { putStateChange, putActivatesStaged } = world.quirks;
	if (asked && putStateChange === 'works') setState(account, asked);
	if (before === 'STAGED' && account.state === 'ACTIVATED' && putActivatesStaged === 'with-mail')
		sendActivation(world, account, undefined);
	world.touch();
	const row = accountRow(world, account);
	if (asked && putStateChange === 'shownOnce') setState(row, asked);
	return { status: 200, body: row };
}

function refusedChange(world: World, account: Account, body: Body): Answer | undefined {
	// A unique field that stays as it is collides with nobody.
	const changed = Object.fromEntries(
		UNIQUE.filter((name) => name in body && body[name] !== account[name]).map((name) => [
			name,
			body[name],
		]),
	);
	const taken = takenField(changed, world.accounts, account._id, world.quirks);
	if (taken) return duplicate(taken, world.quirks);
	if ('username' in changed && world.quirks.usernameImmutable && account.activated)
		return refuse(400, 'username can not be changed');
	if (world.quirks.restrictedFieldWrites !== 'accepted') {
		for (let name = restrictedChange(account, body); name; name = restrictedChange(account, body)) {
			if (world.quirks.restrictedFieldWrites === '400')
				return refuse(400, `${name} is managed by another directory`);
			delete body[name];
		}
	}
	const activates = stateAsked(body) === 'ACTIVATED';
	if (account.state === 'STAGED' && activates && world.quirks.putActivatesStaged === '400') {
		return refuse(400, 'A staged user is activated by state/activate');
	}
	return undefined;
}

/**
 * Either of the two alone moves the other, as seen on live tenants by the official module's tests.
 */
function stateAsked(body: Body): Account['state'] | undefined {
	if (body.state !== undefined) return body.state as Account['state'];
	if (typeof body.suspended !== 'boolean') return undefined;
	return body.suspended ? 'SUSPENDED' : 'ACTIVATED';
}

/** Of an account, or of a row that shows one. */
export function setState(
	account: { state?: unknown; suspended?: unknown },
	state: Account['state'],
): void {
	account.state = state;
	account.suspended = state === 'SUSPENDED';
}

export function deleteAccount(world: World, id: string, request: ApiRequest): Answer {
	const account = world.account(id);
	if (!account) return NOT_FOUND;
	const reports = world.accounts.filter((other) => other.manager === id);
	const cascade = request.query.get('cascade_manager');
	if (reports.length > 0 && cascade === null && world.quirks.deleteManagerWithoutCascade === 409) {
		return refuse(409, 'User is the manager of other users');
	}
	if (cascade !== null && cascade !== 'null' && (cascade === id || !world.account(cascade)))
		return refuse(400, 'cascade_manager is not a user');
	for (const report of reports)
		report.manager = cascade === null || cascade === 'null' ? null : cascade;
	world.removeAccount(id);
	return { status: 200, body: accountRow(world, account) };
}
