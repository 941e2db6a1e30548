import type { ServiceModel } from '../schema/service-model.ts';
import type { OperationShape } from '../schema/shape.ts';

/** An operation whose pattern a path matches, with its labels decoded. */
export interface RestMatch {
  readonly operation: OperationShape;
  readonly labels: ReadonlyMap<string, string>;
}

type Segment =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'label'; readonly name: string }
  | { readonly kind: 'greedy'; readonly name: string };

interface Pattern {
  readonly operation: OperationShape;
  readonly segments: readonly Segment[];
  /** Query parameters that have to be there, with their values where the pattern gives one. */
  readonly query: readonly (readonly [name: string, value: string | undefined])[];
  /** Parameters and headers that the input requires: they tell operations with one pattern apart. */
  readonly requiredQuery: readonly string[];
  readonly requiredHeaders: readonly string[];
  readonly namesBucket: boolean;
}

/** What of a request its operation is found by. */
export interface RestTarget {
  readonly method: string;
  readonly path: string;
  readonly query: ReadonlyMap<string, readonly string[]>;
  header(name: string): string | undefined;
}

/** Finds the operation of a request. */
export type RestRouter = (target: RestTarget) => RestMatch | undefined;

const BUCKET = 'Bucket';

/**
 * Compiles the `http` traits of a service. The most specific pattern wins: more query literals, then more
 * literal segments, then no greedy label. Source: Smithy, "http trait" ("Specificity routing").
 */
export function restRouter(model: ServiceModel): RestRouter {
  const byMethod = new Map<string, Pattern[]>();
  for (const operation of model.operations.values()) {
    const { http } = operation.traits;
    if (!http) continue;
    const [method, uri] = http;
    const patterns = byMethod.get(method) ?? [];
    patterns.push(patternOf(operation, uri));
    byMethod.set(method, patterns);
  }
  for (const patterns of byMethod.values()) patterns.sort((one, other) => weight(other) - weight(one));
  const buckets = model.namespace === 'com.amazonaws.s3';
  return (target) => {
    const parts = splitPath(target.path);
    if (parts === undefined) return undefined;
    const patterns = byMethod.get(target.method) ?? [];
    return buckets ? matchInBucket(patterns, parts, target) : matchPatterns(patterns, parts, target);
  };
}

/** Of the patterns that match, the first whose required parameters are there; else the first. */
function matchPatterns(
  patterns: readonly Pattern[],
  parts: readonly string[],
  target: RestTarget,
): RestMatch | undefined {
  let incomplete: RestMatch | undefined;
  for (const pattern of patterns) {
    const labels = matchSegments(pattern.segments, parts);
    if (!labels || !matchesQuery(pattern, target.query)) continue;
    const match = { operation: pattern.operation, labels };
    if (isComplete(pattern, target)) return match;
    incomplete ??= match;
  }
  return incomplete;
}

function isComplete({ requiredQuery, requiredHeaders }: Pattern, { query, header }: RestTarget): boolean {
  return (
    requiredQuery.every((name) => query.has(name)) &&
    requiredHeaders.every((name) => header(name.toLowerCase()) !== undefined)
  );
}

/** The patterns of S3 leave the bucket out: it stands in the host, or here in front of the path. */
function matchInBucket(
  patterns: readonly Pattern[],
  parts: readonly string[],
  target: RestTarget,
): RestMatch | undefined {
  const [bucket, ...rest] = parts;
  const named = patterns.filter(({ namesBucket }) => namesBucket === (bucket !== undefined));
  const match = matchPatterns(named, rest, target);
  if (!match || bucket === undefined) return match;
  return { ...match, labels: new Map([...match.labels, [BUCKET, bucket]]) };
}

function patternOf(operation: OperationShape, uri: string): Pattern {
  const [path = '', literals = ''] = uri.split('?', 2);
  const segments = path
    .split('/')
    .filter((part) => part !== '')
    .map((part): Segment => {
      const name = /^\{([^}+]+)(\+?)\}$/.exec(part);
      if (!name) return { kind: 'literal', text: part };
      return { kind: name[2] === '+' ? 'greedy' : 'label', name: name[1] ?? '' };
    });
  const query = literals
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const [name = '', value] = part.split('=', 2);
      return [name, value] as const;
    });
  const { members } = operation.input;
  const required = members.filter((member) => member.required);
  return {
    operation,
    segments,
    query,
    requiredQuery: required.flatMap(({ traits }) => traits.httpQuery ?? []),
    requiredHeaders: required.flatMap(({ traits }) => traits.httpHeader ?? []),
    namesBucket: members.some(({ name, traits }) => name === BUCKET && traits.httpLabel !== undefined),
  };
}

function weight({ segments, query, requiredQuery, requiredHeaders }: Pattern): number {
  const literals = segments.filter(({ kind }) => kind === 'literal').length;
  const greedy = segments.some(({ kind }) => kind === 'greedy') ? 1 : 0;
  const needed = requiredQuery.length + requiredHeaders.length;
  const fixed = query.filter(([name]) => name !== 'x-id').length;
  return fixed * 10_000 + literals * 100 + segments.length * 2 - greedy + needed / 100;
}

/** Decoded segments; undefined when an escape is malformed. A trailing slash does not count. */
function splitPath(path: string): readonly string[] | undefined {
  const parts = path.replace(/^\//, '').split('/');
  if (parts.at(-1) === '') parts.pop();
  try {
    return parts.map((part) => decodeURIComponent(part));
  } catch {
    return undefined;
  }
}

function matchSegments(
  segments: readonly Segment[],
  parts: readonly string[],
): ReadonlyMap<string, string> | undefined {
  const labels = new Map<string, string>();
  const greedyAt = segments.findIndex(({ kind }) => kind === 'greedy');
  const after = greedyAt < 0 ? 0 : segments.length - greedyAt - 1;
  if (greedyAt < 0 ? parts.length !== segments.length : parts.length < segments.length) return undefined;
  let at = 0;
  for (const segment of segments) {
    const part = parts[at] ?? '';
    if (segment.kind === 'literal' && segment.text !== part) return undefined;
    if (segment.kind === 'label') {
      if (part === '') return undefined;
      labels.set(segment.name, part);
    }
    if (segment.kind === 'greedy') {
      const end = parts.length - after;
      labels.set(segment.name, parts.slice(at, end).join('/'));
      at = end;
    } else at += 1;
  }
  return labels;
}

function matchesQuery({ query }: Pattern, given: ReadonlyMap<string, readonly string[]>): boolean {
  return query.every(([name, value]) => {
    // `x-id` only tells people which operation is meant; clients may leave it out.
    const values = given.get(name);
    if (name === 'x-id' && values === undefined) return true;
    return values !== undefined && (value === undefined || values.includes(value));
  });
}
