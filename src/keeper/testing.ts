import { createSecretKey } from 'node:crypto';
import { KeeperError } from './client/errors.ts';
import { type FrameFields, frameReader } from './client/frame-reader.ts';
import { frameWriter } from './client/frame-writer.ts';
import type { Field } from './client/frames.ts';
import { type Keeper, keeperOver } from './client/keeper.ts';
import { keyStores } from './hsm/key-stores.ts';
import { hsmOperations } from './hsm/operations.ts';
import { materials } from './vault/materials.ts';
import { vaultOperations } from './vault/operations.ts';
import { type GeneratedKey, generateKey } from './vault/specs.ts';

export { type TestToken, testToken } from './pkcs11/testing.ts';

/**
 * A keeper inside the process of a test, with a root key of its own; everything but the socket and the seal.
 *
 * @param hsm the description of its clusters, `hsm.json`.
 */
export function keeperInProcess(
  now: () => number = Date.now,
  hsm = '/nonexistent/hsm.json',
): Keeper & { seal(): void } {
  const held = materials(createSecretKey(Buffer.alloc(32, 9)));
  const stores = keyStores(hsm, () => undefined);
  const operations = { ...vaultOperations(held, now, sharedKey), ...hsmOperations(held, stores) };
  let sealed = false;
  const keeper = keeperOver(async (operation, fields) => {
    if (sealed) throw new KeeperError('sealed');
    if (operation === 'status') return STATUS.map((part) => Buffer.from(part));
    const found = operations[operation];
    if (!found) throw new KeeperError('request', 'no such operation');
    const parts = await found(fieldsOf(fields));
    return parts.map((part) => Buffer.from(part));
  });
  return {
    ...keeper,
    seal() {
      sealed = true;
    },
  };
}

/** Open by a key file, with one root key. */
const STATUS = ['open', 'key-file', '0', '0', 'root of tests', '0', '/nonexistent/keeper.key'];

const pairs = new Map<string, Promise<GeneratedKey>>();

/** Making a pair of RSA keys takes a tenth of a second: imports of all tests are wrapped under the same one. */
async function sharedKey(spec: string): Promise<GeneratedKey> {
  const known = pairs.get(spec) ?? generateKey(spec);
  pairs.set(spec, known);
  const { material, publicKey } = await known;
  return { material: Buffer.from(material), publicKey };
}

/** The fields of a question as they arrive. */
export function fieldsOf(fields: readonly Field[]): FrameFields {
  const writer = frameWriter();
  writer.write(0, '', fields);
  let frame: FrameFields | undefined;
  frameReader((each) => {
    frame = each;
  })(writer.take());
  if (!frame) throw new Error('a frame was written and not read');
  frame.text();
  return frame;
}
