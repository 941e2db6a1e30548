import { isDeclared, type ResourceGraph } from '../environment/graph.ts';
import { DATABASE_TYPES, reachFromInternet } from '../environment/reachability/index.ts';
import { joinTexts, type Text, text } from '../kernel/texts.ts';
import type { Asset, AssetReach } from '../model/declaration.ts';
import type { Resource } from '../model/resource.ts';
import { get, stringFrom } from '../model/value.ts';
import { assetFor, classesOf, kindOf } from './assets.ts';
import { principalsOf } from './principals.ts';
import { serversTo } from './reaching.ts';

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
    kind: kindOf(resource),
    confidentiality: classes.confidentiality,
    integrity: classes.integrity,
    availability: classes.availability,
    importance: classes.importance,
    assumed: classes.assumed,
    ...(declared?.manager === undefined ? {} : { manager: declared.manager }),
    ...(declared?.holds === undefined ? {} : { holds: declared.holds }),
    ...reachOf(graph, resource),
    ...principalsOf(graph, resource),
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

/** Ways that are told of one asset; more of them would not change what is to be done. */
const MOST_WAYS = 5;

/** Who comes to an asset from outside: as a sentence, and way by way as ids. */
function reachOf(graph: ResourceGraph, asset: Resource): Pick<Asset, 'reachedFrom' | 'reachedBy'> {
  const direct = DIRECT.has(asset.type) ? reachFromInternet(graph, asset) : undefined;
  const parts: Text[] = [];
  const reachedBy: AssetReach[] = [];
  if (direct && direct.answer.is !== 'no') {
    const decided = direct.answer.is === 'yes';
    parts.push(decided ? DIRECTLY : PERHAPS_DIRECTLY);
    reachedBy.push({ through: [asset.id], decided });
  }
  for (const { stops, sure } of serversTo(graph, asset, MOST_WAYS)) {
    const shown = stops.map(({ name }) => name).join(' → ');
    parts.push(sure ? through(shown) : perhapsThrough(shown));
    reachedBy.push({ through: [...stops.map(({ id }) => id), asset.id], decided: sure });
  }
  if (parts.length > 0) return { reachedFrom: joinTexts(parts, { en: '; ', ja: '、' }), reachedBy };
  const because = direct?.blockedBy?.what;
  const reachedFrom = because
    ? text(`not from the internet: ${because.en}`, `インターネットからは届かない: ${because.ja}`)
    : text('through AWS API permissions only', 'AWSのAPI権限を通じてのみ');
  return { reachedFrom };
}

const DIRECTLY = text('the internet, directly', 'インターネットから直接');
const PERHAPS_DIRECTLY = text(
  'perhaps the internet directly (undecided)',
  'インターネットから直接届く可能性(未確定)',
);

function through(shown: string): Text {
  return text(`the internet through ${shown}`, `インターネットから${shown}経由`);
}

function perhapsThrough(shown: string): Text {
  return text(
    `perhaps the internet through ${shown} (undecided)`,
    `インターネットから${shown}経由の可能性(未確定)`,
  );
}
