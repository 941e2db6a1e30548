import { unsupported, validation } from '../errors.ts';
import type { KeyStoreRecord } from '../records.ts';

/** Members that say where a new key is made. */
export interface Placing {
  readonly Origin?: string | undefined;
  readonly CustomKeyStoreId?: string | undefined;
  readonly XksKeyId?: string | undefined;
}

/** What of a request for a new key a custom key store does not have. */
export interface Wanted {
  readonly spec: string;
  readonly multiRegion: boolean;
}

/**
 * The origin of a new key; a key store and its origin go together, and it has only symmetric keys of one Region.
 * Source: AWS KMS API Reference, "CreateKey".
 *
 * @throws AwsError ValidationException, UnsupportedOperationException
 */
export function originOf({ Origin = 'AWS_KMS', CustomKeyStoreId, XksKeyId }: Placing, wanted: Wanted) {
  const inStore = Origin === 'AWS_CLOUDHSM' || Origin === 'EXTERNAL_KEY_STORE';
  if (inStore && CustomKeyStoreId === undefined) {
    throw validation(`Origin ${Origin} requires a CustomKeyStoreId.`);
  }
  if (!inStore && CustomKeyStoreId !== undefined) {
    throw validation('CustomKeyStoreId is only valid with Origin AWS_CLOUDHSM or EXTERNAL_KEY_STORE.');
  }
  if (XksKeyId !== undefined && Origin !== 'EXTERNAL_KEY_STORE') {
    throw validation('XksKeyId is only valid with Origin EXTERNAL_KEY_STORE.');
  }
  if (XksKeyId === undefined && Origin === 'EXTERNAL_KEY_STORE') {
    throw validation('Origin EXTERNAL_KEY_STORE requires an XksKeyId.');
  }
  if (inStore && wanted.spec !== 'SYMMETRIC_DEFAULT') {
    throw unsupported(`KeySpec ${wanted.spec} is not supported in custom key stores.`);
  }
  if (inStore && wanted.multiRegion) {
    throw unsupported('Multi-Region keys are not supported in custom key stores.');
  }
  return Origin as 'AWS_KMS' | 'EXTERNAL' | 'AWS_CLOUDHSM' | 'EXTERNAL_KEY_STORE';
}

/** A key store of the other kind. */
export function wrongOriginOf({ hsm }: KeyStoreRecord): Error {
  return validation(
    `The custom key store is for keys of Origin ${hsm ? 'AWS_CLOUDHSM' : 'EXTERNAL_KEY_STORE'}.`,
  );
}
