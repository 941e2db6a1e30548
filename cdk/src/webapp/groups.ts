import { CfnSecurityGroup, CfnSecurityGroupEgress, CfnSecurityGroupIngress } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

/** EC2 allows everything out unless a rule is written: this one matches nothing. */
const NOTHING = [
  {
    ipProtocol: 'icmp',
    fromPort: 252,
    toPort: 86,
    cidrIp: '255.255.255.255/32',
    description: 'Nothing goes out',
  },
];

export interface WebGroupsProps {
  readonly vpcId: string;
  readonly applicationPort: number;
  readonly databasePort: number;
  /** Whom the load balancer admits: everybody for a public one, a prefix list for one behind CloudFront. */
  readonly visitors: { readonly cidrIp: string } | { readonly sourcePrefixListId: string };
  /** The ports on which it admits them. */
  readonly frontPorts: readonly number[];
}

/**
 * Security groups that admit only the next one in line: visitors → load balancer → servers → database.
 *
 * - Stops: movement from one machine to another beside the way of a request. - Costs: nothing.
 * - Limits: servers may open TLS connections to any address (the NAT gateway and firewall decide further).
 */
export class WebGroups extends Construct {
  readonly front: CfnSecurityGroup;
  readonly servers: CfnSecurityGroup;
  readonly database: CfnSecurityGroup;

  constructor(scope: Construct, id: string, props: WebGroupsProps) {
    super(scope, id);
    const { vpcId, applicationPort, databasePort } = props;
    this.front = new CfnSecurityGroup(this, 'Front', {
      groupDescription: 'The load balancer',
      vpcId,
      securityGroupIngress: props.frontPorts.map((port) => ({
        ipProtocol: 'tcp',
        fromPort: port,
        toPort: port,
        description: 'Visitors',
        ...props.visitors,
      })),
      securityGroupEgress: NOTHING,
    });
    this.servers = new CfnSecurityGroup(this, 'Servers', {
      groupDescription: 'The application, from the load balancer',
      vpcId,
      securityGroupEgress: [
        {
          ipProtocol: 'tcp',
          fromPort: 443,
          toPort: 443,
          cidrIp: '0.0.0.0/0',
          description: 'AWS and updates',
        },
      ],
    });
    this.database = new CfnSecurityGroup(this, 'Database', {
      groupDescription: 'The database, from the application',
      vpcId,
      securityGroupEgress: NOTHING,
    });
    this.join('FrontToServers', this.front, this.servers, applicationPort);
    this.join('ServersToDatabase', this.servers, this.database, databasePort);
  }

  private join(name: string, from: CfnSecurityGroup, to: CfnSecurityGroup, port: number): void {
    const rule = { ipProtocol: 'tcp', fromPort: port, toPort: port, description: name };
    new CfnSecurityGroupEgress(this, `${name}Out`, {
      groupId: from.attrGroupId,
      destinationSecurityGroupId: to.attrGroupId,
      ...rule,
    });
    new CfnSecurityGroupIngress(this, `${name}In`, {
      groupId: to.attrGroupId,
      sourceSecurityGroupId: from.attrGroupId,
      ...rule,
    });
  }
}
