import { text } from '../../kernel/texts.ts';
import { YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { withoutKeys } from './questions.ts';

/** AWS Security Hub controls reference, CodeBuild.2. */
export const definition = propertyControl({
  id: 'CodeBuild.2',
  title: text('Builds get no AWS keys as plain variables', 'ビルドの環境変数にAWSのアクセスキーを入れない'),
  severity: 'critical',
  resourceTypes: ['AWS::CodeBuild::Project'],
  configRule: 'codebuild-project-envvar-awscred-check',
  mappings: { 'pci-dss-3.2.1': ['8.2.1'] },
  property: ['Environment', 'EnvironmentVariables'],
  good: withoutKeys,
  whenAbsent: { good: YES, means: text('no variable', '環境変数なし') },
  says: {
    pass: text('no plain variable carries AWS keys', 'AWSのアクセスキーを持つ環境変数はありません'),
    fail: text('a plain variable carries AWS keys', 'AWSのアクセスキーを持つ環境変数があります'),
  },
  secret: true,
  remedy: {
    summary: text('Give the project a role instead of keys', 'アクセスキーの代わりにサービスロールを使う'),
  },
});
