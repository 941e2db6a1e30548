import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { present } from '../questions.ts';
import { authentication } from './authentication.ts';

/** AWS Security Hub controls reference, ElastiCache.6. */
export const definition = propertyControl({
  id: 'ElastiCache.6',
  title: text(
    'Redis replication groups ask for a password',
    'レプリケーショングループに認証が設定されている',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::ElastiCache::ReplicationGroup'],
  configRule: 'elasticache-repl-grp-redis-auth-enabled',
  mappings: { 'nist-800-53-r5': ['AC-2(1)', 'AC-3', 'AC-3(7)', 'AC-3(15)', 'AC-6'] },
  property: ['AuthToken'],
  read: (group) => authentication(group),
  good: present,
  whenAbsent: { good: NO, means: text('whoever reaches it is let in', '到達できれば誰でも使えます') },
  says: {
    pass: text('clients have to identify themselves', 'クライアントの認証が必要です'),
    fail: text('clients need not identify themselves', 'クライアントの認証が不要です'),
  },
  secret: true,
  remedy: {
    summary: text(
      'Use a user group (role-based access), or AuthToken from a secret',
      'ユーザーグループ(ロールベースのアクセス制御)か、シークレットの AuthToken を使う',
    ),
    needs: [text('a user group or a secret', 'ユーザーグループまたはシークレット')],
  },
});
