import { UsageError } from '../kernel/errors.ts';
import { text } from '../kernel/texts.ts';
import type { Command, Invocation, Terminal } from './command.ts';
import { namingFiles } from './file-trouble.ts';
import { KMS_CLIENT_OPTIONS } from './kms/client-options.ts';
import { checkThere } from './volume/files.ts';

type Action = (file: string, invocation: Invocation, terminal: Terminal) => Promise<number>;

const ACTIONS: ReadonlyMap<string, () => Promise<Action>> = new Map([
  ['create', async () => (await import('./volume/make.ts')).createAction],
  ['serve', async () => (await import('./volume/serve.ts')).serveAction],
  ['snapshot', async () => (await import('./volume/make.ts')).snapshotAction],
  ['reencrypt', async () => (await import('./volume/make.ts')).reencryptAction],
]);

/** `honmaru volume …`: encrypted volumes in files, the idea of Amazon EBS encryption. */
export const command: Command = {
  name: 'volume',
  operands: 'create FILE|serve FILE|snapshot FILE|reencrypt FILE|list [FILE|FOLDER…]',
  summary: text(
    'encrypted volumes under a KMS key, offered as network block devices (NBD)',
    'KMSキーで暗号化したボリュームをネットワークブロックデバイス(NBD)として提供する',
  ),
  options: {
    ...KMS_CLIENT_OPTIONS,
    size: { type: 'string', value: 'SIZE', help: text('create: such as 10G', 'create:サイズ(10G など)') },
    snapshot: {
      type: 'string',
      value: 'FILE',
      help: text('create: from this snapshot', 'create:元にするスナップショット'),
    },
    out: {
      type: 'string',
      value: 'FILE',
      help: text(
        'snapshot, reencrypt: what is written (reencrypt: default in its place)',
        'snapshot・reencrypt:出力先(reencrypt の既定は置き換え)',
      ),
    },
    socket: {
      type: 'string',
      value: 'PATH',
      help: text(
        'serve: a Unix socket for its owner only (default: FILE.sock)',
        'serve:所有者だけが使えるUnixソケット(既定:FILE.sock)',
      ),
    },
    port: {
      type: 'string',
      value: 'NUMBER',
      help: text(
        'serve: a port of 127.0.0.1, open to every user of this machine; 0 takes a free one',
        'serve:127.0.0.1のポート。このマシンの全ユーザーが接続できる(0は空きポート)',
      ),
    },
    'read-only': { type: 'boolean', help: text('serve: refuse writes', 'serve:書き込みを拒否する') },
    format: {
      type: 'string',
      choices: ['text', 'json'],
      value: 'text|json',
      help: text('list: how it is printed', 'list:表示形式'),
    },
  },
  examples: [
    'honmaru volume create data.vol --size 10G --key-id alias/disk',
    'honmaru volume serve data.vol',
    'honmaru volume snapshot data.vol --out monday.snap',
    'honmaru volume create restored.vol --snapshot monday.snap',
    'honmaru volume reencrypt data.vol --key-id alias/other',
  ],
  run,
};

async function run(invocation: Invocation, terminal: Terminal): Promise<number> {
  const [word = '', ...files] = invocation.operands;
  if (word === 'list') {
    const { listAction } = await import('./volume/list.ts');
    return namingFiles(() => listAction(files.length > 0 ? files : ['.'], invocation, terminal));
  }
  const load = ACTIONS.get(word);
  if (!load) {
    const words = [...ACTIONS.keys(), 'list'];
    throw new UsageError({
      code: 'volume-action',
      message: text(`say what to do: ${words.join(', ')}`, `操作を指定してください:${words.join('、')}`),
    });
  }
  const [file] = files;
  if (file === undefined || files.length > 1) {
    throw new UsageError({
      code: 'volume-file',
      message: text(
        `honmaru volume ${word} takes one FILE`,
        `honmaru volume ${word} には FILE を1つ指定します`,
      ),
    });
  }
  if (word !== 'create') checkThere(file, terminal);
  const action = await load();
  return namingFiles(() => action(file, invocation, terminal));
}
