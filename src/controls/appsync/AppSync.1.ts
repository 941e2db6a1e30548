import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, AppSync.1. */
export const definition = propertyControl({
  id: 'AppSync.1',
  title: text('GraphQL caches are encrypted', 'AppSyncのキャッシュが暗号化されている'),
  severity: 'medium',
  resourceTypes: ['AWS::AppSync::ApiCache'],
  configRule: 'appsync-cache-ct-encryption-at-rest',
  mappings: {},
  property: ['AtRestEncryptionEnabled'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  remedy: {
    summary: text(
      'Set AtRestEncryptionEnabled to true (replaces the cache)',
      'AtRestEncryptionEnabled を true にする(キャッシュは置換される)',
    ),
    value: true,
  },
});
