import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { DATA_KEY_BYTES, type DataKeys, type EncryptionContext } from './data-keys.ts';

/** A KMS of one key inside the process of a test; the context is additional data, as KMS has it. */
export function testDataKeys(keyId = 'arn:aws:kms:us-east-1:111122223333:key/test'): DataKeys {
  const root = randomBytes(32);
  return {
    async generate(_asked, context) {
      const plaintext = randomBytes(DATA_KEY_BYTES);
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', root, nonce).setAAD(additional(context));
      const body = Buffer.concat([cipher.update(plaintext), cipher.final()]);
      return { keyId, plaintext, encrypted: Buffer.concat([nonce, body, cipher.getAuthTag()]) };
    },
    async open({ encrypted, context }) {
      const nonce = encrypted.subarray(0, 12);
      const decipher = createDecipheriv('aes-256-gcm', root, nonce, { authTagLength: 16 });
      decipher.setAAD(additional(context)).setAuthTag(encrypted.subarray(-16));
      return Buffer.concat([decipher.update(encrypted.subarray(12, -16)), decipher.final()]);
    },
  };
}

function additional(context: EncryptionContext): Buffer {
  return Buffer.from(JSON.stringify([...context].sort()));
}
