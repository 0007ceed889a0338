import { oneForEachAddress } from '../http/perAddress';
import { JustCreated } from './justCreated';

/** How all accounts are listed: by which call, and how many rows are asked for at once. */
export interface ListingWay {
	by: 'search' | 'list';
	size: number;
}

/** The fastest first. The last one is what every tenant gives. */
export const LISTING_WAYS: readonly ListingWay[] = [
	{ by: 'search', size: 1000 },
	{ by: 'search', size: 100 },
	{ by: 'list', size: 100 },
];

/**
 * What was found out about JumpCloud at one address, and what was done there. It lasts as long as the
 * process; without it everything is found out again.
 */
export class Tenant {
	/** Place in LISTING_WAYS of the first one that is not refused. */
	listing = 0;
	/** Whether a filter on custom attributes finds whoever has a value; not known until it has. */
	linkFilter: 'unknown' | 'works' | 'useless' = 'unknown';
	readonly justCreated = new JustCreated();
}

/** One for each address, shared by all nodes and executions of this process. */
export const tenantFor = oneForEachAddress(() => new Tenant());
