import { UsageError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';
import type { Invocation, OptionDefinition } from '../command.ts';

/** Options of every command that asks a KMS, here or on AWS. */
export const KMS_CLIENT_OPTIONS = {
  'key-id': {
    type: 'string',
    value: 'KEY',
    help: text('the KMS key: an id, ARN or alias/NAME', 'KMSキー:ID、ARN、または alias/名前'),
  },
  profile: {
    type: 'string',
    value: 'NAME',
    help: text('a profile of the AWS configuration', 'AWS設定のプロファイル名'),
  },
  region: {
    type: 'string',
    value: 'REGION',
    help: text(
      'default: that of the key ARN, else of the environment',
      '既定:キーARNのリージョン、なければ環境の設定',
    ),
  },
  'endpoint-url': {
    type: 'string',
    value: 'URL',
    help: text(
      'the endpoint of KMS (default: the AWS configuration, as of AWS_ENDPOINT_URL_KMS)',
      'KMSの接続先(既定:AWS_ENDPOINT_URL_KMS などのAWS設定)',
    ),
  },
} satisfies Record<string, OptionDefinition>;

/** How the KMS is reached; what is not said comes from the standard configuration of every AWS tool. */
export interface KmsClientOptions {
  readonly profile?: string;
  readonly region?: string;
  readonly endpoint?: string;
}

export function kmsClientOptions(invocation: Invocation): KmsClientOptions {
  const [profile, region, endpoint] = ['profile', 'region', 'endpoint-url'].map((name) =>
    invocation.option(name),
  );
  return {
    ...(profile !== undefined && { profile }),
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
  };
}

/**
 * The key that is to encrypt.
 *
 * @throws UsageError `key-id` when none is named.
 */
export function keyIdOf(invocation: Invocation): string {
  const keyId = invocation.option('key-id');
  if (keyId !== undefined) return keyId;
  throw new UsageError({
    code: 'key-id',
    message: text('say which KMS key: --key-id KEY', 'KMSキーを指定してください:--key-id KEY'),
    remedy: text(
      'aws kms create-key makes one; aws kms list-aliases shows what there is',
      'aws kms create-key で作成、aws kms list-aliases で一覧できます',
    ),
  });
}
