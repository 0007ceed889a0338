/**
 * The table of assumptions: what this package believes about Humaans and JumpCloud, in the order in
 * which it is looked at, and what no look can show.
 */
import { HUMAANS_LISTS, HUMAANS_PACE } from './humaansLists.mjs';
import { HUMAANS_PEOPLE } from './humaansPeople.mjs';
import { JUMPCLOUD_ACCOUNTS, JUMPCLOUD_PACE } from './jumpCloudAccounts.mjs';
import { JUMPCLOUD_LISTS } from './jumpCloudLists.mjs';
import { MAIL_ASSUMPTIONS, TEST_ACCOUNT_STATES } from './testAccountStates.mjs';
import { TEST_ACCOUNT_VALUES } from './testAccountValues.mjs';

/** @type {readonly import('./assumption.mjs').Assumption[]} */
export const ASSUMPTIONS = [
	...HUMAANS_PEOPLE,
	...HUMAANS_LISTS,
	...JUMPCLOUD_LISTS,
	...JUMPCLOUD_ACCOUNTS,
	...TEST_ACCOUNT_VALUES,
	...TEST_ACCOUNT_STATES,
	...MAIL_ASSUMPTIONS,
	...HUMAANS_PACE,
	...JUMPCLOUD_PACE,
];

const IN_A_MAILBOX = 'only a mailbox shows it, and the check causes one mail at most';
const WEBHOOK = 'it needs a webhook, and the check writes nothing to Humaans';
const DELIVERY = 'it needs a delivery of a webhook, and the check has no address to receive one';

/**
 * Switches of the sandbox (`test/sandbox/quirks.ts`) that no look can see, and why.
 * @type {Readonly<Record<string, string>>}
 */
export const UNSEEN = {
	activateMailsAgain: IN_A_MAILBOX,
	createMailGoesTo: `${IN_A_MAILBOX}; an account made ACTIVATED would mail an address nobody chose`,
	resendGoesTo: IN_A_MAILBOX,
	putActivatesStaged: 'trying it may mail an address that nobody chose',
	defaultState:
		'a setting of the organization, shown among the counts; this package always names the state',
	takenElsewhere: 'it needs an address that another organization holds',
	refusedValues: 'there is no end of values that could be tried',
	usernameImmutable: 'it needs an account with a password, and the check never sets one',
	deleteManagerWithoutCascade:
		'it needs two accounts, one the manager of the other; this package always sends cascade_manager',
	makerSees: 'it needs a token of somebody who is neither owner nor administrator',
	statusFollowsDates: 'it takes a day to see',
	totalChangesMidSweep: 'it is an event: somebody is hired while pages are read',
	roleChangeBumpsPerson: 'it needs a change in Humaans, and the check writes nothing there',
	webhookCreation: WEBHOOK,
	webhookEventsRequired: WEBHOOK,
	webhookSecret: WEBHOOK,
	webhookSignatureHeader: DELIVERY,
	webhookSignatureEncoding: DELIVERY,
	webhookSignaturePrefix: DELIVERY,
	webhookBody: DELIVERY,
	webhookRetryMs: DELIVERY,
};
