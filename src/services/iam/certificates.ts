import { createPrivateKey, X509Certificate } from 'node:crypto';
import { awsError } from '../../platform/service.ts';

/** A certificate in PEM. @throws AwsError MalformedCertificate. */
export function readCertificate(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw awsError(
      'MalformedCertificate',
      'Unable to parse certificate. Please ensure the certificate is in PEM format.',
    );
  }
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]{1,65536}-----END CERTIFICATE-----/g;

/** Checks that every certificate of a chain can be read. @throws AwsError MalformedCertificate. */
export function demandChain(pem: string): void {
  const found = pem.match(CERTIFICATE) ?? [];
  if (found.length === 0) {
    throw awsError(
      'MalformedCertificate',
      'Unable to parse certificate chain. Please ensure it is in PEM format.',
    );
  }
  for (const each of found) readCertificate(each);
}

/** @throws AwsError MalformedCertificate, KeyPairMismatch when a private key is not the certificate's. */
export function demandKeyOf(certificate: X509Certificate, pem: string): void {
  let matches: boolean;
  try {
    matches = certificate.checkPrivateKey(createPrivateKey(pem));
  } catch {
    throw awsError(
      'MalformedCertificate',
      'Unable to parse key; the body must be an unencrypted private key in PEM format.',
    );
  }
  if (!matches) {
    throw awsError('KeyPairMismatch', 'The public key certificate and the private key do not match.');
  }
}
