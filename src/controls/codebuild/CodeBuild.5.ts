import { text } from '../../kernel/texts.ts';
import { isFalse, YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, CodeBuild.5. */
export const definition = propertyControl({
  id: 'CodeBuild.5',
  title: text('Builds do not run privileged', 'ビルド環境が特権モードでない'),
  severity: 'high',
  resourceTypes: ['AWS::CodeBuild::Project'],
  configRule: 'codebuild-project-environment-privileged-check',
  mappings: {
    'nist-800-53-r5': ['AC-2(1)', 'AC-3', 'AC-3(7)', 'AC-3(15)', 'AC-5', 'AC-6', 'AC-6(2)', 'AC-6(10)'],
  },
  property: ['Environment', 'PrivilegedMode'],
  good: isFalse,
  whenAbsent: { good: YES, means: text('off by default', '既定で無効') },
  remedy: {
    summary: text('Set PrivilegedMode to false', 'PrivilegedMode を false にする'),
    value: false,
  },
});
