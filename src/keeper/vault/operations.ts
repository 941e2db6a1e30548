import {
  createHmac,
  createPublicKey,
  decapsulate,
  diffieHellman,
  encapsulate,
  type KeyObject,
  timingSafeEqual,
} from 'node:crypto';
import { KeeperError } from '../client/errors.ts';
import type { MaterialReference } from '../client/keeper.ts';
import { decrypt, encrypt } from './envelope.ts';
import { importedMaterial, importParameters, type MakeWrappingKey } from './import.ts';
import type { HeldMaterial, Materials } from './materials.ts';
import { random } from './random.ts';
import { decryptRsa, encryptRsa } from './rsa.ts';
import { demandSignature, signature } from './sign.ts';
import { generateKey } from './specs.ts';

type Bytes = Buffer | string;
type Operation = (fields: Fields) => readonly Bytes[] | Promise<readonly Bytes[]>;

/** The fields of a question, read one after the other. @throws KeeperError `request` when there are too few. */
export interface Fields {
  bytes(): Buffer;
  text(): string;
  /** The next fields as one text that is looked up, see `nameOfFields`. */
  name(count: number): string;
  readonly more: boolean;
}

/** Account, key and material are three fields. */
const REFERENCE_FIELDS = 3;

const MOST_RANDOM_BYTES = 1_024;
const COORDINATES: Readonly<Record<string, readonly [crv: string, bytes: number]>> = {
  ECC_NIST_P256: ['P-256', 32],
  ECC_NIST_P384: ['P-384', 48],
  ECC_NIST_P521: ['P-521', 66],
  ECC_SECG_P256K1: ['secp256k1', 32],
};

/**
 * Everything that is done with key material. What an operation reads off its fields stands in its first lines.
 *
 * @param makeWrappingKey for imports; tests have one that is not made anew for each of them.
 */
export function vaultOperations(
  materials: Materials,
  now: () => number,
  makeWrappingKey: MakeWrappingKey = generateKey,
): Readonly<Record<string, Operation>> {
  return {
    'new-account-key': (fields) => [materials.newAccountKey(fields.text())],
    async generate(fields) {
      const { materialId, wrapped, publicKey } = await materials.generate(
        fields.text(),
        fields.bytes(),
        fields.text(),
        fields.text(),
      );
      return [materialId, wrapped, publicKey];
    },
    load(fields) {
      const reference = referenceIn(fields);
      materials.load(reference, fields.text(), fields.bytes(), fields.bytes());
      return [];
    },
    forget(fields) {
      materials.forget(referenceIn(fields));
      return [];
    },

    have(fields) {
      held(fields, materials);
      return [];
    },
    encrypt(fields) {
      const material = held(fields, materials);
      return [encrypt(material, fields.bytes(), fields.bytes())];
    },
    decrypt(fields) {
      const material = held(fields, materials);
      return [decrypt(material, fields.bytes(), fields.bytes())];
    },
    'data-key'(fields) {
      const material = held(fields, materials);
      const plain = random(countIn(fields));
      const blob = encrypt(material, plain, fields.bytes());
      if (fields.text() !== 'hide') return [blob, plain];
      plain.fill(0);
      return [blob];
    },
    async 'data-key-pair'(fields) {
      const wrapping = held(fields, materials);
      const [spec, context, plainly] = [fields.text(), Buffer.from(fields.bytes()), fields.text()];
      const { material, publicKey } = await generateKey(spec);
      const blob = encrypt(wrapping, material, context);
      if (plainly !== 'hide') return [blob, publicKey, material];
      material.fill(0);
      return [blob, publicKey];
    },
    're-encrypt'(fields) {
      const source = held(fields, materials);
      const destination = held(fields, materials);
      const [from, to] = [fields.text(), fields.text()];
      const [blob, context, newContext] = [fields.bytes(), fields.bytes(), fields.bytes()];
      const plain = openedBy(source, from, blob, context);
      try {
        return [closedBy(destination, to, plain, newContext)];
      } finally {
        plain.fill(0);
      }
    },
    random: (fields) => [random(countIn(fields))],

    'encrypt-rsa'(fields) {
      const { key } = held(fields, materials);
      return [encryptRsa(key, fields.text(), fields.bytes())];
    },
    'decrypt-rsa'(fields) {
      const { key } = held(fields, materials);
      return [decryptRsa(key, fields.text(), fields.bytes())];
    },
    sign(fields) {
      const { key } = held(fields, materials);
      const made = signature(key, fields.text(), fields.text(), fields.bytes());
      return made instanceof Promise ? made.then((bytes) => [bytes]) : [made];
    },
    verify(fields) {
      const { key } = held(fields, materials);
      const done = demandSignature(key, fields.text(), fields.text(), fields.bytes(), fields.bytes());
      return done instanceof Promise ? done.then(() => []) : [];
    },
    mac(fields) {
      const { key } = held(fields, materials);
      return [createHmac(fields.text(), key).update(fields.bytes()).digest()];
    },
    'verify-mac'(fields) {
      const { key } = held(fields, materials);
      const expected = createHmac(fields.text(), key).update(fields.bytes()).digest();
      const given = fields.bytes();
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new KeeperError('mac');
      return [];
    },
    derive(fields) {
      const { key, spec } = held(fields, materials);
      return [diffieHellman({ privateKey: key, publicKey: pointOf(spec, fields.bytes()) })];
    },
    encapsulate(fields) {
      const { key } = held(fields, materials);
      const { sharedKey, ciphertext } = encapsulate(createPublicKey(key));
      return [Buffer.from(sharedKey), Buffer.from(ciphertext)];
    },
    decapsulate(fields) {
      const { key } = held(fields, materials);
      try {
        return [Buffer.from(decapsulate(key, fields.bytes()))];
      } catch {
        throw new KeeperError('ciphertext');
      }
    },

    async 'import-parameters'(fields) {
      const sealing = materials.accountSubkey(fields.text(), fields.bytes(), 'import tokens');
      const { publicKey, token } = await importParameters(
        sealing,
        fields.text(),
        fields.text(),
        fields.text(),
        now(),
        makeWrappingKey,
      );
      return [publicKey, token];
    },
    import(fields) {
      const [account, accountKey, keyId, spec] = [
        fields.text(),
        fields.bytes(),
        fields.text(),
        fields.text(),
      ];
      const sealing = materials.accountSubkey(account, accountKey, 'import tokens');
      const material = importedMaterial(sealing, keyId, fields.bytes(), fields.bytes(), now());
      try {
        const { materialId, wrapped, publicKey } = materials.adopt(
          account,
          accountKey,
          keyId,
          spec,
          material,
        );
        return [materialId, wrapped, publicKey];
      } finally {
        material.fill(0);
      }
    },
  };
}

export function referenceIn(fields: Fields): MaterialReference {
  return { account: fields.text(), keyId: fields.text(), materialId: fields.text() };
}

function held(fields: Fields, materials: Materials): HeldMaterial {
  return materials.heldBy(fields.name(REFERENCE_FIELDS));
}

/** How many bytes are asked for. @throws KeeperError `request` */
export function countIn(fields: Fields): number {
  const count = Number(fields.text());
  if (Number.isInteger(count) && count >= 1 && count <= MOST_RANDOM_BYTES) return count;
  throw new KeeperError('request');
}

/** Decrypts by any algorithm of KMS. @throws KeeperError `ciphertext` */
export function openedBy(held: HeldMaterial, algorithm: string, blob: Buffer, context: Buffer): Buffer {
  return algorithm === 'SYMMETRIC_DEFAULT'
    ? decrypt(held, blob, context)
    : decryptRsa(held.key, algorithm, blob);
}

/** Encrypts by any algorithm of KMS. */
export function closedBy(held: HeldMaterial, algorithm: string, plain: Buffer, context: Buffer): Buffer {
  return algorithm === 'SYMMETRIC_DEFAULT'
    ? encrypt(held, plain, context)
    : encryptRsa(held.key, algorithm, plain);
}

/** A public key from its two coordinates; what strangers send in DER is taken apart before it gets here. */
function pointOf(spec: string, coordinates: Buffer): KeyObject {
  const [crv, size] = COORDINATES[spec] ?? ['', 0];
  if (size === 0 || coordinates.length !== 2 * size) throw new KeeperError('material');
  const part = (at: number) => coordinates.subarray(at, at + size).toString('base64url');
  try {
    return createPublicKey({ key: { kty: 'EC', crv, x: part(0), y: part(size) }, format: 'jwk' });
  } catch {
    throw new KeeperError('material');
  }
}
