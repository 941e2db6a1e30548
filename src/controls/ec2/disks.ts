import { type Answer, any, everyItem, isSet, isTrue, not } from '../../model/answer.ts';
import { get, type Value } from '../../model/value.ts';

/** Whether every EBS disk of the device mappings is encrypted; instance stores are left out. */
export function encryptsDisks(mappings: Value, whenAbsent: Answer): Answer {
  if (mappings.kind === 'absent') return whenAbsent;
  return everyItem(mappings, (mapping) => {
    const disk = get(mapping, 'Ebs');
    return any([not(isSet(disk)), isTrue(get(disk, 'Encrypted'))]);
  });
}
