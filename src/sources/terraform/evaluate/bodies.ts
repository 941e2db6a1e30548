import { absent, choice, list, map, stringFrom, type Value } from '../../../model/value.ts';
import type { Block, Body } from '../hcl/syntax.ts';
import { evaluate } from './evaluate.ts';
import { loopItems } from './loops.ts';
import type { Scope } from './scope.ts';
import { expressionText, undecidedAt } from './values.ts';

/** Arguments of every resource and module block that are no attributes of the thing itself. */
const META_ARGUMENTS = new Set([
  'count',
  'for_each',
  'depends_on',
  'provider',
  'providers',
  'lifecycle',
  'provisioner',
  'connection',
]);

/** The names of what a resource's body configures. */
export function configuredNames(body: Body): readonly string[] {
  return writtenNames(body).filter((name) => !META_ARGUMENTS.has(name));
}

function writtenNames(body: Body): readonly string[] {
  const names = new Set(body.attributes.keys());
  for (const block of body.blocks) names.add(block.type === 'dynamic' ? (block.labels[0] ?? '') : block.type);
  return [...names].filter((name) => name !== '');
}

/** One attribute or all nested blocks of a name; undefined when the body has neither. */
export function configured(body: Body, name: string, scope: Scope): Value | undefined {
  const attribute = body.attributes.get(name);
  if (attribute) return evaluate(attribute.value, scope);
  const blocks = body.blocks.filter(
    (block) => block.type === name || (block.type === 'dynamic' && block.labels[0] === name),
  );
  const [first] = blocks;
  if (!first) return undefined;
  const items = blocks.flatMap((block) =>
    block.type === 'dynamic' ? dynamicItems(block, scope) : [bodyValue(block.body, scope, block.span)],
  );
  return list(items, first.span);
}

/** A nested block's body as a map of its attributes and blocks; nothing in it is a meta-argument. */
export function bodyValue(body: Body, scope: Scope, span: Value['span']): Value {
  const entries = new Map<string, Value>();
  for (const name of writtenNames(body)) {
    const value = configured(body, name, scope);
    if (value) entries.set(name, value);
  }
  return map(entries, span);
}

/** The blocks that a `dynamic` block gives; one that may be absent when its collection is not decided. */
function dynamicItems(block: Block, scope: Scope): readonly Value[] {
  const content = block.body.blocks.find((each) => each.type === 'content');
  const forEach = block.body.attributes.get('for_each');
  if (!content || !forEach) return [];
  const iterator = block.body.attributes.get('iterator')?.value;
  const name = iterator?.kind === 'variable' ? iterator.name : (block.labels[0] ?? '');
  const collection = evaluate(forEach.value, scope);
  const contentFor = (key: Value, value: Value): Value => {
    const each = map(
      new Map([
        ['key', key],
        ['value', value],
      ]),
      block.span,
    );
    return bodyValue(content.body, scope.naming(name, each), block.span);
  };
  const options = collection.kind === 'oneOf' ? collection.options.map(loopItems) : [loopItems(collection)];
  if (options.every((option) => option !== undefined)) {
    return mergeOptions(options, contentFor, expressionText(forEach.value.span), block);
  }
  const open = undecidedAt(forEach.value.span, 'condition');
  return [
    choice(expressionText(forEach.value.span), [contentFor(open, open), absent(block.span)], block.span),
  ];
}

/** An item that only some options have may be absent. */
function mergeOptions(
  options: readonly (readonly { key: Value; value: Value }[])[],
  contentFor: (key: Value, value: Value) => Value,
  condition: string,
  block: Block,
): readonly Value[] {
  const first = options[0] ?? [];
  if (options.length === 1) return first.map((item) => contentFor(item.key, item.value));
  const keys = new Map(options.flat().map((item) => [stringFrom(item.key) ?? '', item]));
  return [...keys].map(([key, item]) => {
    const always = options.every((option) => option.some((each) => stringFrom(each.key) === key));
    const content = contentFor(item.key, item.value);
    return always ? content : choice(condition, [content, absent(block.span)], block.span);
  });
}
