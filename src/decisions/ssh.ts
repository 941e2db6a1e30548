import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HonmaruError } from '../kernel/errors.ts';
import { type Text, text } from '../kernel/texts.ts';
import { runProgram } from './program.ts';

/** What a signature of a decision is for; one that was made for git or for mail does not fit. */
export const NAMESPACE = 'honmaru-decision';

/** What people may take to enter a passphrase or to touch their key. */
const PATIENCE = 5 * 60_000;

/**
 * Signs a text with an SSH key: a private key's file, or a public one whose private key an agent holds.
 *
 * @throws HonmaruError `sign-failed` with what ssh-keygen says.
 */
export async function signText(message: string, keyFile: string): Promise<string> {
  const words = ['-Y', 'sign', '-q', '-n', NAMESPACE, '-f', keyFile];
  const { code, out, err } = await runProgram('ssh-keygen', words, { input: message, timeout: PATIENCE });
  if (code === 0 && out.startsWith('-----BEGIN SSH SIGNATURE-----')) return out;
  const detail = firstLine(err);
  throw new HonmaruError({
    code: 'sign-failed',
    message: text(`the key ${keyFile} does not sign: ${detail}`, `鍵 ${keyFile} で署名できません:${detail}`),
    remedy: text(
      'name a private SSH key, or a public one whose private key the agent holds',
      'SSHの秘密鍵、またはエージェントが秘密鍵を持つ公開鍵を指定してください',
    ),
  });
}

export interface SignatureQuestion {
  readonly message: string;
  readonly signature: string;
  /** The name under which the signer must be allowed. */
  readonly principal: string;
  /** The content of `allowed_signers`. */
  readonly allowed: string;
  /** ISO 8601: when it was signed, as it says. */
  readonly at: string;
}

/** What is wrong with a signature; undefined when the named person made it, with a key valid at the time. */
export async function signatureProblem(question: SignatureQuestion): Promise<Text | undefined> {
  const { message, signature, principal, allowed, at } = question;
  const folder = await mkdtemp(join(tmpdir(), 'honmaru-signature-'));
  try {
    const signatureFile = join(folder, 'signature');
    const allowedFile = join(folder, 'allowed');
    await writeFile(signatureFile, signature, { mode: 0o600 });
    await writeFile(allowedFile, allowed, { mode: 0o600 });
    const time = `-Overify-time=${at.slice(0, 19).replaceAll(/[-:T]/g, '')}`;
    const common = ['-n', NAMESPACE, '-s', signatureFile];
    const good = await runProgram(
      'ssh-keygen',
      ['-Y', 'verify', time, '-f', allowedFile, '-I', principal, ...common],
      { input: message },
    );
    if (good.code === 0) return undefined;
    const whole = await runProgram('ssh-keygen', ['-Y', 'check-novalidate', ...common], { input: message });
    if (whole.code !== 0) return NOT_FITTING;
    const known = await runProgram('ssh-keygen', [
      '-Y',
      'find-principals',
      '-f',
      allowedFile,
      '-s',
      signatureFile,
      time,
    ]);
    return strangerProblem(principal, at, { verify: good.err, found: known.out, finding: known.err });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const NOT_FITTING = text(
  'the signature does not fit what was shown: one of them was altered, or it was made for something else',
  '署名が表示内容と一致しません(どちらかが改変されたか、別の目的の署名です)',
);

interface Said {
  readonly verify: string;
  readonly found: string;
  readonly finding: string;
}

/**
 * Whether the allowed signers list somebody under a name, which patterns of theirs may match; undefined where
 * ssh-keygen is too old to say (before OpenSSH 8.9).
 */
export async function isListed(principal: string, allowed: string): Promise<boolean | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'honmaru-signature-'));
  try {
    const file = join(folder, 'allowed');
    await writeFile(file, allowed, { mode: 0o600 });
    const words = ['-Y', 'match-principals', '-f', file, '-I', principal];
    const { code, err } = await runProgram('ssh-keygen', words);
    if (code === 0) return true;
    return /unsupported|unknown operation|illegal option/i.test(err) ? undefined : false;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The names that the lines of `allowed_signers` begin with. */
export function principalsIn(allowed: string): readonly string[] {
  const names = allowed.split(/\r?\n/).flatMap((line) => {
    const [quoted, bare] = /^\s*(?:"([^"]*)"|([^\s#]\S*))/.exec(line)?.slice(1) ?? [];
    return (quoted ?? bare ?? '').split(',');
  });
  return [...new Set(names.filter((name) => name !== ''))];
}

/** Why a signature that fits its text is not the named person's. */
function strangerProblem(principal: string, at: string, { verify, found, finding }: Said): Text {
  const said = `${verify}\n${finding}`;
  const day = at.slice(0, 10);
  if (/key has expired|valid-before|expired/i.test(said)) {
    return text(
      `the key of ${principal} had expired when it signed (${day})`,
      `${principal} の鍵は署名時点(${day})で有効期限が切れていました`,
    );
  }
  if (/not yet valid|valid-after/i.test(said)) {
    return text(
      `the key of ${principal} was not valid yet when it signed (${day})`,
      `${principal} の鍵は署名時点(${day})でまだ有効ではありませんでした`,
    );
  }
  if (/not permitted for use in signature namespace/i.test(said)) {
    return text(
      `the allowed signers do not let the key of ${principal} sign decisions (namespaces="${NAMESPACE}")`,
      `allowed_signers で ${principal} の鍵は決定への署名(namespaces="${NAMESPACE}")を許可されていません`,
    );
  }
  const others = firstLine(found);
  if (others !== '') {
    return text(
      `it was signed by ${others}, not by ${principal}`,
      `${principal} ではなく ${others} が署名しています`,
    );
  }
  return text(
    `it was signed by a key that the allowed signers do not list for ${principal}`,
    `allowed_signers に ${principal} の鍵として載っていない鍵で署名されています`,
  );
}

function firstLine(output: string): string {
  return output.trim().split(/\r?\n/)[0] ?? '';
}
