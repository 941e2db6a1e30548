/**
 * Answers that AWS gave to KMS requests, recorded by others, and call sequences of other people's tests, against the
 * service of this program.
 *
 *     node conformance/kms.ts [--corpora DIR] [--wycheproof DIR] [--list]
 *
 * Exits 1 on a disagreement that is not listed in `kms/expected.ts` with its reason.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { kmsBed } from '../src/services/kms/testing.ts';
import { corporaFolderOrEnd, holdingIfGiven } from './given.ts';
import { differencesOf } from './iam-service/compare.ts';
import { filledIn } from './iam-service/references.ts';
import { callKms, type Seen } from './kms/call.ts';
import { EXPECTED_RECORDINGS, expectedScenario, unseenScenarios } from './kms/expected.ts';
import { reconstructed } from './kms/reconstructed.ts';
import { vectorFiles, wycheproof } from './kms/wycheproof.ts';

const { values } = parseArgs({
  options: {
    corpora: { type: 'string' },
    wycheproof: { type: 'string' },
    list: { type: 'boolean', default: false },
  },
});
const vectors = holdingIfGiven('--wycheproof', values.wycheproof, vectorFiles(), 'Wycheproof vectors');
const folder = join(
  corporaFolderOrEnd(values.corpora, [
    'vault/aws-recordings/kms.json',
    'vault/kms-scenarios/scenarios.jsonl.gz',
  ]),
  'vault',
);

const OTHER_ACCOUNTS = /123456789012|012345678912/g;
const OURS = '000012345678';
/** An account of AWS lists the aliases of its services in front of one's own. */
const ONLY_ALIAS = /Aliases\[\d+\]\./g;
let failed = 0;

/** Some sequences hold what no service takes where it does not matter: a policy that is none, names in capitals. */
function soundParams(operation: string, params: Readonly<Record<string, unknown>>): object {
  const { Policy, Operations } = params;
  const { Policy: _policy, ...rest } = params;
  if (operation === 'PutKeyPolicy') return { ...params, BypassPolicyLockoutSafetyCheck: true };
  if (operation === 'CreateKey' && typeof Policy === 'string' && !Policy.startsWith('{')) return rest;
  if (Array.isArray(Operations))
    return { ...params, Operations: Operations.map((each) => NAMES[each] ?? each) };
  return params;
}

const NAMES: Readonly<Record<string, string>> = { DECRYPT: 'Decrypt', ENCRYPT: 'Encrypt' };

interface Call {
  readonly n: number;
  readonly service: string;
  readonly region?: string;
  readonly operation: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly observed?: unknown;
  readonly error?: { readonly class?: string; readonly Code?: string };
}

/** The role that the sequences grant to, as a user who is there. */
const GRANTEE = { theirs: 'role/service-role/', ours: 'user/', name: 'tf-acc-test-7071877926602081451' };

/** Sends the calls of one test in order; each may refer to the answers before it. */
async function answersOf(calls: readonly Call[]): Promise<ReadonlyMap<number, Seen>> {
  const bed = await kmsBed();
  bed.principal(GRANTEE);
  const answers = new Map<number, Seen>();
  for (const { n, operation, params, region = 'us-east-1' } of calls) {
    const words = JSON.stringify(params)
      .replaceAll(OTHER_ACCOUNTS, OURS)
      .replaceAll(ONLY_ALIAS, 'Aliases.0.')
      .replaceAll(GRANTEE.theirs, GRANTEE.ours);
    const own = JSON.parse(namedByAnswer(words, calls.slice(0, n)));
    const given = filledIn(soundParams(operation, own), answers) as object;
    answers.set(n, await callKms(bed, operation, given, region));
  }
  await bed.close();
  return answers;
}

/** Ids of grants that another program gave out stand in later requests as they are. */
function namedByAnswer(words: string, before: readonly Call[]): string {
  let named = words;
  for (const { n, observed } of before) {
    for (const [member, value] of Object.entries(observed ?? {})) {
      if (!member.startsWith('Grant') || typeof value !== 'string') continue;
      named = named.replaceAll(JSON.stringify(value), `{"$ref":"${n}.${member}"}`);
    }
  }
  return named;
}

interface Recorded {
  readonly id: string;
  readonly recordings: Readonly<Record<string, unknown>>;
  readonly requests?: readonly Call[];
  readonly matches?: Readonly<Record<string, number>>;
}

const tally = { agreed: 0, expected: 0, disagreed: 0 };

function count(what: string, differences: readonly string[], reason: string | undefined): void {
  if (differences.length === 0) {
    tally.agreed += 1;
    if (values.list) console.log(`agrees ${what}`);
  } else if (reason !== undefined) {
    tally.expected += 1;
    if (values.list) console.log(`expected ${what}: ${reason}`);
  } else {
    tally.disagreed += 1;
    console.log(`DISAGREES ${what}: ${differences.slice(0, 3).join('; ')}`);
  }
}

function close(title: string, more = ''): void {
  const { agreed, expected, disagreed } = tally;
  const all = agreed + expected + disagreed;
  const share = all === 0 ? 0 : (100 * agreed) / all;
  console.log(
    `${title}: ${agreed} of ${all} (${share.toFixed(1)} %), ${expected} expected deviations${more}`,
  );
  if (disagreed > 0 || all === 0) failed += 1;
  Object.assign(tally, { agreed: 0, expected: 0, disagreed: 0 });
}

/** A recording may be of the whole answer or of one member of it. */
function closest(recorded: unknown, answer: unknown): readonly string[] {
  const bound = new Map<string, string>();
  const whole = differencesOf(clean(recorded), answer, bound);
  if (whole.length === 0) return whole;
  for (const member of Object.values(answer ?? {})) {
    if (differencesOf(clean(recorded), member, new Map()).length === 0) return [];
  }
  const { KeyMetadata } = (answer ?? {}) as { readonly KeyMetadata?: unknown };
  return KeyMetadata && !Object.hasOwn(recorded as object, 'KeyMetadata')
    ? differencesOf(clean(recorded), KeyMetadata, new Map())
    : whole;
}

const WHOLE_VALUES: ReadonlySet<string> = new Set([
  'ciphertext-blob',
  'plaintext',
  'signature',
  'mac',
  'public-key',
  'private-key',
  'shared-secret',
  'import-token',
]);

/** Placeholders in one form, and of the transport only the status of an error. */
function clean(recorded: unknown): unknown {
  if (typeof recorded === 'string') return WHOLE_VALUES.has(recorded) ? `<${recorded}>` : recorded;
  if (Array.isArray(recorded)) return recorded.map(clean);
  if (typeof recorded !== 'object' || recorded === null) return recorded;
  const { Error: refused, ResponseMetadata: transport } = recorded as {
    readonly Error?: unknown;
    readonly ResponseMetadata?: { readonly HTTPStatusCode?: number };
  };
  const status = refused ? transport?.HTTPStatusCode : undefined;
  return {
    ...Object.fromEntries(
      Object.entries(recorded)
        .filter(([name]) => name !== 'ResponseMetadata' && name !== 'message')
        .map(([name, value]) => [name, clean(value)]),
    ),
    ...(status && { ResponseMetadata: { HTTPStatusCode: status } }),
  };
}

/** The answers of a test in a bed of its own. */
async function remade(id: string): Promise<Readonly<Record<string, unknown>>> {
  const bed = await kmsBed();
  const answers = await reconstructed(id, (operation, params) =>
    callKms(bed, operation, params, 'us-east-1'),
  );
  await bed.close();
  return answers ?? {};
}

const unmapped: string[] = [];
for (const { id, recordings, requests = [], matches = {} } of JSON.parse(
  readFileSync(join(folder, 'aws-recordings', 'kms.json'), 'utf8'),
) as readonly Recorded[]) {
  const calls = requests.filter(({ service }) => service === 'kms');
  const replayed = Object.keys(matches ?? {}).length > 0;
  const answers = replayed ? await answersOf(calls) : new Map<number, Seen>();
  const others = Object.keys(recordings).filter((name) => !Object.hasOwn(matches ?? {}, name));
  const remadeAnswers = others.length > 0 ? await remade(id) : {};
  for (const name of Object.keys(recordings)) {
    const what = `${id.split('::').at(-1)} ${name}`;
    const n = matches?.[name];
    const answer = n === undefined ? remadeAnswers[name] : answers.get(n);
    if (answer === undefined) unmapped.push(what);
    else count(what, closest(recordings[name], answer), EXPECTED_RECORDINGS[what]);
  }
}
close('kms: recorded answers of AWS reproduced', `; ${unmapped.length} recordings have no request to replay`);
if (values.list) for (const what of unmapped) console.log(`not replayed ${what}`);

const lines = gunzipSync(readFileSync(join(folder, 'kms-scenarios', 'scenarios.jsonl.gz'))).toString();
for (const line of lines.split('\n').filter((each) => each !== '')) {
  const { id, calls } = JSON.parse(line) as { readonly id: string; readonly calls: readonly Call[] };
  if (calls.some(({ service }) => service !== 'kms')) continue;
  const answers = await answersOf(calls);
  const differences = calls.flatMap((call) => outcomeOf(call, answers.get(call.n)));
  const name = id.split('::').at(-1) ?? id;
  countScenario(name, differences);
}
for (const name of unseenScenarios()) {
  tally.disagreed += 1;
  console.log(`DISAGREES ${name}: its deviation is listed and did not happen`);
}
close("kms: sequences of other people's tests with the outcome they expect");

/** A deviation is only an expected one when it is exactly the one that is listed. */
function countScenario(name: string, differences: readonly string[]): void {
  const expected = expectedScenario(name);
  if (expected === undefined) count(name, differences, undefined);
  else if (sameOutcome(differences, expected.differences)) count(name, differences, expected.reason);
  else count(name, [`${differences.join('; ')} and not ${expected.differences.join('; ')}`], undefined);
}

function sameOutcome(seen: readonly string[], listed: readonly string[]): boolean {
  return seen.length === listed.length && seen.every((each, index) => each === listed[index]);
}

/** Success or failure, by its code; the wording is that of another program. */
function outcomeOf({ operation, error, n }: Call, answer: Seen | undefined): readonly string[] {
  if (error?.class === 'ParamValidationError') return [];
  const refused = answer?.Error as { readonly Code: string; readonly Message: string } | undefined;
  if (error && refused?.Code !== error.Code) {
    return [`${n} ${operation}: ${refused?.Code ?? 'success'} instead of ${error.Code}`];
  }
  if (!error && refused) return [`${n} ${operation}: ${refused.Code} instead of success`];
  return [];
}

if (vectors !== undefined) {
  for (const each of await wycheproof(vectors)) count(each.what, each.differences, undefined);
  close('kms: Wycheproof vectors through the service');
}

if (failed > 0) process.exit(1);
