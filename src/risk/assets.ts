import type { ResourceGraph } from '../environment/graph.ts';
import { DATABASE_TYPES } from '../environment/reachability/index.ts';
import type { AssetDeclaration, AssetKind } from '../model/declaration.ts';
import { bareName, firstNames } from '../model/moved.ts';
import type { Resource } from '../model/resource.ts';
import type { AssetReached, Interval } from '../model/risk.ts';
import { get } from '../model/value.ts';

interface Guess {
  readonly kind: AssetKind;
  readonly confidentiality: number;
  readonly integrity: number;
  readonly availability: number;
}

const DATABASE: Guess = { kind: 'database', confidentiality: 2, integrity: 2, availability: 2 };
const STORAGE: Guess = { kind: 'storage', confidentiality: 2, integrity: 2, availability: 1 };
const SERVER: Guess = { kind: 'server', confidentiality: 1, integrity: 2, availability: 2 };
const SECRET: Guess = { kind: 'secret', confidentiality: 3, integrity: 2, availability: 1 };

/** What a class is at least, until somebody declares it; the upper end stays 3. */
const GUESSES: Readonly<Record<string, Guess>> = {
  ...Object.fromEntries(DATABASE_TYPES.map((type) => [type, DATABASE])),
  'AWS::DynamoDB::Table': DATABASE,
  'AWS::DynamoDB::GlobalTable': DATABASE,
  'AWS::Cognito::UserPool': DATABASE,
  'AWS::S3::Bucket': STORAGE,
  'AWS::EFS::FileSystem': STORAGE,
  'AWS::EC2::Volume': STORAGE,
  'AWS::SQS::Queue': { ...STORAGE, kind: 'other' },
  'AWS::SNS::Topic': { ...STORAGE, kind: 'other', confidentiality: 1 },
  'AWS::ECR::Repository': STORAGE,
  'AWS::EC2::Instance': SERVER,
  'AWS::AutoScaling::AutoScalingGroup': SERVER,
  'AWS::ECS::Service': SERVER,
  'AWS::Lambda::Function': SERVER,
  'AWS::SecretsManager::Secret': SECRET,
  'AWS::SSM::Parameter': { ...SECRET, confidentiality: 2 },
  'AWS::KMS::Key': { kind: 'key', confidentiality: 2, integrity: 2, availability: 2 },
  'Compose::Database': DATABASE,
  'Compose::Service': SERVER,
  'Host::Machine': SERVER,
  'Account::Account': { kind: 'account', confidentiality: 3, integrity: 3, availability: 3 },
};

const CLUSTERED = ['AWS::RDS::DBInstance'];

/** The asset that a resource is or belongs to: the members of a database cluster share one. */
export function assetFor(graph: ResourceGraph, resource: Resource): Resource | undefined {
  if (CLUSTERED.includes(resource.type)) {
    const cluster = graph.target(get(resource.properties, 'DBClusterIdentifier'));
    if (cluster && !cluster.external) return cluster;
  }
  return Object.hasOwn(GUESSES, resource.type) ? resource : undefined;
}

/** The databases that are assets of their own: a cluster stands for its members. */
export function databases(graph: ResourceGraph): readonly Resource[] {
  return graph.ofType(...DATABASE_TYPES).filter((database) => assetFor(graph, database) === database);
}

/** The classes of an asset, and what people declared of it. */
export interface Classes {
  readonly confidentiality: Interval;
  readonly integrity: Interval;
  readonly availability: Interval;
  readonly importance: Interval;
  readonly assumed: boolean;
  readonly declared: AssetDeclaration | undefined;
}

function declarationsByName(graph: ResourceGraph): ReadonlyMap<string, AssetDeclaration> {
  return new Map(graph.facts.declaration.assets.map((asset) => [asset.resource, asset]));
}

/** The classes of an asset: as declared, also under the name that it had first, else an interval from a guess to 3. */
export function classesOf(graph: ResourceGraph, asset: Resource): Classes {
  const declarations = graph.memo(declarationsByName);
  const { id, name } = asset;
  const first = firstNames(graph.facts.declaration.moved)(id);
  const names = [id, name, first, bareName(first)];
  const declared = names.flatMap((each) => declarations.get(each) ?? [])[0];
  const guess = GUESSES[asset.type] ?? STORAGE;
  const confidentiality = classOf(declared?.confidentiality, guess.confidentiality);
  const integrity = classOf(declared?.integrity, guess.integrity);
  const availability = classOf(declared?.availability, guess.availability);
  return {
    confidentiality,
    integrity,
    availability,
    importance: highest([confidentiality, integrity, availability]),
    assumed: [declared?.confidentiality, declared?.integrity, declared?.availability].includes(undefined),
    declared,
  };
}

function classOf(declared: number | undefined, guess: number): Interval {
  return declared === undefined ? { low: guess, high: 3 } : { low: declared, high: declared };
}

/** The highest of some intervals, end by end; at least 1. */
export function highest(intervals: readonly Interval[]): Interval {
  return {
    low: Math.max(1, ...intervals.map((each) => each.low)),
    high: Math.max(1, ...intervals.map((each) => each.high)),
  };
}

/** The assets behind some resources, each once, with their importance. */
export function assetsReached(graph: ResourceGraph, resources: readonly Resource[]): readonly AssetReached[] {
  const assets = new Set(resources.flatMap((resource) => assetFor(graph, resource) ?? []));
  return [...assets].map((asset) => {
    const { importance, assumed } = classesOf(graph, asset);
    return { resource: asset.id, importance, assumed };
  });
}

/** A: the highest importance over the assets that an event reaches; nothing known is [1, 3]. */
export function importanceOf(assets: readonly AssetReached[]): Interval {
  return assets.length === 0 ? { low: 1, high: 3 } : highest(assets.map((asset) => asset.importance));
}

/** What kind of thing an asset is. */
export function kindOf(asset: Resource): AssetKind {
  return GUESSES[asset.type]?.kind ?? 'storage';
}
