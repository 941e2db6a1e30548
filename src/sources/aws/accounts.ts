import { InputError, UsageError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';
import type { SendCall } from './api.ts';
import { mapOf, mapsOf, textOf } from './fields.ts';
import { nextPage } from './pages.ts';
import type { RoleCredentials } from './sdk-client.ts';
import { errorName } from './throttle.ts';

/** An account and the role by which it is read. */
export interface AccountRole {
  readonly account: string;
  /** With its path: `audit/HonmaruRead`. */
  readonly role: string;
}

/** What was named: accounts with their roles, and roles that every account of the organisation has. */
export interface WantedAccounts {
  readonly named: readonly AccountRole[];
  readonly everywhere: readonly string[];
}

const NAMED = /^([0-9]{12}):role\/([\w+=,.@/-]{1,512})$/;
const EVERYWHERE = /^organization:role\/([\w+=,.@/-]{1,512})$/;
const MOST_ACCOUNTS = 5_000;

/**
 * Reads the words of `--accounts`: `111111111111:role/Name`, `organization:role/Name`, or `@FILE` with one of
 * these on each line (`#` begins a comment).
 *
 * @param readFile the text of a named file
 * @throws UsageError `collect-accounts` for a word that is none of them, with its line
 */
export function parseAccounts(words: readonly string[], readFile: (name: string) => string): WantedAccounts {
  const named = new Map<string, AccountRole>();
  const everywhere = new Set<string>();
  const add = (word: string, place: string) => {
    const one = NAMED.exec(word);
    const all = EVERYWHERE.exec(word);
    if (one?.[1] && one[2]) named.set(one[1], { account: one[1], role: one[2] });
    else if (all?.[1]) everywhere.add(all[1]);
    else throw noAccount(word, place);
    if (named.size > MOST_ACCOUNTS) throw tooMany();
  };
  for (const word of words) {
    if (!word.startsWith('@')) {
      add(word, '');
      continue;
    }
    const lines = readFile(word.slice(1)).split(/\r?\n/);
    for (const [index, line] of lines.entries()) {
      const content = line.replace(/#.*$/, '').trim();
      if (content !== '') add(content, ` (${word.slice(1)}:${index + 1})`);
    }
  }
  return { named: [...named.values()], everywhere: [...everywhere] };
}

function noAccount(word: string, place: string): UsageError {
  const shown = word.slice(0, 80);
  return new UsageError({
    code: 'collect-accounts',
    message: text(
      `"${shown}" names no account and role${place}`,
      `「${shown}」はアカウントとロールの指定ではありません${place}`,
    ),
    remedy: text(
      'for example 111111111111:role/HonmaruRead, organization:role/HonmaruRead, or @FILE with one on each line',
      '例: 111111111111:role/HonmaruRead、organization:role/HonmaruRead、または1行に1つ書いた @FILE',
    ),
  });
}

function tooMany(): UsageError {
  const message = text(
    `more than ${MOST_ACCOUNTS} accounts are named`,
    `アカウントの指定が${MOST_ACCOUNTS}件を超えています`,
  );
  return new UsageError({
    code: 'collect-accounts',
    message,
    remedy: text('split the list', '分割してください'),
  });
}

/**
 * The accounts of the organisation that are in use (AWS Organizations API reference, "ListAccounts").
 *
 * @throws InputError `aws-organization` when the account may not list them.
 */
export async function organisationAccounts(send: SendCall, region: string): Promise<readonly string[]> {
  const accounts: string[] = [];
  try {
    let more: Readonly<Record<string, unknown>> | undefined = {};
    while (more) {
      const call = { service: 'organizations', operation: 'ListAccounts', region, input: more };
      const answer: Readonly<Record<string, unknown>> = await send(call);
      for (const each of mapsOf(answer, 'Accounts')) {
        if (textOf(each, 'Status') === 'ACTIVE') accounts.push(textOf(each, 'Id'));
      }
      more = accounts.length < MOST_ACCOUNTS ? nextPage('organizations', answer) : undefined;
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(
      {
        code: 'aws-organization',
        message: text(
          `the accounts of the organisation cannot be listed (${errorName(error)})`,
          `組織のアカウントを一覧できません(${errorName(error)})`,
        ),
        remedy: text(
          'run it with the management account or a delegated administrator, or name the accounts',
          '管理アカウントまたは委任された管理者で実行するか、アカウントを個別に指定してください',
        ),
      },
      { cause: error },
    );
  }
  return accounts;
}

/** The ARN of a role. */
export function roleArn({ account, role }: AccountRole, partition: string): string {
  return `arn:${partition}:iam::${account}:role/${role}`;
}

/** The credentials of a role, asked for when they are first needed and again before they end. */
export function assumedRole(send: SendCall, region: string, arn: string): () => Promise<RoleCredentials> {
  return async () => {
    const input = { RoleArn: arn, RoleSessionName: 'honmaru-collect' };
    const answer = await send({ service: 'sts', operation: 'AssumeRole', region, input }).catch(
      (error: unknown) => {
        throw error instanceof InputError ? error : notEntered(arn, error);
      },
    );
    const credentials = mapOf(answer, 'Credentials');
    const expiration = credentials.Expiration;
    return {
      accessKeyId: textOf(credentials, 'AccessKeyId'),
      secretAccessKey: textOf(credentials, 'SecretAccessKey'),
      sessionToken: textOf(credentials, 'SessionToken'),
      ...(expiration instanceof Date ? { expiration } : {}),
    };
  };
}

function notEntered(arn: string, cause: unknown): InputError {
  const details = {
    code: 'aws-role',
    message: text(
      `${arn} cannot be assumed (${errorName(cause)})`,
      `${arn} を引き受けられません(${errorName(cause)})`,
    ),
    remedy: text(
      'let its trust policy name you, and allow yourself sts:AssumeRole on it (honmaru collect --accounts … --print-policy)',
      'ロールの信頼ポリシーに自分を加え、sts:AssumeRole を許可してください(honmaru collect --accounts … --print-policy)',
    ),
  };
  return new InputError(details, { cause });
}
