import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { present } from '../questions.ts';

/** AWS Security Hub controls reference, APIGateway.2. */
export const definition = propertyControl({
  id: 'APIGateway.2',
  title: text(
    'REST API stages identify themselves to the backend',
    'REST APIステージがバックエンドに証明書を示す',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::ApiGateway::Stage'],
  configRule: 'api-gw-ssl-enabled',
  mappings: {
    'nist-800-53-r5': [
      'AC-4',
      'AC-4(22)',
      'AC-17(2)',
      'AC-24(1)',
      'AU-9(3)',
      'CA-9(b)',
      'IA-5(1)(c)',
      'PM-17(b)',
      'SC-7(4)(b)',
      'SC-7(4)(g)',
      'SC-7(5)',
      'SC-8',
      'SC-8(1)',
      'SC-8(2)',
      'SC-8(3)',
      'SC-8(4)',
      'SC-8(5)',
      'SC-13(a)',
      'SC-23',
      'SI-1(a)(2)',
    ],
  },
  property: ['ClientCertificateId'],
  good: present,
  whenAbsent: {
    good: NO,
    means: text('the backend cannot tell who is calling', 'バックエンドは呼び出し元を確認できません'),
  },
  remedy: {
    summary: text(
      'Make an AWS::ApiGateway::ClientCertificate and name it',
      'AWS::ApiGateway::ClientCertificate を作り、指定する',
    ),
  },
});
