import { randomUUID } from 'node:crypto';
import { dispatch } from '../../src/platform/dispatch.ts';
import type { AwsError } from '../../src/platform/service.ts';
import type { TestBed } from '../../src/platform/testing.ts';
import { kms } from '../../src/services/kms/testing.ts';
import { wireError } from '../../src/wire/protocol/protocol.ts';
import { serviceModel } from '../../src/wire/schema/service-model.ts';

const MODEL = serviceModel(await import('@aws-sdk/client-kms'));

const BLOBS: ReadonlySet<string> = new Set([
  'Plaintext',
  'CiphertextBlob',
  'Message',
  'Signature',
  'Mac',
  'PublicKey',
  'ImportToken',
  'EncryptedKeyMaterial',
]);

/** An answer or an error as a client sees it. */
export type Seen = Readonly<Record<string, unknown>>;

/** Calls an operation of KMS in a Region, as the root user of the account. */
export async function callKms(
  bed: TestBed,
  operation: string,
  params: object,
  region: string,
): Promise<Seen> {
  const service = await bed.platform.service(kms.id);
  if (!service) throw new Error('no service');
  const outcome = await dispatch(bed.platform, {
    service,
    operation,
    input: inputOf(params),
    caller: bed.root,
    ports: await bed.ports(),
    request: { sourceIp: '192.0.2.1', userAgent: 'conformance', secureTransport: true, host: '' },
    requestId: randomUUID(),
    now: bed.now(),
    region,
  });
  if ('error' in outcome) return seenError(outcome.error);
  return JSON.parse(JSON.stringify(outcome.output, jsonValue)) as Seen;
}

function seenError(error: AwsError): Seen {
  const { code, message, status } = wireError(MODEL, error, false);
  return { Error: { Code: code, Message: message }, ResponseMetadata: { HTTPStatusCode: status } };
}

/** Members in the forms that the codec gives: bytes and times; null is no value. */
function inputOf(params: object): object {
  return Object.fromEntries(
    Object.entries(params)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name, memberValue(name, value)]),
  );
}

function memberValue(name: string, value: unknown): unknown {
  if (typeof value === 'string' && BLOBS.has(name)) {
    return value.startsWith(BYTES) ? Buffer.from(value.slice(BYTES.length), 'base64') : Buffer.from(value);
  }
  const { $bytes, $time } = (value ?? {}) as { readonly $bytes?: string; readonly $time?: string };
  if ($bytes !== undefined) return Buffer.from($bytes, 'base64');
  if ($time !== undefined) return new Date($time);
  return value;
}

/** Marks bytes in an answer, so that a later request can be given them back. */
const BYTES = 'bytes:';

function jsonValue(_key: string, value: unknown): unknown {
  const buffer = value as { readonly type?: string; readonly data?: readonly number[] } | undefined;
  if (buffer?.type === 'Buffer' && buffer.data)
    return `${BYTES}${Buffer.from(buffer.data).toString('base64')}`;
  return value;
}
