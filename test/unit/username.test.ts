import { transliterate } from '../../nodes/core/mapping/transliterate';
import {
	USERNAME_CANDIDATES,
	USERNAME_LIMIT,
	USERNAME_LIMIT_WINDOWS,
	isUsername,
	usernameCandidates,
	type UsernameStrategy,
} from '../../nodes/core/mapping/username';
import { ana } from './fieldMapperPeople';

const first = (
	person: Parameters<typeof ana>[0],
	strategy: UsernameStrategy = 'firstDotLast',
	typed?: unknown,
) => usernameCandidates(ana(person), strategy, { typed })[0];

describe('transliteration', () => {
	it.each([
		['Latin', 'Łukasz Çelik-Ørsted', 'lukasz celik-orsted'],
		['German and Icelandic', 'Jürgen Weiß Þórdís', 'jurgen weiss thordis'],
		['Turkish', 'İbrahim Yıldız', 'ibrahim yildiz'],
		['Azerbaijani', 'Əli Məmmədov', 'eli memmedov'],
		['Vietnamese', 'Nguyễn Thị Đào', 'nguyen thi dao'],
		['full width', 'ＡＮＡ', 'ana'],
		['Russian', 'Дмитрий Щукин', 'dmitriy shchukin'],
		['Ukrainian', 'Юрій Ґалаґан', 'yuriy galagan'],
		['Serbian', 'Љиљана Ђорђевић', 'ljiljana djordjevic'],
		['Macedonian', 'Ѓорѓи Џафери', 'gorgi dzaferi'],
		['Kazakh', 'Нұрсұлтан Әбішұлы', 'nursultan abishuly'],
		['Greek', 'Γιώργος Παπαδόπουλος', 'giorgos papadopulos'],
		['Armenian', 'Արամ Խաչատրյան', 'aram khachatryan'],
		['Georgian', 'გიორგი ბერიძე', 'giorgi beridze'],
		['Hebrew', 'דוד לוי', 'dvd lvy'],
		['Arabic', 'محمد علي', 'mhmd aly'],
		['Persian', 'پژمان چگینی', 'pzhman chgyny'],
		['Hindi', 'नरेन्द्र मोदी', 'narendr modi'],
		['Hindi, inherent vowels', 'कमल अमन', 'kamal aman'],
		['Bengali', 'রবি', 'rabi'],
		['Tamil', 'குமார்', 'kumar'],
		['Telugu', 'రామ', 'rama'],
		['Thai', 'สมชาย เกษม', 'smchay kesm'],
		['Thai, silenced letter', 'จันทร์', 'chanth'],
		['hiragana', 'さくら', 'sakura'],
		['katakana', 'ワタナベ', 'watanabe'],
		['kana, joined and doubled', 'きょうこ いっぺい シャ', 'kyouko ippei sha'],
		['half-width katakana', 'ｱﾔ', 'aya'],
		['Korean', '김민준', 'gimminjun'],
		['Korean, final consonants', '박영희', 'bakyeonghui'],
	])('%s', (_, text, latin) => expect(transliterate(text)).toBe(latin));

	it('leaves what has no reading without a dictionary', () =>
		expect(transliterate('王伟')).toBe('王伟'));
	it('decomposed letters read like composed ones', () =>
		expect(transliterate('Jose\u0301 N\u0303')).toBe('jose n'));
});

describe('strategies', () => {
	it.each<[string, UsernameStrategy, Parameters<typeof ana>[0], unknown, string]>([
		['work email', 'workEmail', { email: 'Ana.Silva@acme.example' }, undefined, 'ana.silva'],
		['work email with a tag', 'workEmail', { email: 'ana+x@acme.example' }, undefined, 'anax'],
		[
			'first.last',
			'firstDotLast',
			{ firstName: 'Ana María', lastName: "O'Neill Silva" },
			undefined,
			'anamaria.oneillsilva',
		],
		['initial and last name', 'initialLast', {}, undefined, 'asilva'],
		['an expression', 'expression', {}, 'Ana  the_Great!', 'ana.the_great'],
		['an expression that yields a number', 'expression', { email: 'a7@acme.example' }, 12, 'a7'],
		[
			'an expression that yields nothing',
			'expression',
			{ email: 'x@acme.example' },
			undefined,
			'x',
		],
		['an expression that yields null', 'expression', { email: 'x@acme.example' }, null, 'x'],
		[
			'half a name that can be written: the email says more',
			'firstDotLast',
			{ firstName: '伟', lastName: 'Li', email: 'wei.li@acme.example' },
			undefined,
			'wei.li',
		],
		[
			'the other half',
			'initialLast',
			{ firstName: 'Wei', lastName: '李', email: 'wei.li@acme.example' },
			undefined,
			'wei.li',
		],
		['no email: the names', 'workEmail', { email: null }, undefined, 'ana.silva'],
		[
			'no email, one name that can be written',
			'workEmail',
			{ email: null, firstName: '伟', lastName: 'Li' },
			undefined,
			'li',
		],
		[
			'no email, a single name',
			'firstDotLast',
			{ email: null, firstName: 'Pelé', lastName: null },
			undefined,
			'pele',
		],
		[
			'an email that is all digits',
			'workEmail',
			{ email: '12@acme.example' },
			undefined,
			'ana.silva',
		],
		['digits in front go', 'workEmail', { email: '007bond@acme.example' }, undefined, 'bond'],
		['separators never lead, double or end', 'expression', {}, '-._a..b--c_-.', 'a.b-c'],
		['an @ in the local part', 'workEmail', { email: '"a@b"@acme.example' }, undefined, 'ab'],
		['something that is no email', 'workEmail', { email: 'anasilva' }, undefined, 'anasilva'],
	])('%s', (_, strategy, person, typed, username) =>
		expect(first(person, strategy, typed)).toBe(username),
	);

	it('a name from the id when nothing else can be written: the same every time, another for another person', () => {
		const nobody = { email: null, firstName: '王', lastName: '伟' };
		expect(first(nobody)).toMatch(/^u[0-9a-f]{8}$/);
		expect(first(nobody)).toBe(first({ ...nobody, firstName: '李' }));
		expect(first({ ...nobody, id: 'another' })).not.toBe(first(nobody));
	});
	it('values that are not text give no name', () =>
		expect(first({ email: 5 as never, firstName: {} as never, lastName: [] as never })).toMatch(
			/^u[0-9a-f]{8}$/,
		));
});

describe('candidates', () => {
	it('are numbered from 2 to 20', () => {
		const names = usernameCandidates(ana(), 'workEmail');
		expect(names).toEqual([
			'ana.silva',
			...Array.from({ length: USERNAME_CANDIDATES - 1 }, (_, index) => `ana.silva${index + 2}`),
		]);
	});
	it('set the number apart from digits: "smith2" + 2 is not twenty-two', () =>
		expect(usernameCandidates(ana({ email: 'smith2@a.example' }), 'workEmail').slice(0, 3)).toEqual(
			['smith2', 'smith2.2', 'smith2.3'],
		));
	it.each([USERNAME_LIMIT, USERNAME_LIMIT_WINDOWS])(
		'keep to %i characters, number included',
		(limit) => {
			const names = usernameCandidates(
				ana({ email: `${'abcdefghi.'.repeat(5)}@a.example` }),
				'workEmail',
				{ limit },
			);
			expect(names[0]).toBe('abcdefghi.abcdefghi.abcdefghi'.slice(0, limit).replace(/\.$/, ''));
			expect(names[19]!.length).toBeLessThanOrEqual(limit);
			expect(names[19]).toMatch(/[a-i]20$/);
			expect(names.every((name) => isUsername(name, limit))).toBe(true);
		},
	);
	it('never come twice, also when a cut name ends like a number', () => {
		for (const email of [`${'a'.repeat(29)}2bc@a.example`, `${'a'.repeat(28)}.2bc@a.example`]) {
			const names = usernameCandidates(ana({ email }), 'workEmail');
			expect(new Set(names).size).toBe(names.length);
		}
	});
});

it.each([
	['a', true],
	['A.b-c_9', true],
	['9a', false],
	['.a', false],
	['a b', false],
	['a@b', false],
	['', false],
	['é', false],
	['a'.repeat(30), true],
	['a'.repeat(31), false],
])('isUsername(%j) is %j', (text, valid) => expect(isUsername(text)).toBe(valid));
