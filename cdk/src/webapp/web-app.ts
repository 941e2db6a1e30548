import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Domain } from '../attach/acm.ts';
import { sharedDataKey } from '../keys.ts';
import { partitionArn } from '../support.ts';
import { WebData } from './data.ts';
import { cloudFrontPrefixList, WebBalancer, WebDistribution } from './front.ts';
import { WebGroups } from './groups.ts';
import { WebNetwork } from './network.ts';
import { NEWEST_IMAGE, WebServers } from './servers.ts';

export interface WebAppProps {
  /** What stands before the servers. Default `load-balancer`; `cloudfront` needs a domain. */
  readonly front?: 'load-balancer' | 'cloudfront';
  /** The name under which the application is reached, and its zone. Without it there is no HTTPS. */
  readonly domain?: Domain;
  /** For `cloudfront` in a stack of another region than us-east-1: a certificate that stands there. */
  readonly edgeCertificateArn?: string;
  /** For `cloudfront`: the region's list of CloudFront's origin-facing addresses; looked up at deployment by default. */
  readonly originPrefixListId?: string;
  /** Puts a Network Firewall at the border (about $580 a month). Default false. */
  readonly networkFirewall?: boolean;
  /** The first two numbers of the network's addresses. Default `10.0`. */
  readonly networkPrefix?: string;
  /** Default `t3.small`. */
  readonly instanceType?: string;
  /** Default: the newest Amazon Linux 2023, looked up at each launch. */
  readonly imageId?: string;
  /** Servers at least and at most. Default 2 and 4. */
  readonly minimumServers?: number;
  readonly maximumServers?: number;
  /** The port on which the application listens. Default 3000. */
  readonly applicationPort?: number;
  /** Default `/health`. */
  readonly healthCheckPath?: string;
  /** Lines of a shell script that starts the application; the settings are in `/etc/webapp.env`. */
  readonly startScript?: readonly string[];
  /** Default `mysql`. */
  readonly databaseEngine?: 'mysql' | 'postgres';
  /** Default 8.4 for MySQL, 17 for PostgreSQL. */
  readonly databaseVersion?: string;
  /** Default `db.t4g.micro`. */
  readonly databaseClass?: string;
  /** Default 20. */
  readonly databaseGigabytes?: number;
}

const ENGINES = {
  mysql: { version: '8.4.6', port: 3306 },
  postgres: { version: '17.6', port: 5432 },
} as const;

/** The application's own user of the database, made by its first migration. */
const DATABASE_USER = 'webapp';

/**
 * The reference environment of a web application, built as it can go into production: two zones, public, private and
 * isolated subnets, a load balancer or CloudFront in front, servers without SSH, a database without a password that
 * anybody knows, a bucket for uploads, roles that name what they grant. `Safeguards.attachTo(stack)` adds the rest:
 * web ACL, logs, backups, patches, keys.
 *
 * - Stops: what can only be decided when something is built: encryption, subnets, passwords.
 * - Attaches to: an empty stack.
 * - Costs: about $170 a month with a standby database; $580 more with the Network Firewall.
 * - Limits: one application, one database. Without `domain` it answers on HTTP only.
 */
export class WebApp extends Construct {
  readonly network: WebNetwork;
  readonly groups: WebGroups;
  readonly balancer: WebBalancer;
  readonly distribution: WebDistribution | undefined;
  readonly servers: WebServers;
  readonly data: WebData;

  constructor(scope: Construct, id: string, props: WebAppProps = {}) {
    super(scope, id);
    const behindCloudFront = props.front === 'cloudfront';
    const applicationPort = props.applicationPort ?? 3000;
    const engine = props.databaseEngine ?? 'mysql';
    this.network = new WebNetwork(this, 'Network', {
      firewall: props.networkFirewall ?? false,
      ...(props.networkPrefix ? { prefix: props.networkPrefix } : {}),
    });
    const { vpc, publicSubnets, privateSubnets, isolatedSubnets } = this.network;
    this.groups = new WebGroups(this, 'Groups', {
      vpcId: vpc.ref,
      applicationPort,
      databasePort: ENGINES[engine].port,
      visitors: behindCloudFront
        ? { sourcePrefixListId: props.originPrefixListId ?? cloudFrontPrefixList(this) }
        : { cidrIp: '0.0.0.0/0' },
      frontPorts: behindCloudFront ? [443] : props.domain ? [443, 80] : [80],
    });
    const [front, servers, database] = [this.groups.front, this.groups.servers, this.groups.database];
    this.data = new WebData(this, 'Data', {
      subnetIds: isolatedSubnets.map((subnet) => subnet.ref),
      securityGroupId: database.attrGroupId,
      engine,
      engineVersion: props.databaseVersion ?? ENGINES[engine].version,
      instanceClass: props.databaseClass ?? 'db.t4g.micro',
      storageGigabytes: props.databaseGigabytes ?? 20,
      databaseName: 'webapp',
    });
    this.balancer = new WebBalancer(this, 'Balancer', {
      vpcId: vpc.ref,
      subnetIds: (behindCloudFront ? privateSubnets : publicSubnets).map((subnet) => subnet.ref),
      securityGroupId: front.attrGroupId,
      isPublic: !behindCloudFront,
      applicationPort,
      healthCheckPath: props.healthCheckPath ?? '/health',
      ...(props.domain ? { domain: props.domain } : {}),
    });
    this.distribution = behindCloudFront ? this.edge(props) : undefined;
    if (props.domain && !behindCloudFront) this.balancer.nameIt(props.domain);
    this.servers = new WebServers(this, 'Servers', {
      subnetIds: privateSubnets.map((subnet) => subnet.ref),
      securityGroupId: servers.attrGroupId,
      targetGroupArn: this.balancer.targets.ref,
      instanceType: props.instanceType ?? 't3.small',
      imageId: props.imageId ?? NEWEST_IMAGE,
      minimum: props.minimumServers ?? 2,
      maximum: props.maximumServers ?? 4,
      startScript: [...this.settings(applicationPort), ...(props.startScript ?? [])],
      statements: this.permissions(),
    });
  }

  private edge({ domain, edgeCertificateArn }: WebAppProps): WebDistribution {
    if (!domain) throw new Error('front: cloudfront needs domain, because its origin speaks HTTPS by name');
    const here =
      Stack.of(this).region === 'us-east-1' ? this.balancer.certificate?.certificate.ref : undefined;
    const certificateArn = edgeCertificateArn ?? here;
    if (!certificateArn) {
      throw new Error('front: cloudfront needs edgeCertificateArn, a certificate that stands in us-east-1');
    }
    return new WebDistribution(this, 'Edge', { balancer: this.balancer, domain, certificateArn });
  }

  /** No secret among them: the application asks IAM for a token when it connects. */
  private settings(port: number): readonly string[] {
    const { database, uploads } = this.data;
    return [
      "cat > /etc/webapp.env <<'SETTINGS'",
      `PORT=${port}`,
      `DATABASE_HOST=${database.attrEndpointAddress}`,
      `DATABASE_USER=${DATABASE_USER}`,
      'DATABASE_SIGN_IN=iam',
      `UPLOAD_BUCKET=${uploads.ref}`,
      'SETTINGS',
    ];
  }

  private permissions(): readonly object[] {
    const stack = Stack.of(this);
    const { database, uploads } = this.data;
    return [
      { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: `${uploads.attrArn}/*` },
      {
        Effect: 'Allow',
        Action: 'rds-db:connect',
        Resource: partitionArn(
          this,
          `rds-db:${stack.region}:${stack.account}:dbuser:${database.attrDbiResourceId}/${DATABASE_USER}`,
        ),
      },
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: sharedDataKey(stack).key.attrArn,
      },
    ];
  }
}
