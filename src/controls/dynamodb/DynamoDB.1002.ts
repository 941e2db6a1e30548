import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { usesOwnKey } from './questions.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'DynamoDB.1002',
  title: text('Tables are encrypted with a key of your own', 'テーブルが自分のKMSキーで暗号化されている'),
  severity: 'low',
  resourceTypes: ['AWS::DynamoDB::Table'],
  mappings: {},
  property: ['SSESpecification'],
  good: usesOwnKey,
  whenAbsent: {
    good: NO,
    means: text('the key aws/dynamodb or one of DynamoDB', '鍵 aws/dynamodb またはDynamoDBが所有する鍵'),
  },
  says: {
    pass: text('the table uses a key of your own', '自分で管理する鍵を使います'),
    fail: text('the table does not use a key of your own', '自分で管理する鍵を使っていません'),
  },
  remedy: {
    summary: text('Name a key of your own', '自分で管理するKMSキーを指定する'),
    needs: [text('a KMS key', 'KMSキー')],
  },
});
