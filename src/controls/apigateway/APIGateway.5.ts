import { text } from '../../kernel/texts.ts';
import { YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { encryptsCaches } from './questions.ts';

/** AWS Security Hub controls reference, APIGateway.5. */
export const definition = propertyControl({
  id: 'APIGateway.5',
  title: text('REST API caches are encrypted', 'REST APIのキャッシュが暗号化されている'),
  severity: 'medium',
  resourceTypes: ['AWS::ApiGateway::Stage'],
  configRule: 'api-gw-cache-encrypted',
  mappings: { 'nist-800-53-r5': ['CA-9(1)', 'CM-3(6)', 'SC-7(10)', 'SC-13', 'SC-28', 'SC-28(1)', 'SI-7(6)'] },
  property: ['MethodSettings'],
  good: encryptsCaches,
  whenAbsent: { good: YES, means: text('nothing is cached', 'キャッシュしません') },
  says: {
    pass: text('no cache is left unencrypted', '暗号化されないキャッシュはありません'),
    fail: text('a cache is not encrypted', '暗号化されないキャッシュがあります'),
  },
  remedy: {
    summary: text('Set CacheDataEncrypted to true', 'CacheDataEncrypted を true にする'),
  },
});
