/** How a setting of each kind is shown and read. */
import {
	accounts,
	choice,
	choices,
	flag,
	moment,
	names,
	number,
	optionalAccount,
	optionalText,
	zone,
} from '../../nodes/core/policy/settingKinds';
import { SETTINGS } from '../../nodes/core/policy/settings';

const OPTIONS = [
	{ name: 'One', value: 'one' },
	{ name: 'Two', value: 'two' },
] as const;
const parameter = 'x';

describe('where and how a setting is shown', () => {
	it('stands among the options, unless it is to be seen first', () => {
		expect(flag('X', { parameter, default: false }).place).toBe('options');
		expect(flag('X', { parameter, default: false, place: 'first' }).place).toBe('first');
	});
	it('with its description, its placeholder and when it is shown, and nothing that was not given', () => {
		const words = { description: 'What it is.', placeholder: 'e.g. this' };
		const showFor = { mode: ['apply'] };
		expect(flag('X', { parameter, default: true, ...words, showFor }).panel).toEqual({
			...{ type: 'boolean', default: true, ...words, showFor },
		});
		expect(flag('X', { parameter, default: true }).panel).toEqual({
			...{ type: 'boolean', default: true },
		});
		expect(Object.keys(flag('X', { parameter, default: true }).panel).sort()).toEqual([
			'default',
			'type',
		]);
	});
	it('a new node shows what is to be shown; what nobody set is still the default', () => {
		const setting = flag('X', { parameter, default: true, shown: false });
		expect([setting.panel.default, setting.default, setting.read(undefined)]).toEqual([
			...[false, true, true],
		]);
		const text = choice('X', OPTIONS, { parameter, default: 'one', shown: 'two' });
		expect([text.panel.default, text.read('')]).toEqual(['two', 'one']);
	});
	it.each([
		['one of a list', choice('X', OPTIONS, { parameter, default: 'one' }), 'options'],
		['some of a list', choices('X', OPTIONS, { parameter, default: ['one'] }), 'multiOptions'],
	] as const)('%s shows the list', (_what, { panel }, type) =>
		expect(panel).toMatchObject({ type, options: OPTIONS }),
	);
	it.each([
		['a zone', zone('X', { parameter, default: 'UTC' }), { type: 'string', default: 'UTC' }],
		['a text', optionalText('X', { parameter }), { type: 'string', default: '' }],
		['names', names('X', { parameter }), { type: 'string', default: '' }],
		['a moment', moment('X', { parameter }), { type: 'dateTime', default: '' }],
	] as const)(
		'%s is a field of its type, empty in a new node if it may be',
		(_what, setting, panel) => expect(setting.panel).toEqual(panel),
	);
});

describe('a number', () => {
	const panelOf = (to: number, precision?: number) =>
		number('X', { from: 1, to, ...(precision ? { precision } : {}) }, { parameter, default: 1 })
			.panel;
	it('shows a bound that people meet, and leaves out one that nobody types', () => {
		expect(panelOf(23)).toEqual({ type: 'number', minValue: 1, maxValue: 23, default: 1 });
		expect(panelOf(100)).toEqual({ type: 'number', minValue: 1, maxValue: 100, default: 1 });
		expect(panelOf(101)).toEqual({ type: 'number', minValue: 1, default: 1 });
		expect(panelOf(100, 1)).toMatchObject({ precision: 1 });
	});
	it('takes its bounds themselves', () => {
		const { read } = number('X', { from: 1, to: 9 }, { parameter, default: 5 });
		expect([read(1), read(9), read('9'), read('')]).toEqual([1, 9, 9, 5]);
		for (const outside of [0, 10, '0', 1.5]) expect(() => read(outside)).toThrow(/The setting X/);
	});
});

it('a zone that an expression gives in a list is none', () =>
	expect(() => zone('Time Zone', { parameter, default: 'UTC' }).read(['Europe/London'])).toThrow(
		'The setting Time Zone cannot be used, so nothing was decided.',
	));

it('both limits in percent say of what they are, and from where on they count', () => {
	for (const { panel } of [SETTINGS.limitPercent, SETTINGS.emailLimitPercent])
		expect(panel.description).toMatch(
			/^Percent of the linked accounts in use\. .*when there are 20 or more/,
		);
});

describe('names that people type', () => {
	const list = accounts('Protected Accounts', { parameter });
	const one = optionalAccount('API Key Owner', { parameter });
	it('a list, in lower case, from a text or from several', () => {
		expect([...list.read('Ana.Silva, bo@acme.example')!]).toEqual(['ana.silva', 'bo@acme.example']);
		expect([...list.read(['ANA', 'bo'])!]).toEqual(['ana', 'bo']);
		expect([...list.read('')!]).toEqual([]);
	});
	it('one or none, as it was typed', () => {
		expect(one.read(' Ana.Silva ')).toBe('Ana.Silva');
		expect(one.read('')).toBeNull();
		for (const bad of ['ana bo@acme.example', 7, ['ana']])
			expect(() => one.read(bad)).toThrow('The setting API Key Owner cannot be used');
	});
	it('some names among what is none are no list', () => {
		const some = names('X', { parameter });
		expect([...some.read(['One', 2])!]).toEqual(['one', '2']);
		for (const bad of [['one', {}], [null, 'one'], {}])
			expect(() => some.read(bad)).toThrow('The setting X cannot be used');
	});
});
