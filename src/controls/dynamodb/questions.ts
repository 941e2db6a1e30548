import { type Answer, all, isTrue, NO } from '../../model/answer.ts';
import { get, type Value } from '../../model/value.ts';
import { ownKey } from '../own-key.ts';

/** Whether KMS encryption is on with a key of one's own. */
export function usesOwnKey(specification: Value, whenAbsent: Answer): Answer {
  if (specification.kind === 'absent') return whenAbsent;
  return all([isTrue(get(specification, 'SSEEnabled')), ownKey(get(specification, 'KMSMasterKeyId'), NO)]);
}
