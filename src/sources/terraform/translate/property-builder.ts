import type { Span } from '../../../kernel/source-file.ts';
import { absent, choice, list, type MapValue, map, type Value } from '../../../model/value.ts';

/** Collects the properties of one resource under CloudFormation's names; paths have dots. */
export class PropertyBuilder {
  readonly #entries = new Map<string, Value | PropertyBuilder>();

  set(path: string, value: Value): void {
    const { holder, name } = this.#holder(path);
    holder.#entries.set(name, value);
  }

  get(path: string): Value | undefined {
    const { holder, name } = this.#holder(path);
    const entry = holder.#entries.get(name);
    return entry instanceof PropertyBuilder ? undefined : entry;
  }

  /** Adds an item to the list at a path. */
  append(path: string, item: Value): void {
    const earlier = this.get(path);
    const items = earlier?.kind === 'list' ? earlier.items : earlier ? [earlier] : [];
    this.set(path, list([...items, item], item.span));
  }

  /** The names at the top with their values; a view that shows later changes only where nothing is nested. */
  entries(span: Span): ReadonlyMap<string, Value> {
    const values = [...this.#entries.values()];
    if (!values.some((entry) => entry instanceof PropertyBuilder)) {
      return this.#entries as ReadonlyMap<string, Value>;
    }
    const built = new Map<string, Value>();
    for (const [name, entry] of this.#entries) {
      built.set(name, entry instanceof PropertyBuilder ? entry.build(span) : entry);
    }
    return built;
  }

  build(span: Span): MapValue {
    return map(this.entries(span), span);
  }

  /**
   * Takes over what another builder holds: lists grow, maps merge, single values are replaced. With a
   * condition, every value taken over is a choice with what was there before.
   */
  take(other: PropertyBuilder, span: Span, condition?: string): void {
    for (const [name, value] of [...other.entries(span)]) {
      const earlier = this.entries(span).get(name);
      if (condition === undefined) this.set(name, merged(earlier, value));
      else this.#takeMaybe(name, value, earlier, condition);
    }
  }

  #takeMaybe(name: string, value: Value, earlier: Value | undefined, condition: string): void {
    if (value.kind !== 'list' || earlier?.kind === 'oneOf') {
      const kept = earlier ?? absent(value.span);
      this.set(name, choice(condition, [merged(earlier, value), kept], value.span));
      return;
    }
    for (const item of value.items)
      this.append(name, choice(condition, [item, absent(item.span)], item.span));
  }

  #holder(path: string): { holder: PropertyBuilder; name: string } {
    const steps = path.split('.');
    const name = steps.pop() ?? '';
    let holder: PropertyBuilder = this;
    for (const step of steps) {
      const next = holder.#entries.get(step);
      const inner = next instanceof PropertyBuilder ? next : new PropertyBuilder();
      if (next && next !== inner && !(next instanceof PropertyBuilder) && next.kind === 'map') {
        for (const [key, value] of next.entries) inner.set(key, value);
      }
      holder.#entries.set(step, inner);
      holder = inner;
    }
    return { holder, name };
  }
}

function merged(earlier: Value | undefined, value: Value): Value {
  if (earlier?.kind === 'list' && value.kind === 'list') {
    return list([...earlier.items, ...value.items], value.span);
  }
  if (earlier?.kind === 'map' && value.kind === 'map') {
    const entries = new Map(earlier.entries);
    for (const [key, entry] of value.entries) entries.set(key, merged(entries.get(key), entry));
    return map(entries, value.span);
  }
  return value;
}
