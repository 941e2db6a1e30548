/**
 * KMS behind its front door against a bare node:http server that sends the same bytes: each request signed,
 * authorised by key policy and identity policy, done by the keeper and audited. Processor time of supervisor, control
 * plane and keeper together, at 32 connections, in turns; signing against `node:crypto` alone.
 *
 *     node bench/kms.ts [--pairs 7] [--seconds 1.5] [--warm 8] [--keys 0] [--only Encrypt]
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CreateKeyCommand, DescribeKeyCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { setUp, startNode, type UpNode } from '../test/e2e/up-node.ts';
import { manyKeys } from './kms/many-keys.ts';
import { connection, requestMaker } from './kms/requests.ts';
import { median, reportLine } from './measure.ts';
import { load, processorTime } from './wire/load.ts';

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '1.5' },
    warm: { type: 'string', default: '8' },
    keys: { type: 'string', default: '0' },
    only: { type: 'string', default: '' },
  },
});
const PAIRS = Number(values.pairs);
const MILLISECONDS = Number(values.seconds) * 1_000;
const WARM_UP_MILLISECONDS = Number(values.warm) * 1_000;
const CONNECTIONS = 32;
const MESSAGE = Buffer.alloc(64, 'm');

interface Case {
  readonly name: string;
  readonly target: string;
  readonly body: object;
  /** Asked share of the bare server, or of the raw operation of node:crypto, or of another case. */
  readonly asked: number;
  readonly raw?: () => void;
  readonly of?: string;
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
  const all: readonly Case[] = [
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
      of: 'Sign P-256 RAW',
    },
  ];
  const cost = new Map<string, number>();
  for (const each of all.filter(({ name }) => name.includes(values.only)))
    await measure(first, each, cost, await request(first.endpoint, each));

  if (Number(values.keys) > 0) await manyKeys(first.endpoint, credentials, Number(values.keys));
  await first.stop();
  const began = performance.now();
  const again = await startNode(folder);
  const late = new KMSClient({ endpoint: again.endpoint, region: 'us-east-1', credentials });
  await late.send(new DescribeKeyCommand({ KeyId }));
  const decrypt = { name: '', target: 'Decrypt', body: { CiphertextBlob: blob }, asked: 0 };
  const line = await connection(Number(new URL(again.endpoint).port));
  await line.send(await request(again.endpoint, decrypt));
  line.close();
  reportLine('cold start, unseal by key file, first Decrypt', performance.now() - began, 'ms', 1_000);
  late.destroy();
  await again.stop();
} finally {
  client.destroy();
  await first.stop();
  rmSync(folder, { recursive: true, force: true });
}

function request(endpoint: string, { target, body }: Case): Promise<Buffer> {
  return requestMaker(endpoint, credentials)(target, body);
}

/** Measures in turns with its peer, and says the ratio. */
async function measure(
  node: UpNode,
  { name, asked, raw, of }: Case,
  cost: Map<string, number>,
  bytes: Buffer,
): Promise<void> {
  const port = Number(new URL(node.endpoint).port);
  const bare = await bareServer(port, bytes);
  const keeper = node.processes().findLast((pid) => pid !== node.controlPlane()) ?? 0;
  const timesOf = (pids: readonly number[]) => pids.map(processorTime);
  const perRequest = async (at: number, pids: readonly number[]) => {
    const before = timesOf(pids);
    const answered = await load(at, bytes, CONNECTIONS, MILLISECONDS);
    return timesOf(pids).map((time, index) => ((time - (before[index] ?? 0)) / answered) * 1_000);
  };
  const sum = (parts: readonly number[]) => parts.reduce((total, each) => total + each, 0);
  // Both are compiled by V8 before anything counts.
  await load(port, bytes, CONNECTIONS, WARM_UP_MILLISECONDS);
  await load(bare.port, bytes, CONNECTIONS, WARM_UP_MILLISECONDS / 4);
  const ours: number[] = [];
  const kept: number[] = [];
  const theirs: number[] = [];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const parts = await perRequest(port, node.processes());
    ours.push(sum(parts));
    kept.push(parts[node.processes().indexOf(keeper)] ?? 0);
    theirs.push(raw ? rawCost(raw) : sum(await perRequest(bare.port, [bare.child.pid ?? 0])));
  }
  bare.child.kill();
  cost.set(name, median(ours));
  const other = of === undefined ? undefined : cost.get(of);
  const ratio =
    other === undefined
      ? median(theirs.map((each, index) => each / (ours[index] ?? 0)))
      : other / median(ours);
  const peer = of ?? (raw ? 'node:crypto alone' : 'bare node:http');
  console.log(
    `${name}: ${median(ours).toFixed(0)} µs, of them the keeper ${median(kept).toFixed(0)}; ${peer} ${(other ?? median(theirs)).toFixed(0)} µs: ` +
      `${ratio.toFixed(2)} (asked: >= ${asked}) ${ratio >= asked ? 'reached' : 'NOT REACHED'}`,
  );
}

/** A bare server that answers what ours answered. */
async function bareServer(
  port: number,
  bytes: Buffer,
): Promise<{ readonly child: ChildProcess; readonly port: number }> {
  const line = await connection(port);
  const { head, body } = await line.send(bytes);
  line.close();
  const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1] ?? '';
  const headers = {
    'content-type': header('content-type'),
    'x-amzn-requestid': header('x-amzn-requestid'),
  };
  const script = join(import.meta.dirname, 'wire/bare-server.ts');
  const words = [script, Buffer.from(body, 'latin1').toString('base64'), JSON.stringify(headers)];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, port: Number(said.toString()) };
}

function rawCost(work: () => void): number {
  const before = process.cpuUsage();
  let done = 0;
  for (const until = performance.now() + 500; performance.now() < until; done += 1) work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / done;
}
