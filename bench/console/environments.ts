type Resources = Record<string, unknown>;

function templateOf(resources: Resources): string {
  return JSON.stringify({ AWSTemplateFormatVersion: '2010-09-09', Resources: resources });
}

/** VPCs with subnets, servers and buckets, as many resources as asked for: many of few kinds. */
export function manyOfFewKinds(count: number): string {
  const resources: Resources = {};
  const add = (name: string, type: string, properties: object = {}) => {
    if (Object.keys(resources).length < count) resources[name] = { Type: type, Properties: properties };
  };
  for (let vpc = 0; Object.keys(resources).length < count; vpc += 1) {
    add(`Vpc${vpc}`, 'AWS::EC2::VPC', { CidrBlock: `10.${vpc % 250}.0.0/16` });
    for (let subnet = 0; subnet < 4; subnet += 1) {
      addSubnet(add, `${vpc}`, subnet);
      for (let server = 0; server < 5; server += 1) {
        add(`Server${vpc}x${subnet}x${server}`, 'AWS::EC2::Instance', {
          SubnetId: { Ref: `Subnet${vpc}x${subnet}` },
        });
      }
    }
    for (let bucket = 0; bucket < 10; bucket += 1) add(`Bucket${vpc}x${bucket}`, 'AWS::S3::Bucket');
  }
  return templateOf(resources);
}

const VPCS = 6;
const ZONES = ['a', 'b', 'c', 'd', 'e', 'f'];

/** As many VPCs, zones and subnets as are drawn one by one, with a few of each kind in each: little is heaped up. */
export function manyPlaces(count: number): string {
  const resources: Resources = {};
  const add = (name: string, type: string, properties: object = {}) => {
    if (Object.keys(resources).length < count) resources[name] = { Type: type, Properties: properties };
  };
  for (let vpc = 0; vpc < VPCS; vpc += 1) {
    add(`Vpc${vpc}`, 'AWS::EC2::VPC', { CidrBlock: `10.${vpc}.0.0/16` });
  }
  for (let at = 0; Object.keys(resources).length < count; at += 1) {
    const vpc = `${at % VPCS}`;
    const number = Math.floor(at / VPCS);
    const subnet = { Ref: `Subnet${vpc}x${number}` };
    addSubnet(add, vpc, number, `us-east-1${ZONES[number % ZONES.length]}`);
    for (const server of ['A', 'B', 'C']) {
      add(`Server${vpc}x${number}${server}`, 'AWS::EC2::Instance', { SubnetId: subnet });
    }
    add(`Function${vpc}x${number}`, 'AWS::Lambda::Function', { VpcConfig: { SubnetIds: [subnet] } });
    add(`Nat${vpc}x${number}`, 'AWS::EC2::NatGateway', { SubnetId: subnet });
  }
  return templateOf(resources);
}

function addSubnet(
  add: (name: string, type: string, properties: object) => void,
  vpc: string,
  number: number,
  zone: unknown = { 'Fn::Select': [number % 2, { 'Fn::GetAZs': '' }] },
) {
  add(`Subnet${vpc}x${number}`, 'AWS::EC2::Subnet', {
    VpcId: { Ref: `Vpc${vpc}` },
    CidrBlock: `10.${Number(vpc) % 250}.${number}.0/24`,
    AvailabilityZone: zone,
  });
}
