/**
 * The flow a user would otherwise draw: n8n's HTTP Request and Code nodes, one look-up per person.
 */

interface Addresses {
	humaans: { url: string };
	jumpCloud: { url: string };
}
interface Credential {
	id: string;
	name: string;
}

const FLATTEN =
	'return $input.all().flatMap(({ json }) => json.data).filter((person) => person.status === ' +
	"'active').map((json) => ({ json }));";
const COMPARE = `const people = $('Only Active People').all();
return $input.all().flatMap(({ json }, i) => {
	const person = people[i].json;
	const account = json.results[0];
	if (!account || account.lastname === person.lastName) return [];
	return [{ json: { id: account._id, lastname: person.lastName } }];
});`;

/**
 * @param batching so many look-ups, then a pause, as the HTTP Request node's own option does it;
 *   null: all at once, as the node does without
 */
export function handDrawn(
	{ humaans, jumpCloud }: Addresses,
	credentials: Record<string, Credential>,
	batching: { size: number; pauseMs: number } | null,
) {
	const http = (type: string, parameters: object) => ({
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			authentication: 'predefinedCredentialType',
			nodeCredentialType: type,
			...parameters,
		},
		credentials: { [type]: credentials[type] },
	});
	const batch = batching
		? { batching: { batch: { batchSize: batching.size, batchInterval: batching.pauseMs } } }
		: {};
	const steps: Array<[string, object]> = [
		['Run Now', { type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} }],
		[
			'Read People',
			http('humaansApi', {
				url: `${humaans.url}/people`,
				sendQuery: true,
				queryParameters: {
					parameters: [
						{ name: '$limit', value: '250' },
						{ name: 'status', value: 'active' },
					],
				},
				options: {
					pagination: {
						pagination: {
							paginationMode: 'updateAParameterInEachRequest',
							parameters: {
								parameters: [{ type: 'qs', name: '$skip', value: '={{ $pageCount * 250 }}' }],
							},
							paginationCompleteWhen: 'other',
							completeExpression: '={{ $response.body.data.length < 250 }}',
						},
					},
				},
			}),
		],
		[
			'Only Active People',
			{ type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode: FLATTEN } },
		],
		[
			'Look Up Account',
			http('jumpCloudApi', {
				url: `${jumpCloud.url}/api/systemusers`,
				sendQuery: true,
				queryParameters: {
					parameters: [
						{ name: 'filter', value: '=email:$eq:{{ $json.email }}' },
						{ name: 'limit', value: '1' },
						{ name: 'skip', value: '0' },
						{ name: 'sort', value: '_id' },
					],
				},
				options: batch,
			}),
		],
		['Compare', { type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode: COMPARE } }],
		[
			'Write Account',
			http('jumpCloudApi', {
				method: 'PUT',
				url: `=${jumpCloud.url}/api/systemusers/{{ $json.id }}`,
				sendBody: true,
				specifyBody: 'json',
				jsonBody: '={{ { lastname: $json.lastname } }}',
				options: batch,
			}),
		],
	];
	return {
		id: 'handDrawnBench01',
		name: 'Drawn by hand',
		nodes: steps.map(([name, node], i) => ({
			id: `hand-${i}`,
			name,
			position: [i * 240, 0],
			...node,
		})),
		connections: Object.fromEntries(
			steps
				.slice(0, -1)
				.map(([name], i) => [
					name,
					{ main: [[{ node: steps[i + 1]![0], type: 'main', index: 0 }]] },
				]),
		),
		settings: { executionOrder: 'v1' },
	};
}
