import type { Collector, FoundResource, Output } from '../api.ts';
import { given, mapOf, mapsOf, nameOf, pick, textOf } from '../fields.ts';
import { here, regionFact } from '../found.ts';
import { ec2 } from './network.ts';

/** Public addresses and what they point to (Amazon EC2 API reference). */
export const addresses: Collector = {
  id: 'addresses',
  service: 'ec2',
  where: 'region',
  types: ['AWS::EC2::EIP', 'AWS::EC2::EIPAssociation'],
  actions: { DescribeAddresses: 'ec2:DescribeAddresses' },
  async read(api) {
    const found = await api.all('DescribeAddresses', 'Addresses');
    return found.flatMap((address) => {
      const id = textOf(address, 'AllocationId');
      const ip = textOf(address, 'PublicIp');
      const itself = here(api, {
        id: api.arn('ec2', `elastic-ip/${id || ip}`),
        type: 'AWS::EC2::EIP',
        name: nameOf(address, ip || id),
        names: { Ref: ip, AllocationId: id },
        properties: { ...pick(address, ['Domain', 'Tags']) },
      });
      const association = textOf(address, 'AssociationId');
      if (association === '') return [itself];
      const properties = pick(address, [
        'AllocationId',
        'InstanceId',
        'NetworkInterfaceId',
        'PrivateIpAddress',
      ]);
      const name = `${ip}-association`;
      return [
        itself,
        here(api, { id: `${itself.id}/${association}`, type: 'AWS::EC2::EIPAssociation', name, properties }),
      ];
    });
  },
};

/** Network interfaces that people made; those of services and the first one of a server are theirs. */
export const interfaces: Collector = {
  id: 'interfaces',
  service: 'ec2',
  where: 'region',
  types: ['AWS::EC2::NetworkInterface', 'AWS::EC2::NetworkInterfaceAttachment'],
  actions: { DescribeNetworkInterfaces: 'ec2:DescribeNetworkInterfaces' },
  async read(api) {
    const found = await api.all('DescribeNetworkInterfaces', 'NetworkInterfaces', { MaxResults: 1000 });
    return found.filter(isOwn).flatMap((each) => {
      const id = textOf(each, 'NetworkInterfaceId');
      const attachment = mapOf(each, 'Attachment');
      const properties = {
        ...pick(each, ['SubnetId', 'PrivateIpAddress', 'Description', 'SourceDestCheck', 'TagSet=Tags']),
        GroupSet: mapsOf(each, 'Groups').map((group) => textOf(group, 'GroupId')),
      };
      const itself = ec2(api, 'AWS::EC2::NetworkInterface', 'network-interface', id, properties, {
        Tags: each.TagSet,
      });
      const server = textOf(attachment, 'InstanceId');
      if (server === '') return [itself];
      const joined = {
        NetworkInterfaceId: id,
        InstanceId: server,
        DeviceIndex: textOf(attachment, 'DeviceIndex'),
      };
      const type = 'AWS::EC2::NetworkInterfaceAttachment';
      return [
        itself,
        here(api, { id: `${itself.id}/attachment`, type, name: `${id}-attachment`, properties: joined }),
      ];
    });
  },
};

function isOwn(found: Output): boolean {
  const first = textOf(mapOf(found, 'Attachment'), 'DeviceIndex') === '0';
  return found.RequesterManaged !== true && textOf(found, 'InterfaceType') === 'interface' && !first;
}

/** Named lists of address ranges of the account's own. */
export const prefixLists: Collector = {
  id: 'prefix-lists',
  service: 'ec2',
  where: 'region',
  types: ['AWS::EC2::PrefixList'],
  actions: {
    DescribeManagedPrefixLists: 'ec2:DescribeManagedPrefixLists',
    GetManagedPrefixListEntries: 'ec2:GetManagedPrefixListEntries',
  },
  async read(api) {
    const found = await api.all('DescribeManagedPrefixLists', 'PrefixLists');
    const own = found.filter((each) => textOf(each, 'OwnerId') === api.account);
    return Promise.all(
      own.map(async (each) => {
        const id = textOf(each, 'PrefixListId');
        const entries = await api.all('GetManagedPrefixListEntries', 'Entries', { PrefixListId: id });
        const properties = {
          ...pick(each, ['PrefixListName', 'AddressFamily', 'MaxEntries', 'Tags']),
          Entries: entries.map((entry) => pick(entry, ['Cidr', 'Description'])),
        };
        return {
          ...ec2(api, 'AWS::EC2::PrefixList', 'prefix-list', id, properties, each),
          names: { Ref: id, PrefixListId: id },
        };
      }),
    );
  },
};

/** Whether the region blocks its VPCs from the internet as a whole, and for which ones it does not. */
export const vpcBlocks: Collector = {
  id: 'vpc-blocks',
  service: 'ec2',
  where: 'region',
  types: ['AWS::EC2::VPCBlockPublicAccessOptions', 'AWS::EC2::VPCBlockPublicAccessExclusion'],
  actions: {
    DescribeVpcBlockPublicAccessOptions: 'ec2:DescribeVpcBlockPublicAccessOptions',
    DescribeVpcBlockPublicAccessExclusions: 'ec2:DescribeVpcBlockPublicAccessExclusions',
  },
  async read(api) {
    const options = mapOf(
      await api.call('DescribeVpcBlockPublicAccessOptions'),
      'VpcBlockPublicAccessOptions',
    );
    const mode = textOf(options, 'InternetGatewayBlockMode');
    if (mode === '' || mode === 'off') return [];
    const exclusions = await api.all(
      'DescribeVpcBlockPublicAccessExclusions',
      'VpcBlockPublicAccessExclusions',
    );
    const block = regionFact(api, 'VpcBlock', { InternetGatewayBlockMode: mode });
    return [
      { ...block, type: 'AWS::EC2::VPCBlockPublicAccessOptions' },
      ...exclusions
        .filter(
          (each) => textOf(each, 'State').endsWith('complete') && !textOf(each, 'State').startsWith('delete'),
        )
        .map((each) => {
          const resource = textOf(each, 'ResourceArn').split('/').at(-1) ?? '';
          return here(api, {
            id: api.arn('ec2', `vpc-block-public-access-exclusion/${textOf(each, 'ExclusionId')}`),
            type: 'AWS::EC2::VPCBlockPublicAccessExclusion',
            name: textOf(each, 'ExclusionId'),
            properties: {
              ...pick(each, ['InternetGatewayExclusionMode']),
              ...given(resource.startsWith('subnet-') ? 'SubnetId' : 'VpcId', resource),
            },
          });
        }),
    ];
  },
};

/** What joins networks and people to networks. */
export const gateways: Collector = {
  id: 'gateways',
  service: 'ec2',
  where: 'region',
  types: ['AWS::EC2::TransitGateway', 'AWS::EC2::ClientVpnEndpoint', 'AWS::EC2::VerifiedAccessInstance'],
  actions: {
    DescribeTransitGateways: 'ec2:DescribeTransitGateways',
    DescribeClientVpnEndpoints: 'ec2:DescribeClientVpnEndpoints',
    DescribeVerifiedAccessInstances: 'ec2:DescribeVerifiedAccessInstances',
  },
  async read(api) {
    const [transit, vpn, verified] = await Promise.all([
      api.some('DescribeTransitGateways', 'TransitGateways', ['AWS::EC2::TransitGateway']),
      api.some('DescribeClientVpnEndpoints', 'ClientVpnEndpoints', ['AWS::EC2::ClientVpnEndpoint']),
      api.some('DescribeVerifiedAccessInstances', 'VerifiedAccessInstances', [
        'AWS::EC2::VerifiedAccessInstance',
      ]),
    ]);
    return [
      ...transit
        .filter((each) => textOf(each, 'State') !== 'deleted')
        .map((each): FoundResource => {
          const id = textOf(each, 'TransitGatewayId');
          const options = pick(mapOf(each, 'Options'), [
            'AutoAcceptSharedAttachments',
            'DefaultRouteTableAssociation',
          ]);
          return ec2(
            api,
            'AWS::EC2::TransitGateway',
            'transit-gateway',
            id,
            { ...options, ...pick(each, ['Tags']) },
            each,
          );
        }),
      ...vpn.map((each) => {
        const id = textOf(each, 'ClientVpnEndpointId');
        const log = mapOf(each, 'ConnectionLogOptions');
        const properties = {
          ConnectionLogOptions: pick(log, ['Enabled', 'CloudwatchLogGroup', 'CloudwatchLogStream']),
          ...pick(each, ['ClientCidrBlock', 'SplitTunnel', 'ServerCertificateArn', 'Tags']),
        };
        return ec2(api, 'AWS::EC2::ClientVpnEndpoint', 'client-vpn-endpoint', id, properties, each);
      }),
      ...verified.map((each) => {
        const id = textOf(each, 'VerifiedAccessInstanceId');
        return ec2(
          api,
          'AWS::EC2::VerifiedAccessInstance',
          'verified-access-instance',
          id,
          pick(each, ['Tags']),
          each,
        );
      }),
    ];
  },
};
