import type { Answer, ApiRequest } from './http';
import { isWrite } from './requestLog';
import type { Account, AppliedWrite } from './types';
import type { World } from './world';

const ACCOUNT = /^\/api\/systemusers\/([0-9a-f]{24})/;

/** Handles a request of JumpCloud, and tells of it when it was a write that the service took. */
export function watched(
	world: World,
	request: ApiRequest,
	handle: () => Answer,
	tell: (write: AppliedWrite) => void,
): Answer {
	const { n, method, path, body } = request;
	if (!isWrite({ service: 'jumpCloud', method, path })) return handle();
	const id = ACCOUNT.exec(path)?.[1];
	const copy = (accountId: string | undefined): Account | undefined =>
		structuredClone(accountId === undefined ? undefined : world.account(accountId));
	const before = copy(id);
	const answer = handle();
	if (answer.status >= 300) return answer;
	const created = id === undefined ? (answer.body as { _id?: string } | undefined)?._id : undefined;
	tell({ n, method, path, body, before, after: copy(id ?? created) });
	return answer;
}
