import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { cachesEncrypted } from './questions.ts';

/** AWS Config managed rule api-gw-cache-enabled-and-encrypted, which no AWS control uses. */
export const definition = propertyControl({
  id: 'APIGateway.1004',
  title: text('REST APIs answer from an encrypted cache', 'REST APIが暗号化されたキャッシュから応答する'),
  severity: 'low',
  resourceTypes: ['AWS::ApiGateway::Stage'],
  configRule: 'api-gw-cache-enabled-and-encrypted',
  mappings: {
    'nist-800-53-r5': ['AU-9(3)', 'CP-9d', 'SC-8(3)', 'SC-8(4)', 'SC-13a', 'SC-28(1)', 'SI-19(4)'],
    'pci-dss-3.2.1': ['3.4'],
  },
  property: ['MethodSettings'],
  good: cachesEncrypted,
  whenAbsent: { good: NO, means: text('nothing is cached', 'キャッシュしません') },
  says: {
    pass: text(
      'every method answers from an encrypted cache',
      'すべてのメソッドが暗号化されたキャッシュを使います',
    ),
    fail: text(
      'a method has no cache or does not encrypt it',
      'キャッシュがないか暗号化されないメソッドがあります',
    ),
  },
  remedy: {
    summary: text(
      'Set CachingEnabled and CacheDataEncrypted to true where answers may be cached',
      'キャッシュしてよい応答について CachingEnabled と CacheDataEncrypted を true にする',
    ),
    value: [{ ResourcePath: '/*', HttpMethod: '*', CachingEnabled: true, CacheDataEncrypted: true }],
  },
});
