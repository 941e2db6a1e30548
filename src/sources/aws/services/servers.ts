import type { Api, Collector, FoundResource, Output } from '../api.ts';
import { given, mapOf, mapsOf, nameOf, pick, textOf } from '../fields.ts';
import { here, regionFact } from '../found.ts';
import { startScript } from '../redact.ts';

/** Instances with their start scripts, volumes, and what holds for all instances of a region. */
export const servers: Collector = {
  id: 'servers',
  service: 'ec2',
  where: 'region',
  types: ['AWS::EC2::Instance'],
  actions: {
    DescribeInstances: 'ec2:DescribeInstances',
    DescribeInstanceAttribute: 'ec2:DescribeInstanceAttribute',
    DescribeVolumes: 'ec2:DescribeVolumes',
  },
  async read(api) {
    const reservations = await api.all('DescribeInstances', 'Reservations', { MaxResults: 1000 });
    const disks = new Map(
      (await api.all('DescribeVolumes', 'Volumes', { MaxResults: 500 })).map((each) => [
        textOf(each, 'VolumeId'),
        each,
      ]),
    );
    const instances = reservations.flatMap((each) => mapsOf(each, 'Instances'));
    const living = instances.filter((each) => textOf(mapOf(each, 'State'), 'Name') !== 'terminated');
    return Promise.all(living.map((each) => instance(api, each, disks)));
  },
};

async function instance(api: Api, found: Output, disks: ReadonlyMap<string, Output>): Promise<FoundResource> {
  const id = textOf(found, 'InstanceId');
  const script = await api.detail('DescribeInstanceAttribute', { InstanceId: id, Attribute: 'userData' });
  const encoded = script.is === 'read' ? textOf(mapOf(script.output, 'UserData'), 'Value') : '';
  const profile = textOf(mapOf(found, 'IamInstanceProfile'), 'Arn');
  return here(api, {
    id: api.arn('ec2', `instance/${id}`),
    type: 'AWS::EC2::Instance',
    name: nameOf(found, id),
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
      ...given('BlockDeviceMappings', blockDevices(found, disks)),
      ...given('UserData', startScript(encoded)),
    },
  });
}

/** The disks of a server; whether they are encrypted is said by the volumes only. */
function blockDevices(found: Output, disks: ReadonlyMap<string, Output>): readonly Output[] {
  return mapsOf(found, 'BlockDeviceMappings').flatMap((device) => {
    const own = mapOf(device, 'Ebs');
    const volume = disks.get(textOf(own, 'VolumeId'));
    if (!volume) return [];
    const Ebs = {
      ...pick(own, ['DeleteOnTermination']),
      ...pick(volume, ['Encrypted', 'KmsKeyId', 'VolumeType', 'Size=VolumeSize']),
    };
    return [{ ...pick(device, ['DeviceName']), Ebs }];
  });
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
    const found = await api.all('DescribeVolumes', 'Volumes', { MaxResults: 500 });
    return found.map((volume) => {
      const id = textOf(volume, 'VolumeId');
      return here(api, {
        id: api.arn('ec2', `volume/${id}`),
        type: 'AWS::EC2::Volume',
        name: nameOf(volume, id),
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
      });
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
    return [regionFact(api, 'EbsEncryptionByDefault', { Enabled: output.EbsEncryptionByDefault === true })];
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
    return [regionFact(api, 'InstanceMetadataDefaults', properties)];
  },
};
