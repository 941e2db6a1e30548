import { X509Certificate } from 'node:crypto';
import { invalidInput } from './errors.ts';

/** What is read of an identity provider's metadata. */
export interface SamlMetadata {
  readonly entityId: string;
  /** Milliseconds since the epoch, where the document limits itself. */
  readonly validUntil: number | undefined;
}

const ENTITY = /<(?:[\w.-]{1,64}:)?EntityDescriptor\s([^<>]{1,8192})>/;
const ROLE = /<(?:[\w.-]{1,64}:)?IDPSSODescriptor[\s>]/;
const CERTIFICATE = /<(?:[\w.-]{1,64}:)?X509Certificate>([A-Za-z0-9+/=\s]{1,65536})<\//g;

/**
 * Checks that a document is the metadata of an identity provider (OASIS "Metadata for SAML 2.0", section 2.4)
 * with certificates that can be read, and that nothing is declared in it which a parser would have to expand.
 *
 * @throws AwsError InvalidInput.
 */
export function readSamlMetadata(document: string): SamlMetadata {
  if (/<!DOCTYPE|<!ENTITY/i.test(document)) throw unreadable();
  const attributes = ENTITY.exec(document)?.[1];
  const entityId = attributeOf(attributes, 'entityID');
  if (entityId === undefined || !ROLE.test(document)) throw unreadable();
  const certificates = [...document.matchAll(CERTIFICATE)].map(([, body]) => body ?? '');
  if (certificates.length === 0 || !certificates.every(isCertificate)) throw unreadable();
  const until = attributeOf(attributes, 'validUntil');
  const validUntil = until === undefined ? undefined : Date.parse(until);
  if (validUntil !== undefined && Number.isNaN(validUntil)) throw unreadable();
  return { entityId, validUntil };
}

function attributeOf(attributes: string | undefined, name: string): string | undefined {
  const before = ` ${attributes ?? ''}`.replace(/[\t\r\n]/g, ' ');
  const start = before.indexOf(` ${name}=`);
  if (start < 0) return undefined;
  const from = start + name.length + 2;
  const quote = before[from];
  if (quote !== '"' && quote !== "'") return undefined;
  const end = before.indexOf(quote, from + 1);
  return end < 0 ? undefined : before.slice(from + 1, end);
}

function isCertificate(body: string): boolean {
  try {
    return new X509Certificate(Buffer.from(body, 'base64')).raw.length > 0;
  } catch {
    return false;
  }
}

function unreadable() {
  return invalidInput('Could not parse metadata');
}
