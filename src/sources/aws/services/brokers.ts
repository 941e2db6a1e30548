import type { Api, Collector, FoundResource, Output } from '../api.ts';
import { given, mapOf, pick, textOf } from '../fields.ts';
import { here } from '../found.ts';

/** Message brokers (Amazon MQ API reference). */
export const brokers: Collector = {
  id: 'brokers',
  service: 'mq',
  where: 'region',
  types: ['AWS::AmazonMQ::Broker'],
  actions: { ListBrokers: 'mq:ListBrokers', DescribeBroker: 'mq:DescribeBroker' },
  async read(api) {
    const found = await api.all('ListBrokers', 'BrokerSummaries');
    return Promise.all(found.map((each) => broker(api, textOf(each, 'BrokerId'))));
  },
};

async function broker(api: Api, id: string): Promise<FoundResource> {
  const found = await api.call('DescribeBroker', { BrokerId: id });
  return here(api, {
    id: textOf(found, 'BrokerArn') || api.arn('mq', `broker:${id}`),
    type: 'AWS::AmazonMQ::Broker',
    name: textOf(found, 'BrokerName') || id,
    names: { Ref: id, Arn: textOf(found, 'BrokerArn') },
    properties: {
      ...pick(found, ['BrokerName', 'EngineType', 'EngineVersion', 'DeploymentMode', 'HostInstanceType']),
      ...pick(found, ['PubliclyAccessible', 'AutoMinorVersionUpgrade', 'SubnetIds', 'SecurityGroups']),
      ...pick(found, ['EncryptionOptions', 'AuthenticationStrategy']),
      ...given('Logs', pick(mapOf(found, 'Logs'), ['General', 'Audit'])),
    },
  });
}

/** Kafka clusters (Amazon MSK API reference). */
export const kafka: Collector = {
  id: 'kafka',
  service: 'kafka',
  where: 'region',
  types: ['AWS::MSK::Cluster'],
  actions: { ListClusters: 'kafka:ListClusters' },
  async read(api) {
    const found = await api.all('ListClusters', 'ClusterInfoList');
    return found.map((each) => kafkaCluster(api, each));
  },
};

function kafkaCluster(api: Api, found: Output): FoundResource {
  const encryption = mapOf(found, 'EncryptionInfo');
  const rest = mapOf(encryption, 'EncryptionAtRest');
  return here(api, {
    id: textOf(found, 'ClusterArn'),
    type: 'AWS::MSK::Cluster',
    name: textOf(found, 'ClusterName'),
    names: { Ref: textOf(found, 'ClusterArn'), Arn: textOf(found, 'ClusterArn') },
    properties: {
      ...pick(found, [
        'ClusterName',
        'EnhancedMonitoring',
        'NumberOfBrokerNodes',
        'LoggingInfo',
        'ClientAuthentication',
      ]),
      ...pick(mapOf(found, 'CurrentBrokerSoftwareInfo'), ['KafkaVersion']),
      BrokerNodeGroupInfo: pick(mapOf(found, 'BrokerNodeGroupInfo'), [
        'ClientSubnets',
        'SecurityGroups',
        'InstanceType',
        'ConnectivityInfo',
      ]),
      ...given('EncryptionInfo', {
        ...pick(encryption, ['EncryptionInTransit']),
        ...given('EncryptionAtRest', pick(rest, ['DataVolumeKMSKeyId'])),
      }),
    },
  });
}
