import { createHash } from 'node:crypto';
import type { ContextValue } from '../../iam/request.ts';
import type { CallContext, Permission } from '../../platform/context.ts';
import { awsError } from '../../platform/service.ts';
import { grants } from './collections.ts';
import { hidden, notFound } from './errors.ts';
import { contextKeys, keyArn, keyAt, placeOf, refuseAlias } from './find.ts';
import type { FoundKey, KeyPlace } from './found-key.ts';
import { knownKey } from './known-keys.ts';

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

const AUTHORISED = Symbol('the keys that a call was authorised for');

/** A context with the keys that its call was authorised for. A `WeakMap` would cost each request more than its policy. */
type Authorised = CallContext & { [AUTHORISED]?: { readonly name: string; readonly key: FoundKey }[] };

/** The key of an identifier as it was when this call was authorised. */
export function authorisedKey(context: Authorised, given: string): FoundKey {
  const known = context[AUTHORISED]?.findLast(({ name }) => name === given);
  if (!known) throw new Error('a handler asks for a key that was not authorised');
  return known.key;
}

function remember(context: Authorised, name: string, key: FoundKey): void {
  const known = context[AUTHORISED];
  if (known) known.push({ name, key });
  else context[AUTHORISED] = [{ name, key }];
}

/**
 * What has to be allowed for an operation on a key: existence comes first, as in AWS; of a foreign key nobody learns
 * whether it exists who may not use it. At once for a key of one's own that was found before under the same version of
 * the permissions.
 *
 * @throws AwsError NotFoundException, AccessDeniedException, InvalidGrantTokenException
 */
export function keyPermission(
  context: CallContext,
  given: string,
  question: KeyQuestion,
): Permission | Promise<Permission> {
  if (!question.alias) refuseAlias(given);
  return permissionAt(context, placeOf(given, context), given, question);
}

/** Like {@link keyPermission} for a place that was read elsewhere, remembered as `name`. */
export function permissionAt(
  context: CallContext,
  place: KeyPlace,
  name: string,
  question: KeyQuestion,
): Permission | Promise<Permission> {
  const plain = place.account === context.account && !question.tokens?.length;
  const key = plain ? knownKey(context, place) : undefined;
  if (!key) return permissionFound(context, place, name, question);
  remember(context, name, key);
  return permissionOn(context, key, question);
}

async function permissionFound(
  context: CallContext,
  place: KeyPlace,
  name: string,
  question: KeyQuestion,
): Promise<Permission> {
  if (place.account !== context.account) return permissionOnForeign(context, place, name, question);
  const key = await keyAt(context, place);
  if (!key) throw notFound.key(arnOf(place));
  await checkTokens(context, question.tokens);
  remember(context, name, key);
  return permissionOn(context, key, question);
}

/**
 * Of a foreign key that is closed the same is said as of one that does not exist. Which key a foreign alias means is told
 * to nobody who is refused, whoever refuses.
 */
async function permissionOnForeign(
  context: CallContext,
  place: KeyPlace,
  name: string,
  question: KeyQuestion,
): Promise<Permission> {
  await checkTokens(context, question.tokens);
  const key = await keyAt(context, place);
  const named = place.alias === undefined ? undefined : arnOf(place);
  const permission = key && permissionOn(context, key, question, named);
  if (!key || !permission || (await isClosed(context, permission, question))) {
    throw hidden(context.caller.arn, question.action, arnOf(place));
  }
  remember(context, name, key);
  return permission;
}

async function isClosed(
  { decide }: CallContext,
  permission: Permission,
  { foreign }: KeyQuestion,
): Promise<boolean> {
  if (!foreign) return true;
  const { verdict, layer } = await decide(permission);
  return verdict !== 'ALLOW' && layer === 'resource';
}

function arnOf({ account, region, id = '', alias }: KeyPlace): string {
  return alias ? `arn:aws:kms:${region}:${account}:${alias}` : keyArn({ account, region, id });
}

/**
 * The service of AWS's names through which KMS is asked on somebody's behalf; absent when the caller asks itself.
 * Source: AWS KMS Developer Guide, "AWS KMS condition keys" (kms:ViaService).
 */
export function viaService({ request, region }: CallContext): Record<string, ContextValue> {
  const { viaService: service } = request;
  return service === undefined ? {} : { 'kms:ViaService': `${service}.${region}.amazonaws.com` };
}

export function permissionOn(
  context: CallContext,
  key: FoundKey,
  question: KeyQuestion,
  resourceText?: string,
): Permission {
  return new KeyPermission(context, key, question, resourceText);
}

/** A class, since the condition keys are only put together when a policy has conditions. */
class KeyPermission implements Permission {
  readonly action: string;
  readonly resource: string;
  readonly resourceAccount: string;
  readonly resourcePolicy: Permission['resourcePolicy'];
  readonly grants: Permission['grants'];
  readonly resourceText: string | undefined;
  readonly #call: CallContext;
  readonly #key: FoundKey;
  readonly #more: KeyQuestion['context'];

  constructor(call: CallContext, key: FoundKey, question: KeyQuestion, resourceText: string | undefined) {
    this.action = question.action;
    this.resource = key.arn;
    this.resourceAccount = key.record.account;
    this.resourcePolicy = key.policy;
    this.grants = key.grants;
    this.resourceText = resourceText;
    this.#call = call;
    this.#key = key;
    this.#more = question.context;
  }

  get context(): Readonly<Record<string, ContextValue>> {
    const call = this.#call;
    const key = this.#key;
    return {
      ...key.context,
      ...(call.request.viaService !== undefined && viaService(call)),
      'kms:CallerAccount': call.account,
      ...(key.alias !== undefined && { 'kms:RequestAlias': key.alias }),
      ...this.#more,
    };
  }
}

/** One permission as the answer of `authorise`. */
export function only(
  permission: Permission | Promise<Permission>,
): readonly Permission[] | Promise<readonly Permission[]> {
  return permission instanceof Promise ? permission.then((each) => [each]) : [permission];
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
