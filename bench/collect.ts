/**
 * Collects 10,000 resources over a local endpoint that answers each call after 5 ms, through the official
 * client, in a run of its own per measurement. Limits: 30 s, 20 calls in flight, 400 MB.
 */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { collectAccount } from '../src/sources/aws/collect.ts';
import { sdkSender } from '../src/sources/aws/sdk-client.ts';
import { throttled } from '../src/sources/aws/throttle.ts';

const FUNCTIONS = 2_500;
const LOG_GROUPS = 5_000;
const RULES = 2_500;
const PAGE = 50;
const ANSWER_MS = 5;

let inFlight = 0;
let mostInFlight = 0;
let calls = 0;

const server = createServer(async (request, response) => {
  inFlight += 1;
  calls += 1;
  mostInFlight = Math.max(mostInFlight, inFlight);
  let body = '';
  for await (const piece of request) body += piece;
  await pause(ANSWER_MS);
  inFlight -= 1;
  const target = String(request.headers['x-amz-target'] ?? '');
  const url = new URL(request.url ?? '/', 'http://localhost');
  answer(response, target, url, body);
});

function answer(response: ServerResponse, target: string, url: URL, body: string): void {
  const operation = target.split('.').at(-1) ?? '';
  if (body.includes('GetCallerIdentity')) callerIdentity(response);
  else if (operation === '' && body.includes('Action=')) xml(response, '<Empty/>');
  else json(response, listing(operation, url, body));
}

/** One page of what there is much of; everything else is empty. */
function listing(operation: string, url: URL, body: string): unknown {
  if (/\/functions\/?$/.test(url.pathname)) {
    const [items, next] = page(FUNCTIONS, url.searchParams.get('Marker'));
    const Functions = items.map((id) => ({ FunctionName: `f${id}`, FunctionArn: `arn:aws:lambda:f${id}` }));
    return { Functions, NextMarker: next };
  }
  if (operation === 'DescribeLogGroups') {
    const [items, nextToken] = page(LOG_GROUPS, JSON.parse(body).nextToken);
    return {
      logGroups: items.map((id) => ({ logGroupName: `g${id}`, arn: `arn:aws:logs:g${id}` })),
      nextToken,
    };
  }
  if (operation === 'ListRules') {
    const [items, NextToken] = page(RULES, JSON.parse(body).NextToken);
    return { Rules: items.map((id) => ({ Name: `r${id}`, Arn: `arn:aws:events:r${id}` })), NextToken };
  }
  return {};
}

function page(count: number, mark: unknown): readonly [readonly number[], string | undefined] {
  const from = Number(mark ?? 0);
  const to = Math.min(count, from + PAGE);
  return [Array.from({ length: to - from }, (_, index) => from + index), to < count ? String(to) : undefined];
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

function xml(response: ServerResponse, value: string): void {
  response.writeHead(200, { 'content-type': 'text/xml' }).end(value);
}

function callerIdentity(response: ServerResponse): void {
  xml(
    response,
    '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/reader</Arn>' +
      '<Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
  );
}

server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
const port = typeof address === 'object' && address ? address.port : 0;
process.env.AWS_ACCESS_KEY_ID = 'bench';
process.env.AWS_SECRET_ACCESS_KEY = 'bench';

const started = performance.now();
const snapshot = await collectAccount({
  send: throttled(sdkSender({ endpoint: `http://127.0.0.1:${port}` })),
  regions: ['eu-west-1'],
  region: 'eu-west-1',
  now: () => new Date(),
});
const seconds = (performance.now() - started) / 1000;
server.close();
server.closeAllConnections();

const count = snapshot.parts.reduce((sum, part) => sum + part.resources.length, 0);
const megabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(
  `${count} resources, ${calls} calls of ${ANSWER_MS} ms: ${seconds.toFixed(1)} s, ` +
    `${mostInFlight} in flight at most, ${megabytes.toFixed(0)} MB (server included)\n`,
);
for (const { operation, error } of snapshot.parts.flatMap((part) => part.gaps)) {
  process.stdout.write(`  not answered: ${operation} (${error})\n`);
}
const within = count >= 10_000 && seconds < 30 && mostInFlight <= 20 && megabytes < 400;
process.exitCode = within ? 0 : 1;
