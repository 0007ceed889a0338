/**
 * All combinations of person, account, match and settings: each rule of the design on each of them,
 * and decide → apply → decide until nothing is left.
 */
import { decide } from '../../nodes/core/policy/decide';
import type { Decision, Subject } from '../../nodes/core/subject';
import { disables, isLeaver, isOurs, isSheltered, type Facts } from './policyFacts';
import { RULES } from './policyOracle';
import { PLAIN_SETTINGS, SETTINGS, combinations, subjectFor, type Setting } from './policyStates';
import { NOW, apply } from './policyWorld';
import { sized } from '../harness/sample';

const MOST_EXAMPLES = 5;
const name = (parts: string[], { settings, inScope, complete }: Setting) =>
	`${parts.join(' · ')} · ${settings.activationTrigger}, ` +
	`[${settings.deprovisionWhen.join('+')}] ${settings.deprovisionHow}, ${settings.mode}, ` +
	`scope ${JSON.stringify(inScope)} ${settings.outOfScope}, complete ${complete}`;

const MORE_THAN = sized(20_000, 200_000);
it(`each of ${RULES.length} rules of the design holds in each of more than ${MORE_THAN} combinations`, () => {
	const broken: string[] = [];
	const met = new Map<string, number>(RULES.map(({ rule }) => [rule, 0]));
	let walked = 0;
	for (const { who, what, setting } of combinations(SETTINGS, sized(127, 13))) {
		walked++;
		const subject = subjectFor(who, what, setting.complete);
		const decision = decide({
			subject,
			settings: setting.settings,
			now: NOW,
			inScope: setting.inScope,
		});
		const facts: Facts = { subject, setting, decision };
		for (const { rule, when, holds } of RULES) {
			if (!when(facts)) continue;
			met.set(rule, met.get(rule)! + 1);
			if (!holds(facts) && broken.length < MOST_EXAMPLES)
				broken.push(
					`${rule}: ${name([who.name, what.name], setting)} → ${decision.action} ${decision.code}`,
				);
		}
	}
	expect(broken).toEqual([]);
	expect([...met].filter(([, times]) => times === 0)).toEqual([]);
	expect(walked).toBeGreaterThan(MORE_THAN);
});

const ENDINGS: readonly Decision['action'][] = ['noAction', 'needsReview', 'waitUntilDue'];

it('decide → apply → decide comes to rest in at most four steps, and deciding again says the same', () => {
	const broken: string[] = [];
	let chains = 0;
	for (const { who, what, setting } of combinations(PLAIN_SETTINGS, sized(107, 11))) {
		let subject: Subject = subjectFor(who, what, true);
		const path: string[] = [];
		for (;;) {
			const decision = decide({
				subject,
				settings: setting.settings,
				now: NOW,
				inScope: setting.inScope,
			});
			path.push(decision.action);
			if (ENDINGS.includes(decision.action)) {
				// A new run, with no memory of this one, agrees: no flapping.
				const { decision: _decision, outcome: _outcome, ...fresh } = subject;
				const again = decide({
					subject: fresh,
					settings: setting.settings,
					now: NOW,
					inScope: setting.inScope,
				});
				if (
					again.action !== decision.action ||
					again.code !== decision.code ||
					decision.code === 'loop.noEffect'
				)
					path.push(`then ${again.action}`);
				break;
			}
			subject = apply(subject, decision, NOW);
		}
		if (path.length > 1) chains++;
		if ((path.length > 4 || path.at(-1)!.startsWith('then')) && broken.length < MOST_EXAMPLES)
			broken.push(`${name([who.name, what.name], setting)}: ${path.join(' → ')}`);
	}
	expect(broken).toEqual([]);
	expect(chains).toBeGreaterThan(sized(1_000, 10_000));
});

it('time moving forward never disables an active person, and a leaver loses access when their time has come', () => {
	const HOUR = 3_600_000;
	const broken: string[] = [];
	let moments = 0;
	for (const { who, what, setting } of combinations(PLAIN_SETTINGS, sized(127, 13))) {
		const { person } = who;
		const { deprovisionHow, activationTrigger, deprovisionWhen } = setting.settings;
		if (
			!person ||
			person.sharesWorkEmailWith?.length ||
			!person.email ||
			setting.inScope !== true ||
			deprovisionHow === 'review' ||
			activationTrigger === 'never'
		)
			continue;
		const employed =
			person.status !== 'offboarded' &&
			!(deprovisionWhen.includes('lastDay') && person.employmentEndDate);
		let subject = subjectFor(who, what, true);
		for (const hours of [-60, -26, 0, 24, 50, 24 * 40, 24 * 90]) {
			const now = new Date(NOW.getTime() + hours * HOUR);
			moments++;
			for (let step = 0; step < 5; step++) {
				const { decision: _decision, outcome: _outcome, ...fresh } = subject;
				const read = { ...fresh, readAt: now.toISOString() };
				const decision = decide({ subject: read, settings: setting.settings, now, inScope: true });
				if (employed && disables(decision) && broken.length < MOST_EXAMPLES)
					broken.push(`${name([who.name, what.name, `${hours} h`], setting)}: ${decision.code}`);
				if (ENDINGS.includes(decision.action)) break;
				subject = apply(read, decision, now);
			}
		}
		const facts: Facts = { subject: subjectFor(who, what, true), setting, decision: undefined! };
		if (
			isLeaver(facts) &&
			isOurs(facts.subject) &&
			!isSheltered(facts) &&
			subject.account &&
			!subject.account.suspended &&
			broken.length < MOST_EXAMPLES
		) {
			broken.push(`${name([who.name, what.name], setting)}: still ${subject.account.state}`);
		}
	}
	expect(broken).toEqual([]);
	expect(moments).toBeGreaterThan(sized(5_000, 50_000));
});
