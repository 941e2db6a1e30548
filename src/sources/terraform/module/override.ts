import type { Block, Body } from '../hcl/syntax.ts';

/**
 * Blocks as override files change them (Terraform, "Override Files"): arguments replace arguments, nested
 * blocks replace all blocks of their type, and blocks that override nothing are added.
 */
export function overridden(blocks: readonly Block[], overriding: readonly Block[]): readonly Block[] {
  const changed = [...blocks];
  for (const block of overriding) {
    const at = block.type === 'locals' ? -1 : changed.findIndex((each) => isSame(each, block));
    const base = changed[at];
    if (base) changed[at] = { ...base, body: merged(base.body, block.body) };
    else if (block.type === 'locals') changed.unshift(block);
    else changed.push(block);
  }
  return changed;
}

function isSame(a: Block, b: Block): boolean {
  return (
    a.type === b.type &&
    a.labels.length === b.labels.length &&
    a.labels.every((label, index) => label === b.labels[index])
  );
}

function merged(base: Body, over: Body): Body {
  const replaced = new Set(over.blocks.map((block) => block.type));
  return {
    ...base,
    attributes: new Map([...base.attributes, ...over.attributes]),
    blocks: [...base.blocks.filter((block) => !replaced.has(block.type)), ...over.blocks],
  };
}
