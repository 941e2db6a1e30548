import {
  isStructure,
  type ListShape,
  type MapShape,
  type Member,
  type Shape,
  type StructureShape,
} from '../schema/shape.ts';
import { isSparse } from './json-read.ts';
import { writeText } from './simple-text.ts';
import { xmlEscape } from './xml-text.ts';

/** Writes the members of a structure as elements, without an element around them. */
type InnerWriter = (value: unknown) => string;
/** Writes a value as an element (or, flattened, several). */
type ElementWriter = (value: unknown) => string;

export interface XmlWriters {
  /** The members of a structure as elements. */
  inner(shape: StructureShape): InnerWriter;
  innerOf(members: readonly Member[]): InnerWriter;
  /** The structure inside an element of its own. */
  element(shape: Shape, name: string, traits: Member['traits']): ElementWriter;
}

/** Makes writers of XML for shapes; each structure is compiled once. */
export function xmlWriters(): XmlWriters {
  const compiled = new Map<StructureShape, InnerWriter>();

  function inner(shape: StructureShape): InnerWriter {
    const before = compiled.get(shape);
    if (before) return before;
    let writer: InnerWriter | undefined;
    const lazy: InnerWriter = (value) => {
      writer ??= innerOf(shape.members);
      return writer(value);
    };
    compiled.set(shape, lazy);
    return lazy;
  }

  function innerOf(members: readonly Member[]): InnerWriter {
    const steps = members
      .filter(({ traits }) => traits.xmlAttribute === undefined)
      .map((member) => ({
        name: member.name,
        write: element(member.shape, member.traits.xmlName ?? member.name, member.traits),
      }));
    return (value) => {
      const source = value as Readonly<Record<string, unknown>>;
      let text = '';
      for (const { name, write } of steps) {
        const held = source[name];
        if (held !== undefined && held !== null) text += write(held);
      }
      return text;
    };
  }

  function element(shape: Shape, name: string, traits: Member['traits']): ElementWriter {
    if (shape.kind === 'list') return listWriter(shape, name, traits);
    if (shape.kind === 'map') return mapWriter(shape, name, traits);
    const open = `<${name}${namespaceOf(traits)}`;
    const close = `</${name}>`;
    if (isStructure(shape)) return structureElement(shape, open, close);
    return (value) => `${open}>${xmlEscape(writeText(shape, value, 'date-time'))}${close}`;
  }

  function structureElement(shape: StructureShape, open: string, close: string): ElementWriter {
    const write = inner(shape);
    let attributes: readonly Member[] | undefined;
    return (value) => {
      attributes ??= shape.members.filter(({ traits }) => traits.xmlAttribute !== undefined);
      return `${open}${attributesOf(attributes, value)}>${write(value)}${close}`;
    };
  }

  function listWriter(shape: ListShape, name: string, traits: Member['traits']): ElementWriter {
    const { item } = shape;
    const flat = traits.xmlFlattened !== undefined;
    const write = element(
      item.shape,
      flat ? name : (item.traits.xmlName ?? 'member'),
      flat ? { ...item.traits, ...onlyNamespace(traits) } : item.traits,
    );
    const empty = element(EMPTY, flat ? name : (item.traits.xmlName ?? 'member'), {});
    const sparse = isSparse(shape);
    const items = (value: unknown) => {
      let text = '';
      for (const each of value as readonly unknown[]) {
        if (each !== undefined && each !== null) text += write(each);
        else if (sparse) text += empty('');
      }
      return text;
    };
    if (flat) return items;
    const open = `<${name}${namespaceOf(traits)}>`;
    return (value) => `${open}${items(value)}</${name}>`;
  }

  function mapWriter(shape: MapShape, name: string, traits: Member['traits']): ElementWriter {
    const flat = traits.xmlFlattened !== undefined;
    const entry = flat ? name : 'entry';
    const key = element(shape.key.shape, shape.key.traits.xmlName ?? 'key', shape.key.traits);
    const held = element(shape.value.shape, shape.value.traits.xmlName ?? 'value', shape.value.traits);
    const entries = (value: unknown) => {
      let text = '';
      for (const [each, inside] of Object.entries(value as object)) {
        if (inside !== undefined && inside !== null)
          text += `<${entry}>${key(each)}${held(inside)}</${entry}>`;
      }
      return text;
    };
    if (flat) return entries;
    const open = `<${name}${namespaceOf(traits)}>`;
    return (value) => `${open}${entries(value)}</${name}>`;
  }

  return { inner, innerOf, element };
}

const EMPTY: Shape = { kind: 'string', name: '', traits: {} };

function onlyNamespace(traits: Member['traits']): Member['traits'] {
  return traits.xmlNamespace ? { xmlNamespace: traits.xmlNamespace } : {};
}

function namespaceOf({ xmlNamespace }: Member['traits']): string {
  if (!xmlNamespace) return '';
  const [prefix, uri] = xmlNamespace;
  return ` xmlns${prefix ? `:${prefix}` : ''}="${xmlEscape(uri)}"`;
}

function attributesOf(members: readonly Member[], value: unknown): string {
  const source = value as Readonly<Record<string, unknown>>;
  let text = '';
  for (const { name, traits, shape } of members) {
    const held = source[name];
    if (held === undefined || held === null || isStructure(shape)) continue;
    if (shape.kind === 'list' || shape.kind === 'map') continue;
    text += ` ${traits.xmlName ?? name}="${xmlEscape(writeText(shape, held, 'date-time'))}"`;
  }
  return text;
}
