import type { Seal } from '../../api/contract.ts';
import { type KeeperStatus, keeperConnection, keeperOver, keeperSocket } from '../../keeper/client/index.ts';
import { type Text, text } from '../../kernel/texts.ts';

const PATIENCE_MILLISECONDS = 3_000;

/** What the console says while the KMS keys of this node cannot be used; undefined while they can. Never fails. */
export async function consoleSeal(data: string): Promise<Seal | undefined> {
  const connection = keeperConnection(keeperSocket(data), false);
  const timer = setTimeout(connection.close, PATIENCE_MILLISECONDS).unref();
  try {
    return sealOf(await keeperOver(connection.ask).status());
  } catch {
    return { kind: 'unreachable', message: UNREACHABLE };
  } finally {
    clearTimeout(timer);
    connection.close();
  }
}

/** Everybody who is signed in reads it: what opens the seal is named, and neither told nor located. */
export function sealOf(status: KeeperStatus): Seal | undefined {
  if (!status.sealed) return undefined;
  const { en, ja } = wayOf(status);
  const message = text(`${MEANING.en} ${en}`, `${MEANING.ja}${ja}`);
  return { kind: 'sealed', message, command: 'honmaru kms unseal' };
}

const MEANING = text(
  'Until they are unsealed, nothing can be encrypted or decrypted with the KMS keys of this server.',
  '封印を解除するまで、このサーバーのKMSキーでは暗号化も復号もできません。',
);

const UNREACHABLE = text(
  'The process that keeps them (keeper) does not answer, so nothing can be encrypted or decrypted with the KMS keys of this server. It is started again by itself; if this message stays, the terminal of honmaru up says why.',
  '鍵の保管プロセス(keeper)が応答しないため、このサーバーのKMSキーでは暗号化も復号もできません。keeperは自動的に再起動されます。この表示が消えない場合は、honmaru up の端末で原因を確認してください。',
);

function wayOf({ method, threshold, progress }: KeeperStatus): Text {
  switch (method) {
    case 'key-file':
      return text(
        'Put the key file back in its place, then type on the server:',
        '鍵ファイルを元の場所に戻し、サーバーで次のコマンドを実行してください:',
      );
    case 'passphrase':
      return text(
        'Type on the server, and give the passphrase:',
        'サーバーで次のコマンドを実行し、パスフレーズを入力してください:',
      );
    case 'shamir':
      return text(
        `${threshold} people type on the server, each with a share (given so far: ${progress}):`,
        `${threshold}人がそれぞれのシェアで、サーバーで次のコマンドを実行してください(入力済み: ${progress}個):`,
      );
    case 'pkcs11':
      return text(
        "Type on the server, and give the PIN of the token's user:",
        'サーバーで次のコマンドを実行し、トークンのユーザーPINを入力してください:',
      );
    case 'kms':
      return text(
        'Another KMS opens them and has not done so yet, which the terminal of honmaru up explains; it is asked again by itself, or type on the server:',
        '解除に使う別のKMSがまだ応答していません(原因は honmaru up の端末に表示されます)。自動的に再試行されますが、サーバーで次のコマンドを実行することもできます:',
      );
    default:
      return text('Type on the server:', 'サーバーで次のコマンドを実行してください:');
  }
}
