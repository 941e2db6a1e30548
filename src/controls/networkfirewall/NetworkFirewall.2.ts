import { text } from '../../kernel/texts.ts';
import { all, any, isSet } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { control, verdict } from '../control.ts';

/** AWS Security Hub controls reference, NetworkFirewall.2. */
export const definition = control({
  id: 'NetworkFirewall.2',
  title: text('Firewalls keep a log', 'ファイアウォールのログが有効'),
  severity: 'medium',
  resourceTypes: ['AWS::NetworkFirewall::Firewall'],
  configRule: 'netfw-logging-enabled',
  mappings: {},
  basis: 'effective',
  evaluate(resource, graph) {
    const logs = graph.referrersOfType(resource, 'AWS::NetworkFirewall::LoggingConfiguration');
    return verdict(
      any(logs.map((each) => all([each.exists, isSet(get(each.properties, 'LoggingConfiguration'))]))),
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
    summary: text(
      'Add AWS::NetworkFirewall::LoggingConfiguration',
      'AWS::NetworkFirewall::LoggingConfiguration を加える',
    ),
    edits: [
      {
        kind: 'add-resource',
        logicalId: `${resource.name}Logging`,
        type: 'AWS::NetworkFirewall::LoggingConfiguration',
        properties: { FirewallArn: { Ref: resource.name } },
      },
    ],
    needs: [text('where the log goes', 'ログの送り先')],
  }),
});
