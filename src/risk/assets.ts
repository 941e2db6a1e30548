import { isDeclared, type ResourceGraph } from '../environment/graph.ts';
import { DATABASE_TYPES, reachFromInternet } from '../environment/reachability/index.ts';
import { joinTexts, type Text, text } from '../kernel/texts.ts';
import type { Asset, AssetDeclaration, AssetKind } from '../model/declaration.ts';
import type { Resource } from '../model/resource.ts';
import type { AssetReached, Interval } from '../model/risk.ts';
import { get, stringFrom } from '../model/value.ts';
import { serversTo } from './reaching.ts';

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
  'AWS::SQS::Queue': STORAGE,
  'AWS::SNS::Topic': { ...STORAGE, confidentiality: 1 },
  'AWS::ECR::Repository': STORAGE,
  'AWS::EC2::Instance': SERVER,
  'AWS::AutoScaling::AutoScalingGroup': SERVER,
  'AWS::ECS::Service': SERVER,
  'AWS::Lambda::Function': SERVER,
  'AWS::SecretsManager::Secret': SECRET,
  'AWS::SSM::Parameter': { ...SECRET, confidentiality: 2 },
  'AWS::KMS::Key': { kind: 'key', confidentiality: 2, integrity: 2, availability: 2 },
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

interface Classes {
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

function classesOf(graph: ResourceGraph, asset: Resource): Classes {
  const declarations = graph.memo(declarationsByName);
  const declared = declarations.get(asset.id) ?? declarations.get(asset.name);
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

function highest(intervals: readonly Interval[]): Interval {
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

/** The asset inventory (情報資産管理台帳) that the graph shows. */
export function inventory(graph: ResourceGraph): readonly Asset[] {
  return graph.resources
    .filter(
      (resource) => isDeclared(resource) && assetFor(graph, resource) === resource && isInformation(resource),
    )
    .map((resource) => assetLine(graph, resource));
}

/** A plain parameter of Systems Manager is configuration, not an asset. */
function isInformation(resource: Resource): boolean {
  if (resource.type !== 'AWS::SSM::Parameter') return true;
  return stringFrom(get(resource.properties, 'Type')) === 'SecureString';
}

function assetLine(graph: ResourceGraph, resource: Resource): Asset {
  const { declared, ...classes } = classesOf(graph, resource);
  return {
    resource: resource.id,
    name: resource.name,
    type: resource.type,
    kind: GUESSES[resource.type]?.kind ?? 'storage',
    confidentiality: classes.confidentiality,
    integrity: classes.integrity,
    availability: classes.availability,
    importance: classes.importance,
    assumed: classes.assumed,
    ...(declared?.manager === undefined ? {} : { manager: declared.manager }),
    ...(declared?.holds === undefined ? {} : { holds: declared.holds }),
    reachedFrom: reachedFrom(graph, resource),
  };
}

const DIRECT = new Set<string>([
  ...DATABASE_TYPES,
  'AWS::S3::Bucket',
  'AWS::EC2::Instance',
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::ECS::Service',
  'AWS::Lambda::Function',
]);

function reachedFrom(graph: ResourceGraph, asset: Resource): Text {
  const parts: Text[] = [];
  const direct = DIRECT.has(asset.type) ? reachFromInternet(graph, asset) : undefined;
  if (direct?.answer.is === 'yes') parts.push(text('the internet, directly', 'インターネットから直接'));
  if (direct?.answer.is === 'unknown') {
    parts.push(text('perhaps the internet directly (undecided)', 'インターネットから直接届く可能性(未確定)'));
  }
  for (const { names, sure } of serversTo(graph, asset, 5)) {
    const shown = names.join(' → ');
    parts.push(
      sure
        ? text(`the internet through ${shown}`, `インターネットから${shown}経由`)
        : text(
            `perhaps the internet through ${shown} (undecided)`,
            `インターネットから${shown}経由の可能性(未確定)`,
          ),
    );
  }
  if (parts.length > 0) return joinTexts(parts, { en: '; ', ja: '、' });
  const because = direct?.blockedBy?.what;
  return because
    ? text(`not from the internet: ${because.en}`, `インターネットからは届かない: ${because.ja}`)
    : text('through AWS API permissions only', 'AWSのAPI権限を通じてのみ');
}
