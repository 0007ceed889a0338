import { cleanText } from '../text';

/** ISO 3166-1 alpha-2, all codes in use. */
const KNOWN_CODES =
	'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ ' +
	'BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ ' +
	('EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU ' +
		'GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ ') +
	('LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV ' +
		'MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA ') +
	('RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG ' +
		'TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW');

export const COUNTRY_CODES: ReadonlySet<string> = new Set(KNOWN_CODES.split(' '));

/** Names in common use that the English list of Unicode writes otherwise. */
const ALSO: Readonly<Record<string, string>> = {
	'united states of america': 'US',
	usa: 'US',
	'u.s.': 'US',
	'u.s.a.': 'US',
	uk: 'GB',
	'great britain': 'GB',
	'czech republic': 'CZ',
	holland: 'NL',
	'the netherlands': 'NL',
	'hong kong': 'HK',
	macau: 'MO',
	macao: 'MO',
	turkey: 'TR',
	'russian federation': 'RU',
	'republic of korea': 'KR',
	'viet nam': 'VN',
	myanmar: 'MM',
	'ivory coast': 'CI',
	'cape verde': 'CV',
	swaziland: 'SZ',
	macedonia: 'MK',
	palestine: 'PS',
	'republic of ireland': 'IE',
};

const plainName = (name: string): string =>
	cleanText(name)
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/&/g, 'and')
		.replace(/[’`]/g, "'")
		.replace(/\s+/g, ' ')
		.trim();

/** No country has a longer name. */
const LONGEST_COUNTRY = 100;

let byName: Map<string, string> | undefined;

function codeByName(name: string): string | undefined {
	if (!byName) {
		const english = new Intl.DisplayNames(['en'], { type: 'region' });
		byName = new Map([...COUNTRY_CODES].map((code) => [plainName(english.of(code) ?? code), code]));
		for (const [also, code] of Object.entries(ALSO)) byName.set(also, code);
	}
	return byName.get(plainName(name));
}

/**
 * The ISO code of a country given as a code or by its English name; undefined when it is neither: a
 * country is never guessed.
 */
export function countryCodeOf(country: string): string | undefined {
	const upper = country.trim().toUpperCase();
	if (COUNTRY_CODES.has(upper)) return upper;
	return country.length > LONGEST_COUNTRY ? undefined : codeByName(country);
}
