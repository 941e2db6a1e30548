import { spawn } from 'node:child_process';
import { HonmaruError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';
import { hostScript } from './script.ts';

const MOST_BYTES = 16 * 1024 * 1024;
const PATIENCE_MS = 120_000;

/**
 * Runs the script on this machine, or on another through the system's ssh (which asks for nothing: keys and
 * known hosts are its own business), and gives what it printed.
 *
 * @param target `user@host` for ssh; this machine without it.
 * @throws HonmaruError `host-unreachable`.
 */
export function askHost(target?: string): Promise<string> {
  const ssh = ['-o', 'BatchMode=yes', '-o', 'ConnectTimeout=15', '-T', '--', target ?? '', 'sh -s'];
  const [program, words] = target === undefined ? ['sh', ['-s']] : ['ssh', ssh];
  return new Promise((done, failed) => {
    const child = spawn(program as string, words as string[], {
      timeout: PATIENCE_MS,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let printed = '';
    let complaint = '';
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      if (printed.length < MOST_BYTES) printed += piece;
      else child.kill();
    });
    child.stderr.setEncoding('utf8').on('data', (piece: string) => {
      complaint = (complaint + piece).slice(-2_000);
    });
    child.once('error', (error) => failed(unreachable(target, error.message)));
    child.once('close', (code) => {
      if (printed.includes('@@honmaru end')) done(printed);
      else failed(unreachable(target, complaint.trim() || `exit code ${code}`));
    });
    // A host that hangs up early is told by its exit code.
    child.stdin.on('error', () => undefined);
    child.stdin.end(hostScript());
  });
}

function unreachable(target: string | undefined, detail: string): HonmaruError {
  const where = target ?? 'this machine';
  return new HonmaruError({
    code: 'host-unreachable',
    message: text(
      `${where} did not answer: ${detail}`,
      `${target ?? 'このマシン'} から回答がありません:${detail}`,
    ),
    remedy: text(
      'try "ssh -o BatchMode=yes" by hand: it must sign in without a question',
      '「ssh -o BatchMode=yes」で確認してください。質問なしで接続できる必要があります',
    ),
  });
}
