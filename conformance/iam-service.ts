/**
 * Answers that AWS gave to IAM requests, recorded by others, against the service of this program.
 *
 *     node conformance/iam-service.ts [--corpora DIR] [--list]
 *
 * Exits 1 on a disagreement that is not listed here with its reason.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AwsError } from '../src/platform/service.ts';
import { iamBed } from '../src/services/iam/testing.ts';
import { wireError } from '../src/wire/protocol/protocol.ts';
import { serviceModel } from '../src/wire/schema/service-model.ts';
import { type Differences, differencesOf } from './iam-service/compare.ts';
import { filledIn } from './iam-service/references.ts';

const { values } = parseArgs({
  options: {
    corpora: { type: 'string', default: join(import.meta.dirname, '..', '..', 'shared', 'corpora') },
    list: { type: 'boolean', default: false },
  },
});

interface Recorded {
  readonly id: string;
  readonly recordings: Readonly<Record<string, unknown>>;
  readonly requests?: readonly {
    readonly n: number;
    readonly service: string;
    readonly operation: string;
    readonly params: Readonly<Record<string, unknown>>;
  }[];
  readonly matches?: Readonly<Record<string, number>>;
}

/** Recordings that are not compared, with the reason. */
const EXPECTED: Readonly<Record<string, string>> = Object.fromEntries(
  ['rds', 'resource-explorer-2', 'ssm', 'sso'].map((prefix) => [
    `TestIAMServiceRoles::test_service_role_lifecycle[${prefix}.amazonaws.com] describe-response`,
    'the service of AWS had already used its role, so that the answer tells when',
  ]),
);

const file = join(values.corpora, 'iam', 'aws-recordings', 'iam.json');
const tests: readonly Recorded[] = JSON.parse(readFileSync(file, 'utf8'));
const model = serviceModel(await import('@aws-sdk/client-iam'));
let agreed = 0;
let disagreed = 0;
let expected = 0;
let unmapped = 0;

/** What a client would see of an answer or an error. */
async function answerTo(
  bed: Awaited<ReturnType<typeof iamBed>>,
  operation: string,
  params: object,
): Promise<unknown> {
  try {
    const output = await bed.iam(operation as 'GetUser', params as never);
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

async function replay({ id, recordings, requests = [], matches = {} }: Recorded): Promise<void> {
  const names = Object.keys(recordings);
  unmapped += names.filter((name) => matches[name] === undefined).length;
  if (requests.length === 0) return;
  const bed = await iamBed();
  const answers = new Map<number, unknown>();
  for (const { n, operation, params } of requests) {
    const given = filledIn(params, answers) as Readonly<Record<string, unknown>>;
    answers.set(n, await answerTo(bed, operation, withRealRoleName(given, answers)));
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

for (const each of tests) await replay(each);
const all = agreed + expected + disagreed;
const share = all === 0 ? 0 : (100 * agreed) / all;
console.log(
  `iam service: ${agreed} of ${all} recorded answers reproduced (${share.toFixed(1)} %); ${unmapped} have no request to replay`,
);
if (disagreed > 0 || all === 0) process.exit(1);
