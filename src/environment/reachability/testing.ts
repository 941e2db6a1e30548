/** Pieces of CloudFormation templates from which the tests of reachability put networks together. */
type Properties = Readonly<Record<string, unknown>>;
export type Pieces = Readonly<
  Record<string, { readonly Type: string; readonly Properties?: Properties } & object>
>;

export const ref = (name: string) => ({ Ref: name });
export const att = (name: string, attribute: string) => ({ 'Fn::GetAtt': [name, attribute] });

/** A resource of a template. */
export function piece(Type: string, Properties: Properties = {}): { Type: string; Properties: Properties } {
  return { Type, Properties };
}

/** A security group's rule. */
export function rule(port: number, source: Properties, protocol = 'tcp'): Properties {
  return { IpProtocol: protocol, FromPort: port, ToPort: port, ...source };
}

/** A VPC with a public and a private subnet, and a server in the public one that answers port 80. */
export const NETWORK: Pieces = {
  Vpc: piece('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
  Gateway: piece('AWS::EC2::InternetGateway'),
  Attachment: piece('AWS::EC2::VPCGatewayAttachment', {
    VpcId: ref('Vpc'),
    InternetGatewayId: ref('Gateway'),
  }),
  Routes: piece('AWS::EC2::RouteTable', { VpcId: ref('Vpc') }),
  Default: piece('AWS::EC2::Route', {
    RouteTableId: ref('Routes'),
    DestinationCidrBlock: '0.0.0.0/0',
    GatewayId: ref('Gateway'),
  }),
  Public: piece('AWS::EC2::Subnet', {
    VpcId: ref('Vpc'),
    CidrBlock: '10.0.0.0/24',
    MapPublicIpOnLaunch: true,
  }),
  PublicRoutes: piece('AWS::EC2::SubnetRouteTableAssociation', {
    SubnetId: ref('Public'),
    RouteTableId: ref('Routes'),
  }),
  Private: piece('AWS::EC2::Subnet', { VpcId: ref('Vpc'), CidrBlock: '10.0.1.0/24' }),
  Group: piece('AWS::EC2::SecurityGroup', {
    GroupDescription: 'web',
    VpcId: ref('Vpc'),
    SecurityGroupIngress: [rule(80, { CidrIp: '0.0.0.0/0' })],
  }),
  Server: piece('AWS::EC2::Instance', { SubnetId: ref('Public'), SecurityGroupIds: [ref('Group')] }),
};
