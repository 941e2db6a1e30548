import { text } from '../../kernel/texts.ts';
import { propertyControl } from '../property.ts';
import { keepsLog } from './questions.ts';

/** AWS Security Hub controls reference, CodeBuild.4. */
export const definition = propertyControl({
  id: 'CodeBuild.4',
  title: text('Builds keep a log', 'ビルドのログ設定がある'),
  severity: 'medium',
  resourceTypes: ['AWS::CodeBuild::Project'],
  configRule: 'codebuild-project-logging-enabled',
  mappings: {
    'nist-800-53-r5': [
      'AC-2(4)',
      'AC-2(12)',
      'AC-4(26)',
      'AC-6(9)',
      'AU-2',
      'AU-3',
      'AU-6(3)',
      'AU-6(4)',
      'AU-9(7)',
      'AU-10',
      'AU-12',
      'CA-7',
      'SC-7(9)',
      'SI-3(8)',
      'SI-4',
      'SI-4(20)',
      'SI-7(8)',
    ],
  },
  property: ['LogsConfig'],
  good: keepsLog,
  says: {
    pass: text('a log is kept', 'ログが保存されます'),
    fail: text('no log is kept', 'ログが保存されません'),
  },
  remedy: {
    summary: text('Enable CloudWatch Logs in LogsConfig', 'LogsConfig で CloudWatch Logs を有効にする'),
    value: { CloudWatchLogs: { Status: 'ENABLED' } },
  },
});
