import type * as Sdk from '@aws-sdk/client-kms';
import { type ServiceHost, service } from '../../platform/service.ts';
import { agreement } from './agreement.ts';
import { aliasOperations } from './aliases.ts';
import { doWhatIsDue } from './background.ts';
import { dataKeys } from './data-keys.ts';
import { deletion } from './deletion.ts';
import { encryption } from './encryption.ts';
import { grantOperations } from './grants.ts';
import { importOperations } from './import.ts';
import { keyStores } from './key-stores.ts';
import { keyOperations } from './keys.ts';
import { keepLastUses } from './last-use.ts';
import { multiRegion } from './multi-region.ts';
import { policyOperations } from './policies.ts';
import { rotation } from './rotation.ts';
import { signatures } from './signatures.ts';
import { tags } from './tags.ts';

const DUE_MILLISECONDS = 10_000;

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
    ...keyStores,
  },
  start,
});

function onDefect(error: unknown): void {
  process.stderr.write(`honmaru kms: ${error instanceof Error ? error.message : String(error)}\n`);
}

function start(host: ServiceHost): () => Promise<void> {
  const endUses = keepLastUses(host, onDefect);
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(() => doWhatIsDue(host, onDefect)).catch(onDefect);
  }, DUE_MILLISECONDS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
    await endUses();
  };
}
