import { text } from '../../kernel/texts.ts';
import type { Editing } from './editing.ts';
import type { Patch } from './patch.ts';
import { refuseAt } from './refusal.ts';
import type { TreeMap } from './tree.ts';

/**
 * A key that is not written here may come through `<<` from elsewhere: writing it here overrides that one, but
 * changing a part of it, or taking it out, would lose or keep what cannot be seen here.
 *
 * @throws Refusal then.
 */
export function refuseMerged(
  { file }: Editing,
  node: TreeMap,
  added: readonly (readonly [string, Patch])[],
): void {
  if (node.merged.length === 0) return;
  const unsure = added.find(([, inner]) => inner.set === undefined);
  if (!unsure) return;
  throw refuseAt(
    file,
    node.start,
    text(
      `${unsure[0]} may come through << from elsewhere; change it where it is written`,
      `${unsure[0]} は << で別の場所から取り込まれている可能性があります。書かれている場所で変更してください`,
    ),
  );
}
