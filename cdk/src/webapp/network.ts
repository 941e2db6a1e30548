import {
  CfnEIP,
  CfnGatewayRouteTableAssociation,
  CfnInternetGateway,
  CfnNatGateway,
  CfnRoute,
  CfnRouteTable,
  CfnSubnet,
  CfnSubnetRouteTableAssociation,
  CfnVPC,
  CfnVPCEndpoint,
  CfnVPCGatewayAttachment,
} from 'aws-cdk-lib/aws-ec2';
import { Fn, Stack, Tags } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { NetworkFirewall } from '../attach/network-firewall.ts';

export interface WebNetworkProps {
  /** The first two numbers of the addresses, a /16. Default `10.0`. */
  readonly prefix?: string;
  /** Puts a Network Firewall at the border (about $580 a month for two zones). Default false. */
  readonly firewall?: boolean;
}

const ZONES = [0, 1] as const;

/**
 * A network over two zones: public subnets for load balancers and NAT gateways, private ones for servers, isolated
 * ones for data, and with a firewall one at the border of each zone.
 *
 * - Stops: connections from the internet to servers and data. - Costs: about $35 per NAT gateway, two of them.
 * - Limits: servers reach any address on port 443 unless the firewall is on.
 */
export class WebNetwork extends Construct {
  readonly vpc: CfnVPC;
  readonly publicSubnets: readonly CfnSubnet[];
  readonly privateSubnets: readonly CfnSubnet[];
  readonly isolatedSubnets: readonly CfnSubnet[];
  private readonly prefix: string;
  private readonly gateway: CfnInternetGateway;
  private readonly attachment: CfnVPCGatewayAttachment;

  constructor(scope: Construct, id: string, props: WebNetworkProps = {}) {
    super(scope, id);
    this.prefix = props.prefix ?? '10.0';
    this.vpc = new CfnVPC(this, 'Vpc', {
      cidrBlock: `${this.prefix}.0.0/16`,
      enableDnsHostnames: true,
      enableDnsSupport: true,
    });
    Tags.of(this).add('Name', this.node.path.replaceAll('/', '-'));
    this.gateway = new CfnInternetGateway(this, 'InternetGateway');
    this.attachment = new CfnVPCGatewayAttachment(this, 'Attachment', {
      vpcId: this.vpc.ref,
      internetGatewayId: this.gateway.ref,
    });
    this.publicSubnets = ZONES.map((zone) => this.subnet('Public', zone, `${zone}.0/24`));
    this.privateSubnets = ZONES.map((zone) => this.subnet('Private', zone, `${10 + zone}.0/24`));
    this.isolatedSubnets = ZONES.map((zone) => this.subnet('Isolated', zone, `${20 + zone}.0/24`));
    if (props.firewall) this.routesThroughFirewall();
    else this.routesToInternet();
    const privateTables = this.routesThroughNat();
    this.isolated();
    new CfnVPCEndpoint(this, 'StorageEndpoint', {
      vpcId: this.vpc.ref,
      serviceName: `com.amazonaws.${Stack.of(this).region}.s3`,
      vpcEndpointType: 'Gateway',
      routeTableIds: privateTables.map((table) => table.ref),
    });
  }

  private subnet(tier: string, zone: number, rest: string): CfnSubnet {
    return new CfnSubnet(this, `${tier}Subnet${zone}`, {
      vpcId: this.vpc.ref,
      cidrBlock: `${this.prefix}.${rest}`,
      availabilityZone: Fn.select(zone, Fn.getAzs()),
      mapPublicIpOnLaunch: false,
    });
  }

  private table(name: string, subnets: readonly CfnSubnet[]): CfnRouteTable {
    const table = new CfnRouteTable(this, `${name}Routes`, { vpcId: this.vpc.ref });
    for (const [index, subnet] of subnets.entries()) {
      new CfnSubnetRouteTableAssociation(this, `${name}Association${index}`, {
        subnetId: subnet.ref,
        routeTableId: table.ref,
      });
    }
    return table;
  }

  private toGateway(name: string, table: CfnRouteTable): void {
    new CfnRoute(this, `${name}Default`, {
      routeTableId: table.ref,
      destinationCidrBlock: '0.0.0.0/0',
      gatewayId: this.gateway.ref,
    }).node.addDependency(this.attachment);
  }

  private routesToInternet(): void {
    this.toGateway('Public', this.table('Public', this.publicSubnets));
  }

  /** The public subnets go out through the firewall of their zone, and what comes in for them passes it too. */
  private routesThroughFirewall(): void {
    const subnets = ZONES.map((zone) => this.subnet('Firewall', zone, `250.${16 * zone}/28`));
    this.toGateway('Firewall', this.table('Firewall', subnets));
    const firewall = new NetworkFirewall(this, 'Border', {
      vpcId: this.vpc.ref,
      subnetIds: subnets.map((subnet) => subnet.ref),
    });
    const edge = new CfnRouteTable(this, 'EdgeRoutes', { vpcId: this.vpc.ref });
    for (const [zone, subnet] of this.publicSubnets.entries()) {
      new CfnRoute(this, `Public${zone}Default`, {
        routeTableId: this.table(`Public${zone}`, [subnet]).ref,
        destinationCidrBlock: '0.0.0.0/0',
        vpcEndpointId: firewall.endpointOf(zone),
      });
      new CfnRoute(this, `Edge${zone}`, {
        routeTableId: edge.ref,
        destinationCidrBlock: `${this.prefix}.${zone}.0/24`,
        vpcEndpointId: firewall.endpointOf(zone),
      });
    }
    new CfnGatewayRouteTableAssociation(this, 'EdgeAssociation', {
      gatewayId: this.gateway.ref,
      routeTableId: edge.ref,
    }).node.addDependency(this.attachment);
  }

  private routesThroughNat(): readonly CfnRouteTable[] {
    return ZONES.map((zone) => {
      const address = new CfnEIP(this, `NatAddress${zone}`, { domain: 'vpc' });
      address.node.addDependency(this.attachment);
      const nat = new CfnNatGateway(this, `Nat${zone}`, {
        allocationId: address.attrAllocationId,
        subnetId: at(this.publicSubnets, zone).ref,
      });
      const table = this.table(`Private${zone}`, [at(this.privateSubnets, zone)]);
      new CfnRoute(this, `Private${zone}Default`, {
        routeTableId: table.ref,
        destinationCidrBlock: '0.0.0.0/0',
        natGatewayId: nat.ref,
      });
      return table;
    });
  }

  /** The isolated subnets have no way out at all. */
  private isolated(): void {
    this.table('Isolated', this.isolatedSubnets);
  }
}

function at(subnets: readonly CfnSubnet[], index: number): CfnSubnet {
  const subnet = subnets[index];
  if (!subnet) throw new Error(`there is no zone ${index}`);
  return subnet;
}
