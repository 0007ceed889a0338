/**
 * Faults planted in the built package, to see that the chaos test finds them. Each is planted
 * before anything else of the package is loaded.
 */
import { join } from 'node:path';

type Parts = Record<string, unknown>;
const part = (path: string): Parts =>
	require(join(__dirname, '..', '..', 'dist', 'nodes', `${path}.js`)) as Parts;

interface Subject {
	person?: unknown;
	personId?: string;
	problem?: string;
}

export const MUTATIONS: Record<string, () => void> = {
	'nobody asks whether a missing person is really gone': () => {
		const gone = (subject: Subject) =>
			subject.person === undefined && subject.personId && !subject.problem
				? { ...subject, person: null, complete: true, readAt: new Date().toISOString() }
				: subject;
		part('services/humaans/confirmMissing').confirmMissing = async (
			_client: unknown,
			subjects: Subject[],
		) => subjects.map(gone);
		part('services/humaans/confirmGone').confirmGone = async (
			_client: unknown,
			missing: string[],
		) => ({ gone: new Set(missing), askedUpTo: '' });
	},
	'no limits': () => {
		part('core/policy/limit').overLimit = () => null;
	},
	'the limit knows only its own run': () => {
		part('ProvisioningPolicy/memory').recall = () => ({});
		part('core/policy/limit').stampedBefore = () => new Set();
	},
	'every invite is sent twice': () => {
		const { prototype } = part('services/jumpcloud/client').JumpCloudClient as {
			prototype: {
				activate(id: string, ...more: unknown[]): Promise<void>;
				resendInvite(id: string): Promise<void>;
			};
		};
		const once = prototype.activate;
		prototype.activate = async function (this: typeof prototype, id, ...more) {
			await once.call(this, id, ...more);
			await this.resendInvite(id);
		};
	},
	'a suspension leaves no day': () => {
		part('core/account/changes').deprovisionStamp = () => ({});
	},
	'start dates are UTC’s': () => {
		part('core/time').zoneOf = () => ({ zone: 'UTC', from: 'fixed' });
	},
	'accounts are activated a day early': () => {
		const time = part('core/time');
		const real = time.localMoment as (...words: unknown[]) => Date;
		time.localMoment = (...words: unknown[]) => new Date(real(...words).getTime() - 86_400_000);
	},
	'a conflict is settled by taking the first': () => {
		const match = part('core/matching/match');
		const real = match.matchAll as (
			subjects: unknown,
			index: { byId: Map<string, unknown> },
			settings: unknown,
		) => Array<{ match: { conflict?: string; candidates: Array<{ id: string }> } }>;
		match.matchAll = (
			subjects: unknown,
			index: { byId: Map<string, unknown> },
			settings: unknown,
		) =>
			real(subjects, index, settings).map((found) =>
				found.match.conflict
					? {
							account: index.byId.get(found.match.candidates[0]!.id),
							match: { ...found.match, conflict: undefined, certain: true, by: 'email' },
						}
					: found,
			);
		part('core/policy/preconditions').onePersonOneAccount = () => null;
	},
	'administrators are not spared': () => {
		part('core/policy/protection').protectionOf = () => null;
		part('services/jumpcloud/guard').requireOurs = () => {};
	},
	'a suspension is undone, whoever did it': () => {
		part('core/policy/leaver').deprovisionedAt = () => new Date('2026-01-01T00:00:00Z');
		part('services/jumpcloud/changeState').reactivateAccount = async (
			client: { update(id: string, body: object): Promise<unknown> },
			{ accountId }: { accountId: string },
		) => ({
			account: await client.update(accountId, { state: 'ACTIVATED', suspended: false }),
			outcome: { action: 'reactivate', status: 'applied', attempts: [], warnings: [] },
		});
	},
	'an incomplete list is taken for the whole': () => {
		part('services/http/pages').sweep = async ({
			fetch,
			pageSize,
		}: {
			fetch(skip: number, limit: number): Promise<{ rows: unknown[] }>;
			pageSize: number;
		}) => (await fetch(0, pageSize)).rows;
	},
	'changed fields are not written': () => {
		const rules = part('core/policy/drift');
		rules.driftOf = () => null;
		rules.fieldsRule = () => null;
	},
};
