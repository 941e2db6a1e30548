import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';
import type { Invocation, OptionDefinition, Terminal } from '../command.ts';

/** Where an installation lies. */
export interface Installation {
  /** Path of a SQLite file, or a `postgres://` URL. */
  readonly database: string;
  /** The folder that belongs to this node. */
  readonly data: string;
  readonly rootKey: string;
  /** The key file that opens the keeper's seal. */
  readonly keeperKey: string;
  readonly region: string;
}

export const INSTALLATION_OPTIONS = {
  data: {
    type: 'string',
    value: 'DIR',
    help: text(
      "where the data lie (default: honmaru in the user's data directory)",
      'データの場所(既定:ユーザーのデータディレクトリのhonmaru)',
    ),
  },
  database: {
    type: 'string',
    value: 'URL',
    help: text(
      'postgres://… for several nodes (default: HONMARU_DATABASE, else a file in --data)',
      '複数ノードで使うpostgres://…(既定:HONMARU_DATABASE、なければ--data内のファイル)',
    ),
  },
  'root-key': {
    type: 'string',
    value: 'FILE',
    help: text(
      "the key that seals secrets at rest (default: honmaru/root.key in the user's configuration)",
      '保存する秘密を封印する鍵(既定:ユーザー設定のhonmaru/root.key)',
    ),
  },
  'keeper-key': {
    type: 'string',
    value: 'FILE',
    help: text(
      'the key file that unseals the KMS keys (default: keeper.key beside the root key)',
      'KMSの鍵の封印を解く鍵ファイル(既定:ルートキーと同じ場所のkeeper.key)',
    ),
  },
  region: {
    type: 'string',
    value: 'REGION',
    help: text(
      'the region of requests that name none (default: us-east-1)',
      'リージョン指定のない要求のリージョン(既定:us-east-1)',
    ),
  },
} satisfies Record<string, OptionDefinition>;

const REGION = /^[a-z]{2,4}(?:-[a-z]{2,10}){1,3}-\d$/;

/** @throws UsageError `option-value` when the region has no form of one. */
export function installationOf(invocation: Invocation, { cwd, environment }: Terminal): Installation {
  const home = environment.HOME ?? homedir();
  const dataHome = environment.XDG_DATA_HOME || join(home, '.local', 'share');
  const configHome = environment.XDG_CONFIG_HOME || join(home, '.config');
  const data = resolve(cwd, invocation.option('data') ?? join(dataHome, 'honmaru'));
  const region = invocation.option('region') ?? 'us-east-1';
  if (!REGION.test(region)) {
    throw new UsageError({
      code: 'option-value',
      message: text(`"${region}" is no region`, `「${region}」はリージョンではありません`),
    });
  }
  const rootKey = resolve(cwd, invocation.option('root-key') ?? join(configHome, 'honmaru', 'root.key'));
  return {
    data,
    region,
    database:
      invocation.option('database') ??
      (environment.HONMARU_DATABASE || undefined) ??
      join(data, 'honmaru.db'),
    rootKey,
    keeperKey: resolve(cwd, invocation.option('keeper-key') ?? keeperKeyOf(rootKey, environment)),
  };
}

/** A credential of systemd's by the name `honmaru-keeper-key`, else a file beside the root key. */
function keeperKeyOf(
  rootKey: string,
  { CREDENTIALS_DIRECTORY: credentials }: Terminal['environment'],
): string {
  const credential = credentials && join(credentials, 'honmaru-keeper-key');
  return credential && existsSync(credential) ? credential : join(dirname(rootKey), 'keeper.key');
}
