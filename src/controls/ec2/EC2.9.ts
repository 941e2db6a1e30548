import type { ResourceGraph } from '../../environment/graph.ts';
import { publicAddressOf } from '../../environment/reachability/index.ts';
import { text } from '../../kernel/texts.ts';
import type { Resource } from '../../model/resource.ts';
import { itemsOf } from '../../model/value.ts';
import { control, fail, pass, undecidable } from '../control.ts';
import { launchSetting } from './launch.ts';

/**
 * AWS Security Hub controls reference, EC2.9. Elastic addresses, the interface's wish, the subnet's setting
 * and the default VPC count, as for reachability.
 */
export const definition = control({
  id: 'EC2.9',
  title: text('Instances have no public IPv4 address', 'インスタンスにパブリックIPv4アドレスがない'),
  severity: 'high',
  resourceTypes: ['AWS::EC2::Instance'],
  configRule: 'ec2-instance-no-public-ip',
  mappings: {
    'nist-800-53-r5': [
      'AC-2(6)',
      'AC-3',
      'AC-3(7)',
      'AC-4(21)',
      'AC-6',
      'AC-17(1)',
      'AC-17(4)(a)',
      'AC-17(9)',
      'AC-17(10)',
      'AC-17b',
      'MP-2',
      'SC-7(2)',
      'SC-7(3)',
      'SC-7(7)',
      'SC-7(9)(a)',
      'SC-7(11)',
      'SC-7(12)',
      'SC-7(16)',
      'SC-7(20)',
      'SC-7(21)',
      'SC-7(24)(b)',
      'SC-7(25)',
      'SC-7(26)',
      'SC-7(27)',
      'SC-7(28)',
      'SC-7a',
      'SC-7b',
      'SC-7c',
      'SC-25',
    ],
    'pci-dss-3.2.1': ['1.2', '1.2.1', '1.3', '1.3.1', '1.3.2', '1.3.4', '1.3.6', '2.2.2'],
  },
  basis: 'effective',
  evaluate(instance, graph) {
    const interfaces = launchSetting(instance, graph, 'NetworkInterfaces');
    if (itemsOf(interfaces).length > 1 && !hasElasticAddress(instance, graph))
      return pass(SEVERAL, interfaces);
    const { answer, because, at } = publicAddressOf(graph, instance, 4);
    if (answer.is === 'yes') return fail(because, at);
    if (answer.is === 'no') return pass(because, at);
    return undecidable(UNDECIDED, answer.undecided);
  },
  remedy: () => ({
    summary: text(
      'Place the instance in a private subnet behind a load balancer',
      'インスタンスをプライベートサブネットに置き、ロードバランサーの背後にする',
    ),
    edits: [],
    needs: [text('a private subnet', 'プライベートサブネット')],
  }),
});

const SEVERAL = text(
  'with several interfaces EC2 gives no public address by itself',
  'インターフェイスが複数ある場合、パブリックIPは自動で割り当てられません',
);
const UNDECIDED = text(
  'whether the instance gets a public address cannot be decided',
  'パブリックIPアドレスの有無を決められません',
);

function hasElasticAddress(instance: Resource, graph: ResourceGraph): boolean {
  return graph.referrersOfType(instance, 'AWS::EC2::EIP', 'AWS::EC2::EIPAssociation').length > 0;
}
