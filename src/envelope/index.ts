export { type ByteReader, byteReader } from './byte-reader.ts';
export {
  DATA_KEY_BYTES,
  type DataKey,
  type DataKeys,
  type EncryptionContext,
  type SealedDataKey,
} from './data-keys.ts';
export { derivedKey, headerTag } from './derived-keys.ts';
export { announcedHeader, type EnvelopeHeader, headerLength, MOST_HEADER_BYTES } from './header.ts';
export { type Expected, type Opened, opened } from './open.ts';
export { type SealOptions, sealed } from './seal.ts';
