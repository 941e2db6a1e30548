import type { Span } from '../../../kernel/source-file.ts';
import { type MapValue, map, type Value } from '../../../model/value.ts';
import { LazyEntries } from './lazy-entries.ts';

/** The attributes of a resource as expressions see them, with the address they belong to. */
export class ResourceEntries extends LazyEntries {
  readonly address: string;
  /** True when count or for_each is not decided: the object then stands for every instance. */
  readonly standsForAll: boolean;

  constructor(options: {
    address: string;
    standsForAll: boolean;
    names: () => Iterable<string>;
    compute: (name: string) => Value | undefined;
    onCycle: (name: string) => Value | undefined;
  }) {
    super(options);
    this.address = options.address;
    this.standsForAll = options.standsForAll;
  }
}

/** The entries of a value that is a resource as a whole, or undefined. */
export function resourceEntriesOf(value: Value): ResourceEntries | undefined {
  return value.kind === 'map' && value.entries instanceof ResourceEntries ? value.entries : undefined;
}

/** A resource that nobody declared: every attribute is a reference to it. */
export function undeclaredResource(
  address: string,
  span: Span,
  referTo: (attribute: string) => Value,
): MapValue {
  const entries = new ResourceEntries({
    address,
    standsForAll: true,
    names: () => [],
    compute: referTo,
    onCycle: referTo,
  });
  return map(entries, span);
}
