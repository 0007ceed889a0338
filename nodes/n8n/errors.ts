import { NodeApiError, NodeOperationError, type INode, type JsonObject } from 'n8n-workflow';
import { isExplained } from '../core/errors';
import { isServiceFailure } from '../services/http/failure';

const isNodeError = (error: unknown): error is NodeOperationError =>
	/^Node(Api|Operation|SslError)/.test((error as { name?: string } | null)?.name ?? '');

/**
 * Turns any error into the one n8n shows: what happened is the message, what to do next the
 * description. Nothing of a request or an answer goes into it: that may hold personal data or a key.
 */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	const place = itemIndex === undefined ? {} : { itemIndex };
	if (isServiceFailure(error)) {
		const shown = {
			message: error.message,
			description: error.todo,
			httpCode: error.status === null ? undefined : String(error.status),
			...place,
		};
		return new NodeApiError(node, { message: error.message } as JsonObject, shown);
	}
	if (isExplained(error))
		return new NodeOperationError(node, error.message, { description: error.todo, ...place });
	if (isNodeError(error)) return error;
	// n8n's own words about parameters and expressions quote names, not data.
	if (
		error instanceof Error &&
		/^(Application|User|Operational|Unexpected|Expression)\w*Error$/.test(error.name)
	) {
		return new NodeOperationError(node, error.message, {
			description: 'Check the parameters of this node.',
			...place,
		});
	}
	// A defect of this package. The error's own text may quote data, so only its name and place show.
	const what =
		error instanceof Error
			? `${error.name} in ${
					error.stack
						?.split('\n')[1]
						?.trim()
						.replace(/\(.*[\\/]/, '(') ?? 'unknown place'
				}`
			: 'unknown';
	return new NodeOperationError(node, `This node met something it was not built for (${what}).`, {
		description: 'Please report it with the version of the package.',
		...place,
	});
}
