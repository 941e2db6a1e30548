import { printable } from '../kernel/text-width.ts';
import { type Text, text, verbatim } from '../kernel/texts.ts';
import { firstNames, type Moved } from '../model/moved.ts';
import { ACCOUNT_ID, isStandIn, REGION_ID, STAND_IN } from '../model/resource.ts';

/** The resources of an environment, as far as their names matter. */
export interface NamedResources {
  readonly resources: readonly { readonly id: string; readonly name: string }[];
  /** What was renamed: a resource under its earlier and its present id is one, not two of one name. */
  readonly moved?: readonly Moved[];
}

/** Gives the name by which people know a resource id. */
export type Namer = (resource: string) => Text;

const FIXED: ReadonlyMap<string, Text> = new Map([
  ['internet', text('internet', 'インターネット')],
  [ACCOUNT_ID, text('the account', 'アカウント')],
  [REGION_ID, text('the region', 'リージョン')],
]);

/**
 * The names of an environment's resources: the logical id or address, with the stack before it where
 * two resources share one name.
 */
export function namerOf(environment: NamedResources): Namer {
  const first = firstNames(environment.moved);
  const bearers = new Map<string, Set<string>>();
  for (const { id, name } of environment.resources) {
    bearers.set(name, (bearers.get(name) ?? new Set()).add(first(id)));
  }
  const names = new Map<string, Text>(FIXED);
  for (const { id, name } of environment.resources) {
    if (names.has(id)) continue;
    const unique = (bearers.get(name)?.size ?? 0) < 2;
    names.set(id, verbatim(printable(unique ? name : shortId(id))));
  }
  return (resource) => names.get(resource) ?? unread(resource) ?? verbatim(printable(shortId(resource)));
}

/** What stands for all of a type that could not be read, in one region or everywhere. */
function unread(id: string): Text | undefined {
  if (!isStandIn(id)) return undefined;
  const [type = '', region] = printable(id.slice(STAND_IN.length)).split('@');
  const where = region === undefined ? text('', '') : text(` in ${region}`, `、${region}`);
  return text(`${type} (not collected${where.en})`, `${type}(未収集${where.ja})`);
}

/** An id without the word that says where it comes from: `web/Database` for `cfn:web/Database`. */
function shortId(id: string): string {
  return id.replace(/^(cfn|tf|external):/, '');
}
