import { text } from '../../kernel/texts.ts';
import { propertyControl } from '../property.ts';
import { artifacts, encryptsArtifacts } from './questions.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'CodeBuild.1002',
  title: text('Build output is encrypted', 'ビルド成果物が暗号化されている'),
  severity: 'medium',
  resourceTypes: ['AWS::CodeBuild::Project'],
  mappings: {},
  property: ['Artifacts'],
  read: (project) => artifacts(project),
  good: encryptsArtifacts,
  says: {
    pass: text('no output is left unencrypted', '暗号化が無効の成果物はありません'),
    fail: text('encryption of an output is switched off', '暗号化が無効の成果物があります'),
  },
  remedy: {
    summary: text('Set EncryptionDisabled to false', 'EncryptionDisabled を false にする'),
  },
});
