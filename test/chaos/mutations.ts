/**
 * Faults planted in the built package, to see that the chaos test finds them; those that begin with
 * a letter and a number were seen in version 0.1.0. Each is planted whenever the package is loaded,
 * before anything else of it.
 */
import { join } from 'node:path';

type Parts = Record<string, unknown>;
type Call = (...words: unknown[]) => unknown;
const part = (path: string): Parts =>
	require(join(__dirname, '..', '..', 'dist', 'nodes', `${path}.js`)) as Parts;

/** Puts something else in the place of an exported function; `real` is what was there. */
function plant(path: string, name: string, make: (real: Call) => Call): void {
	const parts = part(path);
	const real = parts[name] as Call | undefined;
	if (typeof real !== 'function') throw new Error(`${path} exports no function ${name}.`);
	parts[name] = make(real);
}

interface Subject {
	person?: { id: string; employeeId?: string | null } | null;
	personId?: string;
	problem?: string;
}
interface Account {
	_id: string;
	state?: string;
	employeeIdentifier?: string | null;
	attributes: Array<{ name: string; value: unknown }>;
}
interface Match {
	conflict?: string;
	candidates: Array<{ id: string }>;
}
interface Matched {
	account: Account | null | undefined;
	match: Match;
}
interface Index {
	byId: Map<string, Account>;
	inUse: number;
	byLink: Map<string, Account[]>;
}
interface Kind {
	code: string;
	of: (decision: { action: string }, subject: unknown) => string | null;
}

const nothing = (): Call => () => null;

export const MUTATIONS: Record<string, () => void> = {
	'nobody asks whether a missing person is really gone': () => {
		const gone = (subject: Subject) =>
			subject.person === undefined && subject.personId && !subject.problem
				? { ...subject, person: null, complete: true, readAt: new Date().toISOString() }
				: subject;
		plant(
			'services/humaans/confirmMissing',
			'confirmMissing',
			() => async (_client, subjects) => (subjects as Subject[]).map(gone),
		);
		plant('services/humaans/confirmGone', 'confirmGone', () => async (_client, missing) => ({
			gone: new Set(missing as string[]),
			askedUpTo: '',
		}));
	},
	'no limits': () => plant('core/policy/limits/numbers', 'overLimit', nothing),
	'S10 the limit knows only its own run': () => {
		plant('ProvisioningPolicy/memory', 'recall', () => () => ({}));
		plant('core/policy/limits/ledger', 'stampedBefore', () => () => new Set());
	},
	'every invite is sent twice': () => {
		const { prototype } = part('services/jumpcloud/client').JumpCloudClient as {
			prototype: {
				activate(id: string, ...more: unknown[]): Promise<unknown>;
				resendInvite(id: string): Promise<void>;
			};
		};
		const once = prototype.activate;
		prototype.activate = async function (this: typeof prototype, id, ...more) {
			const answer = await once.call(this, id, ...more);
			await this.resendInvite(id);
			return answer;
		};
	},
	'a suspension leaves no day': () =>
		plant('core/account/stamp', 'stampAttribute', () => () => ({})),
	'start dates are UTC’s': () =>
		plant('core/time', 'zoneOf', () => () => ({ zone: 'UTC', from: 'fixed' })),
	'accounts are activated a day early': () =>
		plant(
			'core/time',
			'localMoment',
			(real) =>
				(...words) =>
					new Date((real(...words) as Date).getTime() - 86_400_000),
		),
	'a conflict is settled by taking the first': () => {
		plant(
			'core/matching/match',
			'matchAll',
			(real) => (subjects, index, settings) =>
				(real(subjects, index, settings) as Matched[]).map((found) =>
					found.match.conflict
						? {
								account: (index as Index).byId.get(found.match.candidates[0]!.id),
								match: { ...found.match, conflict: undefined, certain: true, by: 'email' },
							}
						: found,
				),
		);
		plant('core/policy/preconditions', 'onePersonOneAccount', nothing);
	},
	'administrators are not spared': () => {
		plant('core/policy/protection', 'protectionOf', nothing);
		plant('services/jumpcloud/guard', 'requireOurs', nothing);
	},
	'a suspension is undone, whoever did it': () => {
		const at = new Date('2026-01-01T00:00:00Z');
		plant('core/account/stamp', 'stampOf', () => () => ({ at, reason: 'leaving', since: at }));
	},
	'changed fields are not written': () => {
		plant('core/policy/drift', 'driftOf', nothing);
		plant('core/policy/drift', 'driftRule', nothing);
	},
	'an incomplete list is taken for the whole': () =>
		plant('services/http/pages', 'sweep', () => async (options) => {
			const { fetch, pageSize } = options as {
				fetch(skip: number, limit: number): Promise<{ rows: unknown[] }>;
				pageSize: number;
			};
			return (await fetch(0, pageSize)).rows;
		}),
	'F1 accounts of another company are taken for ours': () =>
		plant('core/account/link', 'isOfAnotherCompany', () => () => false),
	'F3 a typed employee ID counts against the link': () =>
		plant('core/matching/match', 'matchAll', (real) => (subjects, index, settings) => {
			const all = subjects as Subject[];
			return (real(subjects, index, settings) as Matched[]).map((found, place) => {
				const own = found.account?.employeeIdentifier;
				const claims = (person: Subject['person']) => Boolean(own) && person?.employeeId === own;
				return all.some(({ person }, other) => other !== place && claims(person))
					? { account: null, match: { ...found.match, certain: false, conflict: 'twoClaimants' } }
					: found;
			});
		}),
	'F6 one refused value stops the others': () =>
		plant('services/jumpcloud/values', 'writeValues', () => async (write) => {
			const { client, target, desired, context } = write as {
				client: {
					get(id: string): Promise<Account>;
					update(id: string, body: object): Promise<Account>;
				};
				target: { accountId: string };
				desired: unknown;
				context: unknown;
			};
			const account = await client.get(target.accountId);
			const { body, warnings } = (part('core/account/plan').planUpdate as Call)(
				account,
				desired,
				context,
			) as { body: object | null; warnings: string[] };
			const after = body === null ? account : await client.update(account._id, body);
			return { kind: 'written', account: after, isSent: body !== null, refused: [], warnings };
		}),
	'F7 custom attributes go back as they came': () =>
		plant('core/account/link', 'withAttributes', () => (account, values) => {
			const kept = (account as Account).attributes.filter(
				({ name }) => !Object.hasOwn(values as object, name),
			);
			const set = Object.entries(values as Record<string, string | null>);
			return [
				...kept,
				...set.filter(([, value]) => value !== null).map(([name, value]) => ({ name, value })),
			];
		}),
	'S2 any account with a typed ID is adopted': () =>
		plant('core/policy/adopt', 'adoptRule', () => (facts) => {
			const { account } = (facts as { subject: { account: Account } }).subject;
			if ((part('core/account/link').linkOf as Call)(account) !== null) return null;
			const { changes } = (part('core/policy/drift').planOf as Call)(facts) as {
				changes: unknown[];
			};
			return { action: 'update', code: 'adopt', reason: 'It fits.', changes };
		}),
	'S3 the limit counts everybody who ever left': () =>
		plant('core/matching/accountIndex', 'indexAccounts', (real) => (...words) => {
			const index = real(...words) as Index;
			return { ...index, inUse: [...index.byLink.values()].flat().length };
		}),
	'S6 deletions that are due count against suspensions': () => {
		const kinds = part('core/policy/limits/kinds').KINDS as Kind[];
		const place = kinds.findIndex(({ code }) => code === 'limit.deletion');
		kinds.splice(place, 1);
		kinds[0]!.of = ({ action }) =>
			action === 'deprovision' || action === 'delete' ? action : null;
	},
	'S9 the stamp says when, and not why': () =>
		plant('core/account/stamp', 'stampOf', (real) => (account) => {
			const stamp = real(account) as { at: Date } | null;
			return stamp && { at: stamp.at, reason: 'leaving', since: stamp.at };
		}),
	'a last day that is not over counts as over': () =>
		plant('core/time', 'endOfLocalDay', () => () => new Date(0)),
	'new hires are activated at once': () =>
		plant(
			'core/policy/starts',
			'isImmediate',
			() => (facts) =>
				(facts as { settings: { activationTrigger: string } }).settings.activationTrigger ===
				'immediately',
		),
	'the other verb for a suspension is never tried': () => {
		const { prototype } = part('services/jumpcloud/client').JumpCloudClient as {
			prototype: { suspend(id: string): Promise<void> };
		};
		prototype.suspend = async () => {};
	},
};
