import type { X509Certificate } from 'node:crypto';

const LONGEST_CHAIN = 10;

/**
 * Whether a server's certificate is, or was issued under, a certificate with one of the thumbprints (SHA-1, as IAM
 * keeps them). Each certificate on the way must have been signed by the next one: a server may send along any
 * certificate that the world has seen, and names alone prove nothing. Source: RFC 5280, section 6.1.
 */
export function isPinned(leaf: X509Certificate, thumbprints: readonly string[], now: Date): boolean {
  const wanted = new Set(thumbprints.map((each) => each.toLowerCase()));
  let certificate = leaf;
  for (let length = 1; length <= LONGEST_CHAIN; length += 1) {
    if (!isCurrent(certificate, now)) return false;
    if (wanted.has(certificate.fingerprint.replaceAll(':', '').toLowerCase())) return true;
    const issuer = certificate.issuerCertificate;
    if (issuer === undefined || !issued(issuer, certificate)) return false;
    certificate = issuer;
  }
  return false;
}

function isCurrent({ validFromDate, validToDate }: X509Certificate, now: Date): boolean {
  return validFromDate <= now && now <= validToDate;
}

function issued(issuer: X509Certificate, certificate: X509Certificate): boolean {
  return issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}
