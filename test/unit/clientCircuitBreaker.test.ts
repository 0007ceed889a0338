/** The states of the circuit breaker: a test for every row of the table in `circuitBreaker.ts`. */
import { CircuitBreaker } from '../../nodes/services/http/circuitBreaker';

/** Nothing but failures, one every 30 seconds, up to this moment. */
function failingUntil(ms: number): CircuitBreaker {
	const breaker = new CircuitBreaker();
	for (let at = 0; at <= ms; at += 30_000) breaker.onFailure(at);
	return breaker;
}

it('is closed at first, and after failures of less than 90 seconds', () => {
	expect(new CircuitBreaker().state(0)).toBe('closed');
	expect(failingUntil(60_000).state(89_999)).toBe('closed');
	expect(failingUntil(60_000).admit(89_999)).toEqual({ go: 'send' });
});

it('is half-open after 90 seconds: the first request is the probe, the others wait', () => {
	const breaker = failingUntil(90_000);
	expect(breaker.state(90_000)).toBe('halfOpen');
	expect(breaker.admit(90_000).go).toBe('probe');
	expect(breaker.admit(90_000).go).toBe('wait');
	expect(breaker.state(130_000)).toBe('halfOpen');
});

it('is open for ten seconds after a probe that failed', () => {
	const breaker = failingUntil(90_000);
	const probe = breaker.admit(90_000);
	if (probe.go !== 'probe') throw new Error('It is not the probe.');
	breaker.onFailure(90_000);
	probe.ended(90_000);
	expect(breaker.state(90_000)).toBe('open');
	expect(breaker.admit(99_999)).toEqual({ go: 'fail' });
	expect(breaker.state(100_000)).toBe('halfOpen');
});

it('is closed by a good answer, and those who waited are told', async () => {
	const breaker = failingUntil(90_000);
	const first = breaker.admit(90_000);
	const second = breaker.admit(90_000);
	if (first.go !== 'probe' || second.go !== 'wait') throw new Error('They are not admitted so.');
	breaker.onGoodAnswer();
	first.ended(90_100);
	await second.probe;
	expect(breaker.admit(90_100)).toEqual({ go: 'send' });
});

it('a good answer between failures starts the 90 seconds again', () => {
	const breaker = failingUntil(60_000);
	breaker.onGoodAnswer();
	breaker.onFailure(90_000);
	expect(breaker.state(120_000)).toBe('closed');
});

it('is closed again when the last failure is more than a minute old', () => {
	const breaker = failingUntil(90_000);
	expect(breaker.state(150_000)).toBe('halfOpen');
	expect(breaker.state(150_001)).toBe('closed');
	breaker.onFailure(150_001);
	expect(breaker.state(150_001)).toBe('closed');
});
