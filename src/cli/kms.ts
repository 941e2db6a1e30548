import { UsageError } from '../kernel/errors.ts';
import { text } from '../kernel/texts.ts';
import type { Command } from './command.ts';
import { ENVIRONMENT_OPTIONS } from './environment-options.ts';
import { KMS_CLIENT_OPTIONS } from './kms/client-options.ts';
import { CONTEXT_OPTION } from './kms/context.ts';
import { INSTALLATION_OPTIONS } from './up/options.ts';

/** `honmaru kms`: the seal of the keys, what depends on a key, and files under a key. */
export const command: Command = {
  name: 'kms',
  operands:
    'status|unseal|seal|rekey|uses KEY [PATH…]|encrypt FILE…|decrypt FILE…|directory encrypt|unlock|lock DIR',
  summary: text(
    'seal and unseal the keys; encrypt files; see what depends on a key',
    '鍵の封印と解除、ファイルの暗号化、鍵に依存するものの確認',
  ),
  options: {
    ...INSTALLATION_OPTIONS,
    method: {
      type: 'string',
      choices: ['key-file', 'passphrase', 'shamir', 'pkcs11', 'kms'],
      value: 'key-file|passphrase|shamir|pkcs11|kms',
      help: text('rekey: how the root key is sealed from now on', 'rekey: 今後のルートキーの封印方法'),
    },
    shares: { type: 'string', value: 'N', help: text('rekey: how many shares', 'rekey: シェアの総数') },
    threshold: {
      type: 'string',
      value: 'K',
      help: text('rekey: how many of them unseal', 'rekey: 解除に必要なシェアの数'),
    },
    'new-key': {
      type: 'string',
      value: 'FILE',
      help: text('rekey: the key file to make', 'rekey: 作成する鍵ファイル'),
    },
    cluster: {
      type: 'string',
      value: 'ID',
      help: text(
        'rekey --method pkcs11: which token of hsm.json (cluster-…)',
        'rekey --method pkcs11: hsm.json のどのトークンか(cluster-…)',
      ),
    },
    'pin-file': {
      type: 'boolean',
      help: text(
        'pkcs11: the PIN comes from the pinFile of hsm.json, also at the start',
        'pkcs11: PIN を hsm.json の pinFile から読む(起動時も同様)',
      ),
    },
    'new-root': {
      type: 'boolean',
      help: text(
        'rekey: a new root key too; the keys of all accounts are sealed under it',
        'rekey: ルートキー自体も新しくし、全アカウントの鍵を封印し直す',
      ),
    },
    ...KMS_CLIENT_OPTIONS,
    ...CONTEXT_OPTION,
    format: {
      type: 'string',
      choices: ['text', 'json'],
      value: 'text|json',
      help: text('uses: form of the answer', 'uses: 出力形式'),
    },
    parameter: ENVIRONMENT_OPTIONS.parameter,
    out: {
      type: 'string',
      value: 'FILE',
      help: text(
        'encrypt, decrypt: where one file goes, - for standard output',
        'encrypt・decrypt: 出力先(ファイルが1つの場合。標準出力は -)',
      ),
    },
    force: {
      type: 'boolean',
      help: text(
        'encrypt, decrypt: replace a file that is there',
        'encrypt・decrypt: 既存のファイルを上書きする',
      ),
    },
  },
  examples: [
    'honmaru kms status',
    'honmaru kms uses alias/orders infrastructure/ /var/lib/volumes',
    'honmaru kms rekey --method shamir --shares 5 --threshold 3',
    'honmaru kms rekey --method kms --key-id arn:aws:kms:eu-west-1:111122223333:key/… --new-root',
    'honmaru kms encrypt dump.sql --key-id alias/backup --context app=web',
    'honmaru kms decrypt dump.sql.hmenv --context app=web',
    'honmaru kms directory unlock /srv/uploads',
    'tar c folder | honmaru kms encrypt - --key-id alias/backup > folder.tar.hmenv',
  ],

  async run(invocation, terminal) {
    const [what, ...operands] = invocation.operands;
    if (what === 'encrypt') {
      const { encryptFiles } = await import('./kms/encrypt.ts');
      return encryptFiles(operands, invocation, terminal);
    }
    if (what === 'decrypt') {
      const { decryptFiles } = await import('./kms/decrypt.ts');
      return decryptFiles(operands, invocation, terminal);
    }
    if (what === 'directory') {
      const { tendDirectory } = await import('./kms/directory.ts');
      return tendDirectory(operands, invocation, terminal);
    }
    if (what === 'uses' && operands.length > 0) {
      const { showUses } = await import('./kms/uses.ts');
      return showUses(operands, invocation, terminal);
    }
    if (
      operands.length === 0 &&
      (what === 'status' || what === 'unseal' || what === 'seal' || what === 'rekey')
    ) {
      const { tendSeal } = await import('./kms/tend-seal.ts');
      return tendSeal(what, invocation, terminal);
    }
    throw new UsageError({
      code: 'operands',
      message: text(
        'say kms status, unseal, seal, rekey, uses KEY [PATH…], encrypt FILE…, decrypt FILE… or directory encrypt|unlock|lock DIR',
        'kms status、unseal、seal、rekey、uses KEY [PATH…]、encrypt FILE…、decrypt FILE…、directory encrypt|unlock|lock DIR のいずれかを指定してください',
      ),
    });
  },
};
