import {
  isStructure,
  type ListShape,
  type MapShape,
  type Member,
  type Shape,
  type StructureShape,
} from '../schema/shape.ts';
import { SerializationError } from '../serialization-error.ts';
import { setOwn } from './own-property.ts';
import { readText } from './simple-text.ts';
import type { XmlElement } from './xml-parse.ts';

/** Reads a structure from the element that stands for it. @throws SerializationError */
export function readXmlStructure(shape: StructureShape, element: XmlElement): Record<string, unknown> {
  return readMembers(shape.members, element, shape.kind === 'union');
}

/** Reads some members of a structure from an element. */
export function readMembers(
  members: readonly Member[],
  element: XmlElement,
  union = false,
): Record<string, unknown> {
  const target: Record<string, unknown> = {};
  const byName = Map.groupBy(element.children, ({ name }) => name);
  for (const member of members) {
    const name = member.traits.xmlName ?? member.name;
    const held = member.traits.xmlAttribute
      ? attributeOf(element, name, member.shape)
      : readMember(member, byName.get(localName(name)) ?? []);
    if (held !== undefined) target[member.name] = held;
  }
  if (union && Object.keys(target).length !== 1)
    throw new SerializationError('a union has other than one member');
  return target;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function attributeOf(element: XmlElement, name: string, shape: Shape): unknown {
  const text = element.attributes.get(name);
  if (text === undefined || isStructure(shape) || shape.kind === 'list' || shape.kind === 'map')
    return undefined;
  return readText(shape, text, 'date-time');
}

function readMember({ shape, traits }: Member, elements: readonly XmlElement[]): unknown {
  const [first] = elements;
  if (first === undefined) return undefined;
  const flat = traits.xmlFlattened !== undefined;
  if (shape.kind === 'list') return readList(shape, flat ? elements : first.children, flat);
  if (shape.kind === 'map') return readMap(shape, flat ? elements : first.children);
  return readValue(shape, first);
}

function readValue(shape: Shape, element: XmlElement): unknown {
  if (isStructure(shape)) return readXmlStructure(shape, element);
  if (shape.kind === 'list') return readList(shape, element.children, false);
  if (shape.kind === 'map') return readMap(shape, element.children);
  return readText(shape, element.text, 'date-time');
}

function readList(shape: ListShape, elements: readonly XmlElement[], flat: boolean): unknown[] {
  const name = shape.item.traits.xmlName ?? 'member';
  const items = flat ? elements : elements.filter((each) => each.name === localName(name));
  return items.map((each) => readValue(shape.item.shape, each));
}

function readMap(shape: MapShape, entries: readonly XmlElement[]): Record<string, unknown> {
  const keyName = shape.key.traits.xmlName ?? 'key';
  const valueName = shape.value.traits.xmlName ?? 'value';
  const target: Record<string, unknown> = {};
  for (const { children } of entries) {
    const key = children.find(({ name }) => name === localName(keyName))?.text;
    const value = children.find(({ name }) => name === localName(valueName));
    if (key === undefined || value === undefined) throw new SerializationError('a map entry is incomplete');
    setOwn(target, key, readValue(shape.value.shape, value));
  }
  return target;
}
