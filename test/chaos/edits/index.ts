/**
 * What people do by hand in Humaans and in JumpCloud. Each edit picks whom it is about from the
 * world as it is then, and says what it did.
 */
import { ACCOUNTS } from './accounts';
import { PEOPLE } from './people';
import { TYPED } from './typed';

export const EDITS = { ...PEOPLE, ...ACCOUNTS, ...TYPED };
export type EditName = keyof typeof EDITS;
