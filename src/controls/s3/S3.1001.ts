import { text } from '../../kernel/texts.ts';
import { namesActions } from '../iam/named-actions.ts';
import { propertyControl } from '../property.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'S3.1001',
  title: text('Bucket policies name the actions they allow', 'バケットポリシーが許可する操作を明示する'),
  severity: 'medium',
  resourceTypes: ['AWS::S3::BucketPolicy'],
  mappings: {},
  property: ['PolicyDocument'],
  good: namesActions,
  says: {
    pass: text('every statement names its actions', 'すべての文が操作を明示しています'),
    fail: text('a statement allows every action', 'すべての操作を許す文があります'),
  },
  remedy: {
    summary: text('List the actions that are needed', '必要な操作だけを列挙する'),
    needs: [text('what the callers do', '呼び出し元が行う操作')],
  },
});
