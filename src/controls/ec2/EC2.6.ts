import { text } from '../../kernel/texts.ts';
import { all, any, isOneOf, isSet } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { control, verdict } from '../control.ts';

/** AWS Security Hub controls reference, EC2.6 (rejected traffic at least is logged). */
export const definition = control({
  id: 'EC2.6',
  title: text('VPCs log their traffic', 'VPCフローログが有効'),
  severity: 'medium',
  resourceTypes: ['AWS::EC2::VPC'],
  configRule: 'vpc-flow-logs-enabled',
  mappings: {
    'cis-5.0': ['3.7'],
    'nist-800-53-r5': [
      'AC-4(26)',
      'AU-2(b)',
      'AU-3(a)',
      'AU-3(b)',
      'AU-3(c)',
      'AU-3(d)',
      'AU-3(e)',
      'AU-6(3)',
      'AU-6(4)',
      'AU-6(6)',
      'AU-6(9)',
      'AU-8(b)',
      'AU-12(1)',
      'AU-12(2)',
      'AU-12(3)',
      'AU-12(4)',
      'AU-12(a)',
      'AU-12(c)',
      'AU-14(3)',
      'AU-14(a)',
      'AU-14(b)',
      'CA-7(b)',
      'CM-5(1)(b)',
      'CM-6(a)',
      'CM-9(b)',
      'IA-3(3)(b)',
      'MA-4(1)(a)',
      'PM-14(a)(1)',
      'PM-14(b)',
      'PM-31',
      'SI-4(17)',
      'SI-7(8)',
    ],
    'pci-dss-3.2.1': ['4.1', '4.1.e', '4.1.f', '10.1'],
  },
  basis: 'effective',
  evaluate(vpc, graph) {
    const logs = graph.referrersOfType(vpc, 'AWS::EC2::FlowLog');
    const logged = any(
      logs.map(({ properties, exists }) =>
        all([
          exists,
          isSet(get(properties, 'ResourceId')),
          isOneOf(get(properties, 'TrafficType'), ['REJECT', 'ALL']),
        ]),
      ),
    );
    return verdict(
      logged,
      {
        pass: text('a flow log covers the VPC', 'フローログがVPC全体を記録しています'),
        fail: text('no flow log covers the VPC', 'VPCを記録するフローログがありません'),
        unknown: text(
          'whether a flow log covers the VPC cannot be decided',
          'フローログの有無を決められません',
        ),
      },
      logs[0]?.properties,
    );
  },
  remedy: (vpc) => ({
    summary: text('Log the rejected traffic of the VPC', 'VPCで拒否された通信を記録する'),
    edits: [
      {
        kind: 'add-resource',
        logicalId: `${vpc.name}FlowLog`,
        type: 'AWS::EC2::FlowLog',
        properties: {
          ResourceType: 'VPC',
          ResourceId: { Ref: vpc.name },
          TrafficType: 'REJECT',
          LogDestinationType: 's3',
        },
      },
    ],
    needs: [text('the ARN of a bucket for logs', 'ログ用バケットのARN')],
  }),
});
