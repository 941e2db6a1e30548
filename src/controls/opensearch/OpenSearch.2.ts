import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { hasItems } from '../questions.ts';

/** AWS Security Hub controls reference, OpenSearch.2. */
export const definition = propertyControl({
  id: 'OpenSearch.2',
  title: text('OpenSearch domains stand inside a VPC', 'OpenSearchドメインがVPC内にある'),
  severity: 'critical',
  resourceTypes: ['AWS::OpenSearchService::Domain'],
  configRule: 'opensearch-in-vpc-only',
  mappings: {
    'pci-dss-3.2.1': [
      '1.2',
      '1.2.1',
      '1.2.1.a',
      '1.2.1.b',
      '1.2.1.c',
      '1.3',
      '1.3.1',
      '1.3.2',
      '1.3.4',
      '1.3.6',
      '2.2',
      '2.2.2',
      '7.2',
      '7.2.1',
    ],
  },
  property: ['VPCOptions', 'SubnetIds'],
  good: hasItems(1),
  whenAbsent: { good: NO, means: text('the endpoint is public', 'エンドポイントが公開されます') },
  remedy: {
    summary: text(
      'Give the domain subnets of a VPC (replaces the domain)',
      'ドメインにVPCのサブネットを指定する(ドメインは置換される)',
    ),
    needs: [text('private subnets', 'プライベートサブネット')],
  },
});
