import type * as Sdk from '@aws-sdk/client-kms';
import { KeeperError } from '../../keeper/client/index.ts';
import { type ServiceHost, service } from '../../platform/service.ts';
import { agreement } from './agreement.ts';
import { aliasOperations } from './aliases.ts';
import { doWhatIsDue } from './background.ts';
import { dataKeys } from './data-keys.ts';
import { deletion } from './deletion.ts';
import { encryption } from './encryption.ts';
import { grantOperations } from './grants.ts';
import { importOperations } from './import.ts';
import { keyOperations } from './keys.ts';
import { keepLastUses } from './last-use.ts';
import { multiRegion } from './multi-region.ts';
import { policyOperations } from './policies.ts';
import { rewrapAccountKeys } from './rewrap.ts';
import { rotation } from './rotation.ts';
import { signatures } from './signatures.ts';
import { connecting } from './stores/connect.ts';
import { keyStoreOperations } from './stores/manage.ts';
import { signOutElsewhere } from './stores/sign-out.ts';
import { tags } from './tags.ts';

const DUE_MILLISECONDS = 10_000;
const REWRAP_MILLISECONDS = 2_000;

/** AWS Key Management Service. Source: AWS KMS API Reference, version 2014-11-01. */
export const definition = service<typeof Sdk>({
  id: 'kms',
  load: () => import('@aws-sdk/client-kms'),
  operations: {
    ...keyOperations,
    ...encryption,
    ...dataKeys,
    ...signatures,
    ...agreement,
    ...aliasOperations,
    ...grantOperations,
    ...policyOperations,
    ...rotation,
    ...importOperations,
    ...multiRegion,
    ...tags,
    ...deletion,
    ...keyStoreOperations,
    ...connecting,
  },
  // Keys, policies and grants decide who may do what, and are remembered under the version of the permissions.
  changesIdentity: true,
  start,
});

function onDefect(error: unknown): void {
  process.stderr.write(`honmaru kms: ${error instanceof Error ? error.message : String(error)}\n`);
}

/** A keeper that is starting or sealed is asked again; a key that somebody else changed comes in the next pass. */
function onRewrapDefect(error: unknown): void {
  const { code } = error as { readonly code?: string };
  if (!(error instanceof KeeperError) && code !== 'store-conflict') onDefect(error);
}

function start(host: ServiceHost): () => Promise<void> {
  const endUses = keepLastUses(host, onDefect);
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    running = running
      .then(() => doWhatIsDue(host, onDefect))
      .catch(onDefect)
      .then(elsewhere.look)
      .catch(onRewrapDefect);
  }, DUE_MILLISECONDS);
  timer.unref();
  const elsewhere = signOutElsewhere(host, onRewrapDefect);
  const rewrap = rewrapAccountKeys(host);
  let rewrapping: Promise<void> = Promise.resolve();
  const rewrapTimer = setInterval(() => {
    rewrapping = rewrapping.then(rewrap).catch(onRewrapDefect);
  }, REWRAP_MILLISECONDS);
  rewrapTimer.unref();
  return async () => {
    clearInterval(timer);
    clearInterval(rewrapTimer);
    elsewhere.end();
    await Promise.all([running, rewrapping]);
    await endUses();
  };
}
