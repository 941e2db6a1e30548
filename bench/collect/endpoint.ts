/** The endpoint of `bench/collect.ts`: every service of an account that has much of three things and nothing else. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

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
  else if (operation === '' && (body.includes('Action=') || isXml(url))) xml(response, '<Empty/>');
  else if (/\/policy$/.test(url.pathname)) nothing(response);
  else json(response, listing(operation, url, body));
}

/** A function that nobody else may call has no policy. */
function nothing(response: ServerResponse): void {
  response.writeHead(404, { 'x-amzn-errortype': 'ResourceNotFoundException' }).end('{}');
}

/** Amazon S3, CloudFront and Route 53 answer in XML to paths of their own. */
function isXml(url: URL): boolean {
  return url.pathname === '/' || /^\/(?:2020-05-31|2013-04-01|v20180820)\//.test(url.pathname);
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

server.listen(0, 'localhost');
await once(server, 'listening');
const address = server.address();
process.on('message', () => process.send?.({ calls, mostInFlight }));
process.on('disconnect', () => process.exit(0));
process.send?.({ port: typeof address === 'object' && address ? address.port : 0, answerMs: ANSWER_MS });
