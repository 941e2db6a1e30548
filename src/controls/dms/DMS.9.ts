import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { noneOf } from '../questions.ts';

/** AWS Security Hub controls reference, DMS.9. */
export const definition = propertyControl({
  id: 'DMS.9',
  title: text('Migration endpoints are reached by TLS', 'DMSエンドポイントとの通信が暗号化されている'),
  severity: 'medium',
  resourceTypes: ['AWS::DMS::Endpoint'],
  configRule: 'dms-endpoint-ssl-configured',
  mappings: {},
  property: ['SslMode'],
  good: noneOf('none'),
  whenAbsent: { good: NO, means: text('none by default', '既定は none') },
  remedy: {
    summary: text(
      'Set SslMode to verify-full with a certificate',
      '証明書を付けて SslMode を verify-full にする',
    ),
    value: 'require',
  },
});
