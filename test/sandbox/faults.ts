import { FOREIGN_NOT_FOUND, htmlPage } from './foreign';
import type { Answer } from './http';
import { refuse as humaansRefusal } from './humaans/errors';
import { refuse as jumpCloudRefusal, WRONG_KEY } from './jumpcloud/errors';
import type { Fault, FaultKind, Service } from './types';

/** A fault that was added, and how often it struck. */
export interface ActiveFault extends Fault {
	seen: number;
	struck: number;
}

/**
 * Which requests go wrong, and how. The first added fault that matches and is not used up strikes.
 */
export class FaultBook {
	private faults: ActiveFault[] = [];

	add(fault: Fault): ActiveFault {
		const active = { ...fault, seen: 0, struck: 0 };
		this.faults.push(active);
		return active;
	}

	clear(): void {
		this.faults = [];
	}

	take(service: Service, method: string, path: string): ActiveFault | undefined {
		for (const fault of this.faults) {
			if (fault.service && fault.service !== service) continue;
			if (fault.method && fault.method.toUpperCase() !== method) continue;
			if (typeof fault.path === 'string' && !path.includes(fault.path)) continue;
			if (fault.path instanceof RegExp && path.search(fault.path) < 0) continue;
			if (fault.struck >= (fault.times ?? 1)) continue;
			fault.seen++;
			if (fault.seen <= (fault.skip ?? 0)) continue;
			fault.struck++;
			return fault;
		}
		return undefined;
	}
}

/** A refusal in the words of the service. */
const refusal = (
	service: Service,
	status: number,
	message: string,
	headers: Record<string, string> = {},
): Answer => ({
	...(service === 'humaans' ? humaansRefusal(status, message) : jumpCloudRefusal(status, message)),
	headers,
});

/** Kinds that are answered before the service looks at the request: nothing is applied. */
const INSTEAD: Partial<Record<FaultKind, (service: Service, retryAfterMs: number) => Answer>> = {
	'429': (service) => refusal(service, 429, 'Too many requests'),
	'429-retry-after-seconds': (service, retryAfterMs) =>
		refusal(service, 429, 'Too many requests', { 'retry-after': String(retryAfterMs / 1000) }),
	// Real time, not the sandbox's clock: clients compare the date with their own.
	'429-retry-after-date': (service, retryAfterMs) =>
		refusal(service, 429, 'Too many requests', {
			'retry-after': new Date(Date.now() + retryAfterMs).toUTCString(),
		}),
	'500-html': () => htmlPage(500, '500 Internal Server Error'),
	'503-html': () => htmlPage(503, '503 Service Temporarily Unavailable'),
	'html-200': () => htmlPage(200, 'Scheduled maintenance'),
	'404-html': () => FOREIGN_NOT_FOUND.html,
	'404-json': () => FOREIGN_NOT_FOUND.json,
	'404-text': () => FOREIGN_NOT_FOUND.text,
	'401': (service) => (service === 'humaans' ? refusal(service, 401, 'Unauthorized') : WRONG_KEY),
	'403': (service) => refusal(service, 403, 'Forbidden'),
};

/**
 * The answer of a fault that replaces the service, or undefined when the service is to be asked.
 */
export const answerInstead = (fault: Fault, service: Service): Answer | undefined =>
	INSTEAD[fault.kind]?.(service, (fault.retryAfterSeconds ?? 1) * 1000);

/** The answer after the service did its work; `cut` faults keep it and damage the transport. */
export function answerAfter(fault: Fault, service: Service, answer: Answer): Answer {
	if (fault.kind === '500-after-apply') return refusal(service, 500, 'Internal Server Error');
	if (fault.kind === 'empty-list') return { ...answer, body: emptied(answer.body) };
	return answer;
}

/** The same kind of list, without rows: a lie that looks like "nobody is left". */
function emptied(body: unknown): unknown {
	if (Array.isArray(body)) return [];
	if (body && typeof body === 'object') {
		if ('data' in body) return { ...body, total: 0, data: [] };
		if ('results' in body) return { ...body, totalCount: 0, results: [] };
	}
	return body;
}
