/** What varies between the random environments of the property tests: every member is picked from its list. */
export const CHOICES = {
  scheme: ['internet-facing', 'internal', { Ref: 'Scheme' }],
  source: [
    { CidrIp: '0.0.0.0/0' },
    { CidrIp: '10.0.0.0/16' },
    { CidrIp: { Ref: 'Range' } },
    { CidrIpv6: '::/0' },
  ],
  port: [22, 80, 3306],
  publicIp: [true, false],
  databaseSource: [
    { CidrIp: '10.0.0.0/8' },
    { SourceSecurityGroupId: { Ref: 'Group' } },
    { CidrIp: '0.0.0.0/0' },
  ],
  databasePublic: [true, false, undefined],
  action: ['s3:*', 's3:GetObject', '*'],
  maybe: [true, false],
} as const;

/** One pick from each list. */
export type Choice = { readonly [K in keyof typeof CHOICES]: (typeof CHOICES)[K][number] };

/** A load balancer, a server, a database and a bucket with open or closed doors. */
export function environment(choice: Choice): object {
  const ref = (name: string) => ({ Ref: name });
  return {
    Parameters: { Scheme: { Type: 'String' }, Range: { Type: 'String' }, Stage: { Type: 'String' } },
    Conditions: { Live: { 'Fn::Equals': [ref('Stage'), 'live'] } },
    Resources: {
      Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
      Gateway: { Type: 'AWS::EC2::InternetGateway' },
      Attachment: {
        Type: 'AWS::EC2::VPCGatewayAttachment',
        Properties: { VpcId: ref('Vpc'), InternetGatewayId: ref('Gateway') },
      },
      Routes: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: ref('Vpc') } },
      Default: {
        Type: 'AWS::EC2::Route',
        Properties: {
          RouteTableId: ref('Routes'),
          DestinationCidrBlock: '0.0.0.0/0',
          GatewayId: ref('Gateway'),
        },
      },
      Subnet: {
        Type: 'AWS::EC2::Subnet',
        Properties: { VpcId: ref('Vpc'), CidrBlock: '10.0.0.0/24', MapPublicIpOnLaunch: choice.publicIp },
      },
      Association: {
        Type: 'AWS::EC2::SubnetRouteTableAssociation',
        Properties: { SubnetId: ref('Subnet'), RouteTableId: ref('Routes') },
      },
      Group: {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: {
          GroupDescription: 'x',
          VpcId: ref('Vpc'),
          SecurityGroupIngress: [
            { IpProtocol: 'tcp', FromPort: choice.port, ToPort: choice.port, ...choice.source },
          ],
        },
      },
      Balancer: {
        Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
        Properties: { Scheme: choice.scheme, Subnets: [ref('Subnet')], SecurityGroups: [ref('Group')] },
      },
      Listener: {
        Type: 'AWS::ElasticLoadBalancingV2::Listener',
        Properties: {
          LoadBalancerArn: ref('Balancer'),
          Port: choice.port,
          Protocol: 'HTTP',
          DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('Targets') }],
        },
      },
      Targets: {
        Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
        Properties: { Port: choice.port, Targets: [{ Id: ref('Server') }] },
      },
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: { Statement: [] },
          Policies: [
            {
              PolicyName: 'x',
              PolicyDocument: {
                Version: '2012-10-17',
                Statement: [{ Effect: 'Allow', Action: choice.action, Resource: '*' }],
              },
            },
          ],
        },
      },
      Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [ref('Role')] } },
      Server: {
        Type: 'AWS::EC2::Instance',
        ...(choice.maybe ? { Condition: 'Live' } : {}),
        Properties: {
          SubnetId: ref('Subnet'),
          SecurityGroupIds: [ref('Group')],
          IamInstanceProfile: ref('Profile'),
        },
      },
      DatabaseGroup: {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: {
          GroupDescription: 'x',
          VpcId: ref('Vpc'),
          SecurityGroupIngress: [
            { IpProtocol: 'tcp', FromPort: 3306, ToPort: 3306, ...choice.databaseSource },
          ],
        },
      },
      Subnets: {
        Type: 'AWS::RDS::DBSubnetGroup',
        Properties: { DBSubnetGroupDescription: 'x', SubnetIds: [ref('Subnet')] },
      },
      Database: {
        Type: 'AWS::RDS::DBInstance',
        Properties: {
          Engine: 'mysql',
          DBSubnetGroupName: ref('Subnets'),
          VPCSecurityGroups: [ref('DatabaseGroup')],
          ...(choice.databasePublic === undefined ? {} : { PubliclyAccessible: choice.databasePublic }),
        },
      },
      Bucket: { Type: 'AWS::S3::Bucket' },
    },
  };
}

/** Safeguards at places that bear on the risks of these environments. */
export const PLACES = [
  'waf:sqli@Balancer',
  'waf:common@Balancer',
  'waf:rate@Balancer',
  'patch-manager@Server',
  'imdsv2@Server',
  'tls:listener@Listener',
  'encryption-at-rest@Database',
  'iam-least-privilege@Role',
  'backup@Database',
  'redundancy@Database',
  'cloudtrail@account',
];
