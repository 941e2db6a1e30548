/**
 * Answers that AWS gave to IAM and STS requests, recorded by others, against the services of this program.
 *
 *     node conformance/iam-service.ts [--corpora DIR] [--list]
 *
 * Exits 1 on a disagreement that is not listed here with its reason.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Caller } from '../src/platform/caller.ts';
import { AwsError } from '../src/platform/service.ts';
import { TEST_ACCOUNT, testPlatform } from '../src/platform/testing.ts';
import { COLLECTIONS } from '../src/services/iam/collections.ts';
import { definition as iam } from '../src/services/iam/service.ts';
import { definition as sts } from '../src/services/sts/service.ts';
import { wireError } from '../src/wire/protocol/protocol.ts';
import { serviceModel } from '../src/wire/schema/service-model.ts';
import { corporaFolderOrEnd } from './given.ts';
import { type Differences, differencesOf } from './iam-service/compare.ts';
import { MORE, type Request } from './iam-service/more-requests.ts';
import { filledIn } from './iam-service/references.ts';

const { values } = parseArgs({
  options: {
    corpora: { type: 'string' },
    list: { type: 'boolean', default: false },
  },
});

/** The account that the requests of the corpus name where the answers name another. */
const ASKING_ACCOUNT = '123456789012';

interface Recorded {
  readonly id: string;
  readonly recordings: Readonly<Record<string, unknown>>;
  readonly requests?: readonly Request[];
  readonly matches?: Readonly<Record<string, number>>;
}

/** Recordings that are not compared, with the reason. */
const EXPECTED: Readonly<Record<string, string>> = {
  'TestIAMServiceSpecificCredentials::test_invalid_update_parameters update-invalid-status':
    'IAM says of a wrong word neither the word nor the words that it takes; other services and Honmaru say both',
  ...usedRoles(['rds', 'resource-explorer-2', 'ssm', 'sso']),
};

function usedRoles(prefixes: readonly string[]): Readonly<Record<string, string>> {
  const reason = 'the service of AWS had already used its role, so that the answer tells when';
  return Object.fromEntries(
    prefixes.map((prefix) => [
      `TestIAMServiceRoles::test_service_role_lifecycle[${prefix}.amazonaws.com] describe-response`,
      reason,
    ]),
  );
}

const FILES = ['iam/aws-recordings/iam.json', 'vault/aws-recordings/sts.json'];
const corpora = corporaFolderOrEnd(values.corpora, FILES);
const tests: readonly Recorded[] = FILES.flatMap((path) =>
  JSON.parse(readFileSync(join(corpora, path), 'utf8')),
);
const SERVICES = {
  iam: { definition: iam, model: serviceModel(await import('@aws-sdk/client-iam')) },
  sts: { definition: sts, model: serviceModel(await import('@aws-sdk/client-sts')) },
};
let agreed = 0;
let disagreed = 0;
let expected = 0;
let unmapped = 0;

type Bed = Awaited<ReturnType<typeof testPlatform>>;

/** What a client would see of an answer or an error. */
async function answerTo(bed: Bed, request: Request, caller: Caller, params: object): Promise<unknown> {
  const { definition, model } = SERVICES[request.service];
  try {
    const output = await bed.call(definition as typeof iam, request.operation as 'GetUser', params, caller);
    const shown = JSON.parse(JSON.stringify(output), readDocument);
    return { ...shown, ResponseMetadata: { HTTPHeaders: {}, HTTPStatusCode: 200 } };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const { code, message, status, sender } = wireError(model, error, true);
    return {
      Error: { Code: code, Message: message, Type: sender ? 'Sender' : 'Receiver' },
      ResponseMetadata: { HTTPHeaders: {}, HTTPStatusCode: status },
    };
  }
}

/** A user with every permission: root users cannot assume roles. */
async function administrator(bed: Bed): Promise<Caller> {
  await bed.call(iam, 'CreateUser', { UserName: 'recorder' });
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  await bed.call(iam, 'AttachUserPolicy', { UserName: 'recorder', PolicyArn });
  const { AccessKey } = await bed.call(iam, 'CreateAccessKey', { UserName: 'recorder' });
  return bed.signIn({ accessKeyId: AccessKey?.AccessKeyId });
}

/** Clients decode policy documents. */
function readDocument(key: string, value: unknown): unknown {
  const isDocument = key.endsWith('Document') && typeof value === 'string' && value.startsWith('%7B');
  return isDocument ? JSON.parse(decodeURIComponent(value)) : value;
}

/** The corpus writes the names of service-linked roles as their services' prefixes; the first answer has the real one. */
function withRealRoleName(
  params: Readonly<Record<string, unknown>>,
  answers: ReadonlyMap<number, unknown>,
): object {
  const { RoleName } = params;
  const made = filledIn({ $ref: '0.Role.RoleName' }, answers);
  if (typeof RoleName !== 'string' || !RoleName.startsWith('AWSServiceRoleFor') || made === undefined)
    return params;
  return { ...params, RoleName: made };
}

/** A request that overrides the tags of a session was made with the credentials of that session. */
async function callerOf(
  bed: Bed,
  { params }: Request,
  answers: ReadonlyMap<number, unknown>,
  caller: Caller,
): Promise<Caller> {
  if (!String(params.RoleSessionName).startsWith('Session2')) return caller;
  const sessionToken = filledIn({ $ref: '3.Credentials.SessionToken' }, answers);
  return typeof sessionToken === 'string' ? bed.signIn({ sessionToken }) : caller;
}

async function replay({ id, recordings, requests = [], matches = {} }: Recorded): Promise<void> {
  const names = Object.keys(recordings);
  unmapped += names.filter((name) => matches[name] === undefined).length;
  if (requests.length === 0) return;
  const bed = await testPlatform({ services: [iam, sts], collections: COLLECTIONS });
  const caller = await administrator(bed);
  const answers = new Map<number, unknown>();
  for (const request of requests) {
    const params = JSON.parse(JSON.stringify(request.params).replaceAll(ASKING_ACCOUNT, TEST_ACCOUNT));
    const given = filledIn(params, answers) as Readonly<Record<string, unknown>>;
    const asking = await callerOf(bed, request, answers, caller);
    answers.set(request.n, await answerTo(bed, request, asking, withRealRoleName(given, answers)));
  }
  await bed.close();
  const bound = new Map<string, string>();
  for (const [name, n] of Object.entries(matches)) {
    const differences = differencesOf(recordings[name], answers.get(n), bound);
    count(`${id.split('::').slice(1).join('::')} ${name}`, differences);
  }
}

function count(what: string, differences: Differences): void {
  if (differences.length === 0) {
    agreed += 1;
    if (values.list) console.log(`agrees ${what}`);
    return;
  }
  if (EXPECTED[what] !== undefined) {
    expected += 1;
    console.log(`expected ${what}: ${EXPECTED[what]}`);
    return;
  }
  disagreed += 1;
  console.log(`DISAGREES ${what}: ${differences.slice(0, 3).join('; ')}`);
}

/** A test with the requests that the corpus left out; a later request of the same number takes the place. */
function completed(test: Recorded): Recorded {
  const more = MORE.find(({ test: end }) => test.id.endsWith(`::${end}`));
  if (more === undefined) return test;
  const numbers = new Set(more.requests.map(({ n }) => n));
  const kept = (test.requests ?? []).filter(({ n }) => !numbers.has(n));
  const requests = [...kept, ...more.requests].sort((one, other) => one.n - other.n);
  return { ...test, requests, matches: { ...test.matches, ...more.matches } };
}

for (const each of tests) await replay(completed(each));
const all = agreed + expected + disagreed;
const share = all === 0 ? 0 : (100 * agreed) / all;
console.log(
  `iam and sts: ${agreed} of ${all} recorded answers reproduced (${share.toFixed(1)} %); ${unmapped} have no request to replay`,
);
if (disagreed > 0 || all === 0) process.exit(1);
