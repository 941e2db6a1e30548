import { text } from '../../kernel/texts.ts';
import { webAclControl } from '../waf/association.ts';

/** AWS Security Hub controls reference, APIGateway.4. */
export const definition = webAclControl({
  id: 'APIGateway.4',
  title: text('REST API stages stand behind a web ACL', 'REST APIステージにWAFのウェブACLが付いている'),
  severity: 'medium',
  configRule: 'api-gw-associated-with-waf',
  mappings: { 'nist-800-53-r5': ['AC-4(21)'], 'pci-dss-3.2.1': ['1.1', '1.1.4', '1.1.4.c', '6.6'] },
  type: 'AWS::ApiGateway::Stage',
});
