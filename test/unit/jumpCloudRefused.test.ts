/**
 * F6: a value that JumpCloud refuses is found, left off, named and remembered; everything else is
 * written in the same run. F2: values that JumpCloud keeps in another form.
 */
import fc from 'fast-check';
import { ATTRIBUTES, isArrayRoot } from '../../nodes/core/account/attributes';
import { basisOf } from '../../nodes/core/account/basis';
import type { AccountBody } from '../../nodes/core/account/body';
import { customAttribute, SYNC_RECORD } from '../../nodes/core/account/link';
import { planUpdate } from '../../nodes/core/account/plan';
import { parseSlot, readSlot } from '../../nodes/core/account/slots';
import type { Account, Desired, SlotValue, Subject, SyncRule } from '../../nodes/core/subject';
import { createAccount } from '../../nodes/services/jumpcloud/create';
import { updateAccount } from '../../nodes/services/jumpcloud/update';
import { JumpCloudDouble } from '../harness/jumpCloudDouble';
import { personIdOf } from '../harness/personIds';
import { linkedTo, wanted } from './syncWorld';

const NOW = new Date('2026-11-24T09:00:00Z');
const PERSON = personIdOf('ana');
const BAD = 'refuse-me';

/** Forty places for values: all attributes, and custom ones. */
const SLOTS = [
	...ATTRIBUTES.map(({ slot }) => slot).filter((slot) => slot !== 'manager'),
	...Array.from({ length: 18 }, (_, at) => `attributes.a${at}`),
];

/** What Humaans has: a value of its own in each slot, and one that is refused in some. */
function desiredOf(slots: readonly string[], refused: readonly string[], rule: SyncRule): Desired {
	const valueOf = (slot: string): SlotValue => {
		const text = `${refused.includes(slot) ? BAD : 'good'} ${slot}`;
		return parseSlot(slot).root === 'addresses' ? { streetAddress: text } : text;
	};
	return wanted(Object.fromEntries(slots.map((slot) => [slot, valueOf(slot)])), rule);
}

/** As the policy hands it on: the account as it was read, and what differs on it. */
function decided(account: Account, desired: Desired, at = NOW): Subject {
	const { changes } = planUpdate(account, desired, { personId: PERSON });
	return {
		...{ personId: PERSON, account, desired },
		decision: {
			...{ action: 'update', code: 'drift', reason: '', changes, warnings: [], step: 1 },
			decidedAt: at.toISOString(),
			basis: basisOf(account, null),
		},
	};
}

/** How JumpCloud may say that it refuses a value. */
const WORDINGS: Record<string, (slot: string) => string> = {
	vague: () => 'Bad Request',
	'names the attribute': (slot) => `${slot} is not valid`,
	'names another one': () => 'Invalid email.',
	'sounds like a conflict': () => 'already in use',
	'does not exist': () => 'phone type does not exist',
	'must be unique': () => 'Attribute names must be unique',
};

function jumpCloudThatRefuses(account: Account | null, wording: string): JumpCloudDouble {
	const double = new JumpCloudDouble(...(account ? [account] : []));
	double.refuses = (body) => {
		const bad = new RegExp(`${BAD} ([\\w.]+)`).exec(JSON.stringify(body))?.[1];
		return bad === undefined ? null : WORDINGS[wording]!(bad);
	};
	return double;
}

/** Bodies that an account takes while nobody is linked to it, and that bring no link. */
function takenBeforeTheLink(double: JumpCloudDouble): AccountBody[] {
	const taken: AccountBody[] = [];
	const { refuses } = double;
	double.refuses = (body, before) => {
		const why = refuses(body, before);
		const isLinked = (row: object) => customAttribute(row as Account, 'humaansId') !== null;
		if (why === null && before && !isLinked(before) && !isLinked(body)) taken.push(body);
		return why;
	};
	return taken;
}

/** The most writes that finding so many of so many takes, by halving. */
const mostWrites = (all: number, refused: number): number =>
	refused === 0 ? 1 : 2 * refused * (Math.ceil(Math.log2(all)) + 1) + 4;

const situation = fc
	.record({
		slots: fc.subarray(SLOTS, { minLength: 1 }),
		share: fc.constantFrom(0, 0.05, 0.2, 0.5, 1),
		seed: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
			minLength: SLOTS.length,
			maxLength: SLOTS.length,
		}),
		rule: fc.constantFrom<SyncRule>('always', 'whenChanged'),
		wording: fc.constantFrom(...Object.keys(WORDINGS)),
	})
	.map(({ slots, share, seed, ...rest }) => ({
		...{ slots, ...rest },
		refused: slots.filter((_, at) => seed[at]! < share),
	}));

/** Whether a slot holds what Humaans has. */
const isWritten = (account: Account, desired: Desired) => (slot: string) =>
	JSON.stringify(readSlot(account, slot)) === JSON.stringify(desired.attributes[slot]);

it('F6: any subset of forty values is refused: the rest is written, those are named, in few calls', async () => {
	let most = 0;
	await fc.assert(
		fc.asyncProperty(
			situation,
			fc.boolean(),
			async ({ slots, refused, rule, wording }, isLinked) => {
				const own = {
					attributes: [{ name: 'badge', value: 'B-7' }],
					phoneNumbers: [],
					addresses: [],
				};
				const account = isLinked ? linkedTo('a', PERSON, own) : { ...linkedTo('a', ''), ...own };
				const double = jumpCloudThatRefuses(account, wording);
				const beforeTheLink = takenBeforeTheLink(double);
				const desired = desiredOf(slots, refused, rule);
				const subject = decided(account, desired);
				const differs = new Set(subject.decision!.changes.map(({ attribute }) => attribute));
				const [asked, bad] = [slots, refused].map((all) => all.filter((slot) => differs.has(slot)));
				const { outcome } = await updateAccount(double.client(), subject, NOW);
				expect((outcome.refused ?? []).map(({ attribute }) => attribute).sort()).toEqual(
					[...bad!].sort(),
				);
				expect(outcome.status).toBe(bad!.length > 0 ? 'partly' : isLinked ? 'applied' : 'adopted');
				const after = double.account('a');
				const written = asked!.filter(isWritten(after, desired));
				expect(written).toEqual(asked!.filter((slot) => !bad!.includes(slot)));
				expect(customAttribute(after, 'badge')).toBe('B-7');
				expect(customAttribute(after, 'humaansId')).toBe(PERSON);
				expect(beforeTheLink).toEqual([]);
				expect(double.writes.length).toBeLessThanOrEqual(mostWrites(asked!.length, bad!.length));
				most = Math.max(most, double.asked.length);
				// Remembered: the next decision finds nothing to do, and says what is left off.
				const next = planUpdate(after, desired, { personId: PERSON });
				expect(next.changes).toEqual([]);
				expect(next.warnings).toHaveLength(bad!.length);
			},
		),
		{ numRuns: 150 },
	);
	expect(most).toBeLessThan(250);
}, 60_000);

it('F6: any subset is refused at creation: the account is there with the rest, those are named', async () => {
	await fc.assert(
		fc.asyncProperty(situation, async ({ slots, refused, rule, wording }) => {
			// Without a work email there is no account.
			const values = [...new Set(['email', ...slots])];
			const bad = refused.filter((slot) => slot !== 'email');
			const desired = desiredOf(values, bad, rule);
			const double = jumpCloudThatRefuses(null, wording);
			const subject: Subject = {
				personId: PERSON,
				person: { id: PERSON, status: 'active', companyId: 'companyA' },
				desired: { ...desired, usernames: ['ana'] },
			};
			const { account, outcome } = await createAccount(double.client(), subject);
			expect((outcome.refused ?? []).map(({ attribute }) => attribute).sort()).toEqual(
				[...bad].sort(),
			);
			expect(outcome.status).toBe(bad.length > 0 ? 'partly' : 'applied');
			const after = double.account(account!._id);
			expect(values.filter(isWritten(after, desired))).toEqual(
				values.filter((slot) => !bad.includes(slot)),
			);
			expect(after).toMatchObject({ username: 'ana', state: 'STAGED' });
			expect(customAttribute(after, 'humaansCompany')).toBe('companyA');
			expect(planUpdate(after, desired, { personId: PERSON }).changes).toEqual([]);
			expect(double.writes.length).toBeLessThanOrEqual(mostWrites(values.length, bad.length) + 2);
		}),
		{ numRuns: 150 },
	);
}, 60_000);

it('F6: a refused value is sent again when it changes in Humaans, and not before', async () => {
	const account = linkedTo('a', PERSON);
	const double = jumpCloudThatRefuses(account, 'vague');
	const run = async (jobTitle: string) => {
		const desired = wanted({ jobTitle, department: 'Sales' });
		const now = double.account('a');
		if (planUpdate(now, desired, { personId: PERSON }).body === null) return null;
		return await updateAccount(double.client(), decided(now, desired), NOW);
	};
	expect((await run(BAD + ' jobTitle'))!.outcome.refused).toHaveLength(1);
	expect(await run(BAD + ' jobTitle')).toBeNull();
	expect((await run('Lead'))!.outcome.status).toBe('applied');
	expect(double.account('a')).toMatchObject({ jobTitle: 'Lead', department: 'Sales' });
	// What was good again is not remembered as refused.
	expect(customAttribute(double.account('a'), SYNC_RECORD)).toBeNull();
});

describe('F6: words that only sound like a conflict', () => {
	it.each(['does not exist', 'must be unique'])(
		'%s: nothing is said of another account',
		async (wording) => {
			const double = jumpCloudThatRefuses(null, wording);
			const desired = desiredOf(
				['email', 'phoneNumbers.work', 'jobTitle'],
				['phoneNumbers.work'],
				'always',
			);
			const subject: Subject = { personId: PERSON, desired: { ...desired, usernames: ['ana'] } };
			const { outcome } = await createAccount(double.client(), subject);
			expect(outcome.refused).toEqual([
				{ attribute: 'phoneNumbers.work', reason: 'JumpCloud refused the value (400).' },
			]);
		},
	);
});

describe('F7: custom attributes that cannot be sent back', () => {
	/** Somebody gave the account an attribute that JumpCloud no longer takes. */
	const stuck = (patch: Partial<Account> = {}) =>
		linkedTo('a', PERSON, { attributes: [{ name: 'legacy-badge', value: '7' }], ...patch });
	const thatRefuses = (account: Account) => {
		const double = new JumpCloudDouble(account);
		double.refuses = (body) =>
			JSON.stringify(body.attributes ?? '').includes('legacy-badge') ? 'Invalid name' : null;
		return double;
	};
	it.each<SyncRule>(['always', 'whenChanged'])(
		'keep no profile field from being written, and what cannot be noted is named: %s',
		async (rule) => {
			const account = stuck({ phoneNumbers: [] });
			const double = thatRefuses(account);
			const slots = ['jobTitle', 'department', 'phoneNumbers.work', 'attributes.startDate'];
			const desired = desiredOf(slots, [], rule);
			const { outcome } = await updateAccount(double.client(), decided(account, desired), NOW);
			expect(double.account('a')).toMatchObject({
				jobTitle: 'good jobTitle',
				department: 'good department',
				phoneNumbers: [{ type: 'work', number: 'good phoneNumbers.work' }],
				attributes: account.attributes,
			});
			expect(outcome.status).toBe('partly');
			const named = outcome.refused!.map(({ attribute }) => attribute);
			expect(named).toContain('attributes.startDate');
			expect(named.filter((slot) => !isArrayRoot(parseSlot(slot).root))).toEqual([]);
		},
	);
	it('an account that cannot be linked is not adopted, and that is an error', async () => {
		const account: Account = { ...stuck(), attributes: [{ name: 'legacy-badge', value: '7' }] };
		const double = thatRefuses(account);
		const subject = decided(account, desiredOf(['jobTitle'], [], 'always'));
		await expect(updateAccount(double.client(), subject, NOW)).rejects.toMatchObject({
			kind: 'refused',
		});
	});
});

describe('F2: a value that JumpCloud keeps in another form', () => {
	const plainNumber = (body: Record<string, unknown>) => {
		const phones = body.phoneNumbers as Array<{ number: string }> | undefined;
		if (!phones) return body;
		const short = phones.map((entry) => ({ ...entry, number: entry.number.replace(/[ -]/g, '') }));
		return { ...body, phoneNumbers: short };
	};
	it('is written once, said, and no run writes it again until one side changes', async () => {
		const double = new JumpCloudDouble(linkedTo('a', PERSON, { phoneNumbers: [] }));
		double.keeps = plainNumber;
		const say = (number: string) => wanted({ 'phoneNumbers.work': number, jobTitle: 'Lead' });
		const isInStep = (number: string) =>
			planUpdate(double.account('a'), say(number), { personId: PERSON }).body === null;
		const write = async (number: string) => {
			const subject = decided(double.account('a'), say(number));
			return await updateAccount(double.client(), subject, NOW);
		};
		const number = '+44 (0)20-7946-0000';
		const { outcome } = await write(number);
		expect(outcome).toMatchObject({
			status: 'applied',
			warnings: ['JumpCloud keeps the Phone Number in another form than Humaans has it.'],
		});
		expect(isInStep(number)).toBe(true);
		// Somebody edits it in JumpCloud: it is put back.
		double.account('a').phoneNumbers![0]!.number = '+1';
		expect(isInStep(number)).toBe(false);
		await write(number);
		expect(isInStep(number)).toBe(true);
		// Humaans changes it.
		expect(isInStep('+44 20')).toBe(false);
		await write('+4420');
		expect(isInStep('+4420')).toBe(true);
		expect(customAttribute(double.account('a'), SYNC_RECORD)).toBeNull();
	});
	it('an emptied value that JumpCloud does not empty is not emptied for ever', async () => {
		const double = new JumpCloudDouble(linkedTo('a', PERSON, { department: 'Sales' }));
		double.keeps = ({ department, ...body }) =>
			department === '' ? body : { ...body, department };
		const desired = wanted({ department: null }, 'always', true);
		await updateAccount(double.client(), decided(double.account('a'), desired), NOW);
		expect(planUpdate(double.account('a'), desired, { personId: PERSON }).body).toBeNull();
	});
	it('beside a refused one, both are remembered in the same run', async () => {
		const double = jumpCloudThatRefuses(linkedTo('a', PERSON, { phoneNumbers: [] }), 'vague');
		double.keeps = plainNumber;
		const desired = wanted({
			'phoneNumbers.work': '+44 1',
			jobTitle: `${BAD} jobTitle`,
			company: 'Acme',
		});
		await updateAccount(double.client(), decided(double.account('a'), desired), NOW);
		const next = planUpdate(double.account('a'), desired, { personId: PERSON });
		expect(next.changes).toEqual([]);
	});
});

describe('S12: a value that another account has', () => {
	it.each<[string, Partial<Account>, string]>([
		['employeeIdentifier', { employeeIdentifier: 'E-7' }, 'E-7'],
		['email', { email: 'taken@acme.example' }, 'Taken@acme.example'],
		['email', { alternateEmail: 'taken@acme.example' }, 'taken@acme.example'],
		['alternateEmail', { alternateEmail: 'taken@home.example' }, 'taken@home.example'],
	])(
		'%s: the rest is written, and the message names the account: %j',
		async (slot, holds, value) => {
			const holder = { ...linkedTo('holder', personIdOf('other')), ...holds };
			const double = new JumpCloudDouble(linkedTo('a', PERSON), holder);
			double.refuses = (body) =>
				Object.values(body).some((sent) => String(sent).toLowerCase() === value.toLowerCase())
					? 'already exists'
					: null;
			const desired = wanted({ [slot]: value, department: 'Legal' });
			const { outcome } = await updateAccount(
				double.client(),
				decided(double.account('a'), desired),
				NOW,
			);
			expect(double.account('a').department).toBe('Legal');
			expect(outcome.refused).toEqual([
				{
					attribute: slot,
					reason: 'JumpCloud refused the value (400). The account holder has it.',
				},
			]);
		},
	);
	it('two employee IDs that are swapped come right in the end, and a new department at once', async () => {
		const [a, b] = [
			linkedTo('a', PERSON, { employeeIdentifier: 'E-1' }),
			linkedTo('b', personIdOf('other'), { employeeIdentifier: 'E-2' }),
		];
		const double = new JumpCloudDouble(a, b);
		double.refuses = ({ employeeIdentifier }, before) =>
			[...double.accounts.values()].some(
				(account) => account !== before && account.employeeIdentifier === employeeIdentifier,
			)
				? 'already exists'
				: null;
		const desired = wanted({ employeeIdentifier: 'E-2', department: 'Legal' });
		const { outcome } = await updateAccount(
			double.client(),
			decided(double.account('a'), desired),
			NOW,
		);
		expect(outcome.refused).toHaveLength(1);
		expect(double.account('a')).toMatchObject({ employeeIdentifier: 'E-1', department: 'Legal' });
	});
});
