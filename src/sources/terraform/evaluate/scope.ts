import type { Value } from '../../../model/value.ts';
import type { CallContext } from '../functions/function.ts';
import type { LoopItem } from './loops.ts';

/** What names mean at a place of a module: `var`, `local`, resource types, loop variables. */
export interface Scope {
  lookup(name: string): Value | undefined;
  /** What functions that read files or templates need. */
  readonly files: CallContext['files'];
  /** The same scope inside one round of a loop. */
  with(names: { keyName: string | undefined; valueName: string }, item: LoopItem): Scope;
  /** The same scope with one more name. */
  naming(name: string, value: Value): Scope;
}

/** A scope that looks names up with a function. */
export function scopeOf(lookup: (name: string) => Value | undefined, files: CallContext['files']): Scope {
  const scope: Scope = {
    lookup,
    files,
    with: ({ keyName, valueName }, item) => {
      const inner = scope.naming(valueName, item.value);
      return keyName === undefined ? inner : inner.naming(keyName, item.key);
    },
    naming: (name, value) => scopeOf((wanted) => (wanted === name ? value : lookup(wanted)), files),
  };
  return scope;
}
