import { text } from '../../kernel/texts.ts';
import { isFalse, YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, CodeBuild.3. */
export const definition = propertyControl({
  id: 'CodeBuild.3',
  title: text('Build logs in S3 are encrypted', 'S3に置くビルドログが暗号化されている'),
  severity: 'low',
  resourceTypes: ['AWS::CodeBuild::Project'],
  configRule: 'codebuild-project-s3-logs-encrypted',
  mappings: { 'nist-800-53-r5': ['CA-9(1)', 'CM-3(6)', 'SC-13', 'SC-28', 'SC-28(1)', 'SI-7(6)'] },
  property: ['LogsConfig', 'S3Logs', 'EncryptionDisabled'],
  good: isFalse,
  whenAbsent: { good: YES, means: text('encrypted by default', '既定で暗号化') },
  remedy: {
    summary: text('Set EncryptionDisabled to false', 'EncryptionDisabled を false にする'),
    value: false,
  },
});
