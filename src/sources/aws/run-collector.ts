import { InputError } from '../../kernel/errors.ts';
import type { Api, Collector, Detail, DetailOptions, Gap, Output, SendCall } from './api.ts';
import { isMap, mapOf } from './fields.ts';
import { MOST_PAGES, nextPage } from './pages.ts';
import { hasExpired, notSignedIn } from './sign-in.ts';
import type { Part } from './snapshot.ts';
import { errorName, isThrottling, statusOf } from './throttle.ts';

/** Where a collector works. */
export interface Where {
  readonly account: string;
  readonly partition: string;
  /** The region that is asked. */
  readonly region: string;
  /** The same, or `global` for what belongs to no region. */
  readonly place: string;
}

/**
 * Runs one collector. What is not answered becomes a gap of its part.
 *
 * @throws InputError when the credentials have ended: whatever else is asked would not be answered either.
 */
export async function runCollector(collector: Collector, where: Where, send: SendCall): Promise<Part> {
  const gaps: Gap[] = [];
  const part = { collector: collector.id, region: where.place, types: collector.types };
  try {
    const resources = await collector.read(apiOf(collector, where, send, gaps));
    return { ...part, resources, gaps };
  } catch (error) {
    if (error instanceof InputError) throw error;
    if (collector.off?.includes(errorName(error))) return { ...part, resources: [], gaps };
    const operation = error instanceof CallError ? error.operation : Object.keys(collector.actions)[0];
    gaps.push({ ...gapOf(collector, operation ?? '', where.place, error), types: collector.types });
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
  const { account, partition, region, place } = where;
  const call = async (operation: string, input: Output = {}): Promise<Output> => {
    if (!Object.hasOwn(actions, operation)) throw new Error(`${collector.id} does not declare ${operation}`);
    try {
      return await send({ service, operation, input, region });
    } catch (error) {
      if (error instanceof InputError) throw error;
      if (hasExpired(errorName(error))) throw notSignedIn(errorName(error), region, error);
      throw new CallError(operation, error);
    }
  };
  // One call that is refused for each of a thousand resources is one gap.
  const note = (gap: Gap) => {
    if (!gaps.some(({ operation, error }) => operation === gap.operation && error === gap.error))
      gaps.push(gap);
  };
  const pages = async (operation: string, list: string, input: Output): Promise<readonly unknown[]> => {
    const items: unknown[] = [];
    const path = list.split('.');
    const name = path.pop() ?? '';
    let more: Output | undefined = {};
    for (let page = 0; more; page += 1) {
      if (page >= MOST_PAGES) throw new CallError(operation, named('TooManyPages'));
      const answer = path.reduce(mapOf, await call(operation, { ...input, ...more }));
      for (const item of listIn(answer, name)) items.push(item);
      const next = nextPage(service, answer);
      if (next && sameMark(next, more)) throw new CallError(operation, named('SamePageAgain'));
      more = next;
    }
    return items;
  };
  const all = async (operation: string, list: string, input: Output = {}) =>
    (await pages(operation, list, input)).filter(isMap);
  const some = async (operation: string, list: string, types: readonly string[], input: Output = {}) => {
    try {
      return await all(operation, list, input);
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      if (collector.off?.includes(error.name)) throw error;
      note({ ...gapOf(collector, operation, place, error), types });
      return [];
    }
  };
  const texts = async (operation: string, list: string, input: Output = {}) =>
    (await pages(operation, list, input)).filter((each) => typeof each === 'string');
  const detail = async (operation: string, input: Output, options: DetailOptions = {}): Promise<Detail> => {
    const { none = [], types = [] } = options;
    try {
      return { is: 'read', output: await call(operation, input) };
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      if (none.includes(error.name)) return { is: 'none' };
      note({ ...gapOf(collector, operation, place, error), types });
      return { is: 'unread' };
    }
  };
  const arn = (name: string, rest: string) => `arn:${partition}:${name}:${region}:${account}:${rest}`;
  return { account, partition, region, call, all, some, texts, detail, arn };
}

function named(name: string): Error {
  return Object.assign(new Error(name), { name });
}

/** A service that names the same page again and again would never end. */
function sameMark(next: Output, last: Output): boolean {
  return Object.entries(next).every(([name, value]) => last[name] === value);
}

function listIn(answer: Output, name: string): readonly unknown[] {
  const list = answer[name];
  return Array.isArray(list) ? list : [];
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
const ELSEWHERE =
  /OptInRequired|InvalidEndpoint|UnknownEndpoint|ENOTFOUND|NotImplemented|UnrecognizedClient|UnreadableAnswer/;

function reasonOf(error: unknown): Gap['reason'] {
  const cause = error instanceof CallError ? error.cause : error;
  const name = errorName(cause);
  if (DENIED.test(name) || statusOf(cause) === 403) return 'access-denied';
  if (isThrottling(cause)) return 'throttled';
  return ELSEWHERE.test(name) || statusOf(cause) === 501 ? 'not-available' : 'failed';
}
