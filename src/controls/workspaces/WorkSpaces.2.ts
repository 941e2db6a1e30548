import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, WorkSpaces.2. */
export const definition = propertyControl({
  id: 'WorkSpaces.2',
  title: text('Root volumes of WorkSpaces are encrypted', 'WorkSpacesのルートボリュームが暗号化されている'),
  severity: 'medium',
  resourceTypes: ['AWS::WorkSpaces::Workspace'],
  configRule: 'workspaces-root-volume-encryption-enabled',
  mappings: {},
  property: ['RootVolumeEncryptionEnabled'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  remedy: {
    summary: text(
      'Set RootVolumeEncryptionEnabled to true (replaces the WorkSpace)',
      'RootVolumeEncryptionEnabled を true にする(WorkSpaceは置換される)',
    ),
    value: true,
  },
});
