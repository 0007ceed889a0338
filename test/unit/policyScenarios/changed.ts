/** What an administrator must know who has tried the version before. */
export const CHANGED: readonly string[] = [
	'*Activation Trigger: Immediately* means as soon as Humaans has the person as active. A new hire ' +
		'gets a staged account and waits. *Activate New Hires Too* is the old way.',
	'Somebody offboarded keeps their account until their last day is over where they are, and the ' +
		'workflow waits for that. *Offboarded, Last Day to Come* chooses: wait, deprovision at once, or ' +
		'review.',
	'*Suspend, Then Delete* counts the days from the suspension for leaving. Somebody suspended for ' +
		'another reason, or who was back in between, is marked as a leaver first, and the days count ' +
		'from then. Nobody is deleted while somebody of the same name who works here has the work email.',
	'A due activation comes before any field. A value that JumpCloud refuses is left off and named, ' +
		'and keeps nobody from being activated or suspended.',
	'The link settles whose account it is. An email or employee ID that somebody else has typed ' +
		'keeps nobody’s linked account from being changed or suspended.',
	'An account is adopted by its work email, or by employee ID and name. An employee ID alone, and ' +
		'an administrator’s, protected, staged or suspended account go to Needs Review.',
	'A work email that was made or mapped is held against everybody’s first, so such accounts are ' +
		'created only in runs that hold everybody.',
	'Protection stays with an account whose email or username changes. The work email of a ' +
		'protected or administrator’s account is not changed.',
	'The percentage of the limits counts accounts in use. Deletions of suspended accounts count by ' +
		'themselves. All workflows of an n8n process share what was let through, and a stamp from a ' +
		'clock up to five minutes ahead counts.',
	'The invite goes to no address that is somebody else’s work email, or the personal email of an ' +
		'account under another name.',
	'A suspended account whose name and addresses speak against the person is not reactivated, and one ' +
		'in use of which nothing but the work email is theirs is neither updated nor adopted: they are ' +
		'questions (`rehire.anotherPerson`, `adopt.anotherPerson`, ' +
		'`account.anotherPerson`).',
	'The ID of a plan no longer counts when another minute is typed into it.',
	'A setting whose expression gives different values for different people stops the run, and the ' +
		'setting is named. So does a run in which nobody has passed Match, or nobody Field Mapper.',
	'A condition of *People in Scope* whose value cannot be told is at Needs Review, however it is ' +
		'written.',
	'Every decision that writes says what it rests on (`decision.basis`). When the account is ' +
		'something else by then, nothing is written, and the person is decided anew.',
	'The link says which Humaans company an account is of (`humaansCompany`). Accounts of another ' +
		'company are left alone.',
	'A new node is in *Mode: Review Everything*.',
	'*Wait Until Start* is now *Wait Until Due* (`waitUntilDue`), `activateAt` is `dueAt`, and ' +
		'`match.linkedAccounts` is `match.accountsInUse`.',
];
