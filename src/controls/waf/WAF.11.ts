import { text } from '../../kernel/texts.ts';
import { all, any, isSet } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { control, verdict } from '../control.ts';

/** AWS Security Hub controls reference, WAF.11. */
export const definition = control({
  id: 'WAF.11',
  title: text('Web ACLs log requests', 'ウェブACLのログが有効'),
  severity: 'low',
  resourceTypes: ['AWS::WAFv2::WebACL'],
  configRule: 'wafv2-logging-enabled',
  mappings: {
    'nist-800-53-r5': [
      'AC-4(26)',
      'AU-2b',
      'AU-3a',
      'AU-3b',
      'AU-3c',
      'AU-3d',
      'AU-3e',
      'AU-3f',
      'AU-6(3)',
      'AU-6(4)',
      'AU-6(6)',
      'AU-6(9)',
      'AU-8b',
      'AU-10',
      'AU-12(1)',
      'AU-12(2)',
      'AU-12(3)',
      'AU-12(4)',
      'AU-12a',
      'AU-12c',
      'AU-14(3)',
      'AU-14a',
      'AU-14b',
      'CA-7b',
      'CM-5(1)(b)',
      'IA-3(3)(b)',
      'MA-4(1)(a)',
      'PM-14a.1',
      'PM-14b',
      'PM-31',
      'SC-7(9)(b)',
      'SI-4(17)',
      'SI-7(8)',
    ],
    'pci-dss-3.2.1': ['10.1', '10.3.1', '10.3.2', '10.3.3', '10.3.4', '10.3.5', '10.3.6', '10.5.4'],
  },
  basis: 'effective',
  evaluate(resource, graph) {
    const logs = graph.referrersOfType(resource, 'AWS::WAFv2::LoggingConfiguration');
    return verdict(
      any(logs.map((each) => all([each.exists, isSet(get(each.properties, 'LogDestinationConfigs'))]))),
      {
        pass: text('a logging configuration is there', 'ログ設定があります'),
        fail: text('there is no logging configuration', 'ログ設定がありません'),
        unknown: text(
          'whether there is a logging configuration cannot be decided',
          'ログ設定の有無を決められません',
        ),
      },
      logs[0]?.properties,
    );
  },
  remedy: (resource) => ({
    summary: text('Add AWS::WAFv2::LoggingConfiguration', 'AWS::WAFv2::LoggingConfiguration を加える'),
    edits: [
      {
        kind: 'add-resource',
        logicalId: `${resource.name}Logging`,
        type: 'AWS::WAFv2::LoggingConfiguration',
        properties: { ResourceArn: { 'Fn::GetAtt': [resource.name, 'Arn'] } },
      },
    ],
    needs: [text('where the log goes', 'ログの送り先')],
  }),
});
