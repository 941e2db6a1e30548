import { createHash } from 'node:crypto';
import type { ContextValue } from '../../iam/request.ts';
import type { CallContext, Permission } from '../../platform/context.ts';
import { awsError } from '../../platform/service.ts';
import { grants } from './collections.ts';
import { hidden, notFound } from './errors.ts';
import { contextKeys, type FoundKey, type KeyPlace, keyArn, keyAt, placeOf, refuseAlias } from './find.ts';

/** Condition keys of every operation on a key. */
export const KEY_CONDITIONS = [
  'kms:CallerAccount',
  'kms:ViaService',
  'kms:KeySpec',
  'kms:KeyUsage',
  'kms:KeyOrigin',
  'kms:MultiRegion',
  'kms:MultiRegionKeyType',
  'kms:ResourceAliases',
  'aws:ResourceTag/${TagKey}',
] as const;

export interface KeyQuestion {
  readonly action: string;
  /** Whether aliases are taken too; without, they are no identifier. */
  readonly alias?: boolean;
  /** Whether principals of other accounts may be allowed. */
  readonly foreign?: boolean;
  readonly tokens?: readonly string[] | undefined;
  readonly context?: Readonly<Record<string, ContextValue>>;
}

const found = new WeakMap<CallContext, Map<string, FoundKey>>();

/** The key of an identifier as it was when this call was authorised. */
export function authorisedKey(context: CallContext, given: string): FoundKey {
  const key = found.get(context)?.get(given);
  if (!key) throw new Error('a handler asks for a key that was not authorised');
  return key;
}

/**
 * What has to be allowed for an operation on a key: existence comes first, as in AWS; of a foreign key nobody learns
 * whether it exists who may not use it.
 *
 * @throws AwsError NotFoundException, AccessDeniedException, InvalidGrantTokenException
 */
export async function keyPermission(
  context: CallContext,
  given: string,
  question: KeyQuestion,
): Promise<Permission> {
  if (!question.alias) refuseAlias(given);
  return permissionAt(context, placeOf(given, context), given, question);
}

/** Like {@link keyPermission} for a place that was read elsewhere, remembered as `name`. */
export async function permissionAt(
  context: CallContext,
  place: KeyPlace,
  name: string,
  question: KeyQuestion,
): Promise<Permission> {
  const key = await keyAt(context, place);
  const { action } = question;
  const foreign = place.account !== context.account;
  if (!key) {
    const { account, region, id = '' } = place;
    const arn = place.alias
      ? `arn:aws:kms:${region}:${account}:${place.alias}`
      : keyArn({ account, region, id });
    throw foreign ? hidden(context.caller.arn, action, arn) : notFound.key(arn);
  }
  await checkTokens(context, question.tokens);
  const permission = permissionOn(context, key, question);
  if (foreign) {
    const { verdict, layer, kind } = question.foreign
      ? await context.decide(permission)
      : ({ verdict: 'DENY', layer: 'resource', kind: 'implicit' } as const);
    if (verdict !== 'ALLOW' && layer === 'resource' && kind === 'implicit') {
      throw hidden(context.caller.arn, action, key.arn);
    }
  }
  let known = found.get(context);
  if (!known) {
    known = new Map();
    found.set(context, known);
  }
  known.set(name, key);
  return permission;
}

export function permissionOn(
  { account }: CallContext,
  key: FoundKey,
  { action, context }: KeyQuestion,
): Permission {
  return {
    action,
    resource: key.arn,
    resourceAccount: key.record.account,
    context: {
      ...key.context,
      'kms:CallerAccount': account,
      ...(key.alias !== undefined && { 'kms:RequestAlias': key.alias }),
      ...context,
    },
    ...(key.policy && { resourcePolicy: key.policy }),
    ...(key.grants && { grants: key.grants }),
  };
}

/** The condition keys of an encryption context. @throws AwsError ValidationException */
export function contextConditions(
  pairs: Readonly<Record<string, string>> | undefined,
): Record<string, ContextValue> {
  if (pairs === undefined) return {};
  const names = contextKeys(pairs);
  return {
    'kms:EncryptionContextKeys': names,
    ...Object.fromEntries(
      Object.entries(pairs).map(([name, value]) => [`kms:EncryptionContext:${name}`, value]),
    ),
  };
}

export const CONTEXT_CONDITIONS = [
  'kms:EncryptionContext:${EncryptionContextKey}',
  'kms:EncryptionContextKeys',
] as const;

/** Grants are in force at once, so that a token only has to be one. @throws AwsError InvalidGrantTokenException */
async function checkTokens({ store }: CallContext, tokens: readonly string[] | undefined): Promise<void> {
  for (const token of tokens ?? []) {
    const { records } = await store.list(grants, { index: 'token', equals: tokenHash(token), limit: 1 });
    if (records.length === 0) throw awsError('InvalidGrantTokenException', '');
  }
}

/** What is stored of a grant token. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
