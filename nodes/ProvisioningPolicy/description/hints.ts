import type { NodeHint } from 'n8n-workflow';
import { hint } from '../../n8n/hint';

const PARAMETER = '$parameter';
const POLICY_OPTIONS = `(${PARAMETER}["options"] || {})`;
const WHEN = `(${PARAMETER}["deprovisionWhen"] || [])`;
const HOW = `${PARAMETER}["deprovisionHow"]`;

/** What a setting leads to, said while it is set. */
export const hints: NodeHint[] = [
	hint(
		'info',
		'Mode is Review Everything: nothing is changed, and whatever would be done comes out at Needs Review.',
		`${PARAMETER}["mode"] === "review"`,
	),
	hint(
		'warning',
		'A deleted account is gone for good, with its groups, devices and keys. Suspend, Then ' +
			'Delete leaves days to notice a mistake.',
		`${HOW} === "delete" && ${WHEN}.length > 0`,
	),
	hint(
		'info',
		'A suspended account has no access and can be reactivated. JumpCloud still counts it as a user.',
		`${HOW} === "suspend" && ${WHEN}.length > 0`,
	),
	hint(
		'warning',
		'Deprovision When is empty: accounts of people who leave stay active.',
		`${WHEN}.length === 0 && !(Array.isArray(${POLICY_OPTIONS}.actionsAllowed) && ` +
			`!${POLICY_OPTIONS}.actionsAllowed.includes("deprovision"))`,
	),
	hint(
		'warning',
		'Deprovisioning Limit is 0: nobody loses access before a plan is approved, unless the percentage allows more.',
		`${PARAMETER}["deprovisioningLimit"] === 0 && ${WHEN}.length > 0`,
	),
	hint(
		'info',
		'With manual activation nobody is invited by this node: JumpCloud sends the mail when ' +
			'somebody activates the account.',
		`${PARAMETER}["activationTrigger"] === "never" && ${PARAMETER}["sendInvite"] === true`,
	),
	hint(
		'warning',
		'Only Some People is on and has no condition. The node stops until there is one.',
		`${PARAMETER}["limitScope"] === true && ((${PARAMETER}["peopleInScope"] || {}).conditions ` +
			'|| []).every((condition) => !condition.leftValue && !condition.rightValue)',
	),
	hint(
		'warning',
		'Whoever no longer meets the conditions of People in Scope loses access: their account is suspended.',
		`${POLICY_OPTIONS}.outOfScope === "suspend" && ${PARAMETER}["limitScope"] === true`,
	),
	hint(
		'info',
		'People Who Leave the Scope has no effect while Only Some People is off.',
		`${POLICY_OPTIONS}.outOfScope === "suspend" && ${PARAMETER}["limitScope"] !== true`,
	),
	hint(
		'warning',
		'Evaluate As Of is set: decisions are for that time, and no write accepts them.',
		`!!${POLICY_OPTIONS}.evaluateAsOf`,
	),
	hint(
		'info',
		'Approved Plan lets a held list through. Empty it when that is done.',
		`!!${POLICY_OPTIONS}.approvedPlan && !${POLICY_OPTIONS}.onlyApprovedPlans`,
	),
	hint(
		'info',
		'Only Approved Plans is on: nothing is done but the actions of an Approved Plan.',
		`${POLICY_OPTIONS}.onlyApprovedPlans === true`,
	),
];
