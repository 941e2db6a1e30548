import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { HonmaruError, InputError, UsageError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';
import {
  type AccountRole,
  assumedRole,
  organisationAccounts,
  parseAccounts,
  roleArn,
  type WantedAccounts,
} from '../../sources/aws/accounts.ts';
import type { SendCall } from '../../sources/aws/api.ts';
import { whoAmI } from '../../sources/aws/sign-in.ts';
import type { Invocation, Terminal } from '../command.ts';
import type { Run } from './run.ts';

/** What `--accounts` names; undefined where it was not given. */
export function wantedAccounts(invocation: Invocation, terminal: Terminal): WantedAccounts | undefined {
  const words = invocation
    .options('accounts')
    .flatMap((each) => each.split(','))
    .filter(Boolean);
  if (words.length === 0) return undefined;
  return parseAccounts(words, (name) => {
    try {
      return readFileSync(resolve(terminal.cwd, name), 'utf8');
    } catch (error) {
      const detail = (error as Error).message;
      throw new UsageError({
        code: 'collect-accounts',
        message: text(
          `the list of accounts cannot be read: ${detail}`,
          `アカウントの一覧を読めません: ${detail}`,
        ),
      });
    }
  });
}

/** The ARNs of the roles that are to be entered, for the policy of who starts the run. */
export function rolesToEnter({ named, everywhere }: WantedAccounts): readonly string[] {
  return [
    ...named.map((each) => roleArn(each, 'aws')),
    ...everywhere.map((role) => `arn:aws:iam::*:role/${role}`),
  ];
}

/**
 * Reads each account through its role into `<out>/<account>.json`. One that cannot be entered is said, and
 * the others go on.
 *
 * @returns 0, or 2 when an account could not be read
 */
export async function collectAccounts(wanted: WantedAccounts, run: Run): Promise<number> {
  const { partition, roles } = await rolesOf(wanted, run.send, run.region);
  let code = 0;
  for (const each of roles) {
    const out = join(run.out, `${each.account}.json`);
    const credentials = assumedRole(run.send, run.region, roleArn(each, partition));
    try {
      await run.collect({ ...run, out, credentials });
    } catch (error) {
      if (!(error instanceof HonmaruError)) throw error;
      code = 2;
      const remedy = error.remedy ? `\n    → ${error.remedy[run.language]}` : '';
      run.terminal.error(`${each.account}: ${error.text[run.language]}${remedy}\n`);
    }
  }
  return code;
}

async function rolesOf({ named, everywhere }: WantedAccounts, send: SendCall, region: string) {
  const { partition } = await whoAmI(send, region);
  const roles = new Map<string, AccountRole>();
  if (everywhere.length > 0) {
    const accounts = await organisationAccounts(send, region);
    for (const role of everywhere) for (const account of accounts) roles.set(account, { account, role });
  }
  for (const each of named) roles.set(each.account, each);
  if (roles.size === 0) throw noAccounts();
  return { partition, roles: [...roles.values()] };
}

function noAccounts(): InputError {
  return new InputError({
    code: 'aws-organization',
    message: text('the organisation has no account in use', '組織に利用中のアカウントがありません'),
  });
}
