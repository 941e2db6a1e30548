import type { PolicyProgram } from '../../iam/engine.ts';
import type { ContextValue } from '../../iam/request.ts';
import type { StoreReader } from '../../platform/context.ts';
import { aliases } from './collections.ts';
import { aliasKey, foundKey, keyArn } from './find.ts';

/** What of a key decides about access to it. */
export interface KeyFacts {
  readonly arn: string;
  readonly account: string;
  readonly policy: PolicyProgram | undefined;
  readonly grants: PolicyProgram | undefined;
  readonly context: Readonly<Record<string, ContextValue>>;
}

/** The ARN that an id or alias of KMS stands for in a place; undefined where it is none. */
export function keyArnOf(given: string, account: string, region: string): string | undefined {
  if (/^alias\/[\w/-]+$/.test(given)) return `arn:aws:kms:${region}:${account}:${given}`;
  const id = /^(?:mrk-[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.test(given);
  return id ? keyArn({ account, region, id: given }) : undefined;
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
