import type { Api, Collector, FoundResource, Output } from '../api.ts';
import { given, mapOf, mapsOf, pick, policyOf, textOf } from '../fields.ts';
import { here } from '../found.ts';
import { chunks } from '../lists.ts';

const DOMAINS_PER_CALL = 5;

/** Search domains of both engines (Amazon OpenSearch Service API reference). */
export const searchDomains: Collector = {
  id: 'search-domains',
  service: 'opensearch',
  where: 'region',
  types: ['AWS::OpenSearchService::Domain', 'AWS::Elasticsearch::Domain'],
  actions: { ListDomainNames: 'es:ListDomainNames', DescribeDomains: 'es:DescribeDomains' },
  async read(api) {
    const listed = await api.all('ListDomainNames', 'DomainNames');
    const names = listed.map((each) => textOf(each, 'DomainName'));
    const answers = await Promise.all(
      chunks(names, DOMAINS_PER_CALL).map((some) => api.call('DescribeDomains', { DomainNames: some })),
    );
    return answers
      .flatMap((answer) => mapsOf(answer, 'DomainStatusList'))
      .filter((each) => each.Deleted !== true)
      .map((each) => domain(api, each));
  },
};

const SAME = [
  'DomainName',
  'EncryptionAtRestOptions',
  'NodeToNodeEncryptionOptions',
  'DomainEndpointOptions',
  'AdvancedSecurityOptions',
  'LogPublishingOptions',
  'EBSOptions',
];

function domain(api: Api, found: Output): FoundResource {
  const [engine = '', version = ''] = textOf(found, 'EngineVersion').split('_');
  const old = engine === 'Elasticsearch';
  const network = pick(mapOf(found, 'VPCOptions'), ['SubnetIds', 'SecurityGroupIds']);
  const name = textOf(found, 'DomainName');
  return here(api, {
    id: textOf(found, 'ARN'),
    type: old ? 'AWS::Elasticsearch::Domain' : 'AWS::OpenSearchService::Domain',
    name,
    names: { Ref: name, Arn: textOf(found, 'ARN') },
    properties: {
      ...pick(found, [...SAME, `ClusterConfig=${old ? 'ElasticsearchClusterConfig' : 'ClusterConfig'}`]),
      ...(old ? { ElasticsearchVersion: version } : pick(found, ['EngineVersion'])),
      ...given('VPCOptions', network),
      ...given('AccessPolicies', policyOf(found, 'AccessPolicies')),
    },
  });
}
