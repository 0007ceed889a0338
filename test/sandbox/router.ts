import type { Answer, ApiRequest } from './http';

export type Handler = (request: ApiRequest, params: Record<string, string>) => Answer;

interface Route {
	method: string;
	segments: string[];
	handler: Handler;
}

/**
 * Finds a handler by method and path template, such as `PUT /api/systemusers/{id}`; fixed segments
 * win over {parameters}.
 */
export class Router {
	private readonly routes: Route[] = [];

	on(methodAndPath: string, handler: Handler): this {
		const [method = '', path = ''] = methodAndPath.split(' ');
		this.routes.push({ method, segments: path.split('/'), handler });
		this.routes.sort((a, b) => parameters(a) - parameters(b));
		return this;
	}

	/** The handler with its parameters, 'wrong-method' when only the path is known, or undefined. */
	find(
		method: string,
		path: string,
	): { handler: Handler; params: Record<string, string> } | 'wrong-method' | undefined {
		let pathKnown = false;
		for (const route of this.routes) {
			const params = matchPath(route.segments, path);
			if (!params) continue;
			if (route.method === method) return { handler: route.handler, params };
			pathKnown = true;
		}
		return pathKnown ? 'wrong-method' : undefined;
	}

	handle(request: ApiRequest, otherwise: (reason: 'wrong-method' | 'unknown') => Answer): Answer {
		const found = this.find(request.method, request.path);
		if (found === undefined) return otherwise('unknown');
		if (found === 'wrong-method') return otherwise('wrong-method');
		return found.handler(request, found.params);
	}
}

const parameters = (route: Route): number =>
	route.segments.filter((segment) => segment.startsWith('{')).length;

/** Parameters of a path that fits the template, or undefined. */
export function matchPath(
	template: readonly string[],
	path: string,
): Record<string, string> | undefined {
	const segments = path.split('/');
	if (segments.length !== template.length) return undefined;
	const params: Record<string, string> = {};
	for (const [i, expected] of template.entries()) {
		const actual = segments[i] as string;
		if (expected.startsWith('{')) {
			if (actual === '') return undefined;
			params[expected.slice(1, -1)] = actual;
		} else if (expected !== actual) return undefined;
	}
	return params;
}
