/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * People who wait for their day, asleep in real n8n that is killed meanwhile and has a time limit
 * for executions: joiners activated once each, none early, none lost; a leaver suspended when the
 * last day ends.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { reportOf } from '../../scripts/demo/report.mjs';
import { accountsOf } from '../../scripts/demo/sandbox.mjs';
import { PROJECT } from '../../scripts/host/install.mjs';
import { Copies } from './copies.mjs';

/** Ends executions after so many seconds, as an administrator of n8n may have set it. */
export const TIME_LIMIT = { EXECUTIONS_TIMEOUT: '60' };

const PEOPLE = 24;
const MINUTE_MS = 60_000;
/** Before their day n8n is killed twice (poll.mjs). */
const AHEAD_MS = 200_000;
/** From the minute somebody is due until it must be done, in milliseconds. */
const WITHIN_MS = 20_000;
const linkOf = (/** @type {any} */ account) =>
	account.attributes.find((/** @type {any} */ one) => one.name === 'humaansId')?.value;
const dayOf = (/** @type {number} */ ms) => new Date(ms).toISOString().slice(0, 10);

/**
 * A zone in which a day ends at that moment, and that day.
 * @param {Date} at a whole minute
 */
function zoneWhereADayEnds(at) {
	const minutes = at.getUTCHours() * 60 + at.getUTCMinutes();
	const west = minutes <= 12 * 60;
	const offset = west ? minutes : 24 * 60 - minutes;
	const [hours, rest] = [Math.floor(offset / 60), offset % 60].map((part) =>
		String(part).padStart(2, '0'),
	);
	return {
		timezone: offset === 0 ? 'UTC' : `${west ? '-' : '+'}${hours}:${rest}`,
		lastDay: west ? dayOf(at.getTime() - 86_400_000) : dayOf(at.getTime()),
	};
}

/** Those who sleep, from the first run until they have woken. */
export class Sleepers {
	/** @type {Array<{ id: string, due: number }>} */
	hires = [];
	/** @type {Record<string, string>} workflows by what they are for */
	ids = {};
	/** @type {string[]} executions that sleep */
	asleep = [];
	first = 0;
	leaver = { personId: '', accountId: '' };

	/** @param {Copies} copies @param {import('../../scripts/host/session.mjs').Session} session */
	constructor(copies, session) {
		this.copies = copies;
		this.session = session;
	}

	/**
	 * Hires people, has somebody leave, and puts them all to sleep.
	 * @param {import('../../scripts/demo/setup.mjs').Stage} stage
	 * @param {import('./checks.mjs').Checks} checks
	 * @returns {Promise<Sleepers>}
	 */
	static async begin({ session }, checks) {
		const sleepers = new Sleepers(await Copies.begin(session, 'waits'), session);
		await sleepers.#fallAsleep(checks);
		return sleepers;
	}

	/** @param {import('./checks.mjs').Checks} checks */
	async #fallAsleep(checks) {
		const { copies, session, hires } = this;
		this.first = Math.ceil((Date.now() + AHEAD_MS) / MINUTE_MS) * MINUTE_MS;
		const at = new Date(this.first);
		// One minute to the west is one minute later: the same day and hour for everybody, and two
		// moments of activation.
		const zones = ['UTC', '-00:01'];
		for (let n = 0; n < PEOPLE; n++) {
			const { id } = await copies.edit('POST', '', {
				firstName: 'Waiting',
				lastName: `Person ${n}`,
				employmentStartDate: dayOf(this.first),
				timezone: zones[n % 2],
			});
			hires.push({ id, due: this.first + (n % 2) * MINUTE_MS });
		}
		/** @type {{ cases: Array<{ label: string, personId: string, accountId: string }> }} */
		const { cases } = JSON.parse(
			readFileSync(join(PROJECT, 'test', 'data', 'acme', 'cases.json'), 'utf8'),
		);
		const leaver = cases.find(({ label }) => label === 'promotion in five days');
		if (!leaver) throw new Error('cases.json lacks the one who leaves');
		this.leaver = leaver;
		const { timezone, lastDay } = zoneWhereADayEnds(at);
		await copies.edit('PATCH', `/${leaver.personId}`, { timezone, remoteTimezone: null });
		await copies.edit('POST', `/${leaver.personId}/offboard`, { lastWorkingDay: lastDay });

		const setHour = (/** @type {any[]} */ nodes) =>
			Object.assign(nodes.find(({ name }) => name === 'Decide').parameters.options, {
				activationHour: at.getUTCHours(),
				activationMinute: at.getUTCMinutes(),
			});
		const provisioning = await session.run(
			await copies.import('provisioning', { change: setHour }),
			'Run Now',
		);
		this.ids = {
			joiners: await copies.import('start-date-activation', { change: setHour }),
			leavers: await copies.import('deprovisioning'),
			// Where nobody thought of the time limit: what the setting of the templates is for.
			limited: await copies.import('start-date-activation', {
				as: 'limited',
				change: setHour,
				settings: { executionOrder: 'v1' },
			}),
		};
		for (const id of [this.ids.joiners, this.ids.leavers]) await session.publish(String(id));
		const runs = [];
		for (const id of Object.values(this.ids)) runs.push(await session.run(id, 'Run Now'));
		checks.equal(
			'the runs that put them to sleep end at once, and no node failed',
			[provisioning, ...runs].map((run) => [run.status, reportOf(run).failures]),
			[provisioning, ...runs].map(() => ['success', []]),
		);
		checks.equal(
			`${PEOPLE} people have a staged account; the leaver keeps it`,
			[(await this.#own()).map(({ state }) => state).join(), await this.#leaverState()],
			[hires.map(() => 'STAGED').join(), 'ACTIVATED'],
		);
		const waiting = await Promise.all(Object.values(this.ids).map((id) => this.#waiting(id)));
		checks.equal(
			'each workflow has one execution of its own that sleeps, until the first of them is due',
			waiting.map((all) => all.map(({ waitTill }) => new Date(waitTill).getTime())),
			waiting.map(() => [this.first]),
		);
		this.asleep = waiting.flat().map(({ id }) => id);
	}

	/** @param {string} workflowId @returns {Promise<any[]>} */
	async #waiting(workflowId) {
		/** @type {any[]} */
		const all = [];
		for (const { id } of await this.session.executions({ workflowId, status: ['waiting'] }))
			all.push(await this.session.execution(id));
		return all;
	}

	async #own() {
		return (await accountsOf(this.copies.sandbox)).filter((account) =>
			this.hires.some((hire) => hire.id === linkOf(account)),
		);
	}

	async #leaverState() {
		const { accounts } = await this.copies.state();
		return accounts.find(({ humaansId }) => humaansId === this.leaver.personId)?.state;
	}

	get #postponed() {
		return /** @type {{ id: string }} */ (this.hires[2]);
	}

	get #cancelled() {
		return /** @type {{ id: string }} */ (this.hires[3]);
	}

	/** While n8n is dead: one starts a month later, another does not come at all. */
	async change() {
		await this.copies.edit('PATCH', `/${this.#postponed.id}`, {
			employmentStartDate: dayOf(this.first + 30 * 86_400_000),
		});
		await this.copies.edit('DELETE', `/${this.#cancelled.id}`);
	}

	/** @param {import('./checks.mjs').Checks} checks */
	async checkAsleep(checks) {
		const statuses = await Promise.all(
			this.asleep.map(async (id) => (await this.session.execution(id)).status),
		);
		checks.equal(
			'n8n was killed and is back; the executions still wait',
			[statuses, Date.now() < this.first],
			[this.asleep.map(() => 'waiting'), true],
		);
	}

	/** @param {import('./checks.mjs').Checks} checks */
	async checkAwake(checks) {
		const { copies, session, hires, first } = this;
		const expected = hires.filter((hire) => hire !== this.#postponed && hire !== this.#cancelled);
		// By the page, so that looking leaves no requests in the log.
		const active = async () =>
			new Map((await copies.state()).accounts.map(({ humaansId, state }) => [humaansId, state]));
		for (const until = first + MINUTE_MS + WITHIN_MS; Date.now() < until; await sleep(1_000)) {
			const states = await active();
			if (expected.every((hire) => states.get(hire.id) === 'ACTIVATED')) break;
		}
		const states = await active();
		checks.equal(
			'all are active, none was lost',
			expected.filter((hire) => states.get(hire.id) !== 'ACTIVATED').length,
			0,
		);
		checks.equal(
			'the postponed hire is not; the cancelled one is closed, by deprovisioning',
			[this.#postponed, this.#cancelled].map((hire) => states.get(hire.id)),
			['STAGED', 'SUSPENDED'],
		);
		const accounts = await this.#own();
		const { outbox, log } = await copies.state();
		const accountOf = (/** @type {{ id: string }} */ hire) =>
			accounts.find((one) => linkOf(one) === hire.id);
		const mails = expected.map((hire) =>
			outbox
				.filter((mail) => mail.accountId === accountOf(hire)._id)
				.map((mail) => Date.parse(mail.at) - hire.due),
		);
		checks.equal('each got one invite', mails.filter((late) => late.length !== 1).length, 0);
		checks.check(
			'none early, each within 20 s of their minute',
			mails.every(([late]) => late !== undefined && late >= 0 && late <= WITHIN_MS),
			mails.flat(),
		);
		const requests = expected.map(
			(hire) =>
				log.filter(({ path }) => path.endsWith(`/${accountOf(hire)._id}/state/activate`)).length,
		);
		checks.equal(
			'each account was activated by one request',
			requests.filter((sent) => sent !== 1).length,
			0,
		);

		const closed = log
			.filter(({ path, body }) => path.endsWith(`/${this.leaver.accountId}`) && body?.suspended)
			.map(({ at }) => Date.parse(at) - first);
		checks.check(
			'the leaver was suspended once, within 20 s of the end of the last day where they are, not before',
			closed.length === 1 && Number(closed[0]) >= 0 && Number(closed[0]) <= WITHIN_MS,
			closed,
		);
		checks.equal('and is', await this.#leaverState(), 'SUSPENDED');

		for (const id of [this.ids.joiners, this.ids.leavers]) {
			const executions = await session.executions({ workflowId: id });
			// A poll's own execution may have been under way when n8n was killed.
			const apart = executions.filter(
				({ mode, status }) => mode !== 'trigger' || status !== 'crashed',
			);
			checks.check(
				'no execution failed, and none was ended by the time limit',
				apart.every(({ status }) => ['success', 'waiting', 'running'].includes(status)),
				apart.map(({ mode, status }) => [mode, status]),
			);
			checks.equal(
				'whoever slept ended with success',
				executions.filter(({ id }) => this.asleep.includes(id)).map(({ status }) => status),
				['success'],
			);
		}
		const limited = await session.executions({ workflowId: this.ids.limited });
		checks.check(
			'without the setting of the template, the time limit of n8n does end who sleeps',
			limited.some(({ id, status }) => this.asleep.includes(id) && status === 'canceled'),
			limited.map(({ id, status }) => [id, status]),
		);
		checks.equal(
			'JumpCloud was asked nothing outside its contract',
			(await copies.state()).violations,
			[],
		);
	}

	/** Nobody sleeps on, and what was published is off. */
	async end() {
		for (const id of Object.values(this.ids)) {
			for (const execution of await this.#waiting(id))
				await this.session.call('POST', `/executions/${execution.id}/stop`, {});
			if (id !== this.ids.limited) await this.session.unpublish(id);
		}
		await this.copies.end();
	}
}
