import type { ResourceGraph } from '../../environment/graph.ts';
import { placementOf } from '../../environment/reachability/index.ts';
import { text } from '../../kernel/texts.ts';
import type { Edit, EditValue, Remedy } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import { get, itemsOf, numberFrom, stringFrom } from '../../model/value.ts';
import { addResource, getAtt, logicalId, ref, setProperty, sub } from '../edits.ts';
import { property } from '../values.ts';
import { aclLog } from './acl-log.ts';
import { attachmentsAt } from './associations.ts';
import type { WafFacet } from './contribution.ts';
import { openOrigin } from './origins.ts';
import { allowsWhatAttackersChoose, contributionsOf } from './web-acl-rules.ts';

/** Requests in five minutes from one address: far above a person, far below a flood. */
const RATE_LIMIT = 2_000;

const SUMMARY = text(
  'Attach a web ACL that blocks with the common rules, the SQL injection rules and a rate limit, and log what it decides.',
  '共通ルール・SQLインジェクション対策ルール・レート制限でブロックするWeb ACLを関連付け、判定をログに残します。',
);

const RULES_SUMMARY = text(
  'Complete the web ACL: it blocks with the common rules, the SQL injection rules and a rate limit.',
  'Web ACLを補い、共通ルール・SQLインジェクション対策ルール・レート制限でブロックします。',
);

/** Completes the web ACL that is attached, or adds one with all three facets. */
export function wafRemedy(graph: ResourceGraph, place: Resource): Remedy {
  const attached = attachedAcl(graph, place);
  if (attached) return completed(graph, place, attached);
  return place.type === 'AWS::CloudFront::Distribution' ? forDistribution(place) : forRegionalPlace(place);
}

/** What is missing at a place that has a web ACL: rules, or a closed way around it. */
function completed(graph: ResourceGraph, place: Resource, acl: Resource): Remedy {
  const edits = missingRules(graph, acl);
  const origin = place.type === 'AWS::CloudFront::Distribution' ? openOrigin(graph, place) : undefined;
  if (!origin) return { summary: RULES_SUMMARY, edits };
  const groups = placementOf(graph, origin).groups.map(({ resource }) => resource);
  return {
    summary: text(
      `Let only CloudFront reach ${origin.name}, so that nobody goes around the web ACL.`,
      `${origin.name}への到達をCloudFrontだけに限定し、Web ACLを迂回できないようにします。`,
    ),
    edits: [
      ...edits,
      ...groups
        .filter((group) => group.type === 'AWS::EC2::SecurityGroup')
        .map((group) =>
          setProperty(group, 'SecurityGroupIngress', [
            {
              IpProtocol: 'tcp',
              FromPort: 443,
              ToPort: 443,
              SourcePrefixListId: ref('CloudFrontPrefixListId'),
            },
          ]),
        ),
    ],
    needs: [
      text(
        'the id of the managed prefix list com.amazonaws.global.cloudfront.origin-facing in your region (parameter CloudFrontPrefixListId)',
        'リージョンのマネージドプレフィックスリストcom.amazonaws.global.cloudfront.origin-facingのID(パラメータCloudFrontPrefixListId)',
      ),
    ],
  };
}

function attachedAcl(graph: ResourceGraph, place: Resource): Resource | undefined {
  const values =
    place.type === 'AWS::CloudFront::Distribution'
      ? [property(place, 'DistributionConfig', 'WebACLId')]
      : attachmentsAt(graph, place).map(({ acl }) => acl);
  const scope = place.type === 'AWS::CloudFront::Distribution' ? 'CLOUDFRONT' : 'REGIONAL';
  return values
    .map((value) => graph.target(value))
    .find((acl) => acl?.type === 'AWS::WAFv2::WebACL' && stringFrom(property(acl, 'Scope')) === scope);
}

/** Moves what lets requests through too early behind the other rules, and adds the rules that are missing. */
function missingRules(graph: ResourceGraph, acl: Resource): readonly Edit[] {
  const rules = itemsOf(property(acl, 'Rules'));
  const highest = Math.max(-1, ...rules.map((rule) => numberFrom(get(rule, 'Priority')) ?? -1));
  const early = rules.flatMap((rule, index) => (allowsWhatAttackersChoose(rule) ? [index] : []));
  const contributions = contributionsOf(graph, acl);
  const missing = (['rate', 'common', 'sqli'] as const).filter(
    (facet) =>
      !contributions.some((each) => each.facet === facet && (each.strength === 'full' || each.early)),
  );
  return [
    ...missing.map((facet, index) =>
      setProperty(acl, `Rules.${rules.length + index}`, ruleFor(facet, highest + 1 + index)),
    ),
    ...early.map((rule, index) =>
      setProperty(acl, `Rules.${rule}.Priority`, highest + 1 + missing.length + index),
    ),
  ];
}

function forRegionalPlace(place: Resource): Remedy {
  const acl = logicalId(place, 'WebAcl');
  return {
    summary: SUMMARY,
    edits: [
      addResource(acl, 'AWS::WAFv2::WebACL', webAcl(acl, 'REGIONAL')),
      addResource(logicalId(place, 'WebAclAssociation'), 'AWS::WAFv2::WebACLAssociation', {
        ResourceArn: arnOf(place),
        WebACLArn: getAtt(acl, 'Arn'),
      }),
      ...aclLog(acl),
    ],
  };
}

function forDistribution(place: Resource): Remedy {
  const acl = logicalId(place, 'WebAcl');
  return {
    summary: SUMMARY,
    edits: [
      addResource(acl, 'AWS::WAFv2::WebACL', webAcl(acl, 'CLOUDFRONT')),
      setProperty(place, 'DistributionConfig.WebACLId', getAtt(acl, 'Arn')),
      ...aclLog(acl),
    ],
    needs: [
      text(
        'a stack in us-east-1: a web ACL for CloudFront can be created only there',
        'us-east-1リージョンのスタック(CloudFront用のWeb ACLはこのリージョンでのみ作成できます)',
      ),
    ],
  };
}

/** What each place's ARN is, in CloudFormation's words. */
function arnOf(place: Resource): EditValue {
  switch (place.type) {
    case 'AWS::ElasticLoadBalancingV2::LoadBalancer':
      return ref(place);
    case 'AWS::ApiGateway::Stage':
      return sub(
        `arn:{AWS::Partition}:apigateway:{AWS::Region}::/restapis/${restApiOf(place)}/stages/{${place.name}}`,
      );
    case 'AWS::AppRunner::Service':
      return getAtt(place, 'ServiceArn');
    case 'AWS::EC2::VerifiedAccessInstance':
      return sub(
        `arn:{AWS::Partition}:ec2:{AWS::Region}:{AWS::AccountId}:verified-access-instance/{${place.name}}`,
      );
    default:
      return getAtt(place, 'Arn');
  }
}

function restApiOf(stage: Resource): string {
  const api = property(stage, 'RestApiId');
  const part = api.kind === 'unknown' ? api.parts?.[0] : undefined;
  const id = typeof part === 'object' ? part.resource : undefined;
  return id === undefined ? '*' : `{${id.slice(id.lastIndexOf('/') + 1)}}`;
}

function webAcl(name: string, scope: 'REGIONAL' | 'CLOUDFRONT'): { readonly [key: string]: EditValue } {
  return {
    Scope: scope,
    DefaultAction: { Allow: {} },
    VisibilityConfig: visibility(name),
    Rules: (['rate', 'common', 'sqli'] as const).map(ruleFor),
  };
}

const GROUPS: Readonly<Record<Exclude<WafFacet, 'rate'>, string>> = {
  common: 'AWSManagedRulesCommonRuleSet',
  sqli: 'AWSManagedRulesSQLiRuleSet',
};

function ruleFor(facet: WafFacet, priority: number): EditValue {
  if (facet === 'rate') {
    return {
      Name: 'rate-limit',
      Priority: priority,
      Action: { Block: {} },
      Statement: { RateBasedStatement: { Limit: RATE_LIMIT, AggregateKeyType: 'IP' } },
      VisibilityConfig: visibility('rate-limit'),
    };
  }
  return {
    Name: facet,
    Priority: priority,
    OverrideAction: { None: {} },
    Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: GROUPS[facet] } },
    VisibilityConfig: visibility(facet),
  };
}

function visibility(metric: string): EditValue {
  return { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: metric };
}
