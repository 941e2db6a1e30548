import type { Ask } from './connection.ts';
import { KeeperError } from './errors.ts';
import type { Field } from './frames.ts';

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
  readonly method: SealMethod | undefined;
  /** Shares needed and given so far (Shamir). */
  readonly threshold: number;
  readonly progress: number;
  /** Names the root key; empty before the first start. */
  readonly rootId: string;
  /** Root keys before it under which account keys may still be sealed. */
  readonly previousRoots: number;
  /** Where the keeper looks for a key file. */
  readonly keyFile: string;
}

/** How a root key is sealed. */
export type SealMethod = 'key-file' | 'passphrase' | 'shamir' | 'pkcs11' | 'kms';
const METHODS: ReadonlySet<string> = new Set<SealMethod>([
  'key-file',
  'passphrase',
  'shamir',
  'pkcs11',
  'kms',
]);

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
  use(material: Material, operation: string, ...fields: readonly Field[]): Promise<readonly Buffer[]>;
  /** Makes the material of a new key, or new material of a key that rotates. */
  generate(account: string, accountKey: Uint8Array, keyId: string, spec: string): Promise<MadeMaterial>;
  /** Drops material from memory: it was deleted. */
  forget(material: MaterialReference): Promise<void>;
}

/** The questions of {@link Keeper} over a way to ask. */
export function keeperOver(ask: Ask): Keeper {
  async function loadAndAsk(
    error: unknown,
    material: Material,
    operation: string,
    fields: readonly Field[],
  ): Promise<readonly Buffer[]> {
    if (!(error instanceof KeeperError) || error.code !== 'miss') throw error;
    const { account, keyId, materialId } = material;
    const { spec, wrapped, accountKey } = await material.load();
    await ask('load', [account, keyId, materialId, spec, wrapped, accountKey]);
    return ask(operation, fields);
  }

  return {
    ask,
    use(material, operation, ...more) {
      const fields = [material.account, material.keyId, material.materialId, ...more];
      return ask(operation, fields).catch((error) => loadAndAsk(error, material, operation, fields));
    },
    async status() {
      const [sealed, method, threshold, progress, rootId, previous, keyFile] = await ask('status', []);
      const word = String(method);
      return {
        sealed: String(sealed) === 'sealed',
        method: METHODS.has(word) ? (word as SealMethod) : undefined,
        threshold: Number(threshold),
        progress: Number(progress),
        rootId: String(rootId),
        previousRoots: Number(previous),
        keyFile: String(keyFile),
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
