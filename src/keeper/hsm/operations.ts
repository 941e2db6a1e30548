import { createHash, randomBytes } from 'node:crypto';
import { KeeperError } from '../client/errors.ts';
import type { MaterialReference } from '../client/keeper.ts';
import type { Materials } from '../vault/materials.ts';
import { closedBy, countIn, type Fields, openedBy, referenceIn } from '../vault/operations.ts';
import { unwrap, wrap } from '../vault/wrap.ts';
import type { KeyStores } from './key-stores.ts';
import { decryptRemotely, encryptRemotely, type RemoteKey } from './remote-key.ts';

type Bytes = Buffer | string;
type Operation = (fields: Fields) => Promise<readonly Bytes[]>;

const OBJECT_BYTES = 16;
const PASSWORDS = 'key store passwords';

/** Everything that is done with keys that a token keeps. What an operation reads off its fields stands in its first lines. */
export function hsmOperations(materials: Materials, stores: KeyStores): Readonly<Record<string, Operation>> {
  const passwords = (fields: Fields) => materials.accountSubkey(fields.text(), fields.bytes(), PASSWORDS);

  return {
    async 'hsm-cluster'(fields) {
      stores.demandCluster(fields.text(), fields.text());
      return [];
    },
    async 'hsm-password'(fields) {
      const [key, storeId, password] = [passwords(fields), fields.text(), fields.bytes()];
      return [wrap(key, password, ['key store password', storeId])];
    },
    async 'hsm-connect'(fields) {
      const [key, storeId, clusterId, sealed] = [
        passwords(fields),
        fields.text(),
        fields.text(),
        fields.bytes(),
      ];
      const pin = unwrap(key, sealed, ['key store password', storeId]);
      if (!pin) throw new KeeperError('wrapped', 'the password of the key store cannot be unwrapped');
      try {
        await stores.connect(storeId, clusterId, pin);
      } finally {
        pin.fill(0);
      }
      return [];
    },
    async 'hsm-disconnect'(fields) {
      stores.disconnect(fields.text());
      return [];
    },

    async 'hsm-generate'(fields) {
      const [storeId, keyId] = [fields.text(), fields.text()];
      const object = await stores.use(storeId, (token) => token.makeKey(`honmaru ${keyId}`));
      const materialId = createHash('sha256').update(`${keyId}\0`).update(object).digest('hex');
      return [materialId, object];
    },
    async 'hsm-destroy'(fields) {
      const { storeId, object } = remoteIn(fields.text());
      await stores.use(storeId, (token) => token.destroyKey(object));
      return [];
    },
    async 'hsm-random'(fields) {
      const [storeId, count] = [fields.text(), countIn(fields)];
      return [await stores.use(storeId, (token) => token.random(count))];
    },
    async 'hsm-encrypt'(fields) {
      const [key, reference] = [remoteIn(fields.text()), referenceIn(fields)];
      return [await encryptRemotely(stores, key, reference, kept(fields), kept(fields))];
    },
    async 'hsm-decrypt'(fields) {
      const [key, reference] = [remoteIn(fields.text()), referenceIn(fields)];
      return [await decryptRemotely(stores, key, reference, kept(fields), kept(fields))];
    },
    async 'hsm-data-key'(fields) {
      const [key, reference, count] = [remoteIn(fields.text()), referenceIn(fields), countIn(fields)];
      const [context, plainly] = [kept(fields), fields.text()];
      const plain = randomBytes(count);
      const blob = await encryptRemotely(stores, key, reference, plain, context);
      if (plainly !== 'hide') return [blob, plain];
      plain.fill(0);
      return [blob];
    },
    /** Between any two keys; at least one of them is in a token. A local one says no place. */
    async 'hsm-re-encrypt'(fields) {
      const [from, to] = [sideIn(fields), sideIn(fields)];
      const [blob, context, newContext] = [kept(fields), kept(fields), kept(fields)];
      const plain = await opened(from, blob, context);
      try {
        return [await closed(to, plain, newContext)];
      } finally {
        plain.fill(0);
      }
    },
  };

  async function opened(
    { remote, reference, algorithm }: Side,
    blob: Buffer,
    context: Buffer,
  ): Promise<Buffer> {
    if (remote) return decryptRemotely(stores, remote, reference, blob, context);
    return openedBy(materials.held(reference), algorithm, blob, context);
  }

  async function closed(
    { remote, reference, algorithm }: Side,
    plain: Buffer,
    context: Buffer,
  ): Promise<Buffer> {
    if (remote) return encryptRemotely(stores, remote, reference, plain, context);
    return closedBy(materials.held(reference), algorithm, plain, context);
  }
}

interface Side {
  readonly remote: RemoteKey | undefined;
  readonly reference: MaterialReference;
  readonly algorithm: string;
}

function sideIn(fields: Fields): Side {
  const place = fields.text();
  return {
    remote: place === '' ? undefined : remoteIn(place),
    reference: referenceIn(fields),
    algorithm: fields.text(),
  };
}

/** `<store id>/<object id in hexadecimal>`. */
function remoteIn(place: string): RemoteKey {
  const [storeId = '', hex = ''] = place.split('/');
  const object = Buffer.from(hex, 'hex');
  if (storeId === '' || object.length !== OBJECT_BYTES) throw new KeeperError('request');
  return { storeId, object };
}

/** The bytes of a question belong to its connection; what is used after waiting for a token is copied. */
function kept(fields: Fields): Buffer {
  return Buffer.from(fields.bytes());
}
