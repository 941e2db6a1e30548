import { CfnStage } from 'aws-cdk-lib/aws-apigateway';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { type CfnResource, Names, Stack } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { alreadyOn, attached, type Done, notAttached } from '../outcome.ts';
import { cfnOf, read, referrersOf } from '../place.ts';
import { partitionArn, shared } from '../support.ts';

export interface WebFirewallProps {
  /** `REGIONAL` for load balancers, APIs and user pools; `CLOUDFRONT` (stacks in us-east-1 only) for distributions. */
  readonly scope?: 'REGIONAL' | 'CLOUDFRONT';
  /** Requests of one address in five minutes before it is blocked. Default 2000. */
  readonly rateLimit?: number;
  /** Days for which the log of decisions is kept. Default 90. */
  readonly logDays?: number;
}

/**
 * A web ACL that blocks: a rate limit per address, AWS's common rule set (OWASP Top 10) and its SQL injection
 * rules, which the common set lacks. Its decisions are logged.
 *
 * - Stops: known attack patterns in requests, and floods from single addresses.
 * - Attaches to: load balancers, REST API stages, AppSync, Cognito user pools, App Runner, distributions.
 * - Costs: $5 a month, $1 per rule, $0.60 per million requests.
 * - Limits: no flaws of the application's logic, no stolen passwords, at a load balancer only the first 8 KB of a
 *   body, and nothing that reaches the servers beside it.
 */
export class WebFirewall extends Construct {
  readonly webAcl: CfnWebACL;

  constructor(scope: Construct, id: string, props: WebFirewallProps = {}) {
    super(scope, id);
    this.webAcl = new CfnWebACL(this, 'WebAcl', {
      scope: props.scope ?? 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility('web-acl'),
      rules: [
        {
          name: 'rate-limit',
          priority: 0,
          action: { block: {} },
          statement: { rateBasedStatement: { limit: props.rateLimit ?? 2000, aggregateKeyType: 'IP' } },
          visibilityConfig: visibility('rate-limit'),
        },
        managedRules('common', 'AWSManagedRulesCommonRuleSet', 1),
        managedRules('sql-injection', 'AWSManagedRulesSQLiRuleSet', 2),
      ],
    });
    // AWS WAF takes only log groups whose names begin so.
    const logs = new CfnLogGroup(this, 'Logs', {
      logGroupName: `aws-waf-logs-${Names.uniqueResourceName(this, { maxLength: 60 }).toLowerCase()}`,
      retentionInDays: props.logDays ?? 90,
    });
    new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: this.webAcl.attrArn,
      // The attribute of the log group ends in `:*`, which AWS WAF does not take.
      logDestinationConfigs: [
        partitionArn(this, `logs:${Stack.of(this).region}:${Stack.of(this).account}:log-group:${logs.ref}`),
      ],
      redactedFields: [{ singleHeader: { Name: 'authorization' } }, { singleHeader: { Name: 'cookie' } }],
    });
  }
}

function managedRules(name: string, group: string, priority: number): CfnWebACL.RuleProperty {
  return {
    name,
    priority,
    overrideAction: { none: {} },
    statement: { managedRuleGroupStatement: { vendorName: 'AWS', name: group } },
    visibilityConfig: visibility(name),
  };
}

function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { sampledRequestsEnabled: true, cloudWatchMetricsEnabled: true, metricName };
}

const DISTRIBUTION = 'AWS::CloudFront::Distribution';

/** Types at which `WafSafeguard` attaches. */
export const WAF_PLACES = [
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::ApiGateway::Stage',
  'AWS::AppSync::GraphQLApi',
  'AWS::Cognito::UserPool',
  'AWS::AppRunner::Service',
  DISTRIBUTION,
] as const;

export interface WafSafeguardProps {
  /** A load balancer, REST API stage, AppSync API, user pool, App Runner service or distribution. */
  readonly place: IConstruct;
  /** The web ACL to attach; by default the stack gets one that all its places share. */
  readonly webAclArn?: string;
  /** Requests of one address in five minutes before it is blocked, where the stack's own web ACL is used. */
  readonly rateLimit?: number;
}

/**
 * Attaches a {@link WebFirewall} to one place. A place that has a web ACL keeps it.
 *
 * - Stops: as {@link WebFirewall}. - Attaches to: load balancers, REST API stages, AppSync, user pools, App Runner,
 *   distributions.
 * - Costs: one web ACL for all places of a stack, $8 a month and $0.60 per million requests.
 * - Limits: a distribution takes only a web ACL of us-east-1: in a stack of another region pass `webAclArn`.
 */
export class WafSafeguard extends Construct {
  readonly done: Done;

  constructor(scope: Construct, id: string, props: WafSafeguardProps) {
    super(scope, id);
    const place = cfnOf(props.place);
    this.done =
      place.cfnResourceType === DISTRIBUTION
        ? this.atDistribution(place, props)
        : this.atRegionalPlace(place, props);
  }

  private atRegionalPlace(place: CfnResource, props: WafSafeguardProps): Done {
    const kind = read(place, 'Type');
    if (place.cfnResourceType.endsWith('::LoadBalancer') && kind !== undefined && kind !== 'application') {
      return notAttached(`a ${String(kind)} load balancer takes no web ACL`);
    }
    if (place.cfnResourceType === 'AWS::ApiGateway::Stage' && !(place instanceof CfnStage)) {
      return notAttached('a stage that is no CfnStage: include its template with CfnInclude');
    }
    const [present] = referrersOf(place, 'AWS::WAFv2::WebACLAssociation');
    if (present) return alreadyOn(`${present.node.path} attaches a web ACL`);
    new CfnWebACLAssociation(this, 'Association', {
      resourceArn: arnOf(place),
      webAclArn: props.webAclArn ?? sharedFirewall(Stack.of(place), 'REGIONAL', props.rateLimit),
    });
    return attached('a web ACL blocks by common rules, SQL injection rules and a rate limit');
  }

  private atDistribution(place: CfnResource, props: WafSafeguardProps): Done {
    if (read(place, 'DistributionConfig', 'WebACLId')) return alreadyOn('the distribution names a web ACL');
    const stack = Stack.of(place);
    if (!props.webAclArn && stack.region !== 'us-east-1') {
      return notAttached(
        "a distribution takes a web ACL of us-east-1 only: set the stack's region, or make a WebFirewall with scope CLOUDFRONT in a stack of us-east-1 and pass distributionWebAclArn",
      );
    }
    const arn = props.webAclArn ?? sharedFirewall(stack, 'CLOUDFRONT', props.rateLimit);
    place.addPropertyOverride('DistributionConfig.WebACLId', arn);
    return attached('a web ACL blocks by common rules, SQL injection rules and a rate limit');
  }
}

function sharedFirewall(
  stack: Stack,
  scope: 'REGIONAL' | 'CLOUDFRONT',
  rateLimit: number | undefined,
): string {
  const name = scope === 'REGIONAL' ? 'WebFirewall' : 'EdgeFirewall';
  return shared(
    stack,
    name,
    (parent, id) => new WebFirewall(parent, id, { scope, ...(rateLimit === undefined ? {} : { rateLimit }) }),
  ).webAcl.attrArn;
}

/** What each place's ARN is. */
function arnOf(place: CfnResource): string {
  const stack = Stack.of(place);
  switch (place.cfnResourceType) {
    case 'AWS::ElasticLoadBalancingV2::LoadBalancer':
      return place.ref;
    case 'AWS::ApiGateway::Stage':
      return partitionArn(
        place,
        `apigateway:${stack.region}::/restapis/${restApiOf(place)}/stages/${place.ref}`,
      );
    case 'AWS::AppRunner::Service':
      return place.getAtt('ServiceArn').toString();
    default:
      return place.getAtt('Arn').toString();
  }
}

/** The API of a stage, as its construct holds it (a token that becomes a reference). */
function restApiOf(stage: CfnResource): string {
  if (stage instanceof CfnStage) return stage.restApiId as string;
  throw new Error(`${stage.node.path} is a stage without a CfnStage; include its template with CfnInclude`);
}
