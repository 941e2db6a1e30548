import { samePerson } from '../../decisions/person.ts';
import type { View } from '../environment/view.ts';

/** Who looks at a page, as far as the page depends on it. */
export interface Visitor {
  /** The name under which they propose and decide. */
  readonly person: string;
  readonly mfa: 'none' | 'totp' | 'passkey';
  /** By policy. */
  readonly mayPropose: boolean;
  readonly mayDecide: boolean;
  readonly mayClose: boolean;
  readonly mayChangeClass: boolean;
}

/** Whether somebody is the owner whom the declaration names. */
export function isOwner({ roots }: View, person: string): boolean {
  return roots.owner !== undefined && samePerson(roots.owner, person);
}
