import type { PolicyProgram } from '../../iam/engine.ts';
import type { ContextValue } from '../../iam/request.ts';
import type { StoreReader } from '../../platform/context.ts';
import { aliases } from './collections.ts';
import { aliasKey, foundKey } from './find.ts';

/** What of a key decides about access to it. */
export interface KeyFacts {
  readonly arn: string;
  readonly account: string;
  readonly policy: PolicyProgram | undefined;
  readonly grants: PolicyProgram | undefined;
  readonly context: Readonly<Record<string, ContextValue>>;
}

/** The facts of the key that an ARN (of a key or an alias) means; undefined when it means none. */
export async function keyFacts(store: StoreReader, arn: string): Promise<KeyFacts | undefined> {
  const [, region = '', account = '', id, alias] =
    /^arn:aws:kms:([a-z0-9-]+):(\d{12}):(?:key\/([^/]+)|(alias\/.+))$/.exec(arn) ?? [];
  if (account === '') return undefined;
  const named =
    alias === undefined ? id : (await store.get(aliases, aliasKey(account, region, alias)))?.value.keyId;
  const key = named === undefined ? undefined : await foundKey(store, `${account}/${region}/${named}`);
  return key && { arn: key.arn, account, policy: key.policy, grants: key.grants, context: key.context };
}
