/**
 * Every way in which this contract differs from the published specification, and why. The published
 * files are trimmed by a code generator (headers, some parameters, all refusals are gone), so
 * "absent there" does not mean "unsupported".
 */
export interface Exception {
	/**
	 * Fits the differences that contract.test.ts finds, such as "DELETE /systemusers/{id} query
	 * cascade_manager: not in the specification".
	 */
	difference: RegExp;
	why: string;
	source: string;
}

export const EXCEPTIONS: readonly Exception[] = [
	{
		difference: /^DELETE \/systemusers\/\{id\} query cascade_manager: not in the specification$/,
		why: 'Deleting a manager without it is refused; the parameter is only visible in the code samples.',
		source:
			'x-codeSamples of DELETE /systemusers/{id}; untrimmed v1 OpenAPI in ' +
			'ConductorOne/baton-jumpcloud; PowerShell module Remove-JCUser',
	},
	{
		difference: /^header x-org-id: not in the specification$/,
		why: 'Names the organization of a multi-tenant administrator.',
		source: 'x-codeSamples and the introduction of the specification; untrimmed v1 OpenAPI',
	},
	{
		difference: /^POST \/systemusers\/reactivate method: not in the specification$/,
		why: 'The path is listed without methods or body; official clients use it to resend a mail.',
		source: 'PowerShell module Send-JCPasswordReset; TheJumpCloud/jcapi SendUserActivationEmail',
	},
	{
		difference: /^POST \/systemusers\/\{id\}\/state\/suspend method: not in the specification$/,
		why: 'The path is listed without methods or body; the second way to suspend, where a PUT has no effect.',
		source:
			'path of the specification; that it takes POST without a body and works is likely, not shown',
	},
	{
		difference:
			/^POST \/systemusers\/\{id\}\/state\/activate body\.email: type boolean or string, specification string$/,
		why: 'The schema says string, the description documents true and false.',
		source: 'description of POST /systemusers/{id}/state/activate',
	},
	{
		difference:
			/^POST \/search\/systemusers query (fields|filter|limit|skip|sort): not in the specification$/,
		why: 'Official clients page and project in the query string.',
		source:
			'x-codeSamples of POST /search/systemusers; PowerShell module; activepieces JumpCloud piece',
	},
	{
		difference:
			/^POST \/search\/systemusers body\.filter: type array or object, specification object$/,
		why: 'The samples in the description send an array of expressions.',
		source: 'description of POST /search/systemusers',
	},
	{
		difference: /^POST \/search\/systemusers body\.sort: not in the specification$/,
		why: 'JumpCloud advises sort=_id on every paged read; clients send it in the body too.',
		source: 'support article best-practices-jumpcloud-api; activepieces JumpCloud piece',
	},
	{
		difference: /^POST \/search\/systemusers body\.(limit|skip): minimum 0, specification none$/,
		why: 'A negative page is nonsense.',
		source: 'trait:skip:skip of the specification has minimum 0',
	},
	{
		difference: /^POST \/search\/systemusers limit 1000: specification 100$/,
		why: 'The PowerShell module reads 1000 a page; a smaller one would lose users (searchPageLimit).',
		source: 'PowerShell module Get-JCUser; trait:limit:limit says "Limited to 100"',
	},
	{
		difference: /^POST \/systemusers body\.[\w.[\]]+: maxLength 1024, specification none$/,
		why: 'The schema of POST leaves out limits that the schemas of PUT and of the answer give for the same field.',
		source: 'definitions systemuserput and systemuserreturn',
	},
	{
		difference: /^(POST|PUT) \/systemusers(\/\{id\})? body\.manager: nullable, specification not$/,
		why: 'null clears the manager.',
		source: 'PowerShell module, live-tenant test of Set-JCUser',
	},
	{
		difference:
			/^(POST|PUT) \/systemusers(\/\{id\})? body\.attributes\[\]: required name, value, specification none$/,
		why: 'An attribute without a name or value means nothing; the official client refuses to send one.',
		source: 'PowerShell module Set-JCUser; support article create-custom-user-attributes',
	},
	{
		difference:
			/^POST \/search\/systemusers body\.searchFilter: required fields, searchTerm, specification none$/,
		why: 'A text search without a term or fields has nothing to look for.',
		source: 'description of POST /search/systemusers',
	},
	{
		difference:
			/^POST \/usergroups body\.memberQuery\.filters\[\]: type object, specification string$/,
		why: 'The schema says text that holds JSON; scripts for the live API send objects.',
		source: 'public PowerShell scripts that make RADIUS groups with a FilterQuery on the email',
	},
	{
		difference:
			/^PUT \/systemusers\/\{id\} body\.(recoveryEmail|passwordless_sudo): not in the specification$/,
		why: 'Official clients send them although the schema of PUT lacks them (putAcceptsUnlistedFields).',
		source: 'PowerShell module and its live-tenant tests; agilize/terraform-provider-jumpcloud',
	},
];
