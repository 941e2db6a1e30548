import { type Operations, service } from '../../platform/service.ts';
import type { AuthorisedOperation } from './authorisation.ts';
import { authorised } from './authorise.ts';
import type { Iam } from './handlers.ts';
import { identitySource } from './identity-source.ts';
import { NOT_BUILT } from './not-built.ts';
import { HANDLERS } from './operations.ts';

/** Each handler with its rule. The families are typed one by one; here they are only joined by their names. */
function everyOperation(): Operations<Iam> {
  const joined = Object.entries(HANDLERS).map(([name, handle]) => [
    name,
    authorised(name as AuthorisedOperation, handle as unknown as Parameters<typeof authorised>[1]),
  ]);
  return Object.fromEntries(joined);
}

/** AWS Identity and Access Management. Source: IAM API Reference, version 2010-05-08. */
export const definition = service<Iam>({
  id: 'iam',
  global: true,
  changesIdentity: true,
  load: () => import('@aws-sdk/client-iam'),
  operations: everyOperation(),
  notBuilt: NOT_BUILT,
  provides: { identity: identitySource },
});
