import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, WorkSpaces.1. */
export const definition = propertyControl({
  id: 'WorkSpaces.1',
  title: text('User volumes of WorkSpaces are encrypted', 'WorkSpacesのユーザーボリュームが暗号化されている'),
  severity: 'medium',
  resourceTypes: ['AWS::WorkSpaces::Workspace'],
  configRule: 'workspaces-user-volume-encryption-enabled',
  mappings: {},
  property: ['UserVolumeEncryptionEnabled'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  remedy: {
    summary: text(
      'Set UserVolumeEncryptionEnabled to true (replaces the WorkSpace)',
      'UserVolumeEncryptionEnabled を true にする(WorkSpaceは置換される)',
    ),
    value: true,
  },
});
