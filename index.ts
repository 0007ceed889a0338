/** The pure core, for those who want to decide, map or match without n8n: no network, no clock. */
export { ACTIONS, WRITE_ACTIONS, type ActionId, type WriteActionId } from './nodes/shared/actions';
export type * from './nodes/shared/subject';
export { parsePersonRow, roleInForce } from './nodes/shared/person';
export { planCreate, planUpdate, type SyncPlan } from './nodes/shared/sync/changes';
export { DEFAULT_FIELD_IDS, FIELDS, type SyncField } from './nodes/FieldMapper/fields';
export { mapPerson, type MapperSettings } from './nodes/FieldMapper/desired';
export { isUsername, usernameCandidates } from './nodes/FieldMapper/username';
export { indexAccounts, matchAll } from './nodes/JumpCloudUser/match';
export { decide } from './nodes/ProvisioningPolicy/decide';
export { decideRun } from './nodes/ProvisioningPolicy/decideRun';
export { DEFAULT_SETTINGS, type PolicySettings } from './nodes/ProvisioningPolicy/settings';
