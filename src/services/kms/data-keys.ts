import type * as Sdk from '@aws-sdk/client-kms';
import { contextBytes } from '../../keeper/client/index.ts';
import type { CallContext } from '../../platform/context.ts';
import type { Operations } from '../../platform/service.ts';
import { authorisedKey, keyPermission, only } from './authorise.ts';
import { demandEncryption, ENCRYPTION_CONDITIONS, question } from './encryption.ts';
import { dryRun, unsupported, validation } from './errors.ts';
import { noteUse } from './last-use.ts';
import { kept, useKey } from './material.ts';
import { refuseRecipient } from './recipient.ts';
import { shownMaterial } from './shown.ts';
import { storeOf, wrongStoreState } from './stores/find-store.ts';
import { askHsm } from './stores/hsm.ts';
import { dataKeyUnder } from './symmetric.ts';

const SYMMETRIC = 'SYMMETRIC_DEFAULT';
const PAIR_CONDITIONS = [...ENCRYPTION_CONDITIONS, 'kms:DataKeyPairSpec'];

export const dataKeys = {
  GenerateDataKey: {
    conditionKeys: ENCRYPTION_CONDITIONS,
    readOnly: true,
    authorise: ({ KeyId, EncryptionContext, GrantTokens }, context) =>
      only(
        keyPermission(
          context,
          KeyId,
          question('kms:GenerateDataKey', undefined, EncryptionContext, GrantTokens),
        ),
      ),
    handle(input, context) {
      refuseRecipient(input.Recipient);
      const { arn, record } = authorisedKey(context, input.KeyId);
      return dataKey(context, input, 'GenerateDataKey', 'show').then(([CiphertextBlob, Plaintext]) => ({
        CiphertextBlob,
        Plaintext,
        KeyId: arn,
        ...shownMaterial('KeyMaterialId', record, record.current),
      }));
    },
  },

  GenerateDataKeyWithoutPlaintext: {
    conditionKeys: ENCRYPTION_CONDITIONS,
    readOnly: true,
    authorise: async ({ KeyId, EncryptionContext, GrantTokens }, context) => [
      await keyPermission(
        context,
        KeyId,
        question('kms:GenerateDataKeyWithoutPlaintext', undefined, EncryptionContext, GrantTokens),
      ),
    ],
    async handle(input, context) {
      const [CiphertextBlob] = await dataKey(context, input, 'GenerateDataKeyWithoutPlaintext', 'hide');
      const { arn, record } = authorisedKey(context, input.KeyId);
      return { CiphertextBlob, KeyId: arn, ...shownMaterial('KeyMaterialId', record, record.current) };
    },
  },

  GenerateDataKeyPair: {
    conditionKeys: PAIR_CONDITIONS,
    readOnly: true,
    authorise: async (input, context) => [await pairPermission(context, input, 'kms:GenerateDataKeyPair')],
    async handle(input, context) {
      refuseRecipient(input.Recipient);
      const { blob, publicKey, privateKey, arn, material } = await keyPair(
        context,
        input,
        'GenerateDataKeyPair',
        'show',
      );
      return {
        PrivateKeyCiphertextBlob: blob,
        PrivateKeyPlaintext: privateKey,
        PublicKey: publicKey,
        KeyId: arn,
        KeyPairSpec: input.KeyPairSpec,
        KeyMaterialId: material,
      };
    },
  },

  GenerateDataKeyPairWithoutPlaintext: {
    conditionKeys: PAIR_CONDITIONS,
    readOnly: true,
    authorise: async (input, context) => [
      await pairPermission(context, input, 'kms:GenerateDataKeyPairWithoutPlaintext'),
    ],
    async handle(input, context) {
      const operation = 'GenerateDataKeyPairWithoutPlaintext';
      const { blob, publicKey, arn, material } = await keyPair(context, input, operation, 'hide');
      return {
        PrivateKeyCiphertextBlob: blob,
        PublicKey: publicKey,
        KeyId: arn,
        KeyPairSpec: input.KeyPairSpec,
        KeyMaterialId: material,
      };
    },
  },

  GenerateRandom: {
    readOnly: true,
    authorise: () => [{ action: 'kms:GenerateRandom', resource: '*' }],
    async handle({ NumberOfBytes, CustomKeyStoreId, Recipient }, context) {
      refuseRecipient(Recipient);
      if (NumberOfBytes === undefined) throw validation('NumberOfBytes is required.');
      const count = String(NumberOfBytes);
      if (CustomKeyStoreId !== undefined)
        return { Plaintext: await randomOf(context, CustomKeyStoreId, count) };
      const [Plaintext] = await kept(context.ports.keeper.ask('random', [count]));
      return { Plaintext };
    },
  },
} satisfies Operations<typeof Sdk>;

/** Random bytes that the cluster of a key store makes. @throws AwsError CustomKeyStore…, UnsupportedOperationException */
async function randomOf(context: CallContext, id: string, count: string): Promise<Buffer | undefined> {
  const { value } = await storeOf(context, id);
  if (!value.hsm) throw unsupported('GenerateRandom is not supported in external key stores.');
  if (value.state !== 'CONNECTED') throw wrongStoreState(value, 'GenerateRandom');
  const [bytes] = await askHsm(context, { ...value, hsm: value.hsm }, 'hsm-random', [id, count]);
  return bytes;
}

interface DataKeyInput {
  readonly KeyId: string;
  readonly KeySpec?: string | undefined;
  readonly NumberOfBytes?: number | undefined;
  readonly EncryptionContext?: Readonly<Record<string, string>> | undefined;
  readonly DryRun?: boolean | undefined;
}

function dataKey(
  context: CallContext,
  input: DataKeyInput,
  operation: string,
  plain: 'show' | 'hide',
): Promise<readonly Buffer[]> {
  if ((input.KeySpec === undefined) === (input.NumberOfBytes === undefined)) {
    throw validation('Please specify either number of bytes or key spec.');
  }
  const bytes = input.NumberOfBytes ?? (input.KeySpec === 'AES_128' ? 16 : 32);
  const { record } = authorisedKey(context, input.KeyId);
  demandEncryption(record, context, SYMMETRIC, operation, input.EncryptionContext);
  if (input.DryRun) throw dryRun();
  const { EncryptionContext: pairs } = input;
  const under = { key: record, material: record.current ?? '', pairs, operation };
  return dataKeyUnder(context, under, bytes, plain).then((made) => {
    noteUse(context, record, operation);
    return made;
  });
}

interface PairInput {
  readonly KeyId: string;
  readonly KeyPairSpec: string;
  readonly EncryptionContext?: Readonly<Record<string, string>> | undefined;
  readonly GrantTokens?: readonly string[] | undefined;
  readonly DryRun?: boolean | undefined;
}

async function pairPermission(context: CallContext, input: PairInput, action: string) {
  const asked = question(action, undefined, input.EncryptionContext, input.GrantTokens);
  return keyPermission(context, input.KeyId, {
    ...asked,
    context: { ...asked.context, 'kms:DataKeyPairSpec': input.KeyPairSpec },
  });
}

async function keyPair(context: CallContext, input: PairInput, operation: string, plain: 'show' | 'hide') {
  const { record, arn } = authorisedKey(context, input.KeyId);
  demandEncryption(record, context, SYMMETRIC, operation, input.EncryptionContext);
  if (record.keyStore) throw unsupported(`${arn} is in a custom key store, which makes no data key pairs.`);
  if (input.KeyPairSpec === 'SM2') throw unsupported('SM2 key pairs are only supported in China Regions.');
  if (input.DryRun) throw dryRun();
  const pairs = contextBytes(input.EncryptionContext);
  const [blob, publicKey, privateKey] = await useKey(
    context,
    record,
    'data-key-pair',
    input.KeyPairSpec,
    pairs,
    plain,
  );
  noteUse(context, record, operation);
  return { blob, publicKey, privateKey, arn, material: record.current };
}
