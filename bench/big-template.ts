/** A template of any size, made of cells like the reference environment (twenty resources each). */

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const ref = (name: string): Json => ({ Ref: name });
const att = (name: string, attribute: string): Json => ({ 'Fn::GetAtt': [name, attribute] });

function cell(index: number): Record<string, Json> {
  const name = (part: string) => `${part}${index}`;
  const network = index % 250;
  const subnet = (part: string, zone: number, third: number): Json => ({
    Type: 'AWS::EC2::Subnet',
    Properties: {
      VpcId: ref(name('Vpc')),
      CidrBlock: `10.${network}.${third}.0/24`,
      AvailabilityZone: { 'Fn::Select': [zone, { 'Fn::GetAZs': '' }] },
      MapPublicIpOnLaunch: part === 'public',
    },
  });
  const association = (of: string, table: string): Json => ({
    Type: 'AWS::EC2::SubnetRouteTableAssociation',
    Properties: { SubnetId: ref(name(of)), RouteTableId: ref(name(table)) },
  });
  const group = (rules: Json): Json => ({
    Type: 'AWS::EC2::SecurityGroup',
    Properties: { GroupDescription: 'cell', VpcId: ref(name('Vpc')), SecurityGroupIngress: rules },
  });
  return {
    [name('Vpc')]: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: `10.${network}.0.0/16` } },
    [name('Gateway')]: { Type: 'AWS::EC2::InternetGateway' },
    [name('Attachment')]: {
      Type: 'AWS::EC2::VPCGatewayAttachment',
      Properties: { VpcId: ref(name('Vpc')), InternetGatewayId: ref(name('Gateway')) },
    },
    [name('PublicA')]: subnet('public', 0, 0),
    [name('PublicC')]: subnet('public', 1, 1),
    [name('PrivateA')]: subnet('private', 0, 10),
    [name('PublicTable')]: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: ref(name('Vpc')) } },
    [name('PublicRoute')]: {
      Type: 'AWS::EC2::Route',
      Properties: {
        RouteTableId: ref(name('PublicTable')),
        DestinationCidrBlock: '0.0.0.0/0',
        GatewayId: ref(name('Gateway')),
      },
    },
    [name('PublicARoutes')]: association('PublicA', 'PublicTable'),
    [name('PublicCRoutes')]: association('PublicC', 'PublicTable'),
    [name('BalancerGroup')]: group([{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIp: '0.0.0.0/0' }]),
    [name('WebGroup')]: group([
      { IpProtocol: 'tcp', FromPort: 3000, ToPort: 3000, SourceSecurityGroupId: ref(name('BalancerGroup')) },
    ]),
    [name('DatabaseGroup')]: group([
      { IpProtocol: 'tcp', FromPort: 3306, ToPort: 3306, SourceSecurityGroupId: ref(name('WebGroup')) },
    ]),
    [name('Balancer')]: {
      Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      Properties: {
        Scheme: 'internet-facing',
        Subnets: [ref(name('PublicA')), ref(name('PublicC'))],
        SecurityGroups: [ref(name('BalancerGroup'))],
      },
    },
    [name('Targets')]: {
      Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
      Properties: {
        VpcId: ref(name('Vpc')),
        Protocol: 'HTTP',
        Port: 3000,
        Targets: [{ Id: ref(name('Web')) }],
      },
    },
    [name('Listener')]: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: {
        LoadBalancerArn: ref(name('Balancer')),
        Protocol: 'HTTP',
        Port: 80,
        DefaultActions: [{ Type: 'forward', TargetGroupArn: ref(name('Targets')) }],
      },
    },
    [name('Web')]: {
      Type: 'AWS::EC2::Instance',
      Properties: {
        ImageId: 'ami-12345678',
        SubnetId: ref(name('PublicA')),
        SecurityGroupIds: [ref(name('WebGroup'))],
        UserData: { 'Fn::Base64': { 'Fn::Sub': `#!/bin/bash\necho \${Database${index}.Endpoint.Address}` } },
      },
    },
    [name('Database')]: {
      Type: 'AWS::RDS::DBInstance',
      Properties: {
        Engine: 'mysql',
        DBInstanceClass: 'db.t3.micro',
        StorageEncrypted: index % 2 === 0,
        VPCSecurityGroups: [att(name('DatabaseGroup'), 'GroupId')],
        PubliclyAccessible: false,
      },
    },
    [name('Bucket')]: {
      Type: 'AWS::S3::Bucket',
      Properties: { Tags: [{ Key: 'cell', Value: String(index) }] },
    },
    [name('BucketPolicy')]: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: {
        Bucket: ref(name('Bucket')),
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Deny',
              Principal: '*',
              Action: 's3:*',
              Resource: [att(name('Bucket'), 'Arn'), { 'Fn::Sub': `\${Bucket${index}.Arn}/*` }],
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            },
          ],
        },
      },
    },
  };
}

/** A whole template with exactly `count` resources. */
export function bigTemplate(count: number): { readonly Resources: Record<string, Json> } {
  const resources: Record<string, Json> = {};
  let left = count;
  for (let index = 0; left > 0; index += 1) {
    for (const [name, resource] of Object.entries(cell(index)).slice(0, left)) {
      resources[name] = resource;
      left -= 1;
    }
  }
  return { Resources: resources };
}
