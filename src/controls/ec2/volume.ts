import type { Resource } from '../../model/resource.ts';
import { get, known, type Value } from '../../model/value.ts';

/** `Encrypted`, or true where only a KMS key is named: EC2 takes a key for nothing but an encrypted volume. */
export function encryption(volume: Resource): Value {
  const stated = get(volume.properties, 'Encrypted');
  const key = get(volume.properties, 'KmsKeyId');
  return stated.kind === 'absent' && (key.kind === 'known' || key.kind === 'unknown')
    ? known(true, key.span)
    : stated;
}
