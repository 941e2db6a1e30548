import { CfnCertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { CfnSecurityGroup, CfnSecurityGroupIngress } from 'aws-cdk-lib/aws-ec2';
import { CfnListener } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { type CfnResource, Stack } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { overwrite } from '../change.ts';
import { alreadyOn, attached, type Done, notAttached } from '../outcome.ts';
import { at, cfnOf, itemsOf, logicalIdOf, numberOf, read, referrersOf, resourcesOf } from '../place.ts';
import { shared } from '../support.ts';
import { LISTENER_POLICY, redirect, redirects } from './tls.ts';

/** The name under which the application is reached, and its public zone in Route 53. */
export interface Domain {
  readonly domainName: string;
  readonly hostedZoneId: string;
}

/**
 * A public certificate that renews by itself, because Route 53 proves the ownership of its name.
 *
 * - Stops: a site that goes down because its certificate lapsed.
 * - Attaches to: listeners, distributions (in a stack of us-east-1), API domain names; `AcmSafeguard` gives it to
 *   application load balancers.
 * - Costs: nothing. - Limits: the name must be yours, and its zone must be in this account.
 */
export class RenewingCertificate extends Construct {
  readonly certificate: CfnCertificate;

  constructor(scope: Construct, id: string, props: Domain) {
    super(scope, id);
    this.certificate = new CfnCertificate(this, 'Certificate', {
      domainName: props.domainName,
      validationMethod: 'DNS',
      domainValidationOptions: [{ domainName: props.domainName, hostedZoneId: props.hostedZoneId }],
    });
  }
}

/** Types at which `AcmSafeguard` attaches. */
export const ACM_PLACES = ['AWS::ElasticLoadBalancingV2::LoadBalancer'] as const;

export interface AcmSafeguardProps {
  /** An application load balancer. */
  readonly place: IConstruct;
  readonly domain?: Domain;
}

/**
 * Gives an application load balancer that speaks HTTP only an HTTPS listener with a certificate that renews by
 * itself: the HTTP listener's actions and rules move there, and HTTP forwards to it.
 *
 * - Stops: reading traffic on its way; lapsed certificates.
 * - Attaches to: application load balancers without HTTPS listener.
 * - Costs: nothing.
 * - Limits: needs a domain name of yours. The record that points the name to the load balancer is yours to set.
 */
export class AcmSafeguard extends Construct {
  readonly done: Done;

  constructor(scope: Construct, id: string, props: AcmSafeguardProps) {
    super(scope, id);
    this.done = this.attach(cfnOf(props.place), props.domain);
  }

  private attach(place: CfnResource, domain: Domain | undefined): Done {
    const kind = read(place, 'Type') ?? 'application';
    if (kind !== 'application') return notAttached(`a ${String(kind)} load balancer is left as it is`);
    const listeners = referrersOf(place, 'AWS::ElasticLoadBalancingV2::Listener');
    if (listeners.some((each) => read(each, 'Protocol') === 'HTTPS'))
      return alreadyOn('it has an HTTPS listener');
    const plain = listeners.find((each) => !redirects(read(each, 'DefaultActions')));
    if (!(plain instanceof CfnListener))
      return notAttached('it has no listener whose actions could move to HTTPS');
    if (!domain) return notAttached('give domainName and hostedZoneId of a domain that you own');
    this.moveToHttps(place, plain, domain);
    return attached(`HTTPS with a certificate for ${domain.domainName}; HTTP forwards to it`);
  }

  private moveToHttps(place: CfnResource, plain: CfnListener, domain: Domain): void {
    const certificate = shared(
      Stack.of(place),
      'Certificate',
      (scope, id) => new RenewingCertificate(scope, id, domain),
    ).certificate;
    const secure = new CfnListener(this, 'HttpsListener', {
      loadBalancerArn: plain.loadBalancerArn as string,
      protocol: 'HTTPS',
      port: 443,
      sslPolicy: LISTENER_POLICY,
      certificates: [{ certificateArn: certificate.ref }],
      defaultActions: plain.defaultActions,
    });
    const rules = referrersOf(plain, 'AWS::ElasticLoadBalancingV2::ListenerRule');
    for (const rule of rules) overwrite(rule, 'ListenerArn', secure.ref);
    redirect(plain);
    for (const service of dependentsOf(plain)) service.node.addDependency(secure);
    this.admitHttps(place);
  }

  /** Whoever was admitted on the HTTP port is admitted on 443. */
  private admitHttps(place: CfnResource): void {
    const stack = Stack.of(place);
    const named = JSON.stringify(read(place, 'SecurityGroups') ?? []);
    for (const group of resourcesOf(stack, 'AWS::EC2::SecurityGroup')) {
      if (!named.includes(`"${logicalIdOf(group)}"`) || !(group instanceof CfnSecurityGroup)) continue;
      const rules = itemsOf(read(group, 'SecurityGroupIngress'));
      if (rules.some((rule) => numberOf(at(rule, 'FromPort')) === 443)) continue;
      for (const [index, rule] of rules.entries()) {
        if (numberOf(at(rule, 'FromPort')) !== 80) continue;
        new CfnSecurityGroupIngress(this, `Https${logicalIdOf(group)}${index}`, {
          groupId: group.attrGroupId,
          ipProtocol: 'tcp',
          fromPort: 443,
          toPort: 443,
          description: 'HTTPS from whoever was admitted on port 80',
          ...sourceOf(rule),
        });
      }
    }
  }
}

function sourceOf(rule: Parameters<typeof at>[0]): { cidrIp?: string; cidrIpv6?: string } {
  const [v4, v6] = [at(rule, 'CidrIp'), at(rule, 'CidrIpv6')];
  if (typeof v4 === 'string') return { cidrIp: v4 };
  return typeof v6 === 'string' ? { cidrIpv6: v6 } : { cidrIp: '0.0.0.0/0' };
}

/** ECS services that waited for the HTTP listener must wait for the one that serves now. */
function dependentsOf(listener: CfnResource): readonly CfnResource[] {
  return resourcesOf(Stack.of(listener), 'AWS::ECS::Service').filter((service) =>
    service.node.scopes
      .flatMap((scope) => scope.node.dependencies)
      .some((dependency) => listener.node.scopes.includes(dependency)),
  );
}
