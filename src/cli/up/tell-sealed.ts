import { type KeeperStatus, keeperConnection, keeperOver, keeperSocket } from '../../keeper/client/index.ts';
import { type Text, text } from '../../kernel/texts.ts';

/** What somebody has to do before a keeper that has just started opens anything; undefined where it opens by itself. */
export async function whatUnseals(data: string): Promise<Text | undefined> {
  const connection = keeperConnection(keeperSocket(data));
  try {
    const status = await keeperOver(connection.ask).status();
    // Another KMS is asked without anybody; why it does not answer is told on its own.
    return status.sealed && status.method !== 'kms' ? wordsFor(status) : undefined;
  } finally {
    connection.close();
  }
}

function wordsFor({ method, threshold, keyFile }: KeeperStatus): Text {
  if (method === 'key-file') {
    return text(
      `the KMS keys are sealed: put the key file back to ${keyFile}, then run \`honmaru kms unseal\``,
      `KMSキーは封印中です。鍵ファイルを ${keyFile} に戻し、\`honmaru kms unseal\` を実行してください`,
    );
  }
  if (method === 'shamir') {
    return text(
      `the KMS keys are sealed: ${threshold} people run \`honmaru kms unseal\`, each with a share`,
      `KMSキーは封印中です。${threshold} 人がそれぞれのシェアで \`honmaru kms unseal\` を実行してください`,
    );
  }
  return text(
    `the KMS keys are sealed (${method}): run \`honmaru kms unseal\``,
    `KMSキーは封印中です(${method})。\`honmaru kms unseal\` を実行してください`,
  );
}
