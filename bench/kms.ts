/**
 * KMS behind its front door against a bare node:http server that sends the same bytes: each request signed,
 * authorised by key policy and identity policy, done by the keeper and audited. Processor time of control plane and
 * keeper together, at 32 connections, in turns; signing against `node:crypto` alone.
 *
 *     node bench/kms.ts [--pairs 5] [--seconds 1.5] [--keys 0]
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CreateKeyCommand, DescribeKeyCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { setUp, startNode } from '../test/e2e/up-node.ts';
import { median, reportLine } from './measure.ts';
import { load, processorTime } from './wire/load.ts';

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '1.5' },
    keys: { type: 'string', default: '0' },
  },
});
const PAIRS = Number(values.pairs);
const MILLISECONDS = Number(values.seconds) * 1_000;
const CONNECTIONS = 32;
const MESSAGE = Buffer.alloc(64, 'm');

interface Case {
  readonly name: string;
  readonly target: string;
  readonly body: object;
  /** Asked share of the bare server, or of the raw operation of node:crypto. */
  readonly asked: number;
  readonly raw?: () => void;
}

const folder = mkdtempSync(join(tmpdir(), 'honmaru-bench-kms-'));
const first = await startNode(folder);
const credentials = setUp(folder);
const client = new KMSClient({ endpoint: first.endpoint, region: 'us-east-1', credentials });
const newKey = async (input: object) =>
  (await client.send(new CreateKeyCommand(input))).KeyMetadata?.KeyId ?? '';
try {
  const KeyId = await newKey({});
  const signing = {
    rsa: await newKey({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' }),
    ec: await newKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }),
  };
  const { CiphertextBlob } = await client.send(new EncryptCommand({ KeyId, Plaintext: MESSAGE }));
  const Plaintext = MESSAGE.toString('base64');
  const blob = Buffer.from(CiphertextBlob ?? []).toString('base64');
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const ec = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
  const signed = (key: string, algorithm: string, more: object = {}) => ({
    KeyId: key,
    Message: MESSAGE.toString('base64'),
    MessageType: 'RAW',
    SigningAlgorithm: algorithm,
    ...more,
  });
  const digest = { Message: MESSAGE.subarray(0, 32).toString('base64'), MessageType: 'DIGEST' };
  const cases: readonly Case[] = [
    { name: 'Encrypt', target: 'Encrypt', body: { KeyId, Plaintext }, asked: 0.4 },
    { name: 'Decrypt', target: 'Decrypt', body: { CiphertextBlob: blob }, asked: 0.4 },
    { name: 'GenerateDataKey', target: 'GenerateDataKey', body: { KeyId, KeySpec: 'AES_256' }, asked: 0.4 },
    {
      name: 'Sign RSA-2048 RAW',
      target: 'Sign',
      body: signed(signing.rsa, 'RSASSA_PKCS1_V1_5_SHA_256'),
      asked: 0.85,
      raw: () => sign('sha256', MESSAGE, rsa),
    },
    {
      name: 'Sign P-256 RAW',
      target: 'Sign',
      body: signed(signing.ec, 'ECDSA_SHA_256'),
      asked: 0.35,
      raw: () => sign('sha256', MESSAGE, ec),
    },
    {
      name: 'Sign P-256 DIGEST',
      target: 'Sign',
      body: signed(signing.ec, 'ECDSA_SHA_256', digest),
      asked: 0.3,
    },
  ];
  const processes = childrenOf(first.supervisor.pid ?? 0);
  const cost = new Map<string, number>();
  for (const each of cases) {
    const { request, head, body } = await prepared(each);
    const bare = await bareServer(head, body);
    const port = Number(new URL(first.endpoint).port);
    const ours = async () => {
      const before = processes.reduce((sum, pid) => sum + processorTime(pid), 0);
      const answered = await load(port, request, CONNECTIONS, MILLISECONDS);
      return ((processes.reduce((sum, pid) => sum + processorTime(pid), 0) - before) / answered) * 1_000;
    };
    const theirs = async () => {
      const pid = bare.child.pid ?? 0;
      const before = processorTime(pid);
      const answered = await load(bare.port, request, CONNECTIONS, MILLISECONDS);
      return ((processorTime(pid) - before) / answered) * 1_000;
    };
    await load(port, request, CONNECTIONS, 3_000);
    await load(bare.port, request, CONNECTIONS, 1_000);
    const us: number[] = [];
    const them: number[] = [];
    for (let pair = 0; pair < PAIRS; pair += 1) {
      us.push(await ours());
      them.push(each.raw ? rawCost(each.raw) : await theirs());
    }
    bare.child.kill();
    cost.set(each.name, median(us));
    const reference = each.name.endsWith('DIGEST') ? (cost.get('Sign P-256 RAW') ?? 0) : median(them);
    const ratio = reference / median(us);
    const peer = each.name.endsWith('DIGEST') ? 'RAW' : each.raw ? 'node:crypto alone' : 'bare node:http';
    console.log(
      `${each.name}: ${median(us).toFixed(0)} µs, ${peer} ${reference.toFixed(0)} µs: ${ratio.toFixed(2)} (asked: >= ${each.asked}) ${ratio >= each.asked ? 'reached' : 'NOT REACHED'}`,
    );
  }

  if (Number(values.keys) > 0) await manyKeys(Number(values.keys), KeyId);
  await first.stop();
  const began = performance.now();
  const again = await startNode(folder);
  const late = new KMSClient({ endpoint: again.endpoint, region: 'us-east-1', credentials });
  await late.send(new DescribeKeyCommand({ KeyId }));
  const request = await prepared(
    { name: '', target: 'Decrypt', body: { CiphertextBlob: blob }, asked: 0 },
    again.endpoint,
  );
  if (request.request.length === 0) throw new Error('nothing was decrypted');
  reportLine('cold start, unseal by key file, first Decrypt', performance.now() - began, 'ms', 1_000);
  late.destroy();
  await again.stop();
} finally {
  client.destroy();
  await first.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** How DescribeKey behaves with few and with many keys. */
async function manyKeys(count: number, KeyId: string): Promise<void> {
  const measure = async () => {
    const times: number[] = [];
    for (let at = 0; at < 300; at += 1) {
      const began = performance.now();
      await client.send(new DescribeKeyCommand({ KeyId }));
      times.push(performance.now() - began);
    }
    return times.sort((one, other) => one - other)[296] ?? 0;
  };
  const before = await measure();
  for (let at = 0; at < count; at += 50) await Promise.all(Array.from({ length: 50 }, () => newKey({})));
  reportLine('DescribeKey p99 with few keys', before, 'ms');
  reportLine(`DescribeKey p99 with ${count} keys more`, await measure(), 'ms');
}

/** One signed request as bytes, and what it is answered with. */
async function prepared({ target, body: input }: Case, endpoint = first.endpoint) {
  const url = new URL(endpoint);
  const body = JSON.stringify(input);
  const signer = new SignatureV4({ service: 'kms', region: 'us-east-1', sha256: Sha256, credentials });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: 'http:',
    hostname: url.hostname,
    port: Number(url.port),
    path: '/',
    query: {},
    headers: {
      host: url.host,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `TrentService.${target}`,
      'content-length': String(Buffer.byteLength(body)),
    },
    body,
  });
  const { host: _host, 'content-length': _length, ...rest } = headers;
  const answer = await fetch(endpoint, { method: 'POST', body, headers: rest });
  const bytes = Buffer.from(await answer.arrayBuffer());
  if (answer.status !== 200) throw new Error(bytes.toString());
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return {
    request: Buffer.from(`POST / HTTP/1.1\r\n${lines.join('')}\r\n${body}`),
    head: {
      'content-type': answer.headers.get('content-type') ?? '',
      'x-amzn-requestid': answer.headers.get('x-amzn-requestid') ?? '',
    },
    body: bytes,
  };
}

async function bareServer(head: object, body: Buffer): Promise<{ child: ChildProcess; port: number }> {
  const script = join(import.meta.dirname, 'wire/bare-server.ts');
  const child = spawn(process.execPath, [script, body.toString('base64'), JSON.stringify(head)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, port: Number(line.toString()) };
}

function rawCost(work: () => void): number {
  const before = process.cpuUsage();
  let done = 0;
  for (const until = performance.now() + 500; performance.now() < until; done += 1) work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / done;
}

function childrenOf(pid: number): readonly number[] {
  const words = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  return words.map(Number);
}
