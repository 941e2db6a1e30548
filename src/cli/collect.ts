import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { HonmaruError, InputError, UsageError } from '../kernel/errors.ts';
import { text } from '../kernel/texts.ts';
import type { Gap } from '../sources/aws/api.ts';
import type { Snapshot } from '../sources/aws/snapshot.ts';
import type { Command, Invocation, Terminal } from './command.ts';

export const command: Command = {
  name: 'collect',
  operands: '',
  summary: text(
    'read an AWS account, changing nothing, into a file that assess reads',
    'AWSアカウントを読み取り専用で調べ、assessで読めるファイルに保存する',
  ),
  options: {
    out: {
      type: 'string',
      value: 'FILE',
      help: text('where the snapshot is written', 'スナップショットの保存先'),
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
    'honmaru assess snapshot.json',
  ],
  run,
};

async function run(invocation: Invocation, terminal: Terminal): Promise<number> {
  const { collectPolicy } = await import('../sources/aws/collectors.ts');
  if (invocation.flag('print-policy')) {
    terminal.out(`${JSON.stringify(collectPolicy(), undefined, 2)}\n`);
    return 0;
  }
  const out = invocation.option('out');
  if (out === undefined) throw noFile();
  const regions = invocation
    .options('regions')
    .flatMap((words) => words.split(','))
    .filter(Boolean);
  const region = regionFrom(regions, terminal);
  const path = resolve(terminal.cwd, out);
  const resume = earlier(path, out);
  const snapshot = await collect({ invocation, terminal, regions, region, path, resume });
  report(snapshot, out, invocation, terminal);
  return 0;
}

interface Work {
  readonly invocation: Invocation;
  readonly terminal: Terminal;
  readonly regions: readonly string[];
  readonly region: string;
  readonly path: string;
  readonly resume: Snapshot | undefined;
}

async function collect({ invocation, terminal, regions, region, path, resume }: Work): Promise<Snapshot> {
  const { collectAccount } = await import('../sources/aws/collect.ts');
  const { sdkSender } = await import('../sources/aws/sdk-client.ts');
  const { throttled } = await import('../sources/aws/throttle.ts');
  const profile = invocation.option('profile');
  const endpoint = invocation.option('endpoint-url');
  const send = sdkSender({
    ...(profile === undefined ? {} : { profile }),
    ...(endpoint === undefined ? {} : { endpoint }),
  });
  const snapshot = await collectAccount({
    send: throttled(send),
    regions,
    region,
    ...(resume ? { resume } : {}),
    now: () => terminal.now(),
    onProgress: (message) => {
      if (terminal.interactive) terminal.error(`\r\u001b[K… ${message[invocation.language]}`);
    },
    onPart: partWriter(path),
  });
  if (terminal.interactive) terminal.error('\r\u001b[K');
  write(path, snapshot);
  return snapshot;
}

const BETWEEN_WRITES_MS = 2_000;

/** Writes what there is so far, now and then: an interrupted run goes on from there. */
function partWriter(path: string): (snapshot: Snapshot) => void {
  let last = performance.now();
  return (snapshot) => {
    if (performance.now() - last < BETWEEN_WRITES_MS) return;
    write(path, snapshot);
    last = performance.now();
  };
}

/** Writes beside the file and moves it there, so that an interruption leaves the old or the new one whole. */
function write(path: string, snapshot: Snapshot): void {
  const beside = `${path}.new`;
  try {
    writeFileSync(beside, `${JSON.stringify(snapshot, undefined, 1)}\n`, { mode: 0o600 });
    renameSync(beside, path);
  } catch (error) {
    const detail = (error as Error).message;
    throw new HonmaruError({
      code: 'out-file',
      message: text(
        `the snapshot cannot be written: ${detail}`,
        `スナップショットを書き込めません:${detail}`,
      ),
    });
  }
}

/** An unfinished snapshot that stands where the new one goes; a finished one is made anew. */
function earlier(path: string, shown: string): Snapshot | undefined {
  if (!existsSync(path)) return undefined;
  const found = readEarlier(path);
  if (!found) {
    throw new InputError({
      code: 'out-exists',
      message: text(
        `${shown} is there and is no snapshot`,
        `${shown} は既に存在し、スナップショットではありません`,
      ),
      remedy: text('name another file with --out', '--out で別のファイルを指定してください'),
    });
  }
  const unfinished = !found.complete || found.parts.some(({ gaps }) => gaps.length > 0);
  return unfinished ? found : undefined;
}

function readEarlier(path: string): Snapshot | undefined {
  try {
    const read = JSON.parse(readFileSync(path, 'utf8')) as Snapshot | null;
    return read?.schema === 'honmaru.snapshot/1' && Array.isArray(read.parts) ? read : undefined;
  } catch {
    return undefined;
  }
}

function regionFrom(regions: readonly string[], terminal: Terminal): string {
  const named = regions.find((each) => each !== 'all');
  const { AWS_REGION, AWS_DEFAULT_REGION } = terminal.environment;
  const region =
    named ?? AWS_REGION ?? AWS_DEFAULT_REGION ?? (regions.includes('all') ? 'us-east-1' : undefined);
  if (region !== undefined && /^[a-z]{2}(?:-[a-z]{2,12}){1,3}-[0-9]{1,2}$/.test(region)) return region;
  const message =
    region === undefined
      ? text('no region is chosen', 'リージョンが指定されていません')
      : text(`"${region}" is no region`, `「${region}」はリージョンではありません`);
  throw new UsageError({
    code: 'collect-region',
    message,
    remedy: text('for example --regions ap-northeast-1', '例:--regions ap-northeast-1'),
  });
}

function noFile(): UsageError {
  return new UsageError({
    code: 'collect-out',
    message: text('collect needs a file to write: --out FILE', 'collect には保存先が必要です:--out FILE'),
    remedy: text('for example --out snapshot.json', '例:--out snapshot.json'),
  });
}

function report(snapshot: Snapshot, out: string, invocation: Invocation, terminal: Terminal): void {
  const { language } = invocation;
  const gaps = snapshot.parts.flatMap((part) => part.gaps);
  const count = snapshot.parts.reduce((sum, part) => sum + part.resources.length, 0);
  const done = text(
    `${count} resources of account ${snapshot.account} written to ${out}`,
    `アカウント${snapshot.account}のリソース${count}件を ${out} に保存しました`,
  );
  terminal.error(`${done[language]}\n`);
  for (const gap of gaps) terminal.error(`  ? ${describe(gap)[language]}\n`);
  terminal.out(`honmaru assess ${out}\n`);
}

function describe({ service, operation, region, error }: Gap) {
  return text(
    `${service} ${operation} (${region}) was not answered: ${error}`,
    `${service} ${operation}(${region})は回答がありませんでした:${error}`,
  );
}
