import { unsupported } from './errors.ts';

/** Nitro enclaves have a document to show that nobody outside of AWS can make. */
export function refuseRecipient(recipient: unknown): void {
  if (recipient !== undefined)
    throw unsupported(
      'Recipient is not supported: attestation documents of AWS Nitro Enclaves are not verified by this service.',
    );
}
