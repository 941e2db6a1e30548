import type { Resource } from '../../model/resource.ts';
import { get, known, type Value } from '../../model/value.ts';

/** `SqsManagedSseEnabled`, or true where a KMS key encrypts instead. */
export function encryption(queue: Resource): Value {
  const key = get(queue.properties, 'KmsMasterKeyId');
  if (key.kind === 'absent') return get(queue.properties, 'SqsManagedSseEnabled');
  if (key.kind !== 'oneOf') return known(true, key.span);
  const options = key.options.map((option) =>
    option.kind === 'absent' ? get(queue.properties, 'SqsManagedSseEnabled') : known(true, option.span),
  );
  return { kind: 'oneOf', condition: key.condition, options, span: key.span };
}
