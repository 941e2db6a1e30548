import { CfnDistribution, CfnVpcOrigin } from 'aws-cdk-lib/aws-cloudfront';
import { CfnListener, CfnLoadBalancer, CfnTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import { type Domain, RenewingCertificate } from '../attach/acm.ts';
import { LISTENER_POLICY } from '../attach/tls.ts';

/** Managed by AWS: no caching, and everything that the viewer sent. */
const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const ALL_VIEWER = '216adef6-5c7f-47e4-b989-5492eafa07d3';
const SECURITY_HEADERS = '67f7725c-6f97-4210-82d7-5512b31e9d03';
/** The hosted zone of all distributions. */
const CLOUDFRONT_ZONE = 'Z2FDTNDATAQYW2';

export interface WebBalancerProps {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  /** Whether the internet reaches it, or only what stands before it in the network. */
  readonly isPublic: boolean;
  readonly applicationPort: number;
  readonly healthCheckPath: string;
  readonly domain?: Domain;
}

/**
 * An application load balancer: HTTPS with a certificate that renews by itself, HTTP forwarded to it. Without a domain
 * it answers on HTTP, which `AcmSafeguard` and `TlsSafeguard` tell.
 *
 * - Costs: about $18 a month. - Limits: `WafSafeguard` puts a web ACL before it.
 */
export class WebBalancer extends Construct {
  readonly loadBalancer: CfnLoadBalancer;
  readonly targets: CfnTargetGroup;
  readonly certificate: RenewingCertificate | undefined;

  constructor(scope: Construct, id: string, props: WebBalancerProps) {
    super(scope, id);
    this.loadBalancer = new CfnLoadBalancer(this, 'LoadBalancer', {
      type: 'application',
      scheme: props.isPublic ? 'internet-facing' : 'internal',
      subnets: [...props.subnetIds],
      securityGroups: [props.securityGroupId],
      loadBalancerAttributes: [
        { key: 'routing.http.drop_invalid_header_fields.enabled', value: 'true' },
        { key: 'deletion_protection.enabled', value: 'true' },
      ],
    });
    this.targets = new CfnTargetGroup(this, 'Targets', {
      vpcId: props.vpcId,
      protocol: 'HTTP',
      port: props.applicationPort,
      targetType: 'instance',
      healthCheckPath: props.healthCheckPath,
    });
    const forward = [{ type: 'forward', targetGroupArn: this.targets.ref }];
    this.certificate = props.domain && new RenewingCertificate(this, 'Certificate', props.domain);
    if (this.certificate) {
      new CfnListener(this, 'Https', {
        loadBalancerArn: this.loadBalancer.ref,
        protocol: 'HTTPS',
        port: 443,
        sslPolicy: LISTENER_POLICY,
        certificates: [{ certificateArn: this.certificate.certificate.ref }],
        defaultActions: forward,
      });
    }
    new CfnListener(this, 'Http', {
      loadBalancerArn: this.loadBalancer.ref,
      protocol: 'HTTP',
      port: 80,
      defaultActions: this.certificate
        ? [
            {
              type: 'redirect',
              redirectConfig: { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' },
            },
          ]
        : forward,
    });
  }

  /** Points the domain to the load balancer. */
  nameIt(domain: Domain): void {
    new CfnRecordSet(this, 'Name', {
      name: domain.domainName,
      type: 'A',
      hostedZoneId: domain.hostedZoneId,
      aliasTarget: {
        dnsName: this.loadBalancer.attrDnsName,
        hostedZoneId: this.loadBalancer.attrCanonicalHostedZoneId,
      },
    });
  }
}

export interface WebDistributionProps {
  readonly balancer: WebBalancer;
  readonly domain: Domain;
  /** The certificate of us-east-1 for viewers. */
  readonly certificateArn: string;
}

/**
 * A distribution before an internal load balancer, which CloudFront reaches through the private network (a VPC
 * origin), so that nobody can go around it.
 *
 * - Stops: requests that avoid the web ACL, old TLS versions, plain HTTP. - Costs: $0.085 per GB, 1 TB a month free.
 * - Limits: nothing is cached unless the behaviours are changed; certificates and web ACLs live in us-east-1.
 */
export class WebDistribution extends Construct {
  readonly distribution: CfnDistribution;

  constructor(scope: Construct, id: string, props: WebDistributionProps) {
    super(scope, id);
    const { balancer, domain } = props;
    const origin = new CfnVpcOrigin(this, 'Origin', {
      vpcOriginEndpointConfig: {
        arn: balancer.loadBalancer.ref,
        name: domain.domainName,
        httpsPort: 443,
        originProtocolPolicy: 'https-only',
        originSslProtocols: ['TLSv1.2'],
      },
    });
    this.distribution = new CfnDistribution(this, 'Distribution', {
      distributionConfig: {
        enabled: true,
        aliases: [domain.domainName],
        httpVersion: 'http2and3',
        defaultCacheBehavior: {
          targetOriginId: 'application',
          viewerProtocolPolicy: 'redirect-to-https',
          allowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
          compress: true,
          cachePolicyId: CACHING_DISABLED,
          originRequestPolicyId: ALL_VIEWER,
          responseHeadersPolicyId: SECURITY_HEADERS,
        },
        origins: [
          {
            id: 'application',
            domainName: balancer.loadBalancer.attrDnsName,
            vpcOriginConfig: { vpcOriginId: origin.attrId },
          },
        ],
        viewerCertificate: {
          acmCertificateArn: props.certificateArn,
          minimumProtocolVersion: 'TLSv1.2_2021',
          sslSupportMethod: 'sni-only',
        },
      },
    });
    new CfnRecordSet(this, 'Name', {
      name: domain.domainName,
      type: 'A',
      hostedZoneId: domain.hostedZoneId,
      aliasTarget: { dnsName: this.distribution.attrDomainName, hostedZoneId: CLOUDFRONT_ZONE },
    });
  }
}

/**
 * The id of the region's managed list of the addresses from which CloudFront reaches origins, looked up when the stack is
 * deployed: it differs from region to region (Amazon CloudFront developer guide, "Restrict access with VPC origins").
 */
export function cloudFrontPrefixList(scope: Construct): string {
  const lookup = new AwsCustomResource(scope, 'OriginFacing', {
    onUpdate: {
      service: 'EC2',
      action: 'describeManagedPrefixLists',
      parameters: {
        Filters: [{ Name: 'prefix-list-name', Values: ['com.amazonaws.global.cloudfront.origin-facing'] }],
      },
      outputPaths: ['PrefixLists.0.PrefixListId'],
      physicalResourceId: PhysicalResourceId.of('origin-facing'),
    },
    installLatestAwsSdk: false,
    policy: AwsCustomResourcePolicy.fromStatements([
      new PolicyStatement({ actions: ['ec2:DescribeManagedPrefixLists'], resources: ['*'] }),
    ]),
  });
  return lookup.getResponseField('PrefixLists.0.PrefixListId');
}
