import { createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { KeeperError } from '../client/errors.ts';
import type { MaterialReference } from '../client/keeper.ts';
import { generateKey, keyOf, publicKeyOf } from './specs.ts';
import { unwrap, wrap } from './wrap.ts';

/** Most materials in memory; an asymmetric one takes a few kilobytes. */
const MOST_MATERIALS = 20_000;
const MOST_ACCOUNTS = 1_000;

export interface HeldMaterial {
  readonly reference: MaterialReference;
  readonly spec: string;
  readonly key: KeyObject;
}

export interface WrappedMaterial {
  readonly materialId: string;
  readonly wrapped: Buffer;
  readonly publicKey: Buffer;
}

/** The hierarchy root key → account key → material, and what of it is unwrapped in memory. */
export interface Materials {
  /** A new account key, sealed under the root key. */
  newAccountKey(account: string): Buffer;
  generate(account: string, accountKey: Buffer, keyId: string, spec: string): Promise<WrappedMaterial>;
  /** Wraps imported material. @throws KeeperError `material` when it is no key of the spec. */
  adopt(account: string, accountKey: Buffer, keyId: string, spec: string, material: Buffer): WrappedMaterial;
  /** Unwraps material into memory. @throws KeeperError `material` */
  load(reference: MaterialReference, spec: string, wrapped: Buffer, accountKey: Buffer): void;
  /** @throws KeeperError `miss` */
  held(reference: MaterialReference): HeldMaterial;
  forget(reference: MaterialReference): void;
  /** A key for one use of an account, such as sealing import tokens. */
  accountSubkey(account: string, accountKey: Buffer, use: string): KeyObject;
}

interface AccountKey {
  readonly wrapping: KeyObject;
  readonly naming: KeyObject;
  readonly base: Buffer;
}

export function materials(root: KeyObject): Materials {
  const rootWrapping = subkey(root.export(), 'account keys');
  const accounts = new Map<string, AccountKey>();
  const kept = new Map<string, HeldMaterial>();

  function account(id: string, wrapped: Buffer): AccountKey {
    const known = accounts.get(id);
    if (known) return known;
    const base = unwrap(rootWrapping, wrapped, ['account key', id]);
    if (!base) throw new KeeperError('wrapped', 'the key of the account cannot be unwrapped');
    const made = { wrapping: subkey(base, 'materials'), naming: subkey(base, 'material ids'), base };
    if (accounts.size >= MOST_ACCOUNTS) accounts.delete(accounts.keys().next().value ?? '');
    accounts.set(id, made);
    return made;
  }

  function wrapped(
    id: string,
    accountKey: Buffer,
    keyId: string,
    spec: string,
    material: Buffer,
    key: KeyObject,
  ): WrappedMaterial {
    const { wrapping, naming } = account(id, accountKey);
    const materialId = createHmac('sha256', naming).update(`${keyId}\0`).update(material).digest('hex');
    const sealed = wrap(wrapping, material, ['material', id, keyId, materialId, spec]);
    return { materialId, wrapped: sealed, publicKey: publicKeyOf(key) };
  }

  return {
    newAccountKey(id) {
      const base = randomBytes(32);
      const sealed = wrap(rootWrapping, base, ['account key', id]);
      base.fill(0);
      return sealed;
    },
    async generate(id, accountKey, keyId, spec) {
      account(id, accountKey);
      const { material } = await generateKey(spec);
      try {
        return wrapped(id, accountKey, keyId, spec, material, keyOf(spec, material));
      } finally {
        material.fill(0);
      }
    },
    adopt(id, accountKey, keyId, spec, material) {
      return wrapped(id, accountKey, keyId, spec, material, keyOf(spec, material));
    },
    load(reference, spec, sealed, accountKey) {
      const { account: id, keyId, materialId } = reference;
      const { wrapping } = account(id, accountKey);
      const material = unwrap(wrapping, sealed, ['material', id, keyId, materialId, spec]);
      if (!material) throw new KeeperError('wrapped', 'the key material cannot be unwrapped');
      const key = keyOf(spec, material);
      material.fill(0);
      if (kept.size >= MOST_MATERIALS) kept.delete(kept.keys().next().value ?? '');
      kept.set(nameOf(reference), { reference, spec, key });
    },
    held(reference) {
      const name = nameOf(reference);
      const found = kept.get(name);
      if (!found) throw new KeeperError('miss');
      return found;
    },
    forget(reference) {
      kept.delete(nameOf(reference));
    },
    accountSubkey(id, accountKey, use) {
      return subkey(account(id, accountKey).base, use);
    },
  };
}

function nameOf({ account, keyId, materialId }: MaterialReference): string {
  return `${account}/${keyId}/${materialId}`;
}

function subkey(base: Uint8Array, use: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', base, '', `honmaru keeper ${use}`, 32)));
}
