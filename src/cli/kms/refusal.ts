import { InputError } from '../../kernel/errors.ts';
import { type Text, text } from '../../kernel/texts.ts';

interface Advice {
  readonly code: string;
  readonly remedy: Text;
}

const ENABLE = text(
  'enable the key again (aws kms enable-key) to use what it protects',
  'キーを有効化(aws kms enable-key)すると、再び利用できます',
);
const ALLOW = text(
  'the key policy and your IAM policies must allow kms:GenerateDataKey to encrypt and kms:Decrypt to decrypt',
  '暗号化には kms:GenerateDataKey、復号には kms:Decrypt がキーポリシーとIAMポリシーで許可されている必要があります',
);
const CONNECT = text(
  'is the endpoint right, and does it run? AWS_ENDPOINT_URL_KMS or --endpoint-url names it',
  '接続先(AWS_ENDPOINT_URL_KMS または --endpoint-url)が正しく、起動しているか確認してください',
);
const SIGN_IN = text(
  'name a profile with --profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
  '--profile を指定するか、AWS_ACCESS_KEY_ID と AWS_SECRET_ACCESS_KEY を設定してください',
);

/** By the name of the error, as the AWS KMS API Reference and the official client call them. */
const ADVICE: ReadonlyMap<string, Advice> = new Map([
  ['DisabledException', { code: 'kms-key-disabled', remedy: ENABLE }],
  [
    'KMSInvalidStateException',
    {
      code: 'kms-key-state',
      remedy: text(
        'a key that is pending deletion can be kept: aws kms cancel-key-deletion, then enable-key',
        '削除待ちのキーは aws kms cancel-key-deletion と enable-key で戻せます',
      ),
    },
  ],
  [
    'NotFoundException',
    {
      code: 'kms-key-not-found',
      remedy: text(
        'look at account, region and endpoint: aws kms describe-key --key-id KEY',
        'アカウント・リージョン・接続先を確認してください:aws kms describe-key --key-id KEY',
      ),
    },
  ],
  ['AccessDeniedException', { code: 'kms-access-denied', remedy: ALLOW }],
  [
    'InvalidCiphertextException',
    {
      code: 'kms-data-key-refused',
      remedy: text(
        'the encrypted data key or its context was changed, or it is of another KMS',
        'データキーかコンテキストが変更されたか、別のKMSのものです',
      ),
    },
  ],
  ['ECONNREFUSED', { code: 'kms-unreachable', remedy: CONNECT }],
  ['ENOTFOUND', { code: 'kms-unreachable', remedy: CONNECT }],
  ['EAI_AGAIN', { code: 'kms-unreachable', remedy: CONNECT }],
  ['TimeoutError', { code: 'kms-unreachable', remedy: CONNECT }],
  ['CredentialsProviderError', { code: 'kms-credentials', remedy: SIGN_IN }],
  ['UnrecognizedClientException', { code: 'kms-credentials', remedy: SIGN_IN }],
  ['InvalidSignatureException', { code: 'kms-credentials', remedy: SIGN_IN }],
  ['ExpiredTokenException', { code: 'kms-credentials', remedy: SIGN_IN }],
]);

/** What a KMS said no with, or why it was not reached. Errors that are no answer of a KMS stay as they are. */
export function kmsRefusal(error: unknown, keyId: string): unknown {
  if (!(error instanceof Error)) return error;
  const { code } = error as NodeJS.ErrnoException;
  const advice = ADVICE.get(error.name) ?? ADVICE.get(String(code)) ?? adviceForSettings(error.message);
  const answered = '$metadata' in error;
  if (!advice && !answered) return error;
  // AWS answers some refusals without words.
  const said = [error.name === 'Error' ? code : error.name, error.message].filter(Boolean).join(': ');
  return new InputError(
    {
      code: advice?.code ?? 'kms-refused',
      message: text(
        `KMS does not give the key ${keyId}: ${said}`,
        `KMSキー ${keyId} を利用できません:${said}`,
      ),
      ...(advice && { remedy: advice.remedy }),
    },
    { cause: error },
  );
}

function adviceForSettings(message: string): Advice | undefined {
  if (!message.startsWith('Region is missing')) return undefined;
  return {
    code: 'kms-region',
    remedy: text(
      'name it with --region, AWS_REGION or the profile',
      '--region、AWS_REGION、またはプロファイルで指定してください',
    ),
  };
}
