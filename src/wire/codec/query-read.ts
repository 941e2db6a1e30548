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

/** A form's parameters as the tree that their dotted names describe. */
export interface FormNode {
  readonly value: string | undefined;
  readonly children: ReadonlyMap<string, FormNode>;
}

/** A node that is still being read. */
interface OpenNode extends FormNode {
  value: string | undefined;
  children: Map<string, OpenNode>;
}

const MOST_PARAMETERS = 10_000;
const DEEPEST = 32;

/** What has no children shares one map, to which nothing is ever added. */
const NO_CHILDREN = new Map<string, OpenNode>();

function emptyNode(): OpenNode {
  return { value: undefined, children: NO_CHILDREN };
}

/**
 * Reads `application/x-www-form-urlencoded` text. The last of several values of one name counts.
 *
 * @throws SerializationError on too many parameters, too deep names, or malformed escapes.
 */
export function parseForm(text: string): FormNode {
  const root = emptyNode();
  if (text === '') return root;
  const parts = text.split('&');
  if (parts.length > MOST_PARAMETERS) throw new SerializationError('the form has too many parameters');
  for (const part of parts) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = decodeFormText(equals < 0 ? part : part.slice(0, equals));
    nodeAt(root, name).value = equals < 0 ? '' : decodeFormText(part.slice(equals + 1));
  }
  return root;
}

function decodeFormText(text: string): string {
  if (!text.includes('%') && !text.includes('+')) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new SerializationError('a parameter has a malformed escape');
  }
}

function nodeAt(root: OpenNode, name: string): OpenNode {
  if (!name.includes('.')) return childOf(root, name);
  const path = name.split('.', DEEPEST + 1);
  if (path.length > DEEPEST) throw new SerializationError('a parameter is nested too deeply');
  return path.reduce(childOf, root);
}

function childOf(node: OpenNode, step: string): OpenNode {
  const before = node.children.get(step);
  if (before) return before;
  if (node.children === NO_CHILDREN) node.children = new Map();
  const made = emptyNode();
  node.children.set(step, made);
  return made;
}

type Reader = (node: FormNode) => unknown;

/** Makes readers of forms for shapes: awsQuery, or ec2Query with its own names and flat lists. */
export function formReaders(dialect: 'awsQuery' | 'ec2Query'): (shape: StructureShape) => Reader {
  const compiled = new Map<Shape, Reader>();
  const ec2 = dialect === 'ec2Query';

  function readerOf(shape: Shape): Reader {
    const before = compiled.get(shape);
    if (before) return before;
    let reader: Reader | undefined;
    compiled.set(shape, (node) => (reader as Reader)(node));
    reader = isStructure(shape) ? structureReader(shape) : valueReader(shape);
    compiled.set(shape, reader);
    return reader;
  }

  function valueReader(shape: Exclude<Shape, StructureShape>): Reader {
    if (shape.kind === 'list' || shape.kind === 'map') return () => undefined;
    return ({ value }) => (value === undefined ? undefined : readText(shape, value, 'date-time'));
  }

  function structureReader(shape: StructureShape): Reader {
    let members:
      | readonly { readonly name: string; readonly key: string; readonly read: Reader }[]
      | undefined;
    return (node) => {
      members ??= shape.members.map((member) => ({
        name: member.name,
        key: memberKey(member),
        read: memberReader(member),
      }));
      const target: Record<string, unknown> = {};
      for (const { name, key, read } of members) {
        const child = node.children.get(key);
        const held = child && read(child);
        if (held !== undefined) target[name] = held;
      }
      return target;
    };
  }

  function memberKey({ name, traits }: Member): string {
    if (!ec2) return traits.xmlName ?? name;
    return traits.ec2QueryName ?? upperFirst(traits.xmlName ?? name);
  }

  /** Lists and maps are read with the traits of the member that holds them. */
  function memberReader(member: Member): Reader {
    const { shape } = member;
    const flat = ec2 || member.traits.xmlFlattened !== undefined;
    if (shape.kind === 'list') return listReader(shape, flat);
    if (shape.kind === 'map') return mapReader(shape, flat);
    return readerOf(shape);
  }

  function listReader(shape: ListShape, flat: boolean): Reader {
    const read = memberReader(shape.item);
    const step = shape.item.traits.xmlName ?? 'member';
    return (node) => {
      const holder = flat ? node : node.children.get(step);
      if (holder === undefined) return node.value === undefined ? undefined : [];
      const items = numbered(holder);
      if (items.length === 0) return node.value === undefined ? undefined : [];
      return items.map((item) => read(item)).filter((each) => each !== undefined);
    };
  }

  function mapReader(shape: MapShape, flat: boolean): Reader {
    const read = memberReader(shape.value);
    const keyStep = shape.key.traits.xmlName ?? 'key';
    const valueStep = shape.value.traits.xmlName ?? 'value';
    return (node) => {
      const holder = flat ? node : node.children.get('entry');
      const target: Record<string, unknown> = {};
      if (holder === undefined) return node.value === undefined ? undefined : target;
      for (const entry of numbered(holder)) {
        const key = entry.children.get(keyStep)?.value;
        const value = entry.children.get(valueStep);
        if (key !== undefined && value !== undefined) setOwn(target, key, read(value));
      }
      return target;
    };
  }

  return (shape) => structureReader(shape);
}

const INDEX = /^[1-9]\d{0,5}$/;

/** The children that are numbered, by their numbers. */
function numbered(node: FormNode): readonly FormNode[] {
  return [...node.children]
    .filter(([name]) => INDEX.test(name))
    .sort(([one], [other]) => Number(one) - Number(other))
    .map(([, child]) => child);
}

function upperFirst(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
