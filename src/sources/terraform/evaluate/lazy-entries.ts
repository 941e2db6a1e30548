import type { Value } from '../../../model/value.ts';

/**
 * The entries of a map whose values are computed when they are asked for, each once. Terraform's
 * variables, locals, modules and resources refer to each other in any order; asking for an entry that is
 * being computed calls `onCycle`.
 */
export class LazyEntries implements ReadonlyMap<string, Value> {
  readonly #names: () => Iterable<string>;
  readonly #compute: (name: string) => Value | undefined;
  readonly #onCycle: (name: string) => Value | undefined;
  readonly #computed = new Map<string, Value | undefined>();
  readonly #underWay = new Set<string>();

  constructor(options: {
    names: () => Iterable<string>;
    compute: (name: string) => Value | undefined;
    onCycle: (name: string) => Value | undefined;
  }) {
    this.#names = options.names;
    this.#compute = options.compute;
    this.#onCycle = options.onCycle;
  }

  get(name: string): Value | undefined {
    if (this.#computed.has(name)) return this.#computed.get(name);
    if (this.#underWay.has(name)) return this.#onCycle(name);
    this.#underWay.add(name);
    try {
      const value = this.#compute(name);
      this.#computed.set(name, value);
      return value;
    } finally {
      this.#underWay.delete(name);
    }
  }

  has(name: string): boolean {
    for (const each of this.#names()) if (each === name) return true;
    return false;
  }

  get size(): number {
    return [...this.#names()].length;
  }

  *keys(): MapIterator<string> {
    yield* this.#names();
  }

  *values(): MapIterator<Value> {
    for (const [, value] of this.entries()) yield value;
  }

  *entries(): MapIterator<[string, Value]> {
    for (const name of this.#names()) {
      const value = this.get(name);
      if (value) yield [name, value];
    }
  }

  [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.entries();
  }

  forEach(callback: (value: Value, key: string, map: ReadonlyMap<string, Value>) => void): void {
    for (const [key, value] of this.entries()) callback(value, key, this);
  }
}
