import type * as Sdk from '@aws-sdk/client-kms';
import { type BlobHead, readBlobHead } from '../../keeper/client/index.ts';
import type { CallContext, Permission } from '../../platform/context.ts';
import { AwsError, type Operations } from '../../platform/service.ts';
import {
  authorisedKey,
  CONTEXT_CONDITIONS,
  contextConditions,
  KEY_CONDITIONS,
  type KeyQuestion,
  keyPermission,
  only,
  permissionAt,
} from './authorise.ts';
import { ignoresCiphertext } from './dry-run.ts';
import {
  dryRun,
  hiddenCiphertext,
  incorrectKey,
  invalidCiphertext,
  validation,
  wrongAlgorithm,
} from './errors.ts';
import { noteUse } from './last-use.ts';
import { first, materialNamed, useKey } from './material.ts';
import { refuseRecipient } from './recipient.ts';
import type { KeyRecord } from './records.ts';
import { shownMaterial } from './shown.ts';
import { longestRsaPlaintext, specFacts } from './specs.ts';
import { demandEnabled, demandUsage } from './state.ts';
import { decryptUnder, encryptUnder, reEncryptUnder } from './symmetric.ts';

type Pairs = Readonly<Record<string, string>> | undefined;
const SYMMETRIC = 'SYMMETRIC_DEFAULT';

/** Condition keys of every operation that encrypts or decrypts. */
export const ENCRYPTION_CONDITIONS = [
  ...KEY_CONDITIONS,
  ...CONTEXT_CONDITIONS,
  'kms:RequestAlias',
  'kms:EncryptionAlgorithm',
];

export const encryption = {
  Encrypt: {
    conditionKeys: ENCRYPTION_CONDITIONS,
    readOnly: true,
    authorise: ({ KeyId, EncryptionContext, EncryptionAlgorithm, GrantTokens }, context) =>
      only(
        keyPermission(
          context,
          KeyId,
          question('kms:Encrypt', EncryptionAlgorithm, EncryptionContext, GrantTokens),
        ),
      ),
    handle(input, context) {
      const algorithm = input.EncryptionAlgorithm ?? SYMMETRIC;
      const { record, arn } = authorisedKey(context, input.KeyId);
      demandEncryption(record, context, algorithm, 'Encrypt', input.EncryptionContext);
      demandLength(record, algorithm, input.Plaintext);
      if (input.DryRun) throw dryRun();
      const { Plaintext, EncryptionContext } = input;
      return encrypted(context, record, algorithm, Plaintext, EncryptionContext).then((CiphertextBlob) => {
        noteUse(context, record, 'Encrypt');
        return { CiphertextBlob, KeyId: arn, EncryptionAlgorithm: algorithm };
      });
    },
  },

  Decrypt: {
    conditionKeys: ENCRYPTION_CONDITIONS,
    readOnly: true,
    authorise: (input, context) =>
      only(
        sourcePermission(
          context,
          input.KeyId,
          input.CiphertextBlob,
          question('kms:Decrypt', input.EncryptionAlgorithm, input.EncryptionContext, input.GrantTokens),
        ),
      ),
    handle(input, context) {
      refuseRecipient(input.Recipient);
      const algorithm = input.EncryptionAlgorithm ?? SYMMETRIC;
      const { record, arn } = authorisedKey(context, input.KeyId ?? CIPHERTEXT);
      if (ignoresCiphertext(input, input.KeyId, 'KeyId')) {
        demandEncryption(record, context, algorithm, 'Decrypt', input.EncryptionContext);
        throw dryRun();
      }
      const blob = demandBlob(input.CiphertextBlob);
      if (input.KeyId !== undefined) refuseOtherKey(record, algorithm, blob);
      demandEncryption(record, context, algorithm, 'Decrypt', input.EncryptionContext);
      const material = sourceMaterial(record, algorithm, blob, context.now);
      if (input.DryRun) throw dryRun();
      const under = { key: record, material, pairs: input.EncryptionContext, operation: 'Decrypt' };
      const opened =
        algorithm === SYMMETRIC
          ? decryptUnder(context, under, blob)
          : useKey(context, record, 'decrypt-rsa', algorithm, blob).then(([plain]) => plain);
      return opened.then((Plaintext) => {
        noteUse(context, record, 'Decrypt');
        return {
          KeyId: arn,
          Plaintext,
          EncryptionAlgorithm: algorithm,
          ...shownMaterial('KeyMaterialId', record, material),
        };
      });
    },
  },

  ReEncrypt: {
    actions: ['kms:ReEncryptFrom', 'kms:ReEncryptTo'],
    conditionKeys: [...ENCRYPTION_CONDITIONS, 'kms:ReEncryptOnSameKey'],
    readOnly: true,
    async authorise(input, context) {
      const from = await sourcePermission(
        context,
        input.SourceKeyId,
        input.CiphertextBlob,
        question(
          'kms:ReEncryptFrom',
          input.SourceEncryptionAlgorithm,
          input.SourceEncryptionContext,
          input.GrantTokens,
        ),
      );
      const to = await keyPermission(
        context,
        input.DestinationKeyId,
        question(
          'kms:ReEncryptTo',
          input.DestinationEncryptionAlgorithm,
          input.DestinationEncryptionContext,
          input.GrantTokens,
        ),
      );
      const same = { 'kms:ReEncryptOnSameKey': from.resource === to.resource };
      return [from, to].map((each) => ({ ...each, context: { ...each.context, ...same } }));
    },
    async handle(input, context) {
      const ignores = ignoresCiphertext(input, input.SourceKeyId, 'SourceKeyId');
      const source = authorisedKey(context, input.SourceKeyId ?? CIPHERTEXT);
      const destination = authorisedKey(context, input.DestinationKeyId);
      const from = input.SourceEncryptionAlgorithm ?? SYMMETRIC;
      const to = input.DestinationEncryptionAlgorithm ?? SYMMETRIC;
      demandEncryption(source.record, context, from, 'ReEncrypt', input.SourceEncryptionContext);
      demandEncryption(destination.record, context, to, 'ReEncrypt', input.DestinationEncryptionContext);
      if (ignores) throw dryRun();
      const blob = demandBlob(input.CiphertextBlob);
      const material = sourceMaterial(source.record, from, blob, context.now);
      if (input.DryRun) throw dryRun();
      const CiphertextBlob = await reEncryptUnder(
        context,
        {
          key: source.record,
          material,
          algorithm: from,
          pairs: input.SourceEncryptionContext,
          operation: 'ReEncrypt',
        },
        {
          key: destination.record,
          material: destination.record.current ?? '',
          algorithm: to,
          pairs: input.DestinationEncryptionContext,
          operation: 'ReEncrypt',
        },
        blob,
      );
      noteUse(context, source.record, 'ReEncrypt');
      noteUse(context, destination.record, 'ReEncrypt');
      return {
        CiphertextBlob,
        SourceKeyId: source.arn,
        KeyId: destination.arn,
        SourceEncryptionAlgorithm: from,
        DestinationEncryptionAlgorithm: to,
        ...shownMaterial('SourceKeyMaterialId', source.record, material),
        ...shownMaterial('DestinationKeyMaterialId', destination.record, destination.record.current),
      };
    },
  },
} satisfies Operations<typeof Sdk>;

/** Under which name the key of a ciphertext is remembered that is not named by the request. */
const CIPHERTEXT = '(the key of the ciphertext)';

/** What has to be allowed on the key that encrypts, or whose data key is made. */
export function question(
  action: string,
  algorithm: string | undefined,
  pairs: Pairs,
  tokens: readonly string[] | undefined,
): KeyQuestion {
  return {
    action,
    alias: true,
    foreign: true,
    tokens,
    context: { 'kms:EncryptionAlgorithm': algorithm ?? SYMMETRIC, ...contextConditions(pairs) },
  };
}

/** The permission on the key that a request names, or that the ciphertext does. */
function sourcePermission(
  context: CallContext,
  given: string | undefined,
  blob: Uint8Array | undefined,
  asked: KeyQuestion,
): Permission | Promise<Permission> {
  if (given !== undefined) return keyPermission(context, given, asked);
  const head = headIn(demandBlob(blob));
  if (!head) throw invalidCiphertext();
  const place = { account: head.account, region: context.region, id: head.keyId };
  const permission = permissionAt(context, place, CIPHERTEXT, asked);
  const own = place.account === context.account;
  return own && !(permission instanceof Promise) ? permission : unlessHidden(context, permission, own);
}

const HIDDEN: ReadonlySet<string> = new Set(['NotFoundException', 'AccessDeniedException']);

/** Of a ciphertext's key that is not there, or is a foreign one that is closed, nothing is told. */
async function unlessHidden(
  context: CallContext,
  asked: Permission | Promise<Permission>,
  own: boolean,
): Promise<Permission> {
  let permission: Permission;
  try {
    permission = await asked;
  } catch (error) {
    throw error instanceof AwsError && HIDDEN.has(error.code) ? hiddenCiphertext() : error;
  }
  if (own) return permission;
  const { verdict } = await context.decide(permission);
  if (verdict !== 'ALLOW') throw hiddenCiphertext();
  return permission;
}

function demandBlob(blob: Uint8Array | undefined): Buffer {
  if (blob === undefined) throw validation('CiphertextBlob is required.');
  return Buffer.isBuffer(blob) ? blob : Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength);
}

let latest: { readonly blob: Buffer; readonly head: BlobHead | undefined } | undefined;

/** The head of a ciphertext; the same one is asked for when a call is authorised and when it is done. */
function headIn(blob: Buffer): BlobHead | undefined {
  if (latest?.blob !== blob) latest = { blob, head: readBlobHead(blob) };
  return latest.head;
}

/** A ciphertext of another key is refused before anything is said of this one. @throws AwsError IncorrectKeyException */
function refuseOtherKey(key: KeyRecord, algorithm: string, blob: Buffer): void {
  const head = algorithm === SYMMETRIC ? headIn(blob) : undefined;
  if (head && (head.account !== key.account || head.keyId !== key.id)) throw incorrectKey();
}

/** @throws AwsError InvalidCiphertextException, IncorrectKeyException */
function sourceMaterial(key: KeyRecord, algorithm: string, blob: Buffer, now: Date): string {
  if (algorithm !== SYMMETRIC) return key.current ?? '';
  const head = headIn(blob);
  if (!head) throw invalidCiphertext();
  if (head.account !== key.account || head.keyId !== key.id) throw incorrectKey();
  return materialNamed(key, head.material, now);
}

/** @throws AwsError what is wrong with the key for this: its usage, its spec, its state; in AWS's order. */
export function demandEncryption(
  key: KeyRecord,
  { now }: CallContext,
  algorithm: string,
  operation: string,
  pairs: Pairs,
): void {
  demandUsage(key, 'ENCRYPT_DECRYPT', operation);
  if (!specFacts(key.spec)?.encryption.includes(algorithm)) throw wrongAlgorithm(algorithm, key.spec);
  if (algorithm !== SYMMETRIC && pairs !== undefined && Object.keys(pairs).length > 0) {
    throw validation('An encryption context is only supported with symmetric encryption keys.');
  }
  demandEnabled(key, now);
}

function demandLength({ spec }: KeyRecord, algorithm: string, plain: Uint8Array): void {
  if (algorithm === SYMMETRIC) return;
  const most = longestRsaPlaintext(spec, algorithm);
  if (plain.length > most) {
    throw validation(
      `Algorithm ${algorithm} and key spec ${spec} cannot encrypt data larger than ${most} bytes.`,
    );
  }
}

function encrypted(
  context: CallContext,
  key: KeyRecord,
  algorithm: string,
  plain: Uint8Array,
  pairs: Pairs,
): Promise<Buffer> {
  if (algorithm === SYMMETRIC) {
    return encryptUnder(context, { key, material: key.current ?? '', pairs, operation: 'Encrypt' }, plain);
  }
  return useKey(context, key, 'encrypt-rsa', algorithm, plain).then(first);
}
