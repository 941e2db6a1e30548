/** Things that were used lately, at most so many: what was not asked for in a while is forgotten. */
export interface Recent<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
}

/**
 * Keeps two generations: a full one becomes the older, what is asked for moves into the younger. So a look-up costs the
 * same however many are forgotten, which removing the eldest one by one from a `Map` does not.
 *
 * @param most how many are kept at most; at least half as many of the latest are.
 */
export function recent<Value>(most: number): Recent<Value> {
  const half = Math.max(1, Math.floor(most / 2));
  let younger = new Map<string, Value>();
  let older = new Map<string, Value>();

  function set(key: string, value: Value): void {
    if (younger.size >= half && !younger.has(key)) {
      older = younger;
      younger = new Map();
    }
    younger.set(key, value);
  }

  return {
    get(key) {
      const found = younger.get(key);
      if (found !== undefined) return found;
      const former = older.get(key);
      if (former !== undefined) set(key, former);
      return former;
    },
    set,
    delete(key) {
      younger.delete(key);
      older.delete(key);
    },
  };
}
