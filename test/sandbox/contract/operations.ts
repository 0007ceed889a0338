import type { FieldSpec } from './schema';
import { SYSTEMUSER_POST, SYSTEMUSER_PUT } from './systemuser';

/** One call of the JumpCloud API that this project may make. */
export interface Operation {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** Full path on the console's origin. */
	path: string;
	/**
	 * Query parameters by name; an array of filters is written filter, filter[0] or filter[or][0] and
	 * is listed as filter.
	 */
	query?: Readonly<Record<string, FieldSpec>>;
	body?: FieldSpec;
}

const text: FieldSpec = { type: 'string' };
/** As text in a query. */
const count: FieldSpec = { type: 'string', pattern: /^\d+$/ };
/**
 * v1: field:$op:value. An operator without $ is "undefined behaviour" in the documentation, so it
 * is outside; but two official scripts look up a custom attribute so.
 */
const v1Filter: FieldSpec = {
	type: 'string',
	pattern: /^([A-Za-z_.]+:\$(eq|ne|gt|gte|lt|lte)|attributes\.value:eq):/,
};
/** v2: field:op:value, without $. */
const v2Filter: FieldSpec = {
	type: 'string',
	pattern: /^[A-Za-z_.]+:(eq|ne|gt|ge|lt|le|between|search|in):/,
};
const v1Page = { limit: count, skip: count, sort: text };
const objectId: FieldSpec = { type: 'string', pattern: /^[0-9a-f]{24}$/ };

/** A new user group; `memberQuery` is the rule of a group whose members are computed. */
const userGroup: FieldSpec = {
	type: 'object',
	required: ['name'],
	fields: {
		name: text,
		description: text,
		membershipMethod: {
			type: 'string',
			enum: ['NOTSET', 'STATIC', 'DYNAMIC_REVIEW_REQUIRED', 'DYNAMIC_AUTOMATED'],
		},
		memberQuery: {
			type: 'object',
			fields: {
				queryType: { type: 'string', enum: ['Filter', 'FilterQuery', 'Search'] },
				filters: { type: 'array', items: { type: 'object' } },
			},
		},
		memberSuggestionsNotify: { type: 'boolean' },
	},
};

export const OPERATIONS: readonly Operation[] = [
	{
		method: 'GET',
		path: '/api/systemusers',
		query: { ...v1Page, fields: text, filter: v1Filter, search: text },
	},
	{
		method: 'POST',
		path: '/api/systemusers',
		query: { fullValidationDetails: text },
		body: SYSTEMUSER_POST,
	},
	{ method: 'GET', path: '/api/systemusers/{id}', query: { fields: text, filter: v1Filter } },
	{
		method: 'PUT',
		path: '/api/systemusers/{id}',
		query: { fullValidationDetails: text },
		body: SYSTEMUSER_PUT,
	},
	{
		method: 'DELETE',
		path: '/api/systemusers/{id}',
		query: { cascade_manager: { type: 'string', pattern: /^(null|[0-9a-f]{24})$/ } },
	},
	{
		method: 'POST',
		path: '/api/systemusers/{id}/state/activate',
		body: { type: 'object', fields: { email: { type: ['string', 'boolean'] } } },
	},
	{ method: 'POST', path: '/api/systemusers/{id}/state/suspend' },
	{
		method: 'POST',
		path: '/api/systemusers/reactivate',
		body: {
			type: 'object',
			required: ['isSelectAll', 'models'],
			fields: {
				isSelectAll: { type: 'boolean' },
				models: {
					type: 'array',
					items: { type: 'object', required: ['_id'], fields: { _id: objectId } },
				},
			},
		},
	},
	{
		method: 'POST',
		path: '/api/search/systemusers',
		query: { ...v1Page, fields: text, filter: v1Filter },
		body: {
			type: 'object',
			fields: {
				filter: { type: ['object', 'array'] },
				searchFilter: {
					type: 'object',
					required: ['searchTerm', 'fields'],
					fields: {
						searchTerm: { type: ['string', 'array'], items: text },
						fields: { type: 'array', items: text },
					},
				},
				fields: text,
				limit: { type: 'integer', minimum: 0 },
				skip: { type: 'integer', minimum: 0 },
				sort: text,
			},
		},
	},
	{
		method: 'GET',
		path: '/api/organizations',
		query: { ...v1Page, fields: text, filter: v1Filter, search: text, sortIgnoreCase: text },
	},
	{ method: 'GET', path: '/api/organizations/{id}', query: { fields: text, filter: v1Filter } },
	{
		method: 'GET',
		path: '/api/v2/usergroups',
		query: { ...v1Page, fields: text, filter: v2Filter },
	},
	{ method: 'POST', path: '/api/v2/usergroups', body: userGroup },
	{ method: 'GET', path: '/api/v2/usergroups/{id}' },
	{ method: 'DELETE', path: '/api/v2/usergroups/{id}' },
	{
		method: 'GET',
		path: '/api/v2/usergroups/{group_id}/members',
		query: { limit: count, skip: count },
	},
	{
		method: 'POST',
		path: '/api/v2/usergroups/{group_id}/members',
		body: {
			type: 'object',
			required: ['op', 'type', 'id'],
			fields: {
				op: { type: 'string', enum: ['add', 'remove', 'update'] },
				type: { type: 'string', enum: ['user'] },
				id: objectId,
				attributes: { type: 'object' },
			},
		},
	},
	{
		method: 'GET',
		path: '/api/v2/users/{user_id}/memberof',
		query: { limit: count, skip: count, sort: text, filter: v2Filter },
	},
];

/** Request headers the sandbox looks at, beside content-type. */
export const HEADERS = ['x-api-key', 'x-org-id'] as const;
