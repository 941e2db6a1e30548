/** A resource that has another name now: what was decided under the first name goes on under the second. */
export interface Moved {
  /** The id that it had. */
  readonly from: string;
  /** The id that it has. */
  readonly to: string;
}

/** What may follow the name of something that contains others: a stack, a module, a resource with instances. */
const BOUNDARIES = ['/', '.', '['];

/** Whether an id is a name, or lies below it. */
export function isNameOrBelow(id: string, name: string): boolean {
  return id === name || BOUNDARIES.some((boundary) => id.startsWith(name + boundary));
}

/**
 * The name under which a resource was first known, by the renames that people declared. A name that moved
 * takes everything below it along: `cfn:old` → `cfn:new` renames a stack. Each entry is followed once.
 */
export function firstNames(moved: readonly Moved[] = []): (id: string) => string {
  if (moved.length === 0) return (id) => id;
  const longestFirst = moved.toSorted((one, other) => other.to.length - one.to.length);
  const known = new Map<string, string>();
  return (id) => {
    const found = known.get(id) ?? followed(id, longestFirst);
    known.set(id, found);
    return found;
  };
}

function followed(id: string, moved: readonly Moved[]): string {
  const left = [...moved];
  for (let name = id; ; ) {
    const at = left.findIndex(({ to }) => isNameOrBelow(name, to));
    const [entry] = at < 0 ? [] : left.splice(at, 1);
    if (!entry) return name;
    name = entry.from + name.slice(entry.to.length);
  }
}

/** The first name of an environment: one that is called after its stack is renamed with it. */
export function firstEnvironmentName(name: string, moved: readonly Moved[] = []): string {
  return firstNames(moved)(`cfn:${name}`).replace(/^cfn:/, '');
}

/** What people call the resource of an id: the logical id or the address. */
export function bareName(id: string): string {
  return id.startsWith('tf:') ? id.slice('tf:'.length) : id.slice(id.lastIndexOf('/') + 1);
}
