import { InputError } from '../../kernel/errors.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { SendCall } from './api.ts';
import { textOf } from './fields.ts';
import { errorName } from './throttle.ts';

export interface Identity {
  /** The account's number. */
  readonly account: string;
  readonly partition: string;
}

/**
 * Whose account it is that the credentials open.
 *
 * @throws InputError `aws-unreachable` or `aws-credentials`, with what to do.
 */
export async function whoAmI(send: SendCall, region: string): Promise<Identity> {
  try {
    const identity = await send({ service: 'sts', operation: 'GetCallerIdentity', region, input: {} });
    const [, partition = 'aws'] = textOf(identity, 'Arn').split(':');
    return { account: textOf(identity, 'Account'), partition };
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw notSignedIn(errorName(error), region, error);
  }
}

const UNREACHED = /^(?:ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOST|ENETUNREACH|Timeout)/;
const EXPIRED = /Expired/;
const SKEWED =
  /RequestTimeTooSkewed|RequestInTheFuture|SignatureDoesNotMatch|InvalidSignature|RequestExpired/;
const UNKNOWN_KEYS = /InvalidClientTokenId|UnrecognizedClient|InvalidAccessKeyId|InvalidToken/;

/** Whether an error says that the credentials ended while they were in use: then every further call is in vain. */
export function hasExpired(name: string): boolean {
  return /^(?:ExpiredToken|ExpiredTokenException|TokenExpired)/.test(name);
}

/** The error of a service or the network, as a sentence with what to do. */
export function notSignedIn(name: string, region: string, cause: unknown): InputError {
  const [code, message, remedy] = UNREACHED.test(name)
    ? unreached(name, region)
    : (saidOf(name) ?? refused(name, region));
  return new InputError({ code, message, remedy }, { cause });
}

type Said = readonly [code: string, message: Text, remedy: Text];

/** What is no refusal of AWS: nobody signed in, or somebody else answers. */
function saidOf(name: string): Said | undefined {
  if (name === 'CredentialsProviderError') {
    return [
      'aws-credentials',
      text(`no credentials for AWS were found (${name})`, `AWSの認証情報が見つかりません(${name})`),
      text(
        'name a profile that exists with --profile (aws configure list-profiles), or sign in with aws sso login or aws configure',
        '存在するプロファイルを --profile で指定するか(一覧:aws configure list-profiles)、aws sso login または aws configure でサインインしてください',
      ),
    ];
  }
  if (name !== 'UnreadableAnswer' && !/^HTTP2\d\d$/.test(name)) return undefined;
  return [
    'aws-unreachable',
    text(
      `what answers is not AWS: its answer cannot be read (${name})`,
      `接続先がAWSではないようです。応答を解釈できません(${name})`,
    ),
    text(
      'check the endpoint (--endpoint-url, AWS_ENDPOINT_URL) and the proxy',
      '接続先(--endpoint-url、AWS_ENDPOINT_URL)とプロキシを確認してください',
    ),
  ];
}

function unreached(name: string, region: string): Said {
  return [
    'aws-unreachable',
    text(`AWS cannot be reached in ${region} (${name})`, `${region}のAWSに接続できません(${name})`),
    text(
      `check that ${region} is a region of AWS, then the network, the proxy and the endpoint`,
      `${region}が実在するリージョンか、次にネットワーク・プロキシ・接続先を確認してください`,
    ),
  ];
}

function refused(name: string, region: string): Said {
  return [
    'aws-credentials',
    text(`AWS does not let us in (${name})`, `AWSにサインインできません(${name})`),
    refusal(name, region),
  ];
}

function refusal(name: string, region: string): Text {
  if (SKEWED.test(name)) {
    return text(
      "set this machine's clock; if it is right, check the secret access key",
      'このマシンの時計を合わせてください。合っている場合はシークレットアクセスキーを確認してください',
    );
  }
  if (EXPIRED.test(name)) {
    return text(
      'sign in again (aws sso login, or new keys) and run the same command: what was read is kept',
      '再度サインインし(aws sso login など)、同じコマンドを実行してください。読み取り済みの部分は保たれます',
    );
  }
  if (UNKNOWN_KEYS.test(name)) {
    return text(
      `the keys are not known there: check the profile, and that the region ${region} is switched on for the account`,
      `その認証情報は認識されません。プロファイルと、リージョン${region}がアカウントで有効かを確認してください`,
    );
  }
  return text(
    'check with: aws sts get-caller-identity; choose a profile with --profile',
    '確認するコマンド: aws sts get-caller-identity。--profile でプロファイルを選べます',
  );
}
