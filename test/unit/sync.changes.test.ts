/** What differs between an account and what it should hold, by the rule of each field. */
import { ownedElsewhere } from '../../nodes/core/account/finding';
import { parseRecord, remembered } from '../../nodes/core/account/record';
import type { Account, SyncRule } from '../../nodes/core/subject';
import {
	PERSON_ID,
	applied,
	createdFrom,
	creation,
	linkedAccount,
	plan,
	refusing,
	runs,
	wanted,
} from './syncWorld';

const syncOf = (account: Account) =>
	account.attributes!.find((attribute) => attribute.name === 'humaansSync')!.value;
const named = (body: object | null) =>
	Object.fromEntries(
		((body as Account | null)?.attributes ?? []).map(({ name, value }) => [name, value]),
	);

/** In step. */
const NOTHING = { changes: [], values: new Map(), body: null, warnings: [] };

describe('planning', () => {
	it('a step in the wrong order or twice changes nothing', () => {
		const desired = wanted({ jobTitle: 'Lead', 'phoneNumbers.work': '1', 'attributes.badge': '7' });
		const account = runs(linkedAccount(), desired);
		const shuffled = {
			...account,
			attributes: [...account.attributes!].reverse(),
			phoneNumbers: [...account.phoneNumbers!].reverse(),
		};
		expect(plan(shuffled, desired)).toEqual(NOTHING);
	});
	it('an account without a link is linked, and says so; its own attributes stay', () => {
		const { changes, body } = plan(
			linkedAccount({ attributes: [{ name: 'badge', value: '7' }] }),
			wanted({ jobTitle: 'Lead' }, 'onCreate'),
		);
		expect(changes).toEqual([
			{
				attribute: 'humaansId',
				from: null,
				to: PERSON_ID,
				rule: 'always',
				why: 'links the account to the person',
			},
		]);
		expect(Object.keys(body!)).toEqual(['attributes']);
		expect(named(body)).toEqual({ badge: '7', humaansId: PERSON_ID });
	});
	it('a slot without a rule follows Always', () =>
		expect(plan(linkedAccount(), wanted({ jobTitle: 'Lead' }, {})).changes).toMatchObject([
			{ attribute: 'jobTitle', rule: 'always' },
		]));
	it('what may not be mapped is left and said, also when somebody wrote it into the item', () => {
		const { body, warnings } = plan(
			linkedAccount(),
			wanted({ password: 'x', state: 'SUSPENDED', 'attributes.humaansId': 'another' }),
		);
		expect(body).toBeNull();
		expect(warnings).toEqual(
			['password', 'state', 'attributes.humaansId'].map(
				(slot) => `${slot} is not an attribute that can be mapped.`,
			),
		);
		expect(
			creation(wanted({ password: 'x', username: 'root', 'attributes.humaansId': 'another' })),
		).toEqual({
			username: 'ana.silva',
			state: 'STAGED',
			suspended: false,
			attributes: [
				{ name: 'humaansId', value: PERSON_ID },
				{ name: 'humaansInvite', value: '0' },
			],
		});
	});
	it.each(['firstname', 'lastname', 'email'])('%s is never emptied', (slot) =>
		expect(
			plan(
				linkedAccount({ firstname: 'Ana', lastname: 'Silva' }),
				wanted({ [slot]: null }, 'always', true),
			).body,
		).toBeNull(),
	);

	it('a part of the address that is unknown keeps what JumpCloud has', () => {
		const account = linkedAccount({
			addresses: [{ type: 'home', streetAddress: 'Old', region: 'R', country: 'PT' }],
		});
		const { body, changes } = plan(
			account,
			wanted({ 'addresses.home': { streetAddress: 'New', locality: 'Rome' } }),
		);
		expect(body!.addresses).toEqual([
			{ type: 'home', streetAddress: 'New', locality: 'Rome', region: 'R', country: 'PT' },
		]);
		expect(changes[0]!.to).toEqual({
			streetAddress: 'New',
			locality: 'Rome',
			region: 'R',
			country: 'PT',
		});
		expect(
			plan(account, wanted({ 'addresses.home': { streetAddress: 'New', region: '' } })).body!
				.addresses,
		).toEqual([{ type: 'home', streetAddress: 'New', country: 'PT' }]);
	});

	describe('memory', () => {
		it('what is not known in a run is still remembered in the next', () => {
			const both = wanted({ jobTitle: 'Lead', costCenter: 'CC-1' }, 'whenChanged');
			const first = applied(createdFrom(both), { costCenter: 'by hand' });
			// Custom fields were not fetched, and something else changed.
			const second = runs(first, wanted({ jobTitle: 'Director' }, 'whenChanged'));
			expect(
				plan(second, wanted({ jobTitle: 'Director', costCenter: 'CC-1' }, 'whenChanged')),
			).toEqual(NOTHING);
			expect(
				plan(second, wanted({ jobTitle: 'Director', costCenter: 'CC-2' }, 'whenChanged')).changes,
			).toMatchObject([
				{ attribute: 'costCenter', from: 'by hand', to: 'CC-2', why: 'changed in Humaans' },
			]);
		});
		it('a hand edit survives three runs, until Humaans changes that field', () => {
			const say = (department: string) => wanted({ department, jobTitle: 'Lead' }, 'whenChanged');
			let account = applied(createdFrom(say('Sales')), { department: 'Treasury' });
			for (let run = 1; run <= 3; run++) expect(plan(account, say('Sales')).body).toBeNull();
			account = runs(account, say('Legal'));
			expect(account.department).toBe('Legal');
			account = applied(account, { department: 'Treasury' });
			expect(plan(account, say('Legal')).body).toBeNull();
		});
		it('an edit that Humaans follows is no change later', () => {
			const say = (department: string) => wanted({ department }, 'whenChanged');
			const account = runs(
				applied(createdFrom(say('Sales')), { department: 'Legal' }),
				say('Legal'),
			);
			expect(plan(applied(account, { department: 'Treasury' }), say('Legal')).body).toBeNull();
		});
		it('is only written when a rule needs it or something else is', () => {
			const account = linkedAccount({ department: 'Sales' });
			expect(plan(account, wanted({ department: 'Sales' }, 'always')).body).toBeNull();
			const { changes, body } = plan(account, wanted({ department: 'Sales' }, 'whenChanged'));
			expect(changes).toEqual([
				{
					attribute: 'humaansSync',
					from: null,
					to: null,
					rule: 'whenChanged',
					why: 'remembers what Humaans says now',
				},
			]);
			expect(Object.keys(body!)).toEqual(['attributes']);
		});
		it(
			'more fields than there is room for: those that need to be remembered come first, and ' +
				'what is left out is said',
			() => {
				const slots = Array.from({ length: 100 }, (_, index) => `attributes.a${index}`);
				const rules = (rule: (index: number) => SyncRule) =>
					Object.fromEntries(slots.map((slot, index) => [slot, rule(index)]));
				const values = Object.fromEntries(slots.map((slot) => [slot, 'x']));
				const needed = wanted(
					values,
					rules((index) => (index >= 20 && index < 100 ? 'whenChanged' : 'always')),
				);
				const account = runs(linkedAccount(), needed);
				expect(syncOf(account).length).toBeLessThanOrEqual(1024);
				expect(plan(account, needed).warnings).toEqual([]);
				expect(plan(linkedAccount(), needed).warnings).toEqual([]);
				expect(remembered(parseRecord(syncOf(account)), 'attributes.a99')).toBeDefined();
				const tooMany = wanted(values, 'whenChanged');
				const { warnings } = plan(linkedAccount(), tooMany);
				expect(warnings).toHaveLength(1);
				expect(warnings[0]).toMatch(
					/^Too many fields to remember: "Only When Changed in Humaans" treats attributes\.a85, /,
				);
				expect(warnings[0]).toMatch(/attributes\.a99 as never synced\.$/);
				expect(plan(runs(linkedAccount(), tooMany), tooMany).body).toBeNull();
			},
		);
	});

	describe('the manager', () => {
		const desired = (rule: SyncRule, clearEmpty = false) =>
			wanted({ manager: 'boss' }, rule, clearEmpty);
		const known = { managerAccountId: 'account-of-boss' };
		it.each<SyncRule>(['always', 'whenChanged', 'fillEmpty', 'onCreate'])(
			'is set by the next run once both exist: %s',
			(rule) => {
				const account = createdFrom(desired(rule));
				expect(account.manager).toBeUndefined();
				expect(plan(account, desired(rule)).body).toBeNull();
				const next = plan(account, desired(rule), known);
				expect(next.body!.manager).toBe('account-of-boss');
				expect(next.changes[0]!.why).toBe(
					rule === 'onCreate' ? 'was not known at creation' : 'empty in JumpCloud',
				);
				expect(plan(applied(account, next.body), desired(rule), known).body).toBeNull();
			},
		);
		it('of an account that somebody gave a manager meanwhile, or that was adopted, is left by Only on Creation', () => {
			expect(
				plan({ ...createdFrom(desired('onCreate')), manager: 'other' }, desired('onCreate'), known)
					.body,
			).toBeNull();
			expect(plan(linkedAccount(), desired('onCreate'), known).body).toBeNull();
			const set = runs(createdFrom(desired('onCreate')), desired('onCreate'), known);
			expect(plan({ ...set, manager: null }, desired('onCreate'), known).body).toBeNull();
		});
		it('that is awaited is no change in Humaans for another rule', () => {
			const account = { ...createdFrom(desired('onCreate')), manager: 'other' };
			expect(plan(account, desired('whenChanged'), known).body).not.toHaveProperty('manager');
		});
		it('an awaited manager survives other writes', () => {
			const both = wanted(
				{ manager: 'boss', jobTitle: 'Lead' },
				{ manager: 'onCreate', jobTitle: 'always' },
			);
			const account = runs(
				createdFrom(wanted({ manager: 'boss', jobTitle: 'Engineer' }, both.rules)),
				both,
			);
			expect(plan(account, both, known).body!.manager).toBe('account-of-boss');
		});
		it('is created with the account when theirs exists', () =>
			expect(creation(desired('always'), known).manager).toBe('account-of-boss'));
		it('who has left is cleared or kept by the rules', () => {
			const account = createdFrom(desired('always'), known);
			const left = { managerAccountId: null };
			expect(plan(account, desired('always', true), left)).toMatchObject({
				body: { manager: null },
				changes: [
					{ attribute: 'manager', from: 'account-of-boss', to: null, why: 'the manager has left' },
				],
			});
			expect(plan(account, desired('always'), left).body).toBeNull();
			for (const rule of ['whenChanged', 'fillEmpty', 'onCreate'] as const)
				expect(plan(createdFrom(desired(rule), known), desired(rule, true), left).body).toBeNull();
			expect(creation(desired('always'), left)).not.toHaveProperty('manager');
		});
		it('whose account has another id now is no change in Humaans', () => {
			const account = createdFrom(desired('whenChanged'), known);
			expect(
				plan(account, desired('whenChanged'), { managerAccountId: 'new-account' }).body,
			).toBeNull();
		});
		it('who manage each other are no problem', () => {
			let [a, b] = [createdFrom(wanted({ manager: 'b' })), createdFrom(wanted({ manager: 'a' }))];
			a = runs(a, wanted({ manager: 'b' }), { managerAccountId: 'account-b' });
			b = runs(b, wanted({ manager: 'a' }), { managerAccountId: 'account-a' });
			expect([a.manager, b.manager]).toEqual(['account-b', 'account-a']);
		});
	});

	describe('a value that JumpCloud refused', () => {
		const say = (alternateEmail: string) => wanted({ alternateEmail, jobTitle: 'Lead' });
		const { refused } = refusing(['alternateEmail']);
		const WARNING =
			'JumpCloud refused the Personal Email of this person, so it is left off until it ' +
			'changes in Humaans. To have it tried again now, take the custom attribute humaansSync off ' +
			'the account.';
		it('is left off, remembered, and not tried again until it changes', () => {
			const first = plan(linkedAccount(), say('a@b.example'), { refused });
			expect(first.body).not.toHaveProperty('alternateEmail');
			expect(first.warnings).toEqual([WARNING]);
			const account = applied(linkedAccount(), first.body);
			expect(plan(account, say('a@b.example'))).toEqual({ ...NOTHING, warnings: [WARNING] });
			expect(plan(account, say('new@b.example')).body).toMatchObject({
				alternateEmail: 'new@b.example',
			});
			expect(
				plan({ ...account, alternateEmail: 'A@b.example' }, say('a@b.example')).warnings,
			).toEqual([]);
		});
		it('is remembered although nothing else is written', () => {
			const account = linkedAccount({ jobTitle: 'Lead' });
			const { body, changes } = plan(account, say('a@b.example'), { refused });
			expect(Object.keys(body!)).toEqual(['attributes']);
			expect(changes).toMatchObject([{ attribute: 'humaansSync' }]);
			// Known by then under a value that was good.
			const good = createdFrom(wanted({ alternateEmail: 'a@b.example' }));
			expect(
				plan({ ...good, alternateEmail: '' }, wanted({ alternateEmail: 'a@b.example' }), {
					refused,
				}).body,
			).not.toBeNull();
			expect(plan(applied(account, body), say('a@b.example'), { refused }).body).toBeNull();
			expect(
				plan(applied(account, body), wanted({ alternateEmail: 'b@b.example' }), { refused }).body,
			).not.toBeNull();
		});
		it('at creation', () => {
			const account = createdFrom(say('a@b.example'), { refused });
			expect(account.alternateEmail).toBeUndefined();
			expect(plan(account, say('a@b.example'))).toMatchObject({ body: null, warnings: [WARNING] });
		});
	});

	describe('what another directory owns', () => {
		it('is named by restrictedFields, or all of it when the account is managed elsewhere', () => {
			expect(ownedElsewhere(linkedAccount()).size).toBe(0);
			expect([
				...ownedElsewhere(
					linkedAccount({ restrictedFields: [{ field: 'jobTitle' }], externally_managed: true }),
				),
			]).toEqual(['jobTitle']);
			expect(ownedElsewhere(linkedAccount({ externally_managed: true })).has('phoneNumbers')).toBe(
				true,
			);
			expect(ownedElsewhere(linkedAccount({ externally_managed: true })).has('attributes')).toBe(
				false,
			);
			expect([...ownedElsewhere(linkedAccount({ externally_managed: true }))]).toEqual(
				expect.arrayContaining([
					'addresses',
					'company',
					'costCenter',
					'department',
					'description',
					'displayname',
					'email',
					'employeeIdentifier',
					'employeeType',
					'firstname',
					'jobTitle',
					'lastname',
					'location',
					'middlename',
				]),
			);
			expect(ownedElsewhere(linkedAccount({ externally_managed: false })).size).toBe(0);
		});
		it('is left and said; the other fields go on', () => {
			const account = linkedAccount({
				restrictedFields: [{ field: 'jobTitle' }, { field: 'phoneNumbers' }],
				jobTitle: 'Wizard',
			});
			const { body, changes, warnings } = plan(
				account,
				wanted({ jobTitle: 'Lead', 'phoneNumbers.work': '1', department: 'Sales' }),
			);
			expect(changes.map((change) => change.attribute)).toEqual(['department']);
			expect(Object.keys(body!)).toEqual(['department']);
			expect(warnings).toEqual([
				'The Job Title is managed by another directory in JumpCloud and is left alone.',
				'The Phone Number is managed by another directory in JumpCloud and is left alone.',
			]);
		});
		it('is not remembered as written: it comes when it is free again', () => {
			const say = (jobTitle: string) => wanted({ jobTitle, department: jobTitle }, 'whenChanged');
			const account = {
				...createdFrom(say('Engineer')),
				restrictedFields: [{ field: 'jobTitle' }],
			};
			const next = runs(account, say('Lead'));
			expect(next).toMatchObject({ jobTitle: 'Engineer', department: 'Lead' });
			expect(runs({ ...next, restrictedFields: [] }, say('Lead')).jobTitle).toBe('Lead');
		});
		it('a work email that is kept is not remembered as written: it comes when nothing is in its way', () => {
			const say = (email: string) => wanted({ email, department: email }, 'whenChanged');
			const account = createdFrom(say('old@acme.example'));
			const kept = { keepEmail: 'Somebody else has it.' };
			const first = plan(account, say('new@acme.example'), kept);
			expect(first.warnings).toEqual(['Somebody else has it.']);
			const next = applied(account, first.body);
			expect(next).toMatchObject({ email: 'old@acme.example', department: 'new@acme.example' });
			expect(runs(next, say('new@acme.example')).email).toBe('new@acme.example');
		});
		it('nothing is said where nothing would be written', () => {
			const account = linkedAccount({
				restrictedFields: [{ field: 'jobTitle' }],
				jobTitle: 'Lead',
			});
			expect(plan(account, wanted({ jobTitle: 'Lead' })).warnings).toEqual([]);
			expect(plan(account, wanted({ jobTitle: 'Other' }, 'onCreate')).warnings).toEqual([]);
			expect(plan(account, wanted({ jobTitle: 'Lead' }, 'whenChanged')).body).toBeNull();
		});
	});
});
