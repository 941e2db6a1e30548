import type { Api, Collector, FoundResource, Output } from '../api.ts';
import { given, mapOf, mapsOf, pick, textOf } from '../fields.ts';
import { everywhere } from '../found.ts';

/** Hosted zones and whether their queries are logged (Amazon Route 53 API reference); records are not read. */
export const zones: Collector = {
  id: 'zones',
  service: 'route-53',
  where: 'account',
  types: ['AWS::Route53::HostedZone'],
  actions: {
    ListHostedZones: 'route53:ListHostedZones',
    GetHostedZone: 'route53:GetHostedZone',
    ListQueryLoggingConfigs: 'route53:ListQueryLoggingConfigs',
  },
  async read(api) {
    const [found, logs] = await Promise.all([
      api.all('ListHostedZones', 'HostedZones'),
      api.all('ListQueryLoggingConfigs', 'QueryLoggingConfigs'),
    ]);
    return Promise.all(found.map((each) => zone(api, each, logs)));
  },
};

async function zone(api: Api, found: Output, logs: readonly Output[]): Promise<FoundResource> {
  const id = textOf(found, 'Id').split('/').at(-1) ?? '';
  const log = logs.find((each) => textOf(each, 'HostedZoneId').split('/').at(-1) === id);
  const inside = mapOf(found, 'Config').PrivateZone === true;
  const detail = inside ? await api.detail('GetHostedZone', { Id: id }) : undefined;
  const networks = detail?.is === 'read' ? mapsOf(detail.output, 'VPCs') : [];
  return everywhere({
    id: `arn:${api.partition}:route53:::hostedzone/${id}`,
    type: 'AWS::Route53::HostedZone',
    name: textOf(found, 'Name'),
    names: { Ref: id, Id: id },
    unread: detail?.is === 'unread' ? ['VPCs'] : [],
    properties: {
      ...pick(found, ['Name']),
      ...given('QueryLoggingConfig', pick(log ?? {}, ['CloudWatchLogsLogGroupArn'])),
      ...given(
        'VPCs',
        networks.map((each) => pick(each, ['VPCId', 'VPCRegion'])),
      ),
    },
  });
}

/** Accelerators; the service answers in one region only (AWS Global Accelerator API reference). */
export const accelerators: Collector = {
  id: 'accelerators',
  service: 'global-accelerator',
  where: 'account',
  only: 'us-west-2',
  types: ['AWS::GlobalAccelerator::Accelerator'],
  actions: { ListAccelerators: 'globalaccelerator:ListAccelerators' },
  async read(api) {
    const found = await api.all('ListAccelerators', 'Accelerators');
    return found.map((each) =>
      everywhere({
        id: textOf(each, 'AcceleratorArn'),
        type: 'AWS::GlobalAccelerator::Accelerator',
        name: textOf(each, 'Name'),
        names: { Ref: textOf(each, 'AcceleratorArn'), AcceleratorArn: textOf(each, 'AcceleratorArn') },
        properties: pick(each, ['Name', 'Enabled', 'IpAddressType']),
      }),
    );
  },
};
