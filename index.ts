/** The core, for those who want to decide, map or match without n8n: no network, no clock. */
export { ACTIONS, WRITE_ACTIONS, type ActionId, type WriteActionId } from './nodes/core/actions';
export type * from './nodes/core/subject';
export { parsePersonRow, roleInForce } from './nodes/core/person/person';
export { planCreate, planUpdate, type SyncPlan } from './nodes/core/account/plan';
export { DEFAULT_FIELD_IDS, FIELDS, type SyncField } from './nodes/core/mapping/fields';
export { mapPerson, type MapperSettings } from './nodes/core/mapping/desired';
export { isUsername, usernameCandidates } from './nodes/core/mapping/username';
export { indexAccounts } from './nodes/core/matching/accountIndex';
export { matchAll } from './nodes/core/matching/match';
export { decide } from './nodes/core/policy/decide';
export { decideRun } from './nodes/core/policy/decideRun';
export { DEFAULT_SETTINGS, type PolicySettings } from './nodes/core/policy/settings';
