import { text } from '../../kernel/texts.ts';
import { isOneOf, NO } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { propertyControl } from '../property.ts';
import { copiesTags } from './questions.ts';

/** AWS Security Hub controls reference, FSx.1. */
export const definition = propertyControl({
  id: 'FSx.1',
  title: text(
    'OpenZFS file systems pass their tags on',
    'OpenZFSファイルシステムのタグをバックアップとボリュームに引き継ぐ',
  ),
  severity: 'low',
  resourceTypes: ['AWS::FSx::FileSystem'],
  configRule: 'fsx-openzfs-copy-tags-enabled',
  mappings: {},
  property: ['OpenZFSConfiguration'],
  good: copiesTags,
  onlyIf: {
    holds: (fileSystem) => isOneOf(get(fileSystem.properties, 'FileSystemType'), ['OPENZFS'], NO),
    otherwise: text('not an OpenZFS file system', 'OpenZFSではありません'),
  },
  remedy: {
    summary: text(
      'Set CopyTagsToBackups and CopyTagsToVolumes to true',
      'CopyTagsToBackups と CopyTagsToVolumes を true にする',
    ),
  },
});
