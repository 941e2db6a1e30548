import { contextBytes, KEEPER_CONTEXT } from '../../keeper/client/index.ts';
import type { CallContext } from '../../platform/context.ts';
import { first, kept, materialOf, useMaterial } from './material.ts';
import { refuseOwnSeal } from './own-seal.ts';
import type { KeyRecord } from './records.ts';
import { storeOf } from './stores/find-store.ts';
import { askHsm, type HsmStore } from './stores/hsm.ts';
import { unwrapExternally, wrapExternally } from './stores/xks/external-key.ts';
import type { XksStore } from './stores/xks/proxy.ts';

type Pairs = Readonly<Record<string, string>> | undefined;

/** One side of an encryption: a key, which material of it, and with which encryption context. */
export interface Under {
  readonly key: KeyRecord;
  readonly material: string;
  readonly pairs: Pairs;
  /** The operation of KMS that this is done for, which an external key store is told. */
  readonly operation: string;
}

/** Encrypts under a symmetric key, wherever it is kept. @throws AwsError what the keeper or the key store refuses. */
export function encryptUnder(context: CallContext, under: Under, plain: Uint8Array): Promise<Buffer> {
  return isOwn(under)
    ? asked(context, under, 'encrypt', plain, contextBytes(under.pairs)).then(first)
    : encryptElsewhere(context, under, plain);
}

async function encryptElsewhere(context: CallContext, under: Under, plain: Uint8Array): Promise<Buffer> {
  if (under.pairs?.[KEEPER_CONTEXT]) await refuseOwnSeal(context, under.pairs);
  const blob = await asked(context, under, 'encrypt', plain, contextBytes(under.pairs)).then(first);
  return outer(context, under, blob);
}

export function decryptUnder(context: CallContext, under: Under, blob: Buffer): Promise<Buffer> {
  const decrypted = (inside: Buffer) =>
    asked(context, under, 'decrypt', inside, contextBytes(under.pairs)).then(first);
  return isOutside(under.key) ? inner(context, under, blob).then(decrypted) : decrypted(blob);
}

/** A new data key, encrypted, and in plain unless it is hidden. */
export function dataKeyUnder(
  context: CallContext,
  under: Under,
  bytes: number,
  plainly: 'show' | 'hide',
): Promise<readonly Buffer[]> {
  const made = () => asked(context, under, 'data-key', String(bytes), contextBytes(under.pairs), plainly);
  return isOwn(under) ? made() : dataKeyElsewhere(context, under, made);
}

async function dataKeyElsewhere(
  context: CallContext,
  under: Under,
  made: () => Promise<readonly Buffer[]>,
): Promise<readonly Buffer[]> {
  if (under.pairs?.[KEEPER_CONTEXT]) await refuseOwnSeal(context, under.pairs);
  const [blob = Buffer.alloc(0), ...plain] = await made();
  return [await outer(context, under, blob), ...plain];
}

/** Whether the keeper makes the whole ciphertext, and nobody's seal has to be looked at before. */
function isOwn({ key, pairs }: Under): boolean {
  return !isOutside(key) && !pairs?.[KEEPER_CONTEXT];
}

/** Whether a key manager of somebody else encrypts once more what the keeper encrypted. */
function isOutside({ keyStore }: KeyRecord): boolean {
  return keyStore?.xksKeyId !== undefined;
}

/** Decrypts under one key and encrypts under another, inside the keeper; either algorithm may be RSA's. */
export async function reEncryptUnder(
  context: CallContext,
  from: Under & { readonly algorithm: string },
  to: Under & { readonly algorithm: string },
  blob: Buffer,
): Promise<Buffer> {
  const inside = await inner(context, from, blob);
  const fields = [inside, contextBytes(from.pairs), contextBytes(to.pairs)];
  const local = !from.key.keyStore?.object && !to.key.keyStore?.object;
  const made = local
    ? await reEncryptLocally(context, from, to, fields)
    : await reEncryptWithHsm(context, from, to, fields);
  return outer(context, to, made);
}

type Side = Under & { readonly algorithm: string };

/** Both materials may be unknown to the keeper: each is loaded by a question of its own when it says so. */
async function reEncryptLocally(
  context: CallContext,
  from: Side,
  to: Side,
  fields: readonly Uint8Array[],
): Promise<Buffer> {
  await have(context, to);
  const destination = [to.key.account, to.key.id, to.material];
  const [blob = Buffer.alloc(0)] = await useMaterial(
    context,
    from.key,
    from.material,
    're-encrypt',
    ...destination,
    from.algorithm,
    to.algorithm,
    ...fields,
  );
  return blob;
}

async function reEncryptWithHsm(
  context: CallContext,
  from: Side,
  to: Side,
  fields: readonly Uint8Array[],
): Promise<Buffer> {
  const sides = [from, to];
  for (const side of sides) if (!side.key.keyStore?.object) await have(context, side);
  const stores = [];
  for (const { key } of sides) if (key.keyStore?.object) stores.push(await hsmStoreOf(context, key));
  // Each signs in to its token when the keeper has lost it: the question names no more than one of them as missing.
  const [first, second] = stores;
  if (first && second && first.id !== second.id)
    await askHsm(context, second, 'hsm-random', [second.id, '1']);
  const words = sides.flatMap(({ key, material, algorithm }) => [
    placeIn(key),
    key.account,
    key.id,
    material,
    algorithm,
  ]);
  const [blob = Buffer.alloc(0)] = await askHsm(context, first as HsmStore, 'hsm-re-encrypt', [
    ...words,
    ...fields,
  ]);
  return blob;
}

async function have(context: CallContext, { key, material }: Under): Promise<void> {
  await kept(context.ports.keeper.use(materialOf(context, key, material), 'have'));
}

function asked(
  context: CallContext,
  under: Under,
  operation: string,
  ...fields: readonly (string | Uint8Array)[]
): Promise<readonly Buffer[]> {
  const { key, material } = under;
  if (!key.keyStore?.object) return useMaterial(context, key, material, operation, ...fields);
  return askedOfHsm(context, under, operation, fields);
}

async function askedOfHsm(
  context: CallContext,
  { key, material }: Under,
  operation: string,
  fields: readonly (string | Uint8Array)[],
): Promise<readonly Buffer[]> {
  const store = await hsmStoreOf(context, key);
  return askHsm(context, store, `hsm-${operation}`, [placeIn(key), key.account, key.id, material, ...fields]);
}

async function hsmStoreOf(context: CallContext, key: KeyRecord): Promise<HsmStore> {
  const { value } = await storeOf({ ...context, ...placeOfKey(key) }, key.keyStore?.id ?? '');
  if (!value.hsm) throw new Error(`key store ${value.id} has no cluster`);
  return { ...value, hsm: value.hsm };
}

function placeOfKey({ account, region }: KeyRecord): Pick<CallContext, 'account' | 'region'> {
  return { account, region };
}

/** As the keeper reads it; empty for a key that is not in a token. */
export function placeIn({ keyStore }: KeyRecord): string {
  return keyStore?.object ? `${keyStore.id}/${keyStore.object}` : '';
}

async function outer(context: CallContext, { key, pairs, operation }: Under, blob: Buffer): Promise<Buffer> {
  if (!isOutside(key)) return blob;
  return wrapExternally(context, await xksStoreOf(context, key), key, blob, pairs, operation);
}

async function inner(context: CallContext, { key, pairs, operation }: Under, blob: Buffer): Promise<Buffer> {
  if (!isOutside(key)) return blob;
  return unwrapExternally(context, await xksStoreOf(context, key), key, blob, pairs, operation);
}

async function xksStoreOf(context: CallContext, key: KeyRecord): Promise<XksStore> {
  const { value } = await storeOf({ ...context, ...placeOfKey(key) }, key.keyStore?.id ?? '');
  if (!value.xks) throw new Error(`key store ${value.id} has no proxy`);
  return { ...value, xks: value.xks };
}
