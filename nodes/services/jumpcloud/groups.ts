import { SMALL_PAGE, type JumpCloudClient } from './client';
import type { OutcomeStatus } from '../../core/subject';
import { cleanText } from '../../core/text';
import { Declined } from './guard';

/**
 * The id of the group with exactly this name. @throws Declined when there is none, or more than one
 */
export async function groupIdByName(client: JumpCloudClient, name: string): Promise<string> {
	const wanted = cleanText(name);
	// The filter takes any text after the second colon; if it does not take this one, all groups are
	// looked at.
	let found = (await client.groups(0, SMALL_PAGE, `name:eq:${wanted}`)).filter(
		(group) => cleanText(group.name) === wanted,
	);
	for (let skip = 0; found.length === 0; skip += SMALL_PAGE) {
		const groups = await client.groups(skip, SMALL_PAGE);
		found = groups.filter((group) => cleanText(group.name) === wanted);
		if (groups.length < SMALL_PAGE) break;
	}
	if (found.length !== 1) {
		throw new Declined(
			`${found.length === 0 ? 'No' : 'More than one'} JumpCloud group has that name.`,
			'Check the name, or choose the group from the list.',
		);
	}
	return found[0]!.id;
}

/**
 * Puts an account into a group or takes it out. Being in it already, or not being in it, is fine.
 */
export async function changeMembership(
	client: JumpCloudClient,
	groupId: string,
	accountId: string,
	op: 'add' | 'remove',
): Promise<OutcomeStatus> {
	const answer = await client.member(groupId, accountId, op);
	if (answer !== 'notFound') return answer === 'changed' ? 'applied' : 'unchanged';
	if (!(await client.group(groupId)))
		throw new Declined(
			'There is no JumpCloud group with that ID.',
			'Check the ID, or choose the group from the list.',
		);
	if (op === 'remove') return 'unchanged';
	throw new Declined(
		'There is no JumpCloud account with that ID.',
		'Check the ID and the region in the credential.',
	);
}
