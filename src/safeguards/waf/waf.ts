import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import type { Resource } from '../../model/resource.ts';
import { get, stringFrom, type Value } from '../../model/value.ts';
import {
  type FacetPresence,
  notApplicable,
  off,
  providedBy,
  rollUp,
  strongest,
  unsure,
} from '../presence.ts';
import { type FacetName, type Presence, safeguard } from '../safeguard.ts';
import { leadingText, property } from '../values.ts';
import { attachmentsAt, classicAssociationAt, openAssociations } from './associations.ts';
import { inspectedBody } from './body-limit.ts';
import type { Contribution } from './contribution.ts';
import { openOrigin } from './origins.ts';
import { wafRemedy } from './remedy.ts';
import { contributionsOf } from './web-acl-rules.ts';

const FACETS: readonly FacetName[] = [
  { id: 'common', name: text('common rules', '共通ルール') },
  { id: 'sqli', name: text('SQL injection rules', 'SQLインジェクション対策ルール') },
  { id: 'rate', name: text('rate limit', 'レート制限') },
];

const DISTRIBUTION = 'AWS::CloudFront::Distribution';

/** Types that look as if they could carry a web ACL and cannot, with why. */
const CANNOT: Readonly<Record<string, ReturnType<typeof text>>> = {
  'AWS::ElasticLoadBalancing::LoadBalancer': text(
    'AWS WAF cannot be attached to a Classic Load Balancer',
    'Classic Load BalancerにはAWS WAFを関連付けられません',
  ),
  'AWS::ApiGatewayV2::Stage': text(
    'AWS WAF cannot be attached to an HTTP or WebSocket API',
    'HTTP API・WebSocket APIにはAWS WAFを関連付けられません',
  ),
};

/**
 * AWS WAF (wafv2) by place. Sources: AWS WAF developer guide, "Resources that you can protect with AWS
 * WAF"; CloudFormation, "AWS::WAFv2::WebACLAssociation" and "AWS::CloudFront::Distribution
 * DistributionConfig" (a distribution takes its web ACL only there, from us-east-1).
 */
export const definition = safeguard({
  id: 'waf',
  name: text('AWS WAF', 'AWS WAF'),
  alsoKnownAs: [
    'WAF',
    'Web Application Firewall',
    'ウェブアプリケーションファイアウォール',
    'WAFv2',
    'web ACL',
  ],
  factor: 'vulnerability',
  effect: 'hinder',
  price: 'a-few-dollars',
  stops: text(
    'Requests that carry known attack patterns: cross-site scripting, file inclusion, SQL injection (a rule group of its own), and floods from single addresses (a rate rule).',
    '既知の攻撃パターンを含むリクエスト(クロスサイトスクリプティング、ファイルインクルード、別のルールグループでのSQLインジェクション)と、特定の送信元からの大量リクエスト(レートベースのルール)。',
  ),
  doesNotStop: text(
    'Flaws of the application logic, stolen passwords, what lies behind the inspected part of a body (8 KB at a load balancer), traffic that reaches the servers beside it, and floods below the HTTP layer.',
    'アプリケーションのロジックの欠陥、盗まれたパスワードによる操作、検査範囲(ロードバランサーでは本文の先頭8KB)より後ろに置かれた攻撃、WAFを通らずにサーバーへ届く通信、HTTPより下の層への大量通信。',
  ),
  confusedWith: text(
    'WAF reads HTTP requests; Shield absorbs floods at the network layers; Network Firewall filters packets between a VPC and the internet.',
    'WAFはHTTPリクエストの中身を調べます。Shieldはネットワーク層の大量通信を吸収し、Network FirewallはVPCとインターネットの間のパケットをふるいにかけます。',
  ),
  facets: FACETS,
  attachesTo: [
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    DISTRIBUTION,
    'AWS::ApiGateway::Stage',
    'AWS::AppSync::GraphQLApi',
    'AWS::Cognito::UserPool',
    'AWS::AppRunner::Service',
    'AWS::EC2::VerifiedAccessInstance',
    'AWS::Amplify::App',
    ...Object.keys(CANNOT),
  ],
  presence: presenceAt,
  remedy: wafRemedy,
});

function presenceAt(graph: ResourceGraph, place: Resource): Presence | undefined {
  const cannot = CANNOT[place.type];
  if (cannot) return notApplicable(cannot);
  if (place.type === 'AWS::ElasticLoadBalancingV2::LoadBalancer') {
    const kind = stringFrom(property(place, 'Type')) ?? 'application';
    if (kind !== 'application') {
      return notApplicable(
        text(
          `AWS WAF cannot be attached to a ${kind} load balancer`,
          `${kind}タイプのロードバランサーにはAWS WAFを関連付けられません`,
        ),
        property(place, 'Type'),
      );
    }
  }
  return place.type === DISTRIBUTION ? atDistribution(graph, place) : atRegionalPlace(graph, place);
}

function atDistribution(graph: ResourceGraph, place: Resource): Presence {
  const acl = property(place, 'DistributionConfig', 'WebACLId');
  if (acl.kind === 'absent' || (acl.kind === 'known' && !acl.value)) return nothingAttached(place);
  return unlessBypassed(graph, place, fromAcl(graph, place, acl, 'CLOUDFRONT'));
}

/** An origin that anybody reaches beside the distribution is not protected by the distribution's web ACL. */
function unlessBypassed(graph: ResourceGraph, place: Resource, presence: Presence): Presence {
  if (presence.state !== 'on' && presence.state !== 'partial') return presence;
  const open = openOrigin(graph, place);
  if (!open) return presence;
  const because = text(
    `${open.name} is reached beside ${place.name}: requests can go around this web ACL`,
    `${open.name}に直接到達できるため、このWeb ACLを通らないリクエストが可能です`,
  );
  return {
    ...presence,
    state: 'partial',
    because,
    facets: (presence.facets ?? []).map((each) =>
      each.state === 'on' ? { ...each, state: 'partial' as const, because } : each,
    ),
  };
}

function atRegionalPlace(graph: ResourceGraph, place: Resource): Presence {
  const attachments = attachmentsAt(graph, place);
  const presences = attachments.map(({ association, acl }) =>
    providedBy(association, fromAcl(graph, place, acl, 'REGIONAL')),
  );
  const best = strongest(presences);
  if (best) return best;
  const classic = classicAssociationAt(graph, place);
  if (classic) return everyFacet(off(classicText, property(classic, 'ResourceArn')));
  const open = openAssociations(graph);
  if (open.length > 0) {
    return everyFacet(
      unsure(
        text(
          `whether ${open.map((each) => each.name).join(', ')} attaches a web ACL here is not decided`,
          `${open.map((each) => each.name).join('、')}がここにWeb ACLを関連付けるかどうかが未確定です`,
        ),
        open.map((each) => property(each, 'ResourceArn')),
      ),
    );
  }
  return nothingAttached(place);
}

const classicText = text(
  'only AWS WAF Classic is attached, which AWS has ended',
  '関連付けられているのは、提供が終了したAWS WAF Classicだけです',
);

function nothingAttached(place: Resource): Presence {
  return everyFacet(
    off(text(`no web ACL is attached to ${place.name}`, `${place.name}にはWeb ACLが関連付けられていません`)),
  );
}

function everyFacet(presence: Presence): Presence {
  const facets = FACETS.map(({ id }) => ({ id, state: presence.state, because: presence.because }));
  return { ...presence, facets };
}

function fromAcl(
  graph: ResourceGraph,
  place: Resource,
  value: Value,
  scope: 'REGIONAL' | 'CLOUDFRONT',
): Presence {
  const acl = graph.target(value);
  if (
    acl?.type.startsWith('AWS::WAF::') ||
    acl?.type.startsWith('AWS::WAFRegional::') ||
    isClassicId(value)
  ) {
    return everyFacet(off(classicText, value));
  }
  if (acl?.type !== 'AWS::WAFv2::WebACL') {
    return everyFacet(
      unsure(text('the web ACL is not among what was read', 'Web ACLが読み取り対象に含まれていません'), [
        value,
      ]),
    );
  }
  const aclScope = stringFrom(property(acl, 'Scope'));
  if (aclScope !== undefined && aclScope !== scope) {
    return everyFacet(
      off(
        text(
          `${acl.name} has the scope ${aclScope}; here only ${scope} can be attached`,
          `${acl.name}のスコープは${aclScope}です。ここに関連付けられるのは${scope}だけです`,
        ),
        property(acl, 'Scope'),
      ),
    );
  }
  return providedBy(acl, fromRules(graph, place, acl));
}

/** WAF Classic ids are bare UUIDs; wafv2 uses ARNs (CloudFormation, "WebACLId"). */
function isClassicId(value: Value): boolean {
  const start = leadingText(value);
  return start !== undefined && /^[0-9a-f]{8}-[0-9a-f]{4}-/.test(start);
}

function fromRules(graph: ResourceGraph, place: Resource, acl: Resource): Presence {
  const contributions = contributionsOf(graph, acl);
  const limit = inspectedBody(place, acl);
  return rollUp(
    FACETS.map((facet): FacetPresence => {
      const own = contributions.filter((each) => each.facet === facet.id);
      const best = strongest(own.map(presenceFrom)) ?? off(noRule(acl), get(acl.properties, 'Rules'));
      const looksIntoBodies = facet.id !== 'rate' && best.state === 'on';
      return { facet, presence: looksIntoBodies ? withLimit(best, limit) : best };
    }),
  );
}

/** An attack that lies behind the inspected part of a body is not seen: the limit is told with the state. */
function withLimit(presence: Presence, limit: string): Presence {
  const { en, ja } = presence.because;
  return {
    ...presence,
    because: text(`${en} (bodies: the first ${limit} KB)`, `${ja}(本文は先頭${limit}KBまで検査)`),
  };
}

function noRule(acl: Resource): ReturnType<typeof text> {
  return text(`${acl.name} has no rule for it`, `${acl.name}に該当するルールがありません`);
}

const STATE_OF = { full: 'on', partial: 'partial', unknown: 'unknown', none: 'off' } as const;

function presenceFrom({ strength, because, at }: Contribution): Presence {
  if (strength === 'unknown') return unsure(because, [at]);
  return { state: STATE_OF[strength], because, at };
}
