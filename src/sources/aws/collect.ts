import { InputError } from '../../kernel/errors.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { Api, Collector, Detail, Gap, Output, SendCall } from './api.ts';
import { COLLECTORS } from './collectors.ts';
import { textOf } from './fields.ts';
import { MOST_PAGES, nextPage } from './pages.ts';
import type { Part, Snapshot } from './snapshot.ts';
import { errorName, isThrottling, statusOf } from './throttle.ts';

export interface CollectOptions {
  /** Calls are sent through this; it bounds and repeats them (`throttled`). */
  readonly send: SendCall;
  /** `all`, or the names of regions; without any, the one region of `region`. */
  readonly regions: readonly string[];
  /** The region that account-wide services are asked in. */
  readonly region: string;
  /** An earlier snapshot of the same account; its finished parts are not read again. */
  readonly resume?: Snapshot;
  readonly collectors?: readonly Collector[];
  now(): Date;
  onProgress?(message: Text): void;
  /** Called after each part, so that an interrupted run can be resumed. */
  onPart?(snapshot: Snapshot): void;
}

/**
 * Reads an account. What is not answered becomes a gap; nothing is guessed. Only the operations that the
 * collectors declare can be called.
 *
 * @throws InputError `aws-credentials` when nobody can be signed in, `resume-account` for another account's file.
 */
export async function collectAccount(options: CollectOptions): Promise<Snapshot> {
  const { account, partition } = await whoAmI(options);
  if (options.resume && options.resume.account !== account)
    throw otherAccount(options.resume.account, account);
  const regions = await regionsOf(options);
  const collectors = options.collectors ?? COLLECTORS;
  const work = collectors.flatMap((collector) =>
    (collector.where === 'account' ? [options.region] : regions).map((region) => ({ collector, region })),
  );
  const finished = new Map(
    (options.resume?.parts ?? []).filter(isWhole).map((part) => [partKey(part), part]),
  );
  const parts: Part[] = work.flatMap(
    ({ collector, region }) => finished.get(`${collector.id}@${region}`) ?? [],
  );
  const snapshot = (): Snapshot => ({
    schema: 'honmaru.snapshot/1',
    collectedAt: options.now().toISOString(),
    account,
    partition,
    regions,
    complete: parts.length === work.length,
    parts: [...parts].sort((a, b) => (partKey(a) < partKey(b) ? -1 : 1)),
  });
  await Promise.all(
    work
      .filter(({ collector, region }) => !finished.has(`${collector.id}@${region}`))
      .map(async ({ collector, region }) => {
        parts.push(await runCollector(collector, { account, partition, region }, options.send));
        options.onProgress?.(
          text(
            `${parts.length} of ${work.length} parts read (${collector.id}, ${region})`,
            `${work.length}件中${parts.length}件を読み取りました(${collector.id}、${region})`,
          ),
        );
        options.onPart?.(snapshot());
      }),
  );
  return snapshot();
}

function partKey(part: Part): string {
  return `${part.collector}@${part.region}`;
}

function isWhole(part: Part): boolean {
  return part.gaps.length === 0;
}

interface Where {
  readonly account: string;
  readonly partition: string;
  readonly region: string;
}

async function runCollector(collector: Collector, where: Where, send: SendCall): Promise<Part> {
  const gaps: Gap[] = [];
  const part = { collector: collector.id, region: where.region, types: collector.types };
  try {
    const resources = await collector.read(apiOf(collector, where, send, gaps));
    return { ...part, resources, gaps };
  } catch (error) {
    if (error instanceof InputError) throw error;
    if (collector.off?.includes(errorName(error))) return { ...part, resources: [], gaps };
    const operation = error instanceof CallError ? error.operation : Object.keys(collector.actions)[0];
    gaps.push({ ...gapOf(collector, operation ?? '', where.region, error), types: collector.types });
    return { ...part, resources: [], gaps };
  }
}

/** An error of a service with the operation that failed; its name is the service's. */
class CallError extends Error {
  readonly operation: string;

  constructor(operation: string, cause: unknown) {
    super(operation, { cause });
    this.name = errorName(cause);
    this.operation = operation;
  }
}

function apiOf(collector: Collector, where: Where, send: SendCall, gaps: Gap[]): Api {
  const { service, actions } = collector;
  const call = async (operation: string, input: Output = {}): Promise<Output> => {
    if (!Object.hasOwn(actions, operation)) throw new Error(`${collector.id} does not declare ${operation}`);
    try {
      return await send({ service, operation, input, region: where.region });
    } catch (error) {
      if (error instanceof InputError) throw error;
      throw new CallError(operation, error);
    }
  };
  const all = async (operation: string, list: string, input: Output = {}) => {
    const items: Output[] = [];
    let more: Output | undefined = {};
    for (let page = 0; more; page += 1) {
      if (page >= MOST_PAGES) throw new CallError(operation, new Error('TooManyPages'));
      const answer: Output = await call(operation, { ...input, ...more });
      items.push(...listIn(answer, list));
      more = nextPage(service, answer);
    }
    return items;
  };
  const detail = async (operation: string, input: Output, { none = [] } = {}): Promise<Detail> => {
    try {
      return { is: 'read', output: await call(operation, input) };
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      if ((none as readonly string[]).includes(error.name)) return { is: 'none' };
      const gap = gapOf(collector, operation, where.region, error);
      if (!gaps.some((each) => each.operation === operation && each.error === gap.error)) gaps.push(gap);
      return { is: 'unread' };
    }
  };
  const arn = (name: string, rest: string) =>
    `arn:${where.partition}:${name}:${where.region}:${where.account}:${rest}`;
  return { ...where, call, all, detail, arn };
}

function listIn(answer: Output, name: string): readonly Output[] {
  const list = answer[name];
  return Array.isArray(list) ? (list as readonly Output[]) : [];
}

function gapOf(collector: Collector, operation: string, region: string, error: unknown): Gap {
  return {
    service: collector.service,
    operation,
    region,
    types: [],
    reason: reasonOf(error),
    error: errorName(error),
  };
}

const DENIED = /AccessDenied|UnauthorizedOperation|AuthorizationError|NotAuthorized|Forbidden/;
const ELSEWHERE = /OptInRequired|InvalidEndpoint|UnknownEndpoint|ENOTFOUND|NotImplemented|UnrecognizedClient/;

function reasonOf(error: unknown): Gap['reason'] {
  const cause = error instanceof CallError ? error.cause : error;
  const name = errorName(cause);
  if (DENIED.test(name) || statusOf(cause) === 403) return 'access-denied';
  if (isThrottling(cause)) return 'throttled';
  return ELSEWHERE.test(name) || statusOf(cause) === 501 ? 'not-available' : 'failed';
}

async function whoAmI({ send, region }: CollectOptions) {
  try {
    const identity = await send({ service: 'sts', operation: 'GetCallerIdentity', region, input: {} });
    const [, partition = 'aws'] = textOf(identity, 'Arn').split(':');
    return { account: textOf(identity, 'Account'), partition };
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw notSignedIn(errorName(error), error);
  }
}

const UNREACHED = /^(?:ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOST|ENETUNREACH|Timeout)/;

function notSignedIn(name: string, cause: unknown): InputError {
  if (UNREACHED.test(name)) {
    const details = {
      code: 'aws-unreachable',
      message: text(`AWS cannot be reached (${name})`, `AWSに接続できません(${name})`),
      remedy: text(
        'check the network, the proxy and the endpoint',
        'ネットワーク・プロキシ・接続先を確認してください',
      ),
    };
    return new InputError(details, { cause });
  }
  const expired = /Expired/.test(name);
  const skewed = /RequestTimeTooSkewed|SignatureDoesNotMatch|RequestExpired/.test(name);
  const remedy = expired
    ? text('sign in again (aws sso login, or new keys)', '再度サインインしてください(aws sso login など)')
    : skewed
      ? text("set this machine's clock", 'このマシンの時計を合わせてください')
      : text(
          'check with: aws sts get-caller-identity; choose a profile with --profile',
          '確認するコマンド: aws sts get-caller-identity。--profile でプロファイルを選べます',
        );
  const message = text(`AWS does not let us in (${name})`, `AWSにサインインできません(${name})`);
  return new InputError({ code: 'aws-credentials', message, remedy }, { cause });
}

function otherAccount(file: string, account: string): InputError {
  return new InputError({
    code: 'resume-account',
    message: text(
      `the file to resume is of account ${file}, the credentials are of ${account}`,
      `再開するファイルはアカウント${file}のものですが、認証情報は${account}のものです`,
    ),
    remedy: text('name another file with --out', '--out で別のファイルを指定してください'),
  });
}

async function regionsOf({ send, region, regions }: CollectOptions): Promise<readonly string[]> {
  if (regions.length === 0) return [region];
  if (!regions.includes('all')) return [...new Set(regions)].sort();
  const answer = await send({ service: 'ec2', operation: 'DescribeRegions', region, input: {} });
  return listIn(answer, 'Regions')
    .map((each) => textOf(each, 'RegionName'))
    .sort();
}
