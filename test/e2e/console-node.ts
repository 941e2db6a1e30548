import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startNode, type UpNode } from './up-node.ts';

/** A node with the console of an environment. */
export interface ConsoleNode extends UpNode {
  readonly origin: string;
  /** The set-up link, while nobody is set up. */
  link(): string;
}

/** Starts `honmaru up` for an environment and waits until the console says where it is. */
export async function startConsoleNode(folder: string, environment: string, port = 0): Promise<ConsoleNode> {
  const file = join(folder, 'set-up-link');
  const words = ['--console', `127.0.0.1:${port}`, '--set-up-file', file, environment];
  const node = await startNode(folder, words);
  const origin = await told(node, /^console: (http:\/\/\S+?)\/$/m);
  return { ...node, origin, link: () => readFileSync(file, 'utf8').trim() };
}

async function told(node: UpNode, pattern: RegExp): Promise<string> {
  for (let waited = 0; waited < 60_000; waited += 20) {
    const found = pattern.exec(node.output())?.[1];
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`no console: ${node.output()}`);
}
