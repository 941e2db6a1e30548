import { text } from '../../kernel/texts.ts';
import type { Resource } from '../../model/resource.ts';
import { get, itemsOf } from '../../model/value.ts';
import type { Block } from '../../sources/terraform/hcl/syntax.ts';
import { TYPES } from '../../sources/terraform/types/registry.ts';
import { Refusal, refuseAt } from '../document/refusal.ts';
import { type HclWish, removedArgument, removedBlock } from './merge.ts';
import { noWords } from './reasons.ts';

/**
 * The wishes that take out a property: an argument, or the one block that gives an item of a list.
 *
 * @throws Refusal where the words are not known, or the block gives more than the one item.
 */
export function removedProperty(
  block: Block,
  resource: Resource,
  path: readonly string[],
): readonly HclWish[] {
  const [property = '', index] = path;
  if (path.length === 1) {
    const fields = TYPES.find(({ terraform }) => terraform === block.labels[0])?.fields ?? {};
    const argument = Object.entries(fields).find(([, field]) => field === property)?.[0];
    if (argument === undefined) throw new Refusal(noWords(property));
    return removedArgument(block, argument);
  }
  const items = itemsOf(get(resource.properties, property));
  const item = items[Number(index)];
  const inside = (each: Block, at: number) => each.span.start <= at && at < each.span.end;
  const found = item && block.body.blocks.find((each) => inside(each, item.span.start));
  const shared = found
    ? items.filter(({ span }) => span.file.path === found.span.file.path && inside(found, span.start))
    : [];
  if (found && shared.length === 1) return [removedBlock(found)];
  throw refuseAt(
    block.span.file,
    found?.span.start ?? block.span.start,
    text(
      'the block gives more than this one rule; split it first',
      'このブロックは複数のルールを表しています。先に分割してください',
    ),
  );
}
