/**
 * Reconcile with 50,000 people at 50 ms: the bench `reconcile` in that size. It takes more than half
 * an hour and 12 GB, so it runs only when it is asked for: `npm run bench -- large`.
 */
process.argv.push('50000:50');
import('./reconcile.js').catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
