import { UsageError } from '../kernel/errors.ts';
import { type Text, text } from '../kernel/texts.ts';
import type { ClientOptions } from '../sources/aws/sdk-client.ts';
import { collectHost, HOST_OPTIONS } from './collect-host.ts';
import type { Command, Invocation, Terminal } from './command.ts';

export const command: Command = {
  name: 'collect',
  operands: '',
  summary: text(
    'read an AWS account, changing nothing, into a file that assess reads',
    'AWSアカウントを読み取り専用で調べ、assessで読めるファイルに保存する',
  ),
  options: {
    ...HOST_OPTIONS,
    out: {
      type: 'string',
      value: 'FILE',
      help: text(
        'where the snapshot is written (with --accounts: a folder, one file for each)',
        'スナップショットの保存先(--accounts ではフォルダ。アカウントごとに1ファイル)',
      ),
    },
    profile: {
      type: 'string',
      value: 'NAME',
      help: text('a profile of the AWS configuration', 'AWS設定のプロファイル名'),
    },
    regions: {
      type: 'string',
      multiple: true,
      value: 'all|NAME,…',
      help: text('which regions (default: that of the environment)', '対象リージョン(既定:環境の設定)'),
    },
    accounts: {
      type: 'string',
      multiple: true,
      value: 'ID:role/NAME,…',
      help: text(
        'other accounts, each through a role (also organization:role/NAME, or @FILE with one on each line)',
        'ロール経由で読む別のアカウント(organization:role/NAME、1行に1つ書いた @FILE も可)',
      ),
    },
    'print-policy': {
      type: 'boolean',
      help: text(
        'print the IAM policy that this needs, and call nothing',
        '必要なIAMポリシーを表示するだけで何も呼ばない',
      ),
    },
    'endpoint-url': {
      type: 'string',
      value: 'URL',
      help: text(
        'an endpoint for every service, such as an emulator',
        '全サービスの接続先(エミュレーターなど)',
      ),
    },
  },
  examples: [
    'honmaru collect --print-policy',
    'honmaru collect --regions ap-northeast-1 --out snapshot.json',
    'honmaru collect --regions all --accounts 111111111111:role/HonmaruRead --out snapshots',
    'honmaru assess snapshot.json',
  ],
  run,
};

async function run(invocation: Invocation, terminal: Terminal): Promise<number> {
  refuseUnused(invocation);
  if (invocation.flag('host')) return collectHost(invocation, terminal);
  const { collectAccounts, wantedAccounts } = await import('./collect/accounts.ts');
  const wanted = wantedAccounts(invocation, terminal);
  if (invocation.flag('print-policy')) {
    const { printPolicy } = await import('./collect/policy.ts');
    return printPolicy(wanted, invocation, terminal);
  }
  const out = invocation.option('out');
  if (out === undefined) throw noFile();
  const { collectOne, sender } = await import('./collect/run.ts');
  const regions = invocation
    .options('regions')
    .flatMap((words) => words.split(','))
    .filter(Boolean);
  const profile = invocation.option('profile');
  const endpoint = endpointFrom(invocation);
  const client = {
    ...(profile === undefined ? {} : { profile }),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
  const all = {
    terminal,
    language: invocation.language,
    client,
    send: await sender(client),
    regions,
    region: await regionFrom(regions, client),
    out,
    collect: collectOne,
  };
  if (wanted) return collectAccounts(wanted, all);
  await collectOne(all);
  return 0;
}

/** What would be left unused is a mistake: somebody meant something by it. */
function refuseUnused(invocation: Invocation): void {
  const [operand] = invocation.operands;
  if (operand !== undefined) {
    throw new UsageError({
      code: 'operands',
      message: text(`collect takes no "${operand}"`, `collect に「${operand}」は指定できません`),
      remedy: text('the file to write is named with --out', '保存先は --out で指定します'),
    });
  }
  const host = invocation.flag('host');
  const given = (name: string) =>
    invocation.options(name).length > 0 || invocation.option(name) !== undefined;
  const unused = host ? OF_ACCOUNTS.find(given) : given('ssh') ? 'ssh' : undefined;
  if (unused === undefined) return;
  throw new UsageError({
    code: 'collect-unused',
    message: host
      ? text(`--${unused} is of an account, not of --host`, `--${unused} は --host と併用できません`)
      : text('--ssh goes with --host only', '--ssh は --host と併用します'),
    remedy: host
      ? text('leave one of the two out', 'どちらかを外してください')
      : text(
          'for example honmaru collect --host --ssh USER@HOST --out host.json',
          '例:honmaru collect --host --ssh USER@HOST --out host.json',
        ),
  });
}

const OF_ACCOUNTS = ['profile', 'regions', 'accounts', 'endpoint-url'];

/** @throws UsageError `collect-endpoint` for what is no URL. */
function endpointFrom(invocation: Invocation): string | undefined {
  const endpoint = invocation.option('endpoint-url');
  if (endpoint === undefined || /^https?:$/.test(URL.parse(endpoint)?.protocol ?? '')) return endpoint;
  throw new UsageError({
    code: 'collect-endpoint',
    message: text(
      `--endpoint-url is an http or https URL, not "${endpoint}"`,
      `--endpoint-url には http または https のURLを指定してください(「${endpoint}」は使えません)`,
    ),
    remedy: text('for example http://127.0.0.1:5000', '例:http://127.0.0.1:5000'),
  });
}

/** The region that is asked first: a named one, that of the environment or the profile, or the first of all. */
async function regionFrom(regions: readonly string[], client: ClientOptions): Promise<string> {
  const { configuredRegion } = await import('../sources/aws/sdk-client.ts');
  const region =
    regions.find((each) => each !== 'all') ??
    (await configuredRegion(client)) ??
    (regions.includes('all') ? 'us-east-1' : undefined);
  if (region !== undefined && /^[a-z]{2}(?:-[a-z]{2,12}){1,3}-[0-9]{1,2}$/.test(region)) return region;
  const message =
    region === undefined
      ? noRegion(client.profile)
      : text(`"${region}" is no region`, `「${region}」はリージョンではありません`);
  throw new UsageError({
    code: 'collect-region',
    message,
    remedy: text('for example --regions ap-northeast-1', '例:--regions ap-northeast-1'),
  });
}

function noRegion(profile: string | undefined): Text {
  if (profile === undefined) return text('no region is chosen', 'リージョンが指定されていません');
  return text(
    `the profile "${profile}" names no region, or there is no such profile`,
    `プロファイル「${profile}」にリージョンの設定がないか、プロファイル自体がありません`,
  );
}

function noFile(): UsageError {
  return new UsageError({
    code: 'collect-out',
    message: text('collect needs a file to write: --out FILE', 'collect には保存先が必要です:--out FILE'),
    remedy: text('for example --out snapshot.json', '例:--out snapshot.json'),
  });
}
