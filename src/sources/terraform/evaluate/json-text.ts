import type { Value } from '../../../model/value.ts';

const structures = new WeakMap<Value, Value>();

/**
 * Notes what a string was encoded from. A policy that passes through `jsonencode` or
 * `aws_iam_policy_document` thus keeps its structure, references and places.
 */
export function rememberStructure<T extends Value>(encoded: T, structure: Value): T {
  structures.set(encoded, structure);
  return encoded;
}

/** What a JSON string was encoded from, where this is known. */
export function structureOf(value: Value): Value | undefined {
  return structures.get(value);
}
