import type { Ask } from './connection.ts';
import { KeeperError } from './errors.ts';

/** Which key material an operation is about. */
export interface MaterialReference {
  readonly account: string;
  readonly keyId: string;
  /** 64 hexadecimal digits: a keyed hash of the key id and the material. */
  readonly materialId: string;
}

/** Material as it is stored: sealed under its account's key, which is sealed under the root key. */
export interface SealedMaterial {
  readonly spec: string;
  readonly wrapped: Buffer;
  readonly accountKey: Buffer;
}

/** Material with the way to its stored form, for a keeper that does not have it in memory. */
export interface Material extends MaterialReference {
  load(): Promise<SealedMaterial>;
}

export interface KeeperStatus {
  readonly sealed: boolean;
  /** Undefined before the first start made a root key. */
  readonly method: 'key-file' | 'passphrase' | 'shamir' | undefined;
  /** Shares needed and given so far (Shamir). */
  readonly threshold: number;
  readonly progress: number;
}

export interface MadeMaterial {
  readonly materialId: string;
  readonly wrapped: Buffer;
  /** SubjectPublicKeyInfo in DER; empty for secret keys. */
  readonly publicKey: Buffer;
}

/** What the control plane asks of the keeper. Fields and answers are bytes; no key leaves it unwrapped. */
export interface Keeper {
  status(): Promise<KeeperStatus>;
  /** An operation that needs no key material, or makes some. @throws KeeperError */
  ask: Ask;
  /** An operation with key material; its stored form is sent when the keeper wants it. @throws KeeperError */
  use(
    material: Material,
    operation: string,
    ...fields: readonly (string | Uint8Array)[]
  ): Promise<readonly Buffer[]>;
  /** Makes the material of a new key, or new material of a key that rotates. */
  generate(account: string, accountKey: Uint8Array, keyId: string, spec: string): Promise<MadeMaterial>;
  /** Drops material from memory: it was deleted. */
  forget(material: MaterialReference): Promise<void>;
}

/** The questions of {@link Keeper} over a way to ask. */
export function keeperOver(ask: Ask): Keeper {
  async function use(
    material: Material,
    operation: string,
    ...fields: readonly (string | Uint8Array)[]
  ): Promise<readonly Buffer[]> {
    const { account, keyId, materialId } = material;
    const all = [account, keyId, materialId, ...fields];
    try {
      return await ask(operation, all);
    } catch (error) {
      if (!(error instanceof KeeperError) || error.code !== 'miss') throw error;
      const { spec, wrapped, accountKey } = await material.load();
      await ask('load', [account, keyId, materialId, spec, wrapped, accountKey]);
      return ask(operation, all);
    }
  }

  return {
    ask,
    use,
    async status() {
      const [sealed, method, threshold, progress] = await ask('status', []);
      const word = String(method);
      return {
        sealed: String(sealed) === 'sealed',
        method: word === 'key-file' || word === 'passphrase' || word === 'shamir' ? word : undefined,
        threshold: Number(threshold),
        progress: Number(progress),
      };
    },
    async generate(account, accountKey, keyId, spec) {
      return madeMaterial(await ask('generate', [account, accountKey, keyId, spec]));
    },
    async forget({ account, keyId, materialId }) {
      await ask('forget', [account, keyId, materialId]);
    },
  };
}

/** The answer of `generate` and `import`. */
export function madeMaterial([materialId, wrapped, publicKey]: readonly Buffer[]): MadeMaterial {
  if (!materialId || !wrapped || !publicKey)
    throw new KeeperError('request', 'the keeper answered too little');
  return { materialId: materialId.toString(), wrapped, publicKey };
}
