import { createHash, createHmac } from 'node:crypto';
import { Agent, request as httpRequest } from 'node:http';
import { createConnection } from 'node:net';
import { writeCbor } from '../../src/wire/codec/cbor-write.ts';
import { canonicalRequest } from '../../src/wire/sigv4/canonical-request.ts';

export interface FuzzTarget {
  readonly port: number;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface FuzzResults {
  sent: number;
  /** Answers by status; 0: the connection was closed without one. */
  readonly statuses: Map<number, number>;
  readonly problems: string[];
}

interface FuzzRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A small generator of numbers (mulberry32), so that a run can be repeated. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const TEXTS = [
  '',
  'a',
  '__proto__',
  'constructor',
  '\u0000',
  '\ud800',
  '😀',
  '../../etc',
  '%00',
  '%',
  '\'"<>&',
  'x'.repeat(5_000),
  '-1',
  '1e999',
  'NaN',
  'true',
  '2026-01-01T00:00:00Z',
  'arn:aws:iam::000012345678:user/x',
  '{"Version":"2012-10-17"}',
];
const ACTIONS = [
  'GetUser',
  'ListUsers',
  'CreateUser',
  'GetRole',
  'SimulateCustomPolicy',
  'ListPolicies',
  'PutUserPolicy',
  'CreatePolicy',
  'GetAccountAuthorizationDetails',
  'TagUser',
  'Nothing',
  '',
  '__proto__',
  'ListGroups',
  'GetContextKeysForCustomPolicy',
];
const MEMBERS = [
  'UserName',
  'Path',
  'Tags.member.1.Key',
  'Tags.member.1.Value',
  'MaxItems',
  'PolicyDocument',
  'PolicyInputList.member.1',
  'ActionNames.member.1',
  'Tags',
  'Tags.member.99999999',
  'a.b.c.d.e.f',
  'ContextEntries.member.1.ContextKeyValues.member.1',
];

/** Makes requests of every kind that somebody might send, sound and broken. */
export function fuzzRequests(seed: number, target: FuzzTarget): () => FuzzRequest | Buffer {
  const random = randomFrom(seed);
  const upTo = (count: number) => Math.floor(random() * count);
  const one = <T>(list: readonly T[]): T => list[upTo(list.length)] as T;
  const bytes = (count: number) => Buffer.from(Array.from({ length: count }, () => upTo(256)));

  const form = () => {
    const parts = [`Action=${encodeURIComponent(one(ACTIONS))}`, 'Version=2010-05-08'];
    for (let index = upTo(5); index > 0; index -= 1) parts.push(`${one(MEMBERS)}=${formValue()}`);
    if (random() < 0.05) parts.push(`${'a.'.repeat(upTo(200))}b=c`);
    return Buffer.from(parts.join('&'));
  };
  const formValue = () =>
    random() < 0.2 ? one(['%', '%ff', '%zz', '+']) : encodeURIComponent(one(TEXTS).toWellFormed());
  const value = (depth: number): unknown => {
    if (depth > 6 || random() < 0.5) return one([...TEXTS, 0, -1, 1.5, true, null]);
    if (random() < 0.5) return Array.from({ length: upTo(4) }, () => value(depth + 1));
    return Object.fromEntries(
      Array.from({ length: upTo(4) }, () => [one([...MEMBERS, ...TEXTS]), value(depth + 1)]),
    );
  };
  const json = () => {
    const kind = random();
    if (kind < 0.1) return Buffer.from('['.repeat(upTo(20_000)));
    if (kind < 0.2) return Buffer.from(JSON.stringify(value(0)).slice(0, upTo(100)));
    if (kind < 0.3) return Buffer.from('{"__proto__":{"UserName":"x"},"UserName":"a","UserName":1}');
    return Buffer.from(JSON.stringify({ UserName: value(3), Tags: value(2), [one(MEMBERS)]: value(0) }));
  };
  const cbor = () => (random() < 0.5 ? bytes(upTo(200)) : writeCbor({ UserName: value(3), Tags: value(1) }));

  const makers: readonly (() => FuzzRequest)[] = [
    () => ({
      method: 'POST',
      path: '/',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form(),
    }),
    () => ({ method: 'GET', path: `/?${form()}`, headers: {}, body: Buffer.alloc(0) }),
    () => ({
      method: 'POST',
      path: '/',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSIdentityManagementV20100508.${one(ACTIONS)}`,
      },
      body: json(),
    }),
    () => ({
      method: 'POST',
      path: `/service/AWSIdentityManagementV20100508/operation/${one(ACTIONS)}`,
      headers: { 'smithy-protocol': 'rpc-v2-cbor', 'content-type': 'application/cbor' },
      body: cbor(),
    }),
    () => ({
      method: one(['GET', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH']),
      path: `/${encodeURIComponent(one(TEXTS).toWellFormed()).slice(0, 2_000)}`,
      headers: { 'content-type': one(['text/html', 'application/xml', 'multipart/form-data', '']) },
      body: bytes(upTo(300)),
    }),
  ];

  return () => {
    const kind = random();
    if (kind < 0.05) return bytes(upTo(500));
    if (kind < 0.07)
      return Buffer.from(`GET / HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(upTo(60_000))}\r\n\r\n`);
    const made = one(makers)();
    if (kind < 0.2) return made;
    const signed = signedFor(target, made);
    if (kind > 0.3) return signed;
    return {
      ...signed,
      headers: { ...signed.headers, authorization: damaged(signed.headers.authorization ?? '', upTo) },
    };
  };
}

function damaged(text: string, upTo: (count: number) => number): string {
  const at = upTo(text.length);
  return `${text.slice(0, at)}${String.fromCharCode(33 + upTo(90))}${text.slice(at + 1)}`;
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');

function signedFor({ port, accessKeyId, secretAccessKey }: FuzzTarget, made: FuzzRequest): FuzzRequest {
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = `${date.slice(0, 8)}/us-east-1/iam/aws4_request`;
  const headers: Record<string, string> = { ...made.headers, host: `127.0.0.1:${port}`, 'x-amz-date': date };
  const names = Object.keys(headers)
    .filter((name) => headers[name] !== '')
    .sort();
  const request = {
    method: made.method,
    target: made.path,
    headers: Object.entries(headers),
    body: made.body,
  };
  const canonical = canonicalRequest(request, names, sha256(made.body), 'normalised') ?? '';
  const key = [date.slice(0, 8), 'us-east-1', 'iam', 'aws4_request'].reduce<string | Buffer>(
    (last, part) => createHmac('sha256', last).update(part).digest(),
    `AWS4${secretAccessKey}`,
  );
  const text = `AWS4-HMAC-SHA256\n${date}\n${scope}\n${sha256(canonical)}`;
  const signature = createHmac('sha256', key).update(text).digest('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return { ...made, headers: { ...headers, authorization } };
}

const TRACE = /\bat .*\.(?:ts|js):\d+|node_modules|TypeError|RangeError|<html/i;
const ALLOWED_5XX = new Set([501, 503]);

/** Sends requests, some at a time, and notes every answer that no client must ever get. */
export async function fuzz(target: FuzzTarget, count: number, seed: number): Promise<FuzzResults> {
  const results: FuzzResults = { sent: 0, statuses: new Map(), problems: [] };
  const next = fuzzRequests(seed, target);
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const worker = async () => {
    while (results.sent < count) {
      results.sent += 1;
      const made = next();
      const answer = Buffer.isBuffer(made)
        ? await sendBytes(target.port, made)
        : await send(agent, target.port, made);
      results.statuses.set(answer.status, (results.statuses.get(answer.status) ?? 0) + 1);
      const wrong = answer.status >= 500 && !ALLOWED_5XX.has(answer.status);
      if (wrong || TRACE.test(answer.body)) {
        results.problems.push(`${answer.status} ${answer.body.slice(0, 300)} to ${describe(made)}`);
      }
      if (answer.status > 0 && !answer.hasId)
        results.problems.push(`no request id: ${answer.status} to ${describe(made)}`);
    }
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  agent.destroy();
  return results;
}

function describe(made: FuzzRequest | Buffer): string {
  if (Buffer.isBuffer(made)) return made.toString('latin1').slice(0, 100);
  return `${made.method} ${made.path.slice(0, 100)} ${made.body.toString('latin1').slice(0, 200)}`;
}

interface FuzzAnswer {
  readonly status: number;
  readonly body: string;
  readonly hasId: boolean;
}

const NO_ANSWER: FuzzAnswer = { status: 0, body: '', hasId: false };

function send(agent: Agent, port: number, made: FuzzRequest): Promise<FuzzAnswer> {
  return new Promise((resolve) => {
    let sending: ReturnType<typeof httpRequest>;
    try {
      const headers = Object.fromEntries(Object.entries(made.headers).filter(([, value]) => value !== ''));
      sending = httpRequest({
        agent,
        host: '127.0.0.1',
        port,
        method: made.method,
        path: made.path,
        headers,
      });
    } catch {
      resolve(NO_ANSWER);
      return;
    }
    sending.on('error', () => resolve(NO_ANSWER));
    sending.on('response', (response) => {
      let body = '';
      response.setEncoding('latin1');
      response.on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('error', () => resolve(NO_ANSWER));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body, hasId: 'x-amzn-requestid' in response.headers }),
      );
    });
    sending.end(made.body);
  });
}

function sendBytes(port: number, bytes: Buffer): Promise<FuzzAnswer> {
  return new Promise((resolve) => {
    let text = '';
    const socket = createConnection(port, '127.0.0.1', () => socket.end(bytes));
    socket.setTimeout(15_000, () => socket.destroy());
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    socket.on('close', () => {
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
      resolve({ status, body: text, hasId: /x-amzn-requestid: /i.test(text) });
    });
  });
}
