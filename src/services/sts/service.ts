import type * as Sts from '@aws-sdk/client-sts';
import { service } from '../../platform/service.ts';
import { assumeRoleOperations } from './assume-role.ts';
import { assumeRootOperations } from './assume-root.ts';
import { keySource } from './key-sets.ts';
import { NOT_BUILT } from './not-built.ts';
import { outboundTokenOperations } from './outbound-token.ts';
import { ownTokenOperations } from './own-tokens.ts';
import { samlOperations } from './saml.ts';
import { scopedOperations } from './scoped.ts';
import { webIdentityOperations } from './web-identity.ts';
import { whoOperations } from './who.ts';

/** AWS Security Token Service. Source: AWS STS API Reference, version 2011-06-15. */
export const definition = service<typeof Sts>({
  id: 'sts',
  load: () => import('@aws-sdk/client-sts'),
  operations: {
    ...whoOperations,
    ...assumeRoleOperations,
    ...webIdentityOperations(keySource()),
    ...samlOperations,
    ...ownTokenOperations,
    ...assumeRootOperations,
    ...scopedOperations,
    ...outboundTokenOperations,
  },
  notBuilt: NOT_BUILT,
});
