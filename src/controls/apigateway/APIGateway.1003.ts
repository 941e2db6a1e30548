import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { either, oneOf, startsWith } from '../questions.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'APIGateway.1003',
  title: text('API domains refuse old TLS', 'APIのカスタムドメインが古いTLSを拒否する'),
  severity: 'medium',
  resourceTypes: ['AWS::ApiGateway::DomainName'],
  mappings: {},
  property: ['SecurityPolicy'],
  good: either(oneOf('TLS_1_2'), startsWith('SecurityPolicy_TLS13', 'SecurityPolicy_TLS12')),
  whenAbsent: { good: NO, means: text('TLS 1.0 may be taken', 'TLS 1.0を受け付けることがあります') },
  remedy: {
    summary: text('Set SecurityPolicy to TLS_1_2', 'SecurityPolicy を TLS_1_2 にする'),
    value: 'TLS_1_2',
  },
});
