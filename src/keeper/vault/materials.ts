import { createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { recent } from '../../kernel/recent.ts';
import { KeeperError } from '../client/errors.ts';
import { nameOfFields } from '../client/frames.ts';
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
  /** An account key sealed under the current root key; the same bytes when it is already. @throws KeeperError `wrapped` */
  underCurrentRoot(account: string, sealed: Buffer): Buffer;
  generate(account: string, accountKey: Buffer, keyId: string, spec: string): Promise<WrappedMaterial>;
  /** Wraps imported material. @throws KeeperError `material` when it is no key of the spec. */
  adopt(account: string, accountKey: Buffer, keyId: string, spec: string, material: Buffer): WrappedMaterial;
  /** Unwraps material into memory. @throws KeeperError `material` */
  load(reference: MaterialReference, spec: string, wrapped: Buffer, accountKey: Buffer): void;
  /** @throws KeeperError `miss` */
  held(reference: MaterialReference): HeldMaterial;
  /** The same by what `nameOfFields` makes of account, key id and material id. @throws KeeperError `miss` */
  heldBy(name: string): HeldMaterial;
  forget(reference: MaterialReference): void;
  /** A key for one use of an account, such as sealing import tokens. */
  accountSubkey(account: string, accountKey: Buffer, use: string): KeyObject;
}

interface AccountKey {
  readonly wrapping: KeyObject;
  readonly naming: KeyObject;
  readonly base: KeyObject;
}

/** @param previous root keys before this one, under which account keys may still be sealed. */
export function materials(root: KeyObject, previous: readonly KeyObject[] = []): Materials {
  const rootWrapping = subkey(root, 'account keys');
  const formerWrappings = previous.map((each) => subkey(each, 'account keys'));
  const accounts = recent<AccountKey>(MOST_ACCOUNTS);
  const kept = recent<HeldMaterial>(MOST_MATERIALS);

  function account(id: string, wrapped: Buffer): AccountKey {
    const known = accounts.get(id);
    if (known) return known;
    const opened = unwrap(rootWrapping, wrapped, ['account key', id]) ?? underFormerRoot(id, wrapped);
    const base = createSecretKey(opened);
    opened.fill(0);
    const made = { wrapping: subkey(base, 'materials'), naming: subkey(base, 'material ids'), base };
    accounts.set(id, made);
    return made;
  }

  function underFormerRoot(id: string, wrapped: Buffer): Buffer {
    for (const wrapping of formerWrappings) {
      const base = unwrap(wrapping, wrapped, ['account key', id]);
      if (base) return base;
    }
    throw new KeeperError('wrapped', 'the key of the account cannot be unwrapped');
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

  function heldBy(name: string): HeldMaterial {
    const found = kept.get(name);
    if (!found) throw new KeeperError('miss');
    return found;
  }

  return {
    newAccountKey(id) {
      const base = randomBytes(32);
      const sealed = wrap(rootWrapping, base, ['account key', id]);
      base.fill(0);
      return sealed;
    },
    underCurrentRoot(id, sealed) {
      const known = unwrap(rootWrapping, sealed, ['account key', id]);
      const base = known ?? underFormerRoot(id, sealed);
      try {
        return known ? sealed : wrap(rootWrapping, base, ['account key', id]);
      } finally {
        base.fill(0);
      }
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
      kept.set(nameOf(reference), { reference, spec, key });
    },
    held: (reference) => heldBy(nameOf(reference)),
    heldBy,
    forget(reference) {
      kept.delete(nameOf(reference));
    },
    accountSubkey(id, accountKey, use) {
      return subkey(account(id, accountKey).base, use);
    },
  };
}

function nameOf({ account, keyId, materialId }: MaterialReference): string {
  return nameOfFields([account, keyId, materialId]);
}

function subkey(base: KeyObject, use: string): KeyObject {
  const bytes = Buffer.from(hkdfSync('sha256', base, '', `honmaru keeper ${use}`, 32));
  const key = createSecretKey(bytes);
  bytes.fill(0);
  return key;
}
