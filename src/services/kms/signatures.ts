import type * as Sdk from '@aws-sdk/client-kms';
import type { CallContext } from '../../platform/context.ts';
import type { Operations } from '../../platform/service.ts';
import { authorisedKey, KEY_CONDITIONS, keyPermission, only } from './authorise.ts';
import { dryRun, validation, wrongAlgorithm } from './errors.ts';
import { noteUse } from './last-use.ts';
import { useKey } from './material.ts';
import type { KeyRecord } from './records.ts';
import { macHash, specFacts } from './specs.ts';
import { demandEnabled, demandUsage } from './state.ts';

const SIGNING_CONDITIONS = [...KEY_CONDITIONS, 'kms:RequestAlias', 'kms:SigningAlgorithm', 'kms:MessageType'];
const MAC_CONDITIONS = [...KEY_CONDITIONS, 'kms:RequestAlias', 'kms:MacAlgorithm'];
const DIGEST_BYTES: Readonly<Record<string, number>> = { SHA_256: 32, SHA_384: 48, SHA_512: 64 };
const MU_BYTES = 64;

export const signatures = {
  Sign: {
    conditionKeys: SIGNING_CONDITIONS,
    readOnly: true,
    authorise: (input, context) => only(signingPermission(context, input, 'kms:Sign')),
    handle(input, context) {
      const { record, arn } = authorisedKey(context, input.KeyId);
      const messageType = input.MessageType ?? 'RAW';
      demandSigning(record, context, input.SigningAlgorithm, messageType, input.Message, 'Sign');
      if (input.DryRun) throw dryRun();
      const { SigningAlgorithm, Message } = input;
      return useKey(context, record, 'sign', SigningAlgorithm, messageType, Message).then(([Signature]) => {
        noteUse(context, record, 'Sign');
        return { KeyId: arn, Signature, SigningAlgorithm };
      });
    },
  },

  Verify: {
    conditionKeys: SIGNING_CONDITIONS,
    readOnly: true,
    authorise: (input, context) => only(signingPermission(context, input, 'kms:Verify')),
    async handle(input, context) {
      const { record, arn } = authorisedKey(context, input.KeyId);
      const messageType = input.MessageType ?? 'RAW';
      demandSigning(record, context, input.SigningAlgorithm, messageType, input.Message, 'Verify');
      if (input.DryRun) throw dryRun();
      const { SigningAlgorithm, Message, Signature } = input;
      await useKey(context, record, 'verify', SigningAlgorithm, messageType, Message, Signature);
      noteUse(context, record, 'Verify');
      return { KeyId: arn, SignatureValid: true, SigningAlgorithm };
    },
  },

  GenerateMac: {
    conditionKeys: MAC_CONDITIONS,
    readOnly: true,
    authorise: (input, context) => only(macPermission(context, input, 'kms:GenerateMac')),
    async handle(input, context) {
      const { record, arn } = authorisedKey(context, input.KeyId);
      demandMac(record, context, input.MacAlgorithm, 'GenerateMac');
      if (input.DryRun) throw dryRun();
      const [Mac] = await useKey(context, record, 'mac', macHash(input.MacAlgorithm), input.Message);
      noteUse(context, record, 'GenerateMac');
      return { Mac, MacAlgorithm: input.MacAlgorithm, KeyId: arn };
    },
  },

  VerifyMac: {
    conditionKeys: MAC_CONDITIONS,
    readOnly: true,
    authorise: (input, context) => only(macPermission(context, input, 'kms:VerifyMac')),
    async handle(input, context) {
      const { record, arn } = authorisedKey(context, input.KeyId);
      demandMac(record, context, input.MacAlgorithm, 'VerifyMac');
      if (input.DryRun) throw dryRun();
      await useKey(context, record, 'verify-mac', macHash(input.MacAlgorithm), input.Message, input.Mac);
      noteUse(context, record, 'VerifyMac');
      return { KeyId: arn, MacValid: true, MacAlgorithm: input.MacAlgorithm };
    },
  },
} satisfies Operations<typeof Sdk>;

interface SigningInput {
  readonly KeyId: string;
  readonly SigningAlgorithm: string;
  readonly MessageType?: string | undefined;
  readonly GrantTokens?: readonly string[] | undefined;
}

function signingPermission(context: CallContext, input: SigningInput, action: string) {
  return keyPermission(context, input.KeyId, {
    action,
    alias: true,
    foreign: true,
    tokens: input.GrantTokens,
    context: {
      'kms:SigningAlgorithm': input.SigningAlgorithm,
      'kms:MessageType': input.MessageType ?? 'RAW',
    },
  });
}

interface MacInput {
  readonly KeyId: string;
  readonly MacAlgorithm: string;
  readonly GrantTokens?: readonly string[] | undefined;
}

function macPermission(context: CallContext, input: MacInput, action: string) {
  return keyPermission(context, input.KeyId, {
    action,
    alias: true,
    foreign: true,
    tokens: input.GrantTokens,
    context: { 'kms:MacAlgorithm': input.MacAlgorithm },
  });
}

/** @throws AwsError what is wrong with the key or the message for this; in AWS's order. */
function demandSigning(
  key: KeyRecord,
  { now }: CallContext,
  algorithm: string,
  messageType: string,
  message: Uint8Array,
  operation: string,
): void {
  demandUsage(key, 'SIGN_VERIFY', operation);
  if (!specFacts(key.spec)?.signing.includes(algorithm)) throw wrongAlgorithm(algorithm, key.spec);
  demandMessageType(algorithm, messageType);
  if (messageType === 'EXTERNAL_MU' && message.length !== MU_BYTES) {
    throw validation(`External mu is invalid length for algorithm ${algorithm}.`);
  }
  if (messageType === 'DIGEST' && message.length !== DIGEST_BYTES[algorithm.slice(-'SHA_256'.length)]) {
    throw validation(`Digest is invalid length for algorithm ${algorithm}.`);
  }
  demandEnabled(key, now);
}

/** Source: AWS KMS API Reference, "Sign", MessageType. */
function demandMessageType(algorithm: string, messageType: string): void {
  const mu = algorithm === 'ML_DSA_SHAKE_256';
  const allowed =
    messageType === 'RAW'
      ? algorithm !== 'ED25519_PH_SHA_512'
      : messageType === 'DIGEST'
        ? !mu && algorithm !== 'ED25519_SHA_512'
        : mu;
  if (!allowed) throw validation(`MessageType ${messageType} is not valid for algorithm ${algorithm}.`);
}

function demandMac(key: KeyRecord, { now }: CallContext, algorithm: string, operation: string): void {
  demandUsage(key, 'GENERATE_VERIFY_MAC', operation);
  if (!specFacts(key.spec)?.mac.includes(algorithm)) throw wrongAlgorithm(algorithm, key.spec);
  demandEnabled(key, now);
}
