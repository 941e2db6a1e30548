import { type Answer, all, isOneOf, isSet } from '../../model/answer.ts';
import { get, type Value } from '../../model/value.ts';

/** Whether a stream is encrypted with a KMS key. */
export function encryptsByKms(encryption: Value, whenAbsent: Answer): Answer {
  if (encryption.kind === 'absent') return whenAbsent;
  return all([isOneOf(get(encryption, 'EncryptionType'), ['KMS']), isSet(get(encryption, 'KeyId'))]);
}
