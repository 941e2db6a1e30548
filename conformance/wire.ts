/**
 * AWS's published Signature Version 4 suite run against the verifier, each request also with one byte changed.
 *
 *     node conformance/wire.ts [--corpora DIR]
 *
 * Exits 1 when a request of the suite is refused, or a changed one is believed.
 */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { canonicalRequest } from '../src/wire/sigv4/canonical-request.ts';
import { readClaim } from '../src/wire/sigv4/claim.ts';
import type { SignedRequest } from '../src/wire/sigv4/signed-request.ts';
import { type SigningCredentials, type Verification, verifySignature } from '../src/wire/sigv4/verify.ts';
import { corporaFolderOrEnd } from './given.ts';
import { protocolCases } from './wire/protocol-cases.ts';

const { values } = parseArgs({
  options: {
    corpora: { type: 'string' },
  },
});

interface SuiteCase {
  readonly id: string;
  readonly sreq: string;
  readonly creq: string;
  readonly authz: string;
}

/** Reads a request of the suite as text; a folded header line continues the one before it. */
function parseRequest(text: string): SignedRequest | undefined {
  const [head = '', ...rest] = text.replaceAll('\r\n', '\n').split('\n\n');
  const [line = '', ...lines] = head.split('\n');
  const match = /^(\S+) (.*) HTTP\/1\.1$/.exec(line);
  if (!match) return undefined;
  const headers: [string, string][] = [];
  for (const each of lines) {
    const colon = each.indexOf(':');
    const last = headers.at(-1);
    if (/^\s/.test(each) && last) last[1] += ` ${each}`;
    else if (colon > 0) headers.push([each.slice(0, colon), each.slice(colon + 1)]);
    else return undefined;
  }
  const [, method = '', target = ''] = match;
  return { method, target, headers, body: Buffer.from(rest.join('\n\n')) };
}

function verify(request: SignedRequest, credentials: SigningCredentials): Verification {
  return verifySignature(request, {
    region: 'us-east-1',
    service: 'service',
    pathStyle: 'normalised',
    now: Date.parse('2015-08-30T12:36:00Z'),
    credentialsOf: (id) => (id === 'AKIDEXAMPLE' ? credentials : undefined),
  });
}

/** The suite publishes no list of session tokens: the one that the unchanged request carries is the key's. */
function credentialsOf(request: SignedRequest): SigningCredentials {
  const claim = readClaim(request);
  const token = typeof claim === 'string' ? undefined : claim.sessionToken;
  return { secret: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', ...(token && { sessionToken: token }) };
}

function canonicalOf(request: SignedRequest): string | undefined {
  const claim = readClaim(request);
  if (typeof claim === 'string') return undefined;
  const hash = createHash('sha256').update(request.body).digest('hex');
  return canonicalRequest(request, claim.signedHeaders, hash, 'normalised');
}

const corpora = corporaFolderOrEnd(values.corpora, ['vault/sigv4-suite/cases.json', 'vault/protocol-tests']);
const cases: SuiteCase[] = JSON.parse(
  readFileSync(join(corpora, 'vault', 'sigv4-suite', 'cases.json'), 'utf8'),
);
let believed = 0;
let mutations = 0;
let sameMeaning = 0;
const problems: string[] = [];
const corrected: string[] = [];

for (const { id, sreq: published, creq, authz } of cases) {
  // One published request (get-vanilla-with-session-token) carries another signature than its own `authz`.
  const sreq = published.replace(/^Authorization: .*$/m, () => `Authorization: ${authz}`);
  if (sreq.trimEnd() !== published.trimEnd()) corrected.push(id);
  const request = parseRequest(sreq);
  if (!request) {
    problems.push(`${id}: not a request`);
    continue;
  }
  if (canonicalOf(request) !== creq) problems.push(`${id}: another canonical request`);
  const credentials = credentialsOf(request);
  const answer = verify(request, credentials);
  if (answer.verified) believed += 1;
  else problems.push(`${id}: refused: ${answer.refusal}`);
  for (let index = 0; index < sreq.length; index += 1) {
    const other = sreq[index] === 'x' ? 'y' : 'x';
    const changed = parseRequest(sreq.slice(0, index) + other + sreq.slice(index + 1));
    if (!changed) continue;
    mutations += 1;
    if (!verify(changed, credentials).verified) continue;
    if (canonicalOf(changed) === creq) sameMeaning += 1;
    else problems.push(`${id}: believed with byte ${index} changed`);
  }
}
let protocolPassed = 0;
let protocolFailed = 0;
let protocolSkipped = 0;
for (const results of protocolCases(join(corpora, 'vault', 'protocol-tests'))) {
  protocolPassed += results.passed;
  protocolFailed += results.failed.length;
  protocolSkipped += results.skipped.length;
  for (const problem of results.failed) console.log(problem);
  for (const why of results.skipped) console.log(`${results.file} not run: ${why}`);
  console.log(
    `${results.file}: ${results.passed} passed, ${results.failed.length} failed, ${results.skipped.length} not run`,
  );
}

console.log(`protocol cases: ${protocolPassed} passed, ${protocolFailed} failed, ${protocolSkipped} not run`);
for (const problem of problems) console.log(problem);
console.log(
  `sigv4: ${believed} of ${cases.length} believed; ${mutations} changed requests, of which ${sameMeaning} mean the same`,
);
console.log(
  `signature taken from authz because the request carries another: ${corrected.join(', ') || 'none'}`,
);
if (problems.length + protocolFailed > 0) process.exitCode = 1;
console.log(
  `wire: ${cases.length + mutations - problems.length + protocolPassed} passed, ${problems.length + protocolFailed} failed`,
);
