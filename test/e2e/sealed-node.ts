import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateKeyCommand, DecryptCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { type Ran, ROOT } from './program.ts';
import { runAsync } from './run-async.ts';
import { environmentOf, setUp, startNode, type UpNode } from './up-node.ts';

const IN_TERMINAL = join(ROOT, 'test/e2e/in-terminal.py');

export const PLAINTEXT = 'from before';

/** A node whose seal is tended, with a key and a ciphertext under it from the beginning. */
export interface SealedNode {
  readonly folder: string;
  /** ARN of the key. */
  readonly keyId: string;
  node(): UpNode;
  /** The access key of its administrator, for clients. */
  credentials(): { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Runs `honmaru kms …`; the input goes to its standard input. */
  tend(words: string, input?: string, env?: NodeJS.ProcessEnv): Promise<Ran>;
  /** Runs `honmaru kms …` in a terminal of its own and types the answers at its prompts. */
  inTerminal(words: readonly string[], answers: string): Promise<Ran>;
  /** What the ciphertext decrypts to now. */
  opened(): Promise<string>;
  /** The same, tried for some seconds; the last error as text. */
  openedWithin(seconds: number): Promise<string>;
  restart(env?: NodeJS.ProcessEnv, words?: readonly string[]): Promise<void>;
  /** `seal.json` */
  seal(): Readonly<Record<string, unknown>>;
  stop(): Promise<void>;
}

/** Starts a node in a folder of its own. */
export async function sealedNode(folder: string): Promise<SealedNode> {
  mkdirSync(folder, { recursive: true });
  let node = await startNode(folder);
  setUp(folder, ['--endpoint', node.endpoint, '--profile', 'own']);
  const credentials = () => {
    const file = readFileSync(join(folder, 'aws-credentials'), 'utf8');
    const setting = (name: string) => new RegExp(`${name} = (.*)`).exec(file)?.[1] ?? '';
    return { accessKeyId: setting('aws_access_key_id'), secretAccessKey: setting('aws_secret_access_key') };
  };
  const client = () =>
    new KMSClient({
      endpoint: node.endpoint,
      region: 'us-east-1',
      credentials: credentials(),
      maxAttempts: 1,
    });
  let kms = client();
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  const { CiphertextBlob } = await kms.send(
    new EncryptCommand({ KeyId: KeyMetadata?.KeyId, Plaintext: Buffer.from(PLAINTEXT) }),
  );
  const opened = async () => {
    const { Plaintext } = await kms.send(new DecryptCommand({ CiphertextBlob }));
    return Buffer.from(Plaintext ?? '').toString();
  };
  return {
    folder,
    keyId: KeyMetadata?.Arn ?? '',
    node: () => node,
    credentials,
    opened,
    tend: (words, input = '', env = {}) =>
      runAsync(process.execPath, [join(ROOT, 'bin/honmaru.js'), 'kms', ...words.split(' ')], {
        cwd: folder,
        env: { ...environmentOf(folder), ...env },
        input,
      }),
    inTerminal: (words, answers) =>
      runAsync(
        'python3',
        [IN_TERMINAL, answers, process.execPath, join(ROOT, 'bin/honmaru.js'), 'kms', ...words],
        { cwd: folder, env: { ...environmentOf(folder), QUESTION: ': ' }, input: '' },
      ),
    async openedWithin(seconds) {
      for (const until = Date.now() + seconds * 1000; ; ) {
        const text = await opened().catch(String);
        if (text === PLAINTEXT || Date.now() > until) return text;
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    },
    async restart(env = {}, words = []) {
      await node.stop();
      node = await startNode(folder, words, env);
      kms.destroy();
      kms = client();
    },
    seal: () => JSON.parse(readFileSync(join(folder, 'data/honmaru/keeper/seal.json'), 'utf8')),
    async stop() {
      kms.destroy();
      await node.stop();
    },
  };
}
