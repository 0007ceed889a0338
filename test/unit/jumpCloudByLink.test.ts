/** A few people are looked up by their links, whatever JumpCloud makes of such a filter. */
import { matchSubjects } from '../../nodes/services/jumpcloud/matchSubjects';
import { Tenant } from '../../nodes/services/jumpcloud/tenant';
import type { Subject } from '../../nodes/core/subject';
import { startSandbox, type Sandbox } from '../sandbox';
import { SWITCHES } from '../sandbox/quirks';
import { clientFor } from '../harness/jumpCloudOverHttp';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ people: 300, accounts: true, seed: 7 });
});
afterAll(async () => await sandbox.stop());
beforeEach(() => {
	sandbox.clearLog();
	sandbox.quirks.customAttributeFilter = 'works';
});
afterEach(() => expect(sandbox.violations).toEqual([]));

const { customAttributeFilter } = SWITCHES;
const VARIANTS = [customAttributeFilter.default, ...customAttributeFilter.others];

const [ANA, BO, NEW] = [0, 1, 2];
function subjects(...places: number[]): Subject[] {
	const people = sandbox.humaans.people.filter(({ status }) => status === 'active');
	return places.map((place): Subject => {
		const { id, email, employeeId } = people[place]!;
		const personId = place === NEW ? 'nobodyhasthislink0000000' : id;
		const own = { id: personId, status: 'active' as const, email, employeeId: String(employeeId) };
		const person = place === NEW ? { ...own, email: 'new@acme.example', employeeId: 'none' } : own;
		return { personId, person, complete: true };
	});
}
const match = async (some: Subject[], tenant = new Tenant()) =>
	await matchSubjects(clientFor(sandbox, {}, tenant), some, { by: ['email'], emitMissing: false });
/** Look-ups by link, look-ups by what else is known, and pages of everybody. */
function calls(): string {
	const kinds = sandbox.log.map(({ method, body }) => {
		if (method === 'GET') return 'link';
		return (body as { filter?: object }).filter ? 'keys' : 'page';
	});
	sandbox.clearLog();
	return kinds.join(' ');
}

it.each(VARIANTS)('%s: those who are there are found, and the new one is not', async (variant) => {
	sandbox.quirks.customAttributeFilter = variant;
	const tenant = new Tenant();
	for (let run = 0; run < 2; run++) {
		const { subjects: found } = await match(subjects(ANA, BO, NEW), tenant);
		expect(found.map(({ match: own }) => [own!.by, own!.certain])).toEqual([
			...[
				['link', true],
				['link', true],
			],
			[null, true],
		]);
	}
});

it.each([
	// Found at once; and of the new one it is then known that only all accounts can tell.
	['works', 'link', 'link page'],
	// Nothing is not believed; when what else is known finds the link, the filter is not used again.
	['nothing', 'link keys', 'keys page'],
	['400', 'link keys', 'keys page'],
	['everything', 'link keys', 'keys page'],
] as const)('%s: %s, then for somebody new %s', async (variant, first, then) => {
	sandbox.quirks.customAttributeFilter = variant;
	const tenant = new Tenant();
	await match(subjects(ANA), tenant);
	expect(calls()).toBe(first);
	await match(subjects(NEW), tenant);
	expect(calls()).toBe(then);
});

it('nobody found by any look-up: nothing is learned of the filter, and everybody is read', async () => {
	const tenant = new Tenant();
	await match(subjects(NEW), tenant);
	expect([calls(), tenant.linkFilter]).toEqual(['link keys page', 'unknown']);
});

it('two accounts with one link are both found', async () => {
	const [ana] = subjects(ANA);
	const state = sandbox.snapshot();
	const [own, other] = [sandbox.admin.accountByHumaansId(ana!.personId!)!, otherAccount(ana!)];
	other.attributes = structuredClone(own.attributes);
	const { subjects: found } = await match([ana!]);
	expect(calls()).toBe('link');
	expect(found[0]!.match).toMatchObject({ certain: false, conflict: 'twoCandidates' });
	sandbox.restore(state);
});
const otherAccount = ({ personId }: Subject) =>
	sandbox.jumpCloud.accounts.find(
		({ attributes }) => !attributes.some(({ value }) => value === personId),
	)!;

it('an account that has the value in another attribute is somebody else’s', async () => {
	const [ana] = subjects(ANA);
	const state = sandbox.snapshot();
	otherAccount(ana!).attributes.push({ name: 'mentor', value: ana!.personId! });
	const { subjects: found } = await match([ana!]);
	const own = sandbox.admin.accountByHumaansId(ana!.personId!)!;
	expect(found[0]!.account?._id).toBe(own._id);
	expect(calls()).toBe('link');
	sandbox.restore(state);
});

it('somebody of whom nothing but the link is known is looked up too', async () => {
	const [ana] = subjects(ANA);
	const unknown = { ...ana!, person: { ...ana!.person!, email: null, employeeId: null } };
	expect((await match([unknown])).subjects[0]!.match!.by).toBe('link');
	expect(calls()).toBe('link');
	sandbox.quirks.customAttributeFilter = 'nothing';
	expect((await match([unknown])).subjects[0]!.match!.by).toBe('link');
	expect(calls()).toBe('link page');
});

it('a failure of the service itself is thrown, and nothing is learned from it', async () => {
	const tenant = new Tenant();
	sandbox.faults.add({ service: 'jumpCloud', kind: '401', times: Infinity });
	await expect(match(subjects(ANA), tenant)).rejects.toMatchObject({ kind: 'wrongKey' });
	sandbox.faults.clear();
	expect(tenant.linkFilter).toBe('unknown');
});
