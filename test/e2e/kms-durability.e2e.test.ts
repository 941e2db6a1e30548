import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  DecryptCommand,
  EncryptCommand,
  KMSClient,
} from '@aws-sdk/client-kms';
import { programOnPath } from './program.ts';
import { setUp, startNode } from './up-node.ts';

const STRACE = programOnPath('strace');
const skip = STRACE ? false : 'NOT RUN: strace needed to see system calls (Debian: strace)';
/** Longer than any write, so that every byte of it is in the trace. */
const MOST_BYTES = '2000000';
const AT_ONCE = 6;

/** What a line of the trace says, in the order in which it happened. */
interface Line {
  readonly kind: 'write' | 'sync' | 'answer';
  readonly text: string;
}

/**
 * Every answer of KMS carries the id of its request; so does its audit record, which lies in the same commit as its
 * effect. The record must be written into the log of the database, and the log be on the disk, before the answer goes.
 */
test('each acknowledgement of KMS follows the fsync of its effect and of its record', { skip }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'honmaru-e2e-kms-sync-'));
  const node = await startNode(folder);
  try {
    const credentials = setUp(folder);
    const kms = new KMSClient({ endpoint: node.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const trace = join(folder, 'trace');
    const calls = 'trace=pwrite64,fdatasync,fsync,write,writev,sendmsg,sendto';
    const words = ['-f', '-y', '-s', MOST_BYTES, '-e', calls, '-e', 'signal=none', '-o', trace];
    const watcher = spawn(STRACE ?? '', [...words, '-p', String(node.controlPlane())], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const watched = once(watcher, 'exit');
    await once(watcher.stderr, 'data');
    const requests = await work(kms, KeyMetadata?.AWSAccountId ?? '');
    watcher.kill('SIGINT');
    await watched;
    kms.destroy();

    const lines = readFileSync(trace, 'latin1').split('\n').flatMap(meaningOf);
    for (const [id, what] of requests) {
      const written = lines.findIndex(({ kind, text }) => kind === 'write' && text.includes(id));
      const answered = lines.findIndex(({ kind, text }) => kind === 'answer' && text.includes(id));
      assert.ok(written >= 0, `${what}: its record is written`);
      assert.ok(answered > written, `${what}: it is answered after that (${written}, ${answered})`);
      const synced = lines.slice(written, answered).filter(({ kind }) => kind === 'sync');
      assert.ok(synced.length > 0, `${what}: the log was on the disk before the answer`);
    }
    assert.equal(requests.size, 3 + 2 * AT_ONCE);
  } finally {
    await node.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Changes one after the other and calls at the same time, which share commits. @returns what each request id was. */
async function work(kms: KMSClient, account: string): Promise<ReadonlyMap<string, string>> {
  const requests = new Map<string, string>();
  async function noted<Output extends { readonly $metadata: { readonly requestId?: string | undefined } }>(
    what: string,
    sent: Promise<Output>,
  ): Promise<Output> {
    const output = await sent;
    requests.set(output.$metadata.requestId ?? '', what);
    return output;
  }
  const { KeyMetadata } = await noted('CreateKey', kms.send(new CreateKeyCommand({})));
  const KeyId = KeyMetadata?.KeyId ?? '';
  const alias = new CreateAliasCommand({ AliasName: 'alias/synced', TargetKeyId: KeyId });
  await noted('CreateAlias', kms.send(alias));
  const GranteePrincipal = `arn:aws:iam::${account}:user/admin`;
  const grant = new CreateGrantCommand({ KeyId, GranteePrincipal, Operations: ['Decrypt'] });
  await noted('CreateGrant', kms.send(grant));
  const many = Array.from({ length: AT_ONCE }, (_, index) => Buffer.from(`plain ${index}`));
  const encrypted = await Promise.all(
    many.map((Plaintext) => noted('Encrypt', kms.send(new EncryptCommand({ KeyId, Plaintext })))),
  );
  await Promise.all(
    encrypted.map(({ CiphertextBlob }) => noted('Decrypt', kms.send(new DecryptCommand({ CiphertextBlob })))),
  );
  return requests;
}

/** The completion of a call counts: one that was interrupted in the trace says so on a later line. */
function meaningOf(line: string): readonly Line[] {
  if (/(?:fdatasync|fsync)(?:\(.*\)| resumed>\)) += 0$/.test(line)) return [{ kind: 'sync', text: '' }];
  if (line.includes('pwrite64(')) return line.includes('-wal>') ? [{ kind: 'write', text: line }] : [];
  return line.includes('HTTP/1.1 200') ? [{ kind: 'answer', text: line }] : [];
}
