import { child, type DocumentNode, entryOf, type MapEntry, spanOf, stringOf } from '../../kernel/document.ts';
import { text } from '../../kernel/texts.ts';
import { type Answer, YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { map, type Value } from '../../model/value.ts';
import { note } from './note.ts';
import type { Stack } from './stack.ts';

const ATTRIBUTES = [
  'CreationPolicy',
  'DeletionPolicy',
  'Metadata',
  'UpdatePolicy',
  'UpdateReplacePolicy',
] as const;

/** The resources that a stack makes; those whose condition does not hold are left out. */
export function resourcesOf(stack: Stack): readonly Resource[] {
  return [...stack.template.resources.values()].flatMap((entry) => resourceOf(stack, entry) ?? []);
}

function resourceOf(stack: Stack, entry: MapEntry): Resource | undefined {
  const { file } = stack;
  const node = entry.value;
  const type = stringOf(child(node, 'Type'));
  if (type === undefined || type === '') {
    reportType(stack, entry);
    return undefined;
  }
  const exists = existence(stack, node);
  if (exists.is === 'no') return undefined;
  const properties = entryOf(node, 'Properties')?.value;
  return {
    id: stack.idOf(entry.key),
    type,
    name: entry.key,
    stack: stack.stack,
    properties: properties ? propertiesOf(stack, entry, properties) : map(new Map(), spanOf(file, node)),
    span: { file, start: entry.keyStart, end: node.end },
    basis: 'template',
    exists,
    attributes: attributesOf(stack, node),
    dependsOn: dependenciesOf(stack, entry),
    external: false,
  };
}

function propertiesOf(stack: Stack, entry: MapEntry, node: DocumentNode): Value {
  if (node.kind === 'map') return stack.evaluate(node);
  const empty = map(new Map(), spanOf(stack.file, node));
  if (node.kind === 'scalar' && node.value === null) return empty;
  stack.report(
    note('input', {
      file: stack.file,
      at: node,
      what: entry.key,
      reason: text('Properties must be a map', 'Properties はマップでなければなりません'),
    }),
  );
  return empty;
}

function reportType(stack: Stack, entry: MapEntry): void {
  const typeEntry = entryOf(entry.value, 'Type');
  stack.report(
    note('input', {
      file: stack.file,
      at: typeEntry?.value ?? entry.keyStart,
      what: entry.key,
      reason: typeEntry
        ? text(
            'Type must be a string such as AWS::S3::Bucket',
            'Type は AWS::S3::Bucket のような文字列でなければなりません',
          )
        : text('the resource has no Type', 'リソースに Type がありません'),
      remedy: text('write the type of the resource', 'リソースの型を書いてください'),
    }),
  );
}

/** Whether a resource is made at all, by its `Condition`. */
export function existence(stack: Stack, node: DocumentNode): Answer {
  const entry = entryOf(node, 'Condition');
  const name = stringOf(entry?.value);
  if (!entry || name === undefined) return YES;
  return stack.condition(name, spanOf(stack.file, entry.value));
}

function attributesOf(stack: Stack, node: DocumentNode): ReadonlyMap<string, Value> {
  const attributes = new Map<string, Value>();
  for (const name of ATTRIBUTES) {
    const value = child(node, name);
    if (value) attributes.set(name, stack.evaluate(value));
  }
  return attributes;
}

function dependenciesOf(stack: Stack, entry: MapEntry): readonly string[] {
  const node = child(entry.value, 'DependsOn');
  if (!node) return [];
  const items = node.kind === 'list' ? node.items : [node];
  return items.flatMap((item) => {
    const name = stringOf(item);
    if (name === undefined) return [];
    if (stack.template.resources.has(name)) return [stack.idOf(name)];
    stack.reference(name, spanOf(stack.file, item));
    return [`external:${stack.stack}/${name}`];
  });
}
