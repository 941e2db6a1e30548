import { createHash, timingSafeEqual } from 'node:crypto';
import { bodyOf, contextBytes, readBlobHead } from '../../../../keeper/client/index.ts';
import type { CallContext } from '../../../../platform/context.ts';
import { awsError } from '../../../../platform/service.ts';
import { invalidCiphertext } from '../../errors.ts';
import { keyArn } from '../../find.ts';
import type { KeyRecord, KeyStoreRecord } from '../../records.ts';
import { askProxy, ProxyError, type XksStore } from './proxy.ts';
import { keyConfiguration, usingRefusal } from './refusal.ts';

type Pairs = Readonly<Record<string, string>> | undefined;
type Calling = Pick<CallContext, 'ports' | 'caller' | 'requestId'>;

const TAG_BYTES = 16;
const MOST_METADATA_BYTES = 20;

/** What is bound to a store's secret where it lies sealed. */
export function secretPurpose({
  account,
  region,
  id,
}: Pick<KeyStoreRecord, 'account' | 'region' | 'id'>): string {
  return `kms-xks/${account}/${region}/${id}`;
}

async function ask(
  { ports }: Calling,
  store: XksStore,
  path: string,
  content: object,
): Promise<Readonly<Record<string, unknown>>> {
  const secret = await ports.seal.open(store.xks.secret, secretPurpose(store));
  return askProxy(store, secret, path, content, ports.settings.proxyClient);
}

/** @throws ProxyError unless the proxy says that a key manager serves it. */
export async function demandHealth(context: Calling, store: XksStore, operation: string): Promise<void> {
  const requestMetadata = { kmsRequestId: context.requestId, kmsOperation: operation };
  const { ekmFleetDetails: fleet } = await ask(context, store, '/health', { requestMetadata });
  if (!Array.isArray(fleet) || fleet.length === 0) throw new ProxyError('RESPONSE');
  const serving = fleet.some((each) => ['ACTIVE', 'DEGRADED'].includes(String(each?.healthStatus)));
  if (!serving) throw new ProxyError('UNREACHABLE');
}

/** @throws AwsError XksKeyInvalidConfigurationException; ProxyError */
export async function demandExternalKey(context: Calling, store: XksStore, id: string): Promise<void> {
  const requestMetadata = {
    awsPrincipalArn: context.caller.arn,
    kmsOperation: 'CreateKey',
    kmsRequestId: context.requestId,
  };
  const told = await ask(context, store, `/keys/${id}/metadata`, { requestMetadata });
  const { keySpec, keyUsage, keyStatus } = told;
  const usages: readonly unknown[] = Array.isArray(keyUsage) ? keyUsage : [];
  if (keySpec !== 'AES_256') throw keyConfiguration('The external key is not an AES-256 key.');
  if (!usages.includes('ENCRYPT') || !usages.includes('DECRYPT')) {
    throw keyConfiguration('The external key does not encrypt and decrypt.');
  }
  if (keyStatus !== 'ENABLED') throw keyConfiguration('The external key is not enabled.');
}

/**
 * Has a ciphertext that was made under the key's own material encrypted once more by the external key, so that neither
 * side alone can open it. The form: the head of the inner ciphertext, then length and bytes of IV, tag and
 * metadata (one byte each), then what the proxy made of the rest.
 *
 * @throws AwsError KMSInvalidStateException
 */
export async function wrapExternally(
  context: Calling,
  store: XksStore,
  key: KeyRecord,
  inner: Buffer,
  pairs: Pairs,
  operation: string,
): Promise<Buffer> {
  const head = headOf(inner);
  const bound = boundTo(head, pairs);
  try {
    const answer = await ask(context, store, `/keys/${key.keyStore?.xksKeyId}/encrypt`, {
      requestMetadata: metadataOf(context, key, operation),
      additionalAuthenticatedData: bound.toString('base64'),
      plaintext: inner.toString('base64', head.length),
      encryptionAlgorithm: 'AES_GCM',
      ciphertextDataIntegrityValueAlgorithm: 'SHA_256',
    });
    const iv = bytesIn(answer.initializationVector);
    const tag = bytesIn(answer.authenticationTag);
    const metadata =
      answer.ciphertextMetadata === undefined ? Buffer.alloc(0) : bytesIn(answer.ciphertextMetadata);
    const ciphertext = bytesIn(answer.ciphertext);
    const sound =
      (iv.length === 12 || iv.length === 16) &&
      tag.length === TAG_BYTES &&
      metadata.length <= MOST_METADATA_BYTES &&
      ciphertext.length === inner.length - head.length;
    if (!sound) throw new ProxyError('RESPONSE');
    demandIntegrity(answer.ciphertextDataIntegrityValue, [bound, metadata, iv, ciphertext, tag]);
    return Buffer.concat([head, ...[iv, tag, metadata].flatMap(counted), ciphertext]);
  } catch (error) {
    throw usingRefusal(error);
  }
}

/** The inner ciphertext of {@link wrapExternally}. @throws AwsError InvalidCiphertextException, KMSInvalidStateException */
export async function unwrapExternally(
  context: Calling,
  store: XksStore,
  key: KeyRecord,
  blob: Buffer,
  pairs: Pairs,
  operation: string,
): Promise<Buffer> {
  const { head, iv, tag, metadata, ciphertext } = partsOf(blob);
  try {
    const answer = await ask(context, store, `/keys/${key.keyStore?.xksKeyId}/decrypt`, {
      requestMetadata: metadataOf(context, key, operation),
      additionalAuthenticatedData: boundTo(head, pairs).toString('base64'),
      ciphertext: ciphertext.toString('base64'),
      ...(metadata.length > 0 && { ciphertextMetadata: metadata.toString('base64') }),
      encryptionAlgorithm: 'AES_GCM',
      initializationVector: iv.toString('base64'),
      authenticationTag: tag.toString('base64'),
    });
    return Buffer.concat([head, bytesIn(answer.plaintext)]);
  } catch (error) {
    throw usingRefusal(error);
  }
}

function metadataOf({ caller, requestId }: Calling, key: KeyRecord, operation: string): object {
  return {
    awsPrincipalArn: caller.arn,
    kmsKeyArn: keyArn(key),
    kmsOperation: operation,
    kmsRequestId: requestId,
  };
}

/** What the external key authenticates: a hash, so that the encryption context stays here. */
function boundTo(head: Buffer, pairs: Pairs): Buffer {
  return createHash('sha256').update(head).update(contextBytes(pairs)).digest();
}

/**
 * A data key that cannot be opened again must not be handed out. Source: External Key Store Proxy API Specification,
 * "Ciphertext Data Integrity Value (CDIV) implementation guidelines".
 */
function demandIntegrity(given: unknown, parts: readonly Buffer[]): void {
  const expected = integrityValue(parts);
  const told = bytesIn(given);
  if (told.length !== expected.length || !timingSafeEqual(told, expected)) throw new ProxyError('RESPONSE');
}

/** SHA-256 of the authenticated data, metadata, IV, ciphertext and tag, in this order. */
export function integrityValue(parts: readonly Uint8Array[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest();
}

function bytesIn(value: unknown): Buffer {
  if (typeof value !== 'string') throw new ProxyError('RESPONSE');
  return Buffer.from(value, 'base64');
}

function counted(bytes: Buffer): readonly Buffer[] {
  return [Buffer.of(bytes.length), bytes];
}

/** The head of a ciphertext (`keeper/client/blob.ts`) stays readable around what the proxy made. */
function headOf(blob: Buffer): Buffer {
  const head = readBlobHead(blob);
  if (!head) throw invalidCiphertext();
  return blob.subarray(0, bodyOf(head.version));
}

interface Parts {
  readonly head: Buffer;
  readonly iv: Buffer;
  readonly tag: Buffer;
  readonly metadata: Buffer;
  readonly ciphertext: Buffer;
}

function partsOf(blob: Buffer): Parts {
  const head = headOf(blob);
  let at = head.length;
  const next = () => {
    const size = blob[at];
    if (size === undefined || at + 1 + size > blob.length) throw invalidCiphertext();
    at += 1 + size;
    return blob.subarray(at - size, at);
  };
  const [iv, tag, metadata] = [next(), next(), next()];
  return { head, iv, tag, metadata, ciphertext: blob.subarray(at) };
}

/** Each KMS key of a store has an external key of its own. */
export function keyInUse(): Error {
  return awsError(
    'XksKeyAlreadyInUseException',
    'The external key is already used by another KMS key of this store.',
  );
}
