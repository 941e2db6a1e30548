import { createPublicKey, type KeyObject } from 'node:crypto';
import type * as Sdk from '@aws-sdk/client-kms';
import type { Operations } from '../../platform/service.ts';
import { authorisedKey, KEY_CONDITIONS, keyPermission } from './authorise.ts';
import { dryRun, validation, wrongAlgorithm } from './errors.ts';
import { noteUse } from './last-use.ts';
import { useKey } from './material.ts';
import { refuseRecipient } from './recipient.ts';
import { specFacts } from './specs.ts';
import { demandEnabled, demandUsage } from './state.ts';

const CURVES: Readonly<Record<string, string>> = {
  ECC_NIST_P256: 'P-256',
  ECC_NIST_P384: 'P-384',
  ECC_NIST_P521: 'P-521',
  ECC_SECG_P256K1: 'secp256k1',
};
const KEM_CONDITIONS = [...KEY_CONDITIONS, 'kms:RequestAlias'];

export const agreement = {
  DeriveSharedSecret: {
    conditionKeys: [...KEY_CONDITIONS, 'kms:RequestAlias', 'kms:KeyAgreementAlgorithm'],
    readOnly: true,
    authorise: async ({ KeyId, GrantTokens, KeyAgreementAlgorithm }, context) => [
      await keyPermission(context, KeyId, {
        action: 'kms:DeriveSharedSecret',
        alias: true,
        foreign: true,
        tokens: GrantTokens,
        context: { 'kms:KeyAgreementAlgorithm': KeyAgreementAlgorithm },
      }),
    ],
    async handle(input, context) {
      refuseRecipient(input.Recipient);
      const { record, arn } = authorisedKey(context, input.KeyId);
      demandUsage(record, 'KEY_AGREEMENT', 'DeriveSharedSecret');
      if (!specFacts(record.spec)?.agreement) throw wrongAlgorithm(input.KeyAgreementAlgorithm, record.spec);
      demandEnabled(record, context.now);
      const point = coordinatesOf(input.PublicKey, record.spec);
      if (input.DryRun) throw dryRun();
      const [SharedSecret] = await useKey(context, record, 'derive', point);
      noteUse(context, record, 'DeriveSharedSecret');
      const { KeyAgreementAlgorithm } = input;
      return { KeyId: arn, SharedSecret, KeyAgreementAlgorithm, KeyOrigin: record.origin };
    },
  },

  Encapsulate: {
    conditionKeys: KEM_CONDITIONS,
    readOnly: true,
    authorise: async ({ KeyId, GrantTokens }, context) => [
      await keyPermission(context, KeyId, {
        action: 'kms:Encapsulate',
        alias: true,
        foreign: true,
        tokens: GrantTokens,
      }),
    ],
    async handle(input, context) {
      const { record, arn } = authorisedKey(context, input.KeyId);
      demandUsage(record, 'ENCAPSULATE_DECAPSULATE', 'Encapsulate');
      demandEnabled(record, context.now);
      if (input.DryRun) throw dryRun();
      const [SharedSecret, SharedSecretCiphertextBlob] = await useKey(context, record, 'encapsulate');
      noteUse(context, record, 'Encapsulate');
      const { EncapsulationAlgorithm } = input;
      return { KeyId: arn, SharedSecret, SharedSecretCiphertextBlob, EncapsulationAlgorithm };
    },
  },

  Decapsulate: {
    conditionKeys: KEM_CONDITIONS,
    readOnly: true,
    authorise: async ({ KeyId, GrantTokens }, context) => [
      await keyPermission(context, KeyId, {
        action: 'kms:Decapsulate',
        alias: true,
        foreign: true,
        tokens: GrantTokens,
      }),
    ],
    async handle(input, context) {
      const { record, arn } = authorisedKey(context, input.KeyId);
      demandUsage(record, 'ENCAPSULATE_DECAPSULATE', 'Decapsulate');
      demandEnabled(record, context.now);
      if (input.DryRun) throw dryRun();
      const [SharedSecret] = await useKey(context, record, 'decapsulate', input.SharedSecretCiphertextBlob);
      noteUse(context, record, 'Decapsulate');
      return { KeyId: arn, SharedSecret, EncapsulationAlgorithm: input.EncapsulationAlgorithm };
    },
  },
} satisfies Operations<typeof Sdk>;

/** A stranger's public key is taken apart here: the keeper gets coordinates. @throws AwsError ValidationException */
function coordinatesOf(der: Uint8Array, spec: string): Buffer {
  try {
    const key = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
    const { crv, x = '', y = '' } = key.export({ format: 'jwk' });
    const coordinates = Buffer.concat([Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
    if (crv === CURVES[spec] && isNamedCurve(der, key, coordinates.length / 2)) return coordinates;
  } catch {
    // Said below.
  }
  throw validation('');
}

/** OpenSSL takes a curve by its parameters too, and does not look at all of them: only names are taken here. */
function isNamedCurve(der: Uint8Array, key: KeyObject, coordinateBytes: number): boolean {
  const named = createPublicKey({ key: key.export({ format: 'jwk' }), format: 'jwk' });
  const { length } = named.export({ type: 'spki', format: 'der' });
  return der.length === length || der.length === length - coordinateBytes;
}
