import type { Api, Collector, FoundResource, Output } from '../api.ts';
import { mapOf, mapsOf, nameOf, pick, textOf, textsOf } from '../fields.ts';
import { variablesWithoutSecrets, withoutSecrets } from '../redact.ts';

/** Instances with their start scripts, volumes, and what holds for all instances of a region. */
export const servers: Collector = {
  id: 'servers',
  service: 'ec2',
  where: 'region',
  types: ['AWS::EC2::Instance'],
  actions: {
    DescribeInstances: 'ec2:DescribeInstances',
    DescribeInstanceAttribute: 'ec2:DescribeInstanceAttribute',
  },
  async read(api) {
    const reservations = await api.all('DescribeInstances', 'Reservations');
    const instances = reservations.flatMap((each) => mapsOf(each, 'Instances'));
    const living = instances.filter((each) => textOf(mapOf(each, 'State'), 'Name') !== 'terminated');
    return Promise.all(living.map((each) => instance(api, each)));
  },
};

async function instance(api: Api, found: Output): Promise<FoundResource> {
  const id = textOf(found, 'InstanceId');
  const script = await api.detail('DescribeInstanceAttribute', { InstanceId: id, Attribute: 'userData' });
  const encoded = script.is === 'read' ? textOf(mapOf(script.output, 'UserData'), 'Value') : '';
  const profile = textOf(mapOf(found, 'IamInstanceProfile'), 'Arn');
  return {
    id: api.arn('ec2', `instance/${id}`),
    type: 'AWS::EC2::Instance',
    name: nameOf(found, id),
    region: api.region,
    names: { Ref: id },
    unread: script.is === 'unread' ? ['UserData'] : [],
    properties: {
      ...pick(found, [
        'InstanceId',
        'ImageId',
        'InstanceType',
        'SubnetId',
        'KeyName',
        'PrivateIpAddress',
        'Tags',
      ]),
      SecurityGroupIds: mapsOf(found, 'SecurityGroups').map((group) => textOf(group, 'GroupId')),
      ...(profile === '' ? {} : { IamInstanceProfile: profile }),
      ...metadataOptions(found),
      ...publicAddress(found),
      Monitoring: textOf(mapOf(found, 'Monitoring'), 'State') === 'enabled',
      ...(encoded === ''
        ? {}
        : { UserData: withoutSecrets(Buffer.from(encoded, 'base64').toString('utf8')) }),
    },
  };
}

function metadataOptions(found: Output): Output {
  const options = pick(mapOf(found, 'MetadataOptions'), [
    'HttpTokens',
    'HttpEndpoint',
    'HttpPutResponseHopLimit',
  ]);
  return Object.keys(options).length > 0 ? { MetadataOptions: options } : {};
}

/** A stopped server may get a public address again, so that only a running one tells. */
function publicAddress(found: Output): Output {
  const address = textOf(found, 'PublicIpAddress');
  const running = textOf(mapOf(found, 'State'), 'Name') === 'running';
  return address !== '' || running ? { AssociatePublicIpAddress: address !== '' } : {};
}

export const volumes: Collector = {
  id: 'volumes',
  service: 'ec2',
  where: 'region',
  types: ['AWS::EC2::Volume'],
  actions: { DescribeVolumes: 'ec2:DescribeVolumes' },
  async read(api) {
    const found = await api.all('DescribeVolumes', 'Volumes');
    return found.map((volume) => {
      const id = textOf(volume, 'VolumeId');
      return {
        id: api.arn('ec2', `volume/${id}`),
        type: 'AWS::EC2::Volume',
        name: nameOf(volume, id),
        region: api.region,
        names: { Ref: id },
        properties: pick(volume, [
          'VolumeId',
          'AvailabilityZone',
          'Encrypted',
          'KmsKeyId',
          'Size',
          'VolumeType',
          'Tags',
        ]),
      };
    });
  },
};

export const diskEncryption: Collector = {
  id: 'disk-encryption',
  service: 'ec2',
  where: 'region',
  types: ['Account::EbsEncryptionByDefault'],
  actions: { GetEbsEncryptionByDefault: 'ec2:GetEbsEncryptionByDefault' },
  async read(api) {
    const output = await api.call('GetEbsEncryptionByDefault');
    return [
      fact(api, 'Account::EbsEncryptionByDefault', { Enabled: output.EbsEncryptionByDefault === true }),
    ];
  },
};

export const metadataDefaults: Collector = {
  id: 'metadata-defaults',
  service: 'ec2',
  where: 'region',
  types: ['Account::InstanceMetadataDefaults'],
  actions: { GetInstanceMetadataDefaults: 'ec2:GetInstanceMetadataDefaults' },
  async read(api) {
    const output = await api.call('GetInstanceMetadataDefaults');
    const properties = pick(mapOf(output, 'AccountLevel'), [
      'HttpTokens',
      'HttpEndpoint',
      'HttpPutResponseHopLimit',
    ]);
    return [fact(api, 'Account::InstanceMetadataDefaults', properties)];
  },
};

/** A setting of a region, which has no name of its own. */
function fact(api: Api, type: string, properties: Output): FoundResource {
  const name = type.replace('Account::', '');
  return { id: `${api.account}:${api.region}:${name}`, type, name, region: api.region, properties };
}

export const scaling: Collector = {
  id: 'scaling',
  service: 'auto-scaling',
  where: 'region',
  types: ['AWS::AutoScaling::AutoScalingGroup'],
  actions: { DescribeAutoScalingGroups: 'autoscaling:DescribeAutoScalingGroups' },
  async read(api) {
    const groups = await api.all('DescribeAutoScalingGroups', 'AutoScalingGroups');
    return groups.map((group) => {
      const name = textOf(group, 'AutoScalingGroupName');
      const zones = textOf(group, 'VPCZoneIdentifier');
      return {
        id: textOf(group, 'AutoScalingGroupARN'),
        type: 'AWS::AutoScaling::AutoScalingGroup',
        name,
        region: api.region,
        names: { Ref: name },
        properties: {
          ...pick(group, [
            'AutoScalingGroupName',
            'MinSize',
            'MaxSize',
            'AvailabilityZones',
            'TargetGroupARNs',
          ]),
          ...pick(group, [
            'HealthCheckType',
            'LaunchConfigurationName',
            'LaunchTemplate',
            'MixedInstancesPolicy',
          ]),
          ...(zones === '' ? {} : { VPCZoneIdentifier: zones.split(',') }),
        },
      };
    });
  },
};

/** Functions; the values of variables that look like secrets are left out. */
export const functions: Collector = {
  id: 'functions',
  service: 'lambda',
  where: 'region',
  types: ['AWS::Lambda::Function', 'AWS::Lambda::Url'],
  actions: {
    ListFunctions: 'lambda:ListFunctions',
    ListFunctionUrlConfigs: 'lambda:ListFunctionUrlConfigs',
  },
  async read(api) {
    const found = await api.all('ListFunctions', 'Functions');
    const each = await Promise.all(found.map((item) => lambdaFunction(api, item)));
    return each.flat();
  },
};

async function lambdaFunction(api: Api, found: Output): Promise<readonly FoundResource[]> {
  const name = textOf(found, 'FunctionName');
  const arn = textOf(found, 'FunctionArn');
  const variables = mapOf(mapOf(found, 'Environment'), 'Variables');
  const network = mapOf(found, 'VpcConfig');
  const resource: FoundResource = {
    id: arn,
    type: 'AWS::Lambda::Function',
    name,
    region: api.region,
    names: { Ref: name, Arn: arn },
    properties: {
      ...pick(found, ['FunctionName', 'Runtime', 'Role', 'Handler', 'Timeout', 'MemorySize', 'PackageType']),
      ...pick(found, ['TracingConfig', 'DeadLetterConfig', 'KMSKeyArn=KmsKeyArn', 'Architectures']),
      ...(textsOf(network, 'SubnetIds').length > 0
        ? { VpcConfig: pick(network, ['SubnetIds', 'SecurityGroupIds']) }
        : {}),
      ...(Object.keys(variables).length > 0
        ? { Environment: { Variables: variablesWithoutSecrets(variables) } }
        : {}),
    },
  };
  const urls = await api.all('ListFunctionUrlConfigs', 'FunctionUrlConfigs', { FunctionName: name });
  return [
    resource,
    ...urls.map((url) => ({
      id: textOf(url, 'FunctionUrl') || `${arn}/url`,
      type: 'AWS::Lambda::Url',
      name: `${name}-url`,
      region: api.region,
      properties: { TargetFunctionArn: arn, ...pick(url, ['AuthType', 'Cors', 'InvokeMode']) },
    })),
  ];
}
