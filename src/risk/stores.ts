import type { ResourceGraph } from '../environment/graph.ts';
import { arnOf, readNamed } from '../environment/reachability/index.ts';
import { type PartialString, type Statement, showPartial } from '../iam/engine.ts';
import { type Answer, NO } from '../model/answer.ts';
import type { Resource } from '../model/resource.ts';
import { get, itemsOf, stringFrom, type Value } from '../model/value.ts';
import { assetsReached } from './assets.ts';
import { holderMay, permissionsOf, rolesOf } from './roles.ts';

/** Most buckets that are told of a role that reads every bucket; the most important ones are kept. */
const MOST_BUCKETS = 20;

/** The buckets whose objects the role of a server may read. */
export function bucketsReadBy(graph: ResourceGraph, server: Resource): readonly Resource[] {
  return [...new Set(rolesOf(graph, server).flatMap((role) => bucketsFor(graph, role, 's3:GetObject')))];
}

/** The buckets on whose objects a role may act. */
export function bucketsFor(graph: ResourceGraph, role: Resource, action: string): readonly Resource[] {
  const cache = graph.memo(bucketCache);
  const key = `${action} ${role.id}`;
  const cached = cache.get(key);
  if (cached) return cached;
  const buckets =
    everyBucket(graph, role, action).is === 'yes'
      ? graph
          .memo(bucketsByImportance)
          .filter((bucket) => !isKeptOut(graph, role, action, bucket))
          .slice(0, MOST_BUCKETS)
      : possibleBuckets(graph, role).filter((bucket) => mayTouch(graph, role, action, bucket));
  cache.set(key, buckets);
  return buckets;
}

function bucketCache(_: ResourceGraph): Map<string, readonly Resource[]> {
  return new Map();
}

function bucketsByImportance(graph: ResourceGraph): readonly Resource[] {
  const weight = (bucket: Resource) => {
    const [asset] = assetsReached(graph, [bucket]);
    return asset ? asset.importance.high * 4 + asset.importance.low : 0;
  };
  return graph.ofType('AWS::S3::Bucket').toSorted((a, b) => weight(b) - weight(a));
}

/**
 * Whether the policy of a bucket surely denies a role, by name and without condition, an action on all objects.
 * Only what is plainly written counts; whatever else a policy says leaves the role in.
 */
function isKeptOut(graph: ResourceGraph, role: Resource, action: string, bucket: Resource): boolean {
  return graph
    .memo(denials)
    .some(
      (denial) =>
        denial.bucket === bucket.id &&
        denial.roles.has(role.id) &&
        denial.actions.some((pattern) => coversAction(pattern, action)),
    );
}

interface Denial {
  readonly bucket: string;
  readonly roles: ReadonlySet<string>;
  readonly actions: readonly string[];
}

function denials(graph: ResourceGraph): readonly Denial[] {
  return graph.ofType('AWS::S3::BucketPolicy').flatMap((policy) => {
    const bucket = graph.target(get(policy.properties, 'Bucket'));
    if (!bucket || policy.exists.is !== 'yes') return [];
    const written = readNamed(graph, get(policy.properties, 'PolicyDocument')).statements;
    return itemsOf(get(policy.properties, 'PolicyDocument', 'Statement')).flatMap((statement, index) => {
      const read = written.find((each) => each.index === index);
      return read ? denialIn(graph, bucket, statement, read) : [];
    });
  });
}

function denialIn(
  graph: ResourceGraph,
  bucket: Resource,
  statement: Value,
  { effect, conditions, undecided, actions, resources }: Statement,
): readonly Denial[] {
  const isPlain = effect === 'Deny' && conditions.length === 0 && undecided.length === 0 && !actions.negated;
  const objects = showPartial(arnOf(bucket, '/*'));
  const onAll =
    resources?.negated === false && resources.items.some(({ text }) => showPartial(text) === objects);
  if (!isPlain || !onAll) return [];
  const roles = itemsOf(get(statement, 'Principal', 'AWS')).flatMap((each) => graph.target(each)?.id ?? []);
  const named = actions.items.flatMap(({ text, maybe }) =>
    typeof text === 'string' && !maybe ? [text] : [],
  );
  return [{ bucket: bucket.id, roles: new Set(roles), actions: named }];
}

function coversAction(pattern: string, action: string): boolean {
  const [wanted, written] = [action.toLowerCase(), pattern.toLowerCase()];
  return written.endsWith('*') ? wanted.startsWith(written.slice(0, -1)) : wanted === written;
}

/**
 * Whether a role may act on the objects of whatever bucket. That it may act on some named one leaves the
 * question about any bucket open in the engine, and is no here.
 */
export function everyBucket(graph: ResourceGraph, role: Resource, action: string): Answer {
  const answer = holderMay(graph, role, action, ANY_OBJECT);
  if (answer.is !== 'unknown') return answer;
  return permissionsOf(graph, role).open.length > 0 ? answer : NO;
}

const ANY_OBJECT: PartialString = {
  parts: ['arn:aws:s3:::', { type: 'other', expression: 'any bucket' }, '/object'],
};

/** Policies that were not read make everything possible; only what the read ones say is told. */
function mayTouch(graph: ResourceGraph, role: Resource, action: string, bucket: Resource): boolean {
  const answer = mayOn(graph, role, action, bucket);
  return answer.is === 'yes' || (answer.is === 'unknown' && permissionsOf(graph, role).open.length === 0);
}

function mayOn(graph: ResourceGraph, role: Resource, action: string, bucket: Resource): Answer {
  return holderMay(graph, role, action, arnOf(bucket, '/object'));
}

/**
 * The buckets that the policies of a role may be about: those they name by reference or literally; every
 * bucket where a name is a pattern or not known.
 */
export function possibleBuckets(graph: ResourceGraph, role: Resource): readonly Resource[] {
  const names = graph.memo(bucketNames);
  const found = new Set<Resource>();
  for (const policy of permissionsOf(graph, role).policies) {
    for (const statement of policy.statements) {
      if (!concernsStorage(statement)) continue;
      if (!statement.resources || statement.resources.negated) return graph.ofType('AWS::S3::Bucket');
      for (const { text } of statement.resources.items) {
        const bucket = bucketIn(graph, names, text);
        if (bucket === 'any') return graph.ofType('AWS::S3::Bucket');
        if (bucket) found.add(bucket);
      }
    }
  }
  return [...found];
}

function concernsStorage(statement: Statement): boolean {
  if (statement.actions.negated) return true;
  return statement.actions.items.some(
    ({ text }) => typeof text !== 'string' || text.startsWith('*') || text.toLowerCase().startsWith('s3:'),
  );
}

function bucketIn(
  graph: ResourceGraph,
  names: ReadonlyMap<string, Resource>,
  text: PartialString,
): Resource | 'any' | undefined {
  const parts = typeof text === 'string' ? [text] : text.parts;
  const reference = parts.find((part) => typeof part !== 'string' && part.resource !== undefined);
  if (typeof reference === 'object' && reference.resource) return graph.get(reference.resource);
  const [head] = parts;
  if (parts.length > 1 || typeof head !== 'string') return 'any';
  const name = head.slice(head.lastIndexOf(':') + 1).split('/')[0] ?? '';
  return /[*?]/.test(name) ? 'any' : names.get(name);
}

function bucketNames(graph: ResourceGraph): ReadonlyMap<string, Resource> {
  const names = new Map<string, Resource>();
  for (const bucket of graph.ofType('AWS::S3::Bucket')) {
    const name = stringFrom(get(bucket.properties, 'BucketName'));
    if (name !== undefined) names.set(name, bucket);
  }
  return names;
}
