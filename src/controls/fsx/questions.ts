import { type Answer, all, isTrue } from '../../model/answer.ts';
import { get, type Value } from '../../model/value.ts';

/** Whether tags are copied to backups and to volumes. */
export function copiesTags(configuration: Value, whenAbsent: Answer): Answer {
  if (configuration.kind === 'absent') return whenAbsent;
  return all([
    isTrue(get(configuration, 'CopyTagsToBackups')),
    isTrue(get(configuration, 'CopyTagsToVolumes')),
  ]);
}
