/**
 * The AWS front door against a bare node:http server that sends the same bytes: a signed, authorised,
 * audited `sts:GetCallerIdentity`, by processor time per request at 32 connections, in turns; cold start and
 * idle memory of `honmaru up`, all its processes; and the codecs against those of the SDK.
 *
 *     node bench/wire.ts [--pairs 11] [--seconds 1.5]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { setUp, startNode } from '../test/e2e/up-node.ts';
import { median, reportLine } from './measure.ts';
import { load, processorTime, proportionalMb, residentMb } from './wire/load.ts';

const { values } = parseArgs({
  options: { pairs: { type: 'string', default: '11' }, seconds: { type: 'string', default: '1.5' } },
});
const PAIRS = Number(values.pairs);
const MILLISECONDS = Number(values.seconds) * 1_000;
const CONNECTIONS = 32;
const WARM_UP_MILLISECONDS = 8_000;
const BODY = 'Action=GetCallerIdentity&Version=2011-06-15';

const folder = mkdtempSync(join(tmpdir(), 'honmaru-bench-'));
try {
  const began = performance.now();
  const first = await startNode(folder);
  reportLine('first start of honmaru up, with account and keys', performance.now() - began, 'ms');
  const key = setUp(folder);
  await first.stop();
  const starts: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const started = performance.now();
    const node = await startNode(folder);
    starts.push(performance.now() - started);
    await node.stop();
  }
  reportLine('cold start of honmaru up (median of 5)', median(starts), 'ms', 600);

  const node = await startNode(folder);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const serving = node.controlPlane();
  const processes = node.processes();
  const idle = processes.reduce((sum, pid) => sum + proportionalMb(pid), 0);
  reportLine('idle memory of supervisor, control plane and keeper (PSS)', idle, 'MB', 150);
  for (const pid of processes) reportLine(`  of ${nameOf(pid)}, resident`, residentMb(pid), 'MB');

  const url = new URL(node.endpoint);
  const signer = new SignatureV4({
    service: 'sts',
    region: 'us-east-1',
    sha256: Sha256,
    credentials: key,
  });
  const signed = await signer.sign({
    method: 'POST',
    protocol: 'http:',
    hostname: url.hostname,
    port: Number(url.port),
    path: '/',
    query: {},
    headers: {
      host: url.host,
      'content-type': 'application/x-www-form-urlencoded',
      'user-agent': 'bench',
      'content-length': String(BODY.length),
    },
    body: BODY,
  });
  const head = Object.entries(signed.headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const request = Buffer.from(`POST / HTTP/1.1\r\n${head.join('')}\r\n${BODY}`);
  const answer = await fetch(node.endpoint, {
    method: 'POST',
    body: BODY,
    headers: withoutHost(signed.headers),
  });
  const body = Buffer.from(await answer.arrayBuffer());
  if (answer.status !== 200) throw new Error(body.toString());

  const headers = {
    'content-type': answer.headers.get('content-type') ?? '',
    'x-amzn-requestid': answer.headers.get('x-amzn-requestid') ?? '',
  };
  const bare = spawn(process.execPath, [
    join(import.meta.dirname, 'wire/bare-server.ts'),
    body.toString('base64'),
    JSON.stringify(headers),
  ]);
  const [line] = (await once(bare.stdout, 'data')) as [Buffer];
  const barePort = Number(line.toString());

  const measure = async (port: number, pid: number) => {
    const before = processorTime(pid);
    const answered = await load(port, request, CONNECTIONS, MILLISECONDS);
    return ((processorTime(pid) - before) / answered) * 1_000;
  };
  // Both are compiled by V8 before anything counts.
  await load(Number(url.port), request, CONNECTIONS, WARM_UP_MILLISECONDS);
  await load(barePort, request, CONNECTIONS, WARM_UP_MILLISECONDS / 4);
  const ratios: number[] = [];
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const us = await measure(Number(url.port), serving);
    const them = await measure(barePort, bare.pid ?? 0);
    ours.push(us);
    theirs.push(them);
    ratios.push(them / us);
  }
  reportLine('GetCallerIdentity, processor time per request', median(ours), 'µs');
  reportLine('bare node:http, processor time per request', median(theirs), 'µs');
  const ratio = median(ratios);
  console.log(
    `ratio, median of ${PAIRS} pairs: ${ratio.toFixed(2)} (asked: >= 0.40) ${ratio >= 0.4 ? 'reached' : 'NOT REACHED'}`,
  );
  reportLine('memory of the control plane afterwards', residentMb(serving), 'MB');
  bare.kill();
  await node.stop();
  const { size } = statSync(join(folder, 'data/honmaru/honmaru.db'));
  reportLine('size of the audit trail', size / 1024 / 1024, 'MB');
  await import('./wire/codecs.ts');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function nameOf(pid: number): string {
  const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  return basename(words.findLast((word) => /\.[jt]s$/.test(word)) ?? String(pid));
}

function withoutHost(headers: Readonly<Record<string, string>>): Record<string, string> {
  const { host: _host, 'content-length': _length, ...rest } = headers;
  return rest;
}
